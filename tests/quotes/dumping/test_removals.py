"""What was removed after a dump was made is on no record that the dump is loaded into."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quotes import record
from quotes.dumping import removals
from quotes.dumping.write import dump
from quotes.models import Act, Appearance, Revision, Statement
from sources.models import Document, Snapshot
from tests import factories
from tests.quotes.dumping.emptying import empty

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = "These words were removed for good"


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def older(tmp_path, editor):
    """A dump that was made while the words stood there, and a record without them; the ids of what they stood in."""
    document, headed = factories.document(), factories.document(title=f"“{WORDS}.” Somebody said so")
    removed = factories.publish(f"“{WORDS}.”", "spoken_to TF1", document=document)
    merged = factories.publish(f"“{WORDS}.”", "relayed_by TASS", document=headed)
    beside = factories.publish("“Words that stay.”", document=document)
    dump(tmp_path / "older")
    record.merge(merged, removed, editor=editor, reason="One utterance")
    record.remove(removed, editor=editor, reason_code="court", reason="An order", replacement=beside)
    return removed.pid, merged.pid, beside.pid


def loaded(folder, *options):
    said = StringIO()
    call_command("load", str(folder), *options, stdout=said, stderr=StringIO())
    return said.getvalue()


def holding():
    """Where the record holds the words."""
    found = []
    for model in (Statement, Appearance, Revision, Act, Document, Snapshot):
        for row in model.objects.values():
            found += [(model.__name__, name) for name, value in row.items() if WORDS in str(value)]
    return found


def test_an_older_dump_is_loaded_without_what_was_removed_since(client, older, tmp_path):
    removed, merged, beside = older
    done = Act.objects.get(verb="remove")
    call_command("removals", str(tmp_path / "list.jsonl"), stdout=StringIO())
    assert WORDS not in (tmp_path / "list.jsonl").read_text()
    empty()
    assert "2 were removed again" in loaded(tmp_path / "older", "--removals", str(tmp_path / "list.jsonl"))
    assert holding() == []
    for pid in (removed, merged):
        assert client.get(f"/q/{pid}").status_code == 410
        assert client.get(f"/api/v1/statements/{pid}/revisions").status_code == 410
    told = client.get(f"/api/v1/statements/{removed}").json()
    assert (told["removed"]["reason"], told["removed"]["replacement"]) == ("An order", beside)
    assert told["removed"]["on"] == done.at.date().isoformat()
    assert "Words that stay" in client.get(f"/q/{beside}").text
    assert WORDS not in client.get("/statements/?q=removed").text


def test_the_list_beside_a_dump_is_used_unasked(client, older, tmp_path):
    removals.write(tmp_path / removals.NAME)
    empty()
    assert "2 were removed again" in loaded(tmp_path / "older")
    assert holding() == []


def test_without_a_list_the_load_says_what_that_means(older, tmp_path):
    empty()
    assert "is on this record again" in loaded(tmp_path / "older")
    assert holding()


def test_dumps_on_their_shelf_have_the_list_beside_them(older, tmp_path, settings):
    settings.DUMPS_DIR = tmp_path / "shelf"
    call_command("dump", stdout=StringIO(), stderr=StringIO())
    [told] = removals.read(tmp_path / "shelf" / removals.NAME)
    assert (told.id, told.family, told.reason_code) == (older[0], [older[1]], "court")


def test_a_record_that_was_loaded_so_dumps_and_loads_again(client, older, tmp_path):
    removals.write(tmp_path / removals.NAME)
    empty()
    loaded(tmp_path / "older")
    dump(tmp_path / "newer")
    empty()
    assert "0 were removed again" in loaded(tmp_path / "newer")
    assert client.get(f"/q/{older[0]}").status_code == 410


def test_what_was_published_since_is_passed_over(client, editor, tmp_path):
    kept = factories.publish("“Words that stay.”")
    dump(tmp_path / "older")
    record.remove(factories.publish(f"“{WORDS}.”"), editor=editor, reason_code="law", reason="A law")
    removals.write(tmp_path / removals.NAME)
    empty()
    assert "0 were removed again" in loaded(tmp_path / "older")
    assert Statement.objects.get().pid == kept.pid


def test_what_cant_be_removed_isnt_loaded(editor, tmp_path):
    one, other = factories.publish(f"“{WORDS}.”"), factories.publish("“Others.”")
    merge = record.merge(one, other, editor=editor, reason="One utterance")
    dump(tmp_path / "older")
    record.undo_merge(merge, editor=editor)
    record.remove(one, editor=editor, reason_code="law", reason="A law")
    removals.write(tmp_path / removals.NAME)
    empty()
    with pytest.raises(CommandError, match=f"Nothing was loaded. Statement {one.pid} was removed since"):
        loaded(tmp_path / "older")
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "7K2M9QX4TA"}',
        '{"id": "short", "at": "2024-05-05T00:00:00+00:00", "reason_code": "law", "reason": "A law"}',
        '{"id": "7K2M9QX4TA", "at": "soon", "reason_code": "law", "reason": "A law"}',
        '{"id": "7K2M9QX4TA", "at": "2024-05-05T00:00:00+00:00", "reason_code": "whim", "reason": "A law"}',
        '{"id": "7K2M9QX4TA", "at": 5, "reason_code": "law", "reason": "A law"}',
        '{"id": "7K2M9QX4TA", "at": "2024-05-05T00:00:00+00:00", "reason_code": "law", "reason": "", "more": 1}',
    ],
)
def test_a_list_that_is_none_is_refused(older, tmp_path, line):
    (tmp_path / removals.NAME).write_text(line + "\n")
    empty()
    with pytest.raises(CommandError, match="line 1, tells no removal"):
        loaded(tmp_path / "older")
    assert not Statement.objects.exists()
