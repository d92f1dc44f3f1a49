import datetime as dt
import hashlib
import json

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.utils import timezone

from quotes import record
from quotes.models import Act, Discarded, Revision, Statement
from quotes.notation import parse
from quotes.record import AppearanceSpec, Changes
from sources.documents import archive, seal
from sources.intake import find_document
from sources.models import Arrival
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "the wording that a court forbids"
TEXT = f"Before it. He said “{SECRET}” and left. “Other words stay here,” said she."


@pytest.fixture
def editor():
    return factories.publisher()


def test_a_text_with_the_words_no_longer_waits_to_be_taken_in(django_capture_on_commit_callbacks):
    statement = factories.publish("“We must think about the security structure.”")
    by = factories.publisher()
    waiting = Arrival.objects.create(
        state="ready", text="He said: “We must think about the security structure.”", by=by, arrived_at=timezone.now()
    )
    waiting.original.save("original.txt", ContentFile(waiting.text.encode()))
    other = Arrival.objects.create(state="ready", text="Something else.", by=by, arrived_at=timezone.now())
    name, storage = waiting.original.name, waiting.original.storage
    with django_capture_on_commit_callbacks(execute=True):
        record.remove(statement, editor=by, reason_code="law", reason="An order")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.text, waiting.original.name) == ("failed", "", "")
    assert not storage.exists(name)
    other.refresh_from_db()
    assert other.text == "Something else."


def test_nobody_has_back_what_was_discarded_and_holds_the_words():
    statement = factories.publish("“We must think about the security structure.”")
    by = factories.publisher()
    rows = {
        "draft": {"words": {"words": "“We must think about the security structure.”"}},
        "arrival": {"fields": {"text": "He said: “We must think about the security structure.”"}},
        "search": {"fields": {"query": "q=peace"}},
    }
    for kind, kept in rows.items():
        Discarded.objects.create(owner=by, kind=kind, name="One", row=kept, at=timezone.now())
    record.remove(statement, editor=by, reason_code="law", reason="An order")
    assert [one.kind for one in Discarded.objects.all()] == ["search"]


@pytest.fixture
def article():
    document = factories.document(note=f"He said: {SECRET}")
    return document, archive(document, TEXT, dt.datetime(2022, 12, 5, tzinfo=dt.UTC))


def found(article, words):
    document, snapshot = article
    start = TEXT.index(words)
    hops = factories.hops("spoken_to TF1")
    return AppearanceSpec(document, hops, parse(words), words, snapshot=snapshot, start=start, end=start + len(words))


@pytest.fixture
def statement(article, editor):
    made = factories.publish(f"“{SECRET}”", appearances=[found(article, f"“{SECRET}”")], editor=editor)
    record.correct(made, Changes(language="fr"), editor=editor, reason=f"“{SECRET}” is French")
    return made


def remove(statement, **fields):
    return record.remove(
        statement, **({"editor": factories.publisher(), "reason_code": "court", "reason": "An order"} | fields)
    )


def everything():
    """All rows of all tables, as one text."""
    rows = [row for model in apps.get_models(include_auto_created=True) for row in model._default_manager.all()]
    return json.dumps(serializers.serialize("python", rows), default=str, ensure_ascii=False)


def test_no_trace_of_the_words_is_left_in_the_database(statement, article):
    neighbour = factories.publish("“Other words stay here,”", appearances=[found(article, "“Other words stay here,”")])
    statement.reports.create(message=f"He never said {SECRET}", address="x", sent_at=dt.datetime.now(dt.UTC))
    assert SECRET in everything()
    remove(statement)
    assert SECRET not in everything()
    assert "court forbids" not in everything()
    assert "Other words stay here," in factories.revision(neighbour).body


def test_an_archived_text_is_blanked_at_equal_length(statement, article):
    _, snapshot = article
    remove(statement)
    snapshot.refresh_from_db()
    assert len(snapshot.text) == len(TEXT)
    assert snapshot.text.index("“Other words") == TEXT.index("“Other words")
    assert snapshot.redacted_at


def test_no_hash_that_is_shown_tells_whether_a_guess_is_right(client, statement, article):
    document, snapshot = article
    remove(statement)
    snapshot.refresh_from_db()
    first = hashlib.sha256(TEXT.encode()).hexdigest()
    assert snapshot.sha256 == hashlib.sha256(snapshot.text.encode()).hexdigest()
    assert (snapshot.original_sha256, snapshot.sealed) == ("", seal(first))
    page = client.get(document.get_absolute_url()).text
    assert first not in page
    assert snapshot.sealed not in page


def test_a_text_that_words_were_removed_from_is_recognised_when_it_comes_again(statement, article):
    document, snapshot = article
    remove(statement)
    assert find_document(sha256=hashlib.sha256(TEXT.encode()).hexdigest()) == document
    snapshot.refresh_from_db()
    assert find_document(sha256=snapshot.sha256) is None


def test_two_texts_that_differ_in_what_is_removed_alone_are_alike_since(statement, article):
    document, _ = article
    for said in (SECRET.upper(), SECRET.title()):
        archive(document, TEXT.replace(SECRET, said), factories.TAKEN_AT)
    remove(statement)
    assert len({one.sha256 for one in document.snapshots.all()}) == 2


def test_versions_keep_their_hashes_and_lose_their_bodies(statement):
    hashes = list(statement.revisions.values_list("sha256", flat=True))
    remove(statement)
    assert list(statement.revisions.values_list("sha256", "body")) == [(one, "") for one in hashes]


def test_the_words_of_a_statement_merged_into_it_go_too(statement, editor):
    double = factories.publish("“a double wording that goes as well”", editor=editor)
    record.merge(double, statement, editor=editor, reason="The same utterance")
    remove(statement)
    assert not Revision.objects.exclude(body="").exists()
    assert "a double wording" not in everything()


def test_a_removal_says_who_and_why_in_code_and_words(statement, editor):
    act = remove(statement, editor=editor)
    assert (act.verb, act.reason_code, act.reason, act.actor) == (Act.Verb.REMOVE, "court", "An order", editor)


def test_a_removal_may_name_what_replaces_it(statement, editor):
    other = factories.publish("“Without the name.”", editor=editor)
    assert remove(statement, replacement=other).detail["replacement"] == other.pid


def test_what_replaces_it_must_be_public(statement):
    with pytest.raises(record.RecordError):
        remove(statement, replacement=factories.draft())
    with pytest.raises(record.RecordError):
        remove(statement, replacement=statement)


def test_a_removed_statement_leaves_every_list(statement):
    remove(statement)
    assert not Statement.objects.published().exists()
    assert not statement.carriages.exists()


def test_a_removal_can_not_be_repeated_or_undone(statement, editor):
    remove(statement)
    with pytest.raises(record.StatementRemoved):
        remove(statement)
    with pytest.raises(record.StatementRemoved):
        record.restore(statement, editor=editor, reason="Please")


def test_a_removal_is_for_one_of_the_reasons_there_are(statement):
    with pytest.raises(record.RecordError) as refusal:
        remove(statement, reason_code="whim")
    assert refusal.value.field == "reason_code"


def test_a_removal_without_a_reason_is_refused(statement):
    with pytest.raises(record.ReasonMissing):
        remove(statement, reason="")


def test_a_short_word_is_not_blanked_where_others_use_it(article, editor):
    statement = factories.publish("“Peace.”", document=article[0], editor=editor)
    document = article[0]
    remove(statement)
    document.refresh_from_db()
    assert SECRET in document.note


def test_other_statements_that_hold_the_words_are_named_for_the_editor(statement, article):
    outer = factories.publish(TEXT, appearances=[found(article, TEXT)])
    assert remove(statement).detail["remaining"] == [outer.pid]


def test_the_words_of_earlier_versions_go_from_everywhere_too(statement, article, editor):
    document, _ = article
    for words in ("“What was misheard at first”", f"“{SECRET}”"):
        record.correct(statement, Changes(spans=parse(words)), editor=editor, reason="Heard again")
    document.note = "He says: what was misheard at first."
    document.save()
    remove(statement)
    assert "misheard" not in everything()


def test_wordings_in_other_languages_go_too(statement, article, editor):
    french = "les mots qu’un tribunal interdit de répéter"
    spec = factories.appearance(f"« {french} »", "relayed_by AFP", document=factories.document(title=f"« {french} »"))
    record.add_appearance(statement, spec, editor=editor)
    assert french in everything()
    remove(statement)
    assert french not in everything()


@pytest.mark.parametrize(
    "printed",
    [
        "THE WORDING THAT A COURT FORBIDS",
        "“the wording,” he said",
        "the\u00a0wording \n that a  court forbids",
        "“the wording” that a ‘court’ forbids",
    ],
)
def test_the_words_are_found_in_other_marks_case_and_spaces(statement, article, printed):
    document, _ = article
    document.note = f"Somebody notes: {printed}. So be it."
    document.save()
    remove(statement)
    document.refresh_from_db()
    assert document.note.startswith("Somebody notes: ")
    assert document.note.endswith(". So be it.")
    assert ("court" in document.note.lower()) is ("court" in printed.lower() and "he said" in printed)


def test_a_long_part_of_the_words_is_found_too(article, editor):
    said = "I will never, under no circumstances and for nobody on earth, sign a paper of that kind"
    document = factories.document(title="He “will never, under no circumstances and for nobody on earth” sign")
    remove(factories.publish(f"“{said}.”", document=document, editor=editor))
    document.refresh_from_db()
    assert "circumstances" not in document.title
    assert document.title.startswith("He “")


def test_a_name_that_stands_in_the_words_may_stand_elsewhere(article, editor):
    name = "the Treaty on Open Skies"
    document = factories.document(note=f"An article on {name}.")
    remove(factories.publish(f"“We leave {name} tomorrow, for good.”", document=document, editor=editor))
    document.refresh_from_db()
    assert document.note == f"An article on {name}."


def test_what_was_told_of_a_merge_that_was_undone_goes_too(statement, editor):
    other = factories.publish("“Something else.”", editor=editor)
    act = record.merge(other, statement, editor=editor, reason=f"Both say {SECRET}")
    record.undo_merge(act, editor=editor)
    remove(statement)
    assert SECRET not in everything()
    assert factories.revision(other).body


def test_reports_on_other_statements_of_the_document_lose_the_words_alone(statement, article):
    neighbour = factories.publish("“Other words stay here,”", appearances=[found(article, "“Other words stay here,”")])
    sent = neighbour.reports.create(
        message=f"Before it he says “{SECRET}”. Wrong!", address="x", sent_at=neighbour.recorded_at
    )
    remove(statement)
    sent.refresh_from_db()
    assert SECRET not in sent.message
    assert sent.message.endswith("Wrong!")


def test_the_reason_may_not_repeat_the_words(statement):
    with pytest.raises(record.RecordError) as refusal:
        remove(statement, reason=f"A court forbids to say {SECRET.upper()}.")
    assert refusal.value.field == "reason"
    assert statement.revisions.exclude(body="").count() == 2


def test_drafts_that_hold_the_words_are_named_for_the_editor_too(statement, article):
    draft = factories.draft(f"“He said: {SECRET}.”", document=article[0])
    assert remove(statement).detail["remaining"] == [draft.pid]


def test_words_with_marks_inside_are_found_in_other_versions(article, editor):
    inner = 'He "never" said\n\nthat the "talks" had begun'
    statement = factories.publish(f"“{inner}”", document=article[0], editor=editor)
    outer = factories.publish(f"“I quote: {inner}. That is all.”", document=article[0], editor=editor)
    assert remove(statement).detail["remaining"] == [outer.pid]


def test_linked_statements_that_repeat_the_words_are_named(statement, editor):
    echo = factories.publish(f"“He said: {SECRET}!”", by="Olaf Scholz", editor=editor)
    record.link(echo, statement, "repeats", editor=editor)
    assert remove(statement).detail["remaining"] == [echo.pid]


def test_no_log_tells_the_words(statement, caplog):
    with caplog.at_level("DEBUG"):
        remove(statement)
    told = [str(line.args) + line.getMessage() for line in caplog.records if line.name != "django.db.backends"]
    assert SECRET not in " ".join(told)


def test_what_is_archived_again_is_the_blanked_text(statement, article):
    document, snapshot = article
    remove(statement)
    assert archive(document, TEXT, dt.datetime(2023, 1, 1, tzinfo=dt.UTC)) == snapshot
    assert SECRET not in everything()


def test_versions_whose_frozen_source_quotes_the_words_are_named(statement, article):
    document, _ = article
    document.title = f"He: “{SECRET}”"
    document.save()
    neighbour = factories.publish("“Other words stay here,”", document=document)
    assert remove(statement).detail["remaining"] == [neighbour.pid]
