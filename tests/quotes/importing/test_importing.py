"""From a file to statements on record, and back."""

import pytest

from quotes import record
from quotes.models import Act, Import, Speaker, Statement, Topic
from quotes.record.reindex import lacking
from sources.models import Document, Outlet
from tests import factories
from tests.quotes.importing import csv_file, done, found, row, tried, undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == ("published", "retracted")


def test_the_same_file_again_brings_nothing():
    done(csv_file(row(1), row(2)))
    of = tried(csv_file(row(1), row(2)))
    assert (of.expected["there"], of.expected["new"]) == (2, 0)


def test_what_was_undone_can_be_imported_again():
    undone(done(csv_file(row(1))))
    assert done(csv_file(row(1))).counts == {"new": 1}
    assert Statement.objects.published().count() == 1


def test_the_file_is_kept_till_the_import_is_done(tmp_path):
    of = tried(csv_file(row(1)))
    assert len(list(tmp_path.rglob("import*"))) >= 1
    assert of.file
    done(csv_file(row(2)))
    assert Import.objects.filter(file="").count() == 1
