"""What very many people said alike, asked of one of them."""

from itertools import count

import pytest

from quotes import record
from quotes.checking import check
from quotes.checking.telling import notes
from quotes.models import Statement
from quotes.near_wordings import MOST_STATEMENTS, near
from quotes.own_words import own_like
from quotes.wording.fingerprints import MOST_READ, asked
from quotes.wording.words import read_wording
from tests import factories

pytestmark = pytest.mark.django_db

CLICHE = "“We must act now, before the winter, and protect every citizen of this country.”"
SPEAKERS = 100
FIRST = "Anna Arden"


@pytest.fixture
def by_many():
    """A cliché that a hundred said: whoever said it first is beyond all rows that are read of its fingerprints."""
    document = factories.document()
    by = [FIRST, *(f"Speaker Number{n}" for n in range(1, SPEAKERS))]
    assert len(by) > MOST_READ
    specs = [factories.spec(CLICHE, by=name, document=document) for name in by]
    return record.publish_many(specs, editor=factories.publisher())


def judged(text, speaker=FIRST):
    (one,) = check(text, speaker=speaker).judgements
    return one.verdict.value, one.statement.speaker.name


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        (CLICHE, "exact"),
        ("“protect every citizen of this country”", "exact"),
        ("“We must act now”", "exact"),
        ("“we must act now, before the Winter”", "trivial"),
        ("“We must act now […] and protect every citizen”", "elided"),
        ("“We must act now and protect every citizen”", "elided"),
    ],
)
def test_whoever_is_asked_for_is_found_among_all_who_said_it(by_many, quoted, verdict):
    assert judged(quoted) == (verdict, FIRST)


@pytest.fixture
def alike_but_for_common_words(monkeypatch):
    """Two statements with the same fingerprints, as if more had them than are read; only the newer one is looked at."""
    monkeypatch.setattr("quotes.near_wordings.MOST_READ", 1)
    monkeypatch.setattr("quotes.near_wordings.MOST_STATEMENTS", 1)
    monkeypatch.setattr("quotes.near_wordings._MOST_OWN", 0)
    factories.publish("“We must protect the southern vineyards this winter.”", by=FIRST)
    factories.publish("“They will protect our southern vineyards in winter.”", by="Boris Belov")


@pytest.mark.parametrize("speaker", ["", "an official close to the talks", FIRST])
def test_words_in_a_row_are_found_whoever_said_them(alike_but_for_common_words, speaker):
    assert judged("“We must protect the southern vineyards this winter”", speaker) == ("exact", FIRST)


def test_of_nobody_known_only_words_in_a_row_are_looked_for(alike_but_for_common_words):
    assert judged("“You must protect the southern vineyards this winter”", "") == ("altered", "Boris Belov")


def test_without_time_words_of_nobody_known_say_so(monkeypatch, settings):
    settings.LIST_SECONDS = 5
    monkeypatch.setattr("quotes.own_words.monotonic", count(step=6).__next__)
    factories.publish("“The harvest of the southern vineyards was poor.”", by=FIRST)
    _, hurried = check("“The rivers froze in March.” “The harvest of the southern vineyards was good.”").judgements
    assert "There was no time to look among all statements: check this quotation alone." in notes(hurried)


def test_whoever_never_said_it_didn_t(by_many):
    factories.publish("“We must act together, and protect the winter wheat.”", by="Boris Belov")
    verdict, speaker = judged(CLICHE, "Boris Belov")
    assert verdict == "other_speaker"
    assert speaker != "Boris Belov"


def test_it_is_looked_for_in_a_bounded_number_of_queries(by_many, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        check(CLICHE, speaker=FIRST)


def test_common_words_alone_are_found_by_their_speaker():
    factories.publish("“Yes, we can do all of this again, and the harvest will be good.”", by=FIRST)
    assert judged("“we can do all of this again”") == ("exact", FIRST)


def test_of_more_than_are_looked_at_some_are_the_speaker_s(by_many):
    one = Statement.objects.get(speaker__name=f"Speaker Number{SPEAKERS - MOST_STATEMENTS - 5}")
    quoted = read_wording("We must act now, before the winter, and protect all the citizens")
    assert one not in {found.statement for found in near(quoted)}
    assert one in {found.statement for found in near(quoted, [one.speaker_id])}


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        ("“We must not act now, before the winter, and protect every citizen”", "turned"),
        ("“We must act now, before the summer, and protect every citizen of this country”", "altered"),
    ],
)
def test_a_word_may_be_another_one(by_many, quoted, verdict):
    assert judged(quoted) == (verdict, FIRST)


def test_half_of_it_glued_to_another_s_words_is_the_speaker_s(by_many):
    other = factories.publish("“Only a truce would save the southern vineyards along the coast.”", by="Boris Belov")
    (found,) = check(
        "“We must act now, before the winter, and save the southern vineyards along the coast”", speaker=FIRST
    ).judgements
    assert (found.verdict, found.statement.speaker.name, found.also) == ("altered", FIRST, [other])


def test_where_time_ends_before_its_half_is_looked_for_it_is_said(by_many, monkeypatch, settings):
    settings.LIST_SECONDS = 5
    monkeypatch.setattr("quotes.own_words.monotonic", count(step=6).__next__)
    monkeypatch.setattr("quotes.own_words.own_like", lambda *_: [])
    factories.publish("“Only a truce would save the southern vineyards along the coast.”", by="Boris Belov")
    (found,) = check(
        "“We must act now, before the winter, and save the southern vineyards along the coast”", speaker=FIRST
    ).judgements
    assert found.pieces
    assert (found.statement.speaker.name == FIRST, found.is_hurried) == (False, True)


def test_without_time_half_of_it_is_another_s(by_many, monkeypatch, settings):
    settings.LIST_SECONDS = 5
    monkeypatch.setattr("quotes.own_words.monotonic", count(step=6).__next__)
    factories.publish("“Only a truce would save the southern vineyards along the coast.”", by="Boris Belov")
    glued, _ = check(
        f"{CLICHE} “We must act now, before the winter, and save the southern vineyards along the coast”", speaker=FIRST
    ).judgements
    assert (glued.verdict, glued.is_hurried) == ("other_speaker", True)


def test_those_most_like_it_are_compared(monkeypatch):
    monkeypatch.setattr("quotes.own_words.MOST_LIKE", 1)
    said = factories.publish("“The harvest of the southern vineyards was poor, and prices rise.”", by=FIRST)
    factories.publish("“Poor are the southern vineyards: no harvest.”", by=FIRST)
    quoted = read_wording("the harvest of southern vineyards was poor, and rents rise")
    (one,) = own_like(quoted, [said.speaker_id], asked(read_wording("poor rents rise")))
    assert one.statement == said


def test_a_row_of_words_ends_at_a_rare_pair():
    said = factories.publish("“The harvest of the southern vineyards was poor.”", by=FIRST)
    quoted = read_wording("the harvest of the southern vineyards was good")
    assert own_like(quoted, [said.speaker_id]) == []
    (one,) = own_like(quoted, [said.speaker_id], asked(read_wording("vineyards good")))
    assert one.statement == said


def test_what_rare_words_lead_to_is_not_looked_for_again(django_assert_num_queries):
    said = factories.publish("“The harvest of the southern vineyards was poor.”", by=FIRST)
    quoted = read_wording("the harvest of the southern vineyards was poor")
    with django_assert_num_queries(0):
        assert own_like(quoted, [said.speaker_id], asked(quoted)) == []
        assert own_like(quoted, [], asked(quoted)) == []


def test_what_others_said_is_not_looked_at():
    said = factories.publish("“The harvest was poor.”", by=FIRST)
    other = factories.publish("“The harvest was poor.”", by="Boris Belov")
    found = own_like(read_wording("the harvest was poor"), [said.speaker_id])
    assert other not in {one.statement for one in found}


def test_no_words_are_not_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert own_like(read_wording("…"), [1]) == []


def test_where_there_is_no_time_it_is_said(by_many, monkeypatch, settings):
    settings.LIST_SECONDS = 5
    monkeypatch.setattr("quotes.own_words.monotonic", count(step=6).__next__)
    hurried, patient = check(f"{CLICHE} And again: {CLICHE}", speaker=FIRST).judgements
    assert [hurried.verdict, patient.verdict] == ["other_speaker", "exact"]
    assert f"There was no time to look among all statements of {FIRST}: check this quotation alone." in notes(hurried)


def test_without_a_limit_there_is_time(by_many, settings):
    settings.LIST_SECONDS = 0
    assert judged(CLICHE) == ("exact", FIRST)
