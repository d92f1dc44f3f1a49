"""Acts at once come one after another, and whoever comes second acts on what the first one left."""

import datetime as dt
import json

import pytest
from django.db import connection, transaction

from quotes import record
from quotes.models import Act, Speaker, Statement
from quotes.notation import parse
from quotes.record import AppearanceSpec, Changes
from sources.documents import archive
from sources.models import Outlet
from sources.slugs import resolve
from tests import factories
from tests.quotes.record.at_once import one_then_other, together, writable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("groups")]


@pytest.fixture
def editor(groups):
    return factories.publisher()


@pytest.fixture
def statement(editor):
    return factories.publish(editor=editor)


def fresh(thing):
    return type(thing)._default_manager.get(pk=thing.pk)


def correcting(statement, editor, reason="It was wrong", **changes):
    return lambda: record.correct(fresh(statement), Changes(**changes), editor=editor, reason=reason)


def removing(statement, editor):
    return lambda: record.remove(fresh(statement), editor=editor, reason_code="law", reason="An order")


def merging(loser, survivor, editor):
    return lambda: record.merge(fresh(loser), fresh(survivor), editor=editor, reason="They are one")


def test_two_corrections_are_both_kept_and_the_second_stands_on_the_first(statement, editor):
    first, second = one_then_other(
        correcting(statement, editor, language="fr"), correcting(statement, editor, label="Candidate")
    )
    assert [first.number, second.number] == [2, 3]
    body = json.loads(second.body)
    assert (body["language"], body["label"]) == ("fr", "Candidate")


def test_corrections_that_begin_at_the_same_instant_are_numbered_without_a_gap(statement, editor):
    words = [f"“Wording number {number}.”" for number in range(4)]
    revisions = together(*(correcting(statement, editor, spans=parse(one)) for one in words))
    assert sorted(revision.number for revision in revisions) == [2, 3, 4, 5]
    latest = max(revisions, key=lambda revision: revision.number)
    assert fresh(statement).spans == json.loads(latest.body)["spans"]
    assert statement.acts.filter(verb=Act.Verb.CORRECT).count() == 4


def test_the_same_correction_twice_is_made_once(statement, editor):
    act = correcting(statement, editor, language="fr")
    first, second = one_then_other(act, act)
    assert first.number == 2
    assert isinstance(second, record.NothingChanged)
    assert statement.revisions.count() == 2


def test_on_the_page_the_second_is_told_and_loses_nothing(client, statement, editor):
    client.force_login(editor)
    address = f"/desk/statements/{statement.pid}/correct/"
    page = client.get(address)
    fields = [field for form in page.context["page"].forms() for field in form]
    shown = {field.html_name: field.value() for field in fields if field.value() not in (None, False)}
    mine = {**shown, "seen": page.context["seen"], "words": "“Mine.”", "reason": "I think so"}
    _, page = one_then_other(
        correcting(statement, editor, spans=parse("“Theirs.”")), lambda: client.post(address, mine)
    )
    assert page.status_code == 409
    for kept in ("“Mine.”", "I think so", "Theirs.", "Nothing you typed is lost"):
        assert kept in page.text
    assert statement.revisions.count() == 2


def test_a_removal_blanks_the_correction_it_waited_for(statement, editor):
    one_then_other(correcting(statement, editor, spans=parse("“Other words.”")), removing(statement, editor))
    assert fresh(statement).state == "removed"
    assert list(statement.revisions.values_list("number", "body")) == [(1, ""), (2, "")]


def test_a_correction_that_waited_for_a_removal_is_refused(statement, editor):
    _, second = one_then_other(removing(statement, editor), correcting(statement, editor, language="fr"))
    assert isinstance(second, record.StatementRemoved)
    assert statement.revisions.count() == 1


@pytest.mark.parametrize("make", [factories.publish, factories.speaker, factories.outlet])
def test_two_are_never_merged_into_each_other(make, editor):
    one, other = (make("“Yes.”"), make("“Yes!”")) if make is factories.publish else (make("One"), make("Other"))
    _, second = one_then_other(merging(one, other, editor), merging(other, one, editor))
    assert isinstance(second, record.CannotMerge)
    assert (fresh(one).merged_into, fresh(other).merged_into) == (other, None)


@pytest.mark.parametrize("make", [factories.publish, factories.speaker, factories.outlet])
def test_three_are_never_merged_in_a_circle(make, editor):
    names = ["“A.”", "“B.”", "“C.”"] if make is factories.publish else ["A", "B", "C"]
    ring = [make(name) for name in names]
    pairs = [(one, ring[(place + 1) % 3]) for place, one in enumerate(ring)]
    together(*(merging(one, other, editor) for one, other in pairs))
    assert any(fresh(one).merged_into is None for one in ring)


def test_nothing_is_merged_into_what_was_retracted_meanwhile(statement, editor):
    other = factories.publish("“Peace.”", editor=editor)
    _, second = one_then_other(
        lambda: record.retract(fresh(other), editor=editor, reason="Doubts"), merging(statement, other, editor)
    )
    assert isinstance(second, record.CannotMerge)


def test_a_merge_is_not_undone_out_of_a_removal(statement, editor):
    other = factories.publish("“Peace.”", editor=editor)
    act = record.merge(statement, other, editor=editor, reason="They are one")
    _, second = one_then_other(removing(other, editor), lambda: record.undo_merge(fresh(act), editor=editor))
    assert isinstance(second, record.CannotUndo)
    assert fresh(statement).state == "merged"


def test_a_draft_is_published_once(editor):
    draft = factories.draft(editor=editor)

    def act():
        return record.publish(fresh(draft), editor=editor)

    first, second = one_then_other(act, act)
    assert first.number == 1
    assert isinstance(second, record.AlreadyPublished)
    assert draft.revisions.count() == Act.objects.count() == 1


def test_two_removals_from_one_text_blank_both(editor):
    text = "He said “The first wording that must go.” She said “The second one that must go.”"
    document = factories.document()
    snapshot = archive(document, text, dt.datetime(2022, 12, 5, tzinfo=dt.UTC))
    quotes = [text[8:41], text[51:]]
    found = [
        AppearanceSpec(
            document, (), parse(one), one, snapshot=snapshot, start=text.index(one), end=text.index(one) + len(one)
        )
        for one in quotes
    ]
    first, second = (
        factories.publish(one, appearances=[spec], editor=editor) for one, spec in zip(quotes, found, strict=True)
    )
    one_then_other(removing(first, editor), removing(second, editor))
    snapshot.refresh_from_db()
    assert "must go" not in snapshot.text
    assert len(snapshot.text) == len(text)


def test_corrections_of_statements_that_show_each_other_never_wait_in_a_circle(editor):
    one, other = factories.publish("“Yes.”", editor=editor), factories.publish("“No.”", editor=editor)
    record.link(one, other, "contradicts", editor=editor)
    for number in range(6):
        words = parse(f"“Wording {number}.”")
        together(correcting(one, editor, spans=words), correcting(other, editor, spans=words))
    assert one.revisions.count() == other.revisions.count() == 7


def test_a_speaker_is_merged_while_their_statements_are_corrected(editor):
    loser, survivor = factories.speaker("E. Macron"), factories.speaker("Emmanuel Macron")
    statements = [factories.publish(f"“Words {number}.”", by=loser, editor=editor) for number in range(3)]
    record.link(statements[2], statements[0], "repeats", editor=editor)
    acts = [correcting(one, editor, language="fr") for one in reversed(statements)]
    together(merging(loser, survivor, editor), *acts)
    assert all(fresh(one).speaker == survivor for one in statements)
    assert [one.revisions.count() for one in statements] == [2, 2, 2]


@pytest.mark.parametrize("merged_first", [True, False])
def test_no_statement_is_corrected_to_a_speaker_who_is_merged_away_meanwhile(statement, editor, merged_first):
    loser, survivor = factories.speaker("Vladimir Poutine"), factories.speaker("Vladimir Putin")
    acts = [merging(loser, survivor, editor), correcting(statement, editor, speaker=loser)]
    one_then_other(*acts if merged_first else reversed(acts))
    assert fresh(statement).speaker == survivor


def test_of_two_renames_no_address_is_forgotten(editor):
    outlet = factories.outlet("Old")
    renames = [lambda slug=slug: record.rename(fresh(outlet), slug=slug, editor=editor) for slug in ("newer", "newest")]
    one_then_other(*renames)
    assert {found.slug for found in resolve(Outlet, ["old", "newer", "newest"]).values()} == {"newest"}
    assert len(resolve(Outlet, ["old", "newer", "newest"])) == 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, and tells who waits")
def test_on_sqlite_a_transaction_takes_the_file_at_its_start():
    assert writable()
    with transaction.atomic():
        assert not writable(), "before anything is written: later there would be no waiting, only failing"
    assert writable()
    assert not Statement.objects.exists()
    assert not Speaker.objects.exists()
