"""From a file to statements on record, and back."""

import pytest

from quotes import record
from quotes.importing import beginning, running
from quotes.importing.errors import CannotImport
from quotes.importing.fields import guess
from quotes.importing.mapping import ColumnMap, from_json
from quotes.importing.staging import work
from quotes.models import Act, Import, Speaker, Statement, Topic
from quotes.record.reindex import lacking
from sources.models import Document, Outlet
from tests import factories
from tests.quotes.importing import HEADS, brought, csv_file, done, found, row, tried, undone

pytestmark = pytest.mark.django_db


def test_a_dry_run_tells_what_would_come_and_puts_nothing_on_record():
    of = tried(csv_file(row(1), row(2, speaker="Olaf Scholz", topics="Peace; Arms"), row(3, words="")))
    assert (of.state, of.rows) == ("checked", 3)
    assert {name: of.expected[name] for name in ("new", "refused", "speakers", "outlets", "documents", "topics")} == {
        "new": 2,
        "refused": 1,
        "speakers": 2,
        "outlets": 1,
        "documents": 2,
        "topics": 3,
    }
    assert of.expected["names"]["speakers"] == ["Emmanuel Macron", "Olaf Scholz"]
    assert found(of) == [("refused", 4, "words", "There are no words.")]
    assert not any(model.objects.exists() for model in (Statement, Speaker, Outlet, Document, Topic))


def test_rows_become_published_statements_with_all_that_they_tell():
    of = done(csv_file(row(1)))
    made = of.statements.get().statement
    assert (of.state, of.counts, made.state) == ("done", {"new": 1}, "published")
    assert (made.text, made.speaker.name, made.said, made.published) == (
        "We must think about security, part 1.",
        "Emmanuel Macron",
        "2022-12-03",
        "2022-12-04",
    )
    where = made.primary_appearance.document
    assert (where.outlet.name, where.url) == ("Le Monde", "https://lemonde.fr/1")
    assert [topic.name for topic in made.topics.all()] == ["Security guarantees"]
    assert (made.speaker.given, made.speaker.family, made.speaker.slug) == ("Emmanuel", "Macron", "emmanuel-macron")
    assert made.primary_appearance.hops.get().document == where
    assert lacking() == 0


def test_rows_become_drafts_where_nobody_says_they_are_to_be_published():
    of = done(csv_file(row(1)), publish=False)
    assert of.statements.get().statement.state == "draft"
    assert not Act.objects.exists()


def test_an_undone_import_is_retracted_with_its_reason():
    of = undone(done(csv_file(row(1), row(2))))
    assert of.state == "undone"
    assert {one.state for one in Statement.objects.all()} == {"retracted"}
    assert {act.reason for act in Act.objects.filter(verb="retract")} == {"The wrong file"}
    assert of.counts["retracted"] == 2


def test_an_undone_import_of_drafts_leaves_none():
    of = undone(done(csv_file(row(1), row(2)), publish=False))
    assert not Statement.objects.exists()
    assert of.counts["discarded"] == 2


def test_what_somebody_changed_since_is_named_and_left():
    of = done(csv_file(row(1), row(2), row(3)))
    first, second, third = (one.statement for one in of.statements.order_by("row"))
    editor = factories.publisher()
    record.correct(first, record.Changes(said="2022-12-02"), editor=editor, reason="A slip")
    record.merge(factories.publish("“Other.”"), third, editor=editor, reason="The same")
    of = undone(of)
    assert [(kind, line, why) for kind, line, _, why in found(of)] == [
        ("left", 2, "It was corrected since."),
        ("left", 4, "Another statement was merged into it since."),
    ]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("published", "retracted")


def test_the_same_file_again_brings_nothing():
    done(csv_file(row(1), row(2)))
    of = tried(csv_file(row(1), row(2)))
    assert (of.expected["there"], of.expected["new"]) == (2, 0)


def test_what_was_undone_can_be_imported_again():
    undone(done(csv_file(row(1))))
    assert done(csv_file(row(1))).counts == {"new": 1}
    assert Statement.objects.published().count() == 1


def test_the_file_is_kept_till_the_import_is_done(media):
    of = tried(csv_file(row(1)))
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
    beginning.do(of, editor=of.by, publish=False)
    work(of)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_two_imports_that_were_tried_at_once_bring_nothing_twice():
    first, second = tried(csv_file(row(1))), tried(csv_file(row(1)))
    for of in (first, second):
        beginning.do(of, editor=of.by, publish=True)
        work(of)
    assert second.counts == {"new": 0, "there": 1}
    assert Statement.objects.count() == 1


def test_whoever_does_an_import_is_on_record_as_doing_it():
    of, other = tried(csv_file(row(1))), factories.publisher()
    beginning.do(of, editor=other, publish=True)
    work(of)
    assert Act.objects.get(verb="publish").actor == other


def test_an_import_is_done_once():
    of = done(csv_file(row(1)))
    with pytest.raises(CannotImport):
        beginning.do(of, editor=of.by, publish=True)
    assert work(of).counts == {"new": 1}


def test_what_is_on_record_cannot_be_given_up():
    with pytest.raises(CannotImport, match="undo it"):
        beginning.give_up(done(csv_file(row(1))))


def test_undoing_takes_a_reason():
    with pytest.raises(CannotImport, match="why"):
        undone(done(csv_file(row(1))), reason=" ")


def test_a_draft_that_was_published_or_saved_since_is_left():
    of = done(csv_file(row(1), row(2), row(3)), publish=False)
    first, second, _ = (one.statement for one in of.statements.order_by("row"))
    record.publish(first, editor=factories.publisher())
    record.redraft(second, factories.spec("“Anew.”"), seen=second.touched)
    of = undone(of)
    assert [(line, why) for _, line, _, why in found(of)] == [
        (2, "It was a draft, and is published by now."),
        (3, "The draft was changed since."),
    ]
    assert of.counts["discarded"] == 1


def test_an_import_in_batches_is_as_in_one(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    of = done(csv_file(*(row(number, topics="A; B") for number in range(1, 6)), row(2)))
    assert of.counts == {"new": 5, "there": 1}
    assert Speaker.objects.count() == Outlet.objects.count() == 1
    assert Topic.objects.count() == 2
    assert lacking() == 0


def test_a_run_that_was_cut_short_goes_on_after_the_last_batch(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    of = tried(csv_file(*(row(number) for number in range(1, 6))))
    beginning.do(of, editor=of.by, publish=True, ask=False)
    real, made = running.make, []

    def make_twice(rows, *args, **kwargs):
        statements = real(rows, *args, **kwargs)
        made.append(len(statements))
        if len(made) == 2:
            raise KeyboardInterrupt
        return statements

    monkeypatch.setattr(running, "make", make_twice)
    with pytest.raises(KeyboardInterrupt):
        work(of)
    assert Statement.objects.count() == Import.objects.get().cursor == 2
    of = work(Import.objects.get())
    assert (of.state, of.counts, Statement.objects.count()) == ("done", {"new": 5}, 5)


def test_a_dry_run_that_was_cut_short_begins_again(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    of = brought(csv_file(row(1), row(2), row(3), row(4, words="")))
    columns = ColumnMap(guess(beginning.preview(of)[0].heads))
    beginning.try_out(of, columns, ask=False)
    Import.objects.update(cursor=2, counts={"new": 2})
    of.refresh_from_db()
    of = work(of)
    assert (of.expected["new"], of.expected["refused"], of.findings.count()) == (3, 1, 1)


def test_an_import_that_is_given_up_while_it_is_tried_is_gone(caplog):
    of = brought(csv_file(row(1)))
    beginning.try_out(of, ColumnMap(guess(HEADS)), ask=False)
    at_work = Import.objects.get()

    def give_up(_done, _whole):
        beginning.give_up(of)

    work(at_work, give_up)
    assert not Import.objects.exists()
    assert not caplog.records


def test_two_at_one_import_do_nothing_twice(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    of = tried(csv_file(row(1), row(2)))
    beginning.do(of, editor=of.by, publish=True, ask=False)
    twin = Import.objects.get()
    work(of)
    assert work(twin).state == "done"
    assert Statement.objects.count() == 2


def test_a_speaker_who_is_merged_while_an_import_runs_stands_for_the_survivor(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    gone, stays = factories.speaker("E. Macron"), factories.speaker()
    of = tried(csv_file(row(1, speaker="E. Macron"), row(2, speaker="E. Macron")))
    beginning.do(of, editor=of.by, publish=True, ask=False)
    real = running.make

    def make_then_merge(*args, **kwargs):
        real(*args, **kwargs)
        if gone.pk:
            record.merge(gone, stays, editor=of.by, reason="The same")
            gone.pk = None

    monkeypatch.setattr(running, "make", make_then_merge)
    work(of)
    assert {one.speaker for one in Statement.objects.all()} == {stays}


def test_a_file_that_is_gone_fails_the_import_with_why(media):
    of = brought(csv_file(row(1)))
    beginning.try_out(of, ColumnMap(guess(HEADS)), ask=False)
    next(path for path in media.rglob("*") if path.is_file()).unlink()
    of = work(of)
    assert (of.state, of.problem) == ("failed", "Its file is gone. Bring it once more.")


def test_what_was_imported_before_a_run_failed_can_be_undone(monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    of = tried(csv_file(*(row(number) for number in range(1, 5))))
    beginning.do(of, editor=of.by, publish=True, ask=False)
    monkeypatch.setattr(running, "MOST_ROWS", 3)
    of = work(of)
    assert of.state == "done"
    assert "more than 3 rows" in of.counts["stopped"]
    assert undone(of).counts["retracted"] == 2


def test_a_removed_statement_leaves_nothing_of_its_words_with_its_import():
    of = done(
        csv_file(row(1, words="“Something very secret indeed.”"), row(1, words="“Something very secret indeed.”"))
    )
    made = of.statements.get().statement
    record.remove(made, editor=factories.publisher(), reason_code="law", reason="A court asked")
    kept = [str(value) for one in (*of.findings.values(), *of.statements.values()) for value in one.values()]
    assert not any("secret" in text for text in kept)


def test_a_template_tells_the_columns_of_the_next_file():
    of = brought(csv_file({"Zitat": "Ja.", "Wer": "Olaf Scholz"}))
    kept = ColumnMap({"words": "Zitat", "speaker": "Wer"}, {"language": "de"}, "direct", "day")
    template = beginning.save_template(of.by, " Sheet ", kept)
    again = beginning.save_template(of.by, "Sheet", kept)
    assert (template.pk, template.name) == (again.pk, "Sheet")
    assert from_json(template.mapping) == kept
