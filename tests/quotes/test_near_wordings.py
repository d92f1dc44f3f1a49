import pytest

from quotes import record
from quotes.models import Fingerprint
from quotes.near_wordings import MOST_STATEMENTS, near, statements_near
from quotes.wording.fingerprints import MOST_READ
from quotes.wording.words import read_wording
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure under which our children will live tomorrow.”"


def found(words):
    return [one.statement for one in near(read_wording(words))]


@pytest.mark.parametrize(
    "quoted",
    [
        "We must think about the security structure",
        "We should think about a security structure under which children can live",
        "think security structure children tomorrow",
        "the structure of security under which we live",
        "Our children will live tomorrow, and the weather will be fine at the southern coast",
    ],
)
def test_near_same_words_are_found(quoted):
    statement = factories.publish(WORDS)
    factories.publish("“The harvest of the southern vineyards was poor.”")
    assert found(quoted) == [statement]


def test_other_words_find_nothing():
    factories.publish(WORDS)
    assert found("The harvest of the southern vineyards was poor") == []


def test_a_wording_says_where_it_is_from():
    statement, editor = factories.publish(WORDS), factories.publisher()
    printed = factories.appearance("« Il faut penser à une architecture nouvelle de sécurité »", is_translation=True)
    record.add_appearance(statement, printed, editor=editor)
    (one,) = near(read_wording("une architecture nouvelle de sécurité"))
    assert one.known.appearance.document == printed.document


def test_common_words_find_only_statements_of_just_these():
    statement = factories.publish("“Yes, we can.”")
    assert found("yes we can") == [statement]
    assert found("we can") == []


def test_nothing_is_looked_up_by_no_words(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert found("…") == []


def test_a_fingerprint_that_many_have_is_read_to_a_limit_and_tells_little():
    many = [factories.publish(f"“The security structure, part{n} of it.”") for n in range(3)]
    rare = factories.publish("“The security structure of the southern vineyards.”")
    shared = read_wording("security structure")
    rows = [Fingerprint(hash=h, statement=many[0]) for h in range(MOST_READ)]
    Fingerprint.objects.bulk_create(rows)
    assert statements_near(read_wording("security structure, southern vineyards"))[0] == rare.pk
    assert len(statements_near(shared)) <= MOST_STATEMENTS


def test_finding_takes_as_many_queries_however_many_are_near(django_assert_max_num_queries):
    for n in range(4):
        factories.publish(WORDS, by=f"Speaker {n}")
    with django_assert_max_num_queries(7):
        assert len(found("the security structure under which our children will live")) == 4


def test_what_enough_newer_statements_have_is_left_out_where_rows_are_spared(monkeypatch):
    monkeypatch.setattr("quotes.record.fingerprinting.MOST_READ", 2)
    oldest, *newer = [factories.publish(WORDS) for _ in range(3)]
    every = Fingerprint.objects.filter(statement=oldest).count()
    for statement in (oldest, *newer):
        record.refingerprint([statement.pk], sparing=True)
    assert Fingerprint.objects.filter(statement=oldest).count() == 1
    assert [Fingerprint.objects.filter(statement=one).count() for one in newer] == [every, every]
    assert set(statements_near(read_wording(WORDS))) >= {one.pk for one in newer}
    record.refingerprint([oldest.pk])
    assert Fingerprint.objects.filter(statement=oldest).count() == every
