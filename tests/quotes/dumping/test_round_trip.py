"""A dump loads into an empty record that answers at every address with the same bytes."""

import datetime as dt
import gzip
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from quotes import record
from quotes.citing.formats import BY_SUFFIX
from quotes.dumping.load import load
from quotes.dumping.write import dump
from quotes.models import Alias, Merge, Report, Role, Speaker, Statement, Topic
from quotes.notation import parse
from sources.models import Document, Outlet, SlugRedirect, Snapshot
from tests import factories
from tests.quotes.dumping.emptying import empty

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "Nobody outside the newsroom reads this"


def corrected(statement, words, reason="A word was misheard"):
    record.correct(statement, record.Changes(spans=parse(words)), editor=factories.publisher(), reason=reason)


@pytest.fixture
def newsroom(db):
    """The founding record, and one of everything that editors do to statements, speakers, outlets and topics."""
    call_command("load_founding_record", verbosity=0)
    by = factories.publisher()
    once = factories.publish("“Corrected once.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic("Peace")])
    corrected(once, "“Corrected at once.”")
    corrected(once, "“Corrected [(twice)] at once.”", reason="=A remark was left out")
    retracted, restored, removed, replacement = (
        factories.publish(f"“These words were {what}.”") for what in ("retracted", "restored", "removed", "put instead")
    )
    record.retract(retracted, editor=by, reason="Staged")
    record.retract(restored, editor=by, reason="Thought to be staged")
    record.restore(restored, editor=by, reason="It was not")
    in_removed = factories.publish("“Merged into what was removed.”")
    record.merge(in_removed, removed, editor=by, reason="The same words")
    corrected(removed, "“These words were removed for good.”", reason="They were cut")
    record.remove(removed, editor=by, reason_code="court", reason="An order of 2024", replacement=replacement)
    kept, merged, parted = (factories.publish(f"“The same {word} once more.”") for word in ("words", "phrase", "line"))
    record.merge(merged, kept, editor=by, reason="One utterance")
    record.undo_merge(record.merge(parted, kept, editor=by, reason="A mistake"), editor=by)
    record.link(once, kept, "confirms", editor=by)
    for copied_from_it in (True, False):
        again = record.add_appearance(
            kept, factories.appearance("“The same words once more.”", "published_by BBC"), editor=by
        )
        record.mark_copy(again, kept.primary_appearance, editor=by, reason="Line for line")
        if not copied_from_it:
            record.unmark_copy(again, editor=by, reason="They were there as well")
    loser, agency = factories.speaker("E. Macron"), factories.outlet("Tass Agency", kind="agency")
    factories.publish("“By a second name.”", "relayed_by Tass Agency", by=loser)
    record.merge(loser, factories.speaker(), editor=by, reason="One man")
    record.merge(agency, factories.outlet("TASS"), editor=by, reason="One agency")
    record.rename(factories.outlet("TF1"), name="TF1 Info", slug="tf1-info", editor=by)
    record.rename(Topic.objects.get(name="Peace"), name="Peace talks", slug="peace-talks", editor=by)
    where = factories.snapshot("A source says: “Unnamed.” And so on.", outlet_name="Die Zeit").document
    unnamed = Speaker.objects.create(kind="unnamed", name="A source", document=where)
    factories.publish("“Unnamed.”", by=unnamed, document=where)
    told = factories.publish("he will come", "told_by Vladimir Putin", "spoken_to TF1 Info", said="/2022-12-04")
    group = Speaker.objects.create(kind="group", name="The Two", slug="the-two")
    group.members.add(factories.speaker(), factories.speaker("Vladimir Putin"))
    factories.publish("“We agree.”", by=group, speaks_for=factories.speaker("The Kremlin", kind="government"))
    Alias.objects.create(speaker=factories.speaker(), name="Макроша", language="ru")
    Role.objects.create(
        speaker=factories.speaker(), label="President", held="2017-05-14/..", held_min=dt.date(2017, 5, 14)
    )
    factories.draft(f"“{SECRET}.”", by=factories.speaker("Drafted Only"))
    Report.objects.create(
        statement=told, message=SECRET, email="secret@example.org", address="x", sent_at=timezone.now()
    )
    Snapshot.objects.update(check_result="unchanged", checked_at=timezone.now())


def addresses():
    """Every address that the record ever gave out, and the lists."""
    yield from ("/", "/feed.json", "/statements/", "/statements/feed.atom", "/speakers/", "/outlets/", "/topics/")
    yield from (
        "/corrections/",
        "/corrections/feed.json",
        "/corrections/?kind=remove",
        "/sitemap-1.xml",
        "/statements.jsonl",
    )
    yield from ("/statements/?q=words", "/statements/?q=macron&mode=direct", "/statements/?relay=tass&year=2022")
    yield from ("/check/?text=These+words+were+put+instead", "/suggest/?q=mac", "/suggest/?q=Макр")
    for name in ("statements", "corrections", "links", "speakers", "outlets", "topics", "documents", "facets"):
        yield f"/api/v1/{name}"
    yield "/api/v1/statements?expand=appearances,links,revisions&size=100"
    for statement in Statement.objects.exclude(state="draft"):
        own = f"/q/{statement.pid}"
        yield from (
            f"{own}{end}" for end in ("", "/history", "/timemap", "/linkset", "/linkset.json", "/embed", "/report")
        )
        yield from (f"/api/v1/statements/{statement.pid}", f"/api/v1/statements/{statement.pid}/revisions")
        yield from (f"{own}{suffix}" for suffix in BY_SUFFIX)
        for number in statement.revisions.values_list("number", flat=True):
            yield from (f"{own}/v{number}{suffix}" for suffix in ("", ".png", *BY_SUFFIX))
            yield f"/api/v1/statements/{statement.pid}/revisions/{number}"
    for model, place in ((Speaker, "speakers"), (Outlet, "outlets"), (Topic, "topics")):
        for slug in model.objects.exclude(slug=None).exclude(name="Removed").values_list("slug", flat=True):
            yield from (f"/{place}/{slug}/", f"/api/v1/{place}/{slug}")
    for kind, slug in SlugRedirect.objects.values_list("kind", "slug"):
        yield f"/{kind}s/{slug}/"
    for pid in Document.objects.values_list("pid", flat=True):
        yield from (f"/documents/{pid}/", f"/api/v1/documents/{pid}")


def without_texts(content):
    """A page without what is shown of an archived text, and without what is new in every answer."""
    page = re.sub(rb'<div class="document-text.*?</div>', b"", content, flags=re.DOTALL)
    page = re.sub(rb'<p class="small soft">What is shown is each quotation[^<]*</p>', b"", page)
    page = re.sub(rb'<section class="part verify".*?</section>', b"", page, flags=re.DOTALL)
    page = re.sub(rb"<li>\s*<a [^>]*>The text as a file</a>\s*</li>", b"", page)
    page = re.sub(rb'"csrfmiddlewaretoken" value="[^"]*"', b"", page)
    page = re.sub(rb"Checked on [^<]*<", b"<", page)
    return re.sub(rb"\n\s*\n", b"\n", page)


def answers(client, asked):
    told = {}
    for address in asked:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        told[address] = (answer.status_code, answer.get("Location"), without_texts(content))
    return told


def test_every_address_answers_the_same_after_a_dump_is_loaded(client, newsroom, tmp_path):
    asked = list(addresses())
    before = answers(client, asked)
    dump(tmp_path / "dump")
    empty()
    load(tmp_path / "dump")
    after = answers(client, asked)
    differing = [address for address in asked if before[address] != after[address]]
    for address in differing[:3]:
        (status, _, one), (now, _, other) = before[address], after[address]
        lines = set(one.decode(errors="replace").splitlines()) ^ set(other.decode(errors="replace").splitlines())
        print(address, status, now, *sorted(lines)[:20], sep="\n")
    assert not differing
    assert {status for status, *_ in before.values()} >= {200, 301, 404, 410}
    assert len(asked) > 500


def test_a_loaded_record_dumps_to_the_same_files(newsroom, tmp_path):
    first = dump(tmp_path / "first")
    empty()
    load(tmp_path / "first")
    second = dump(tmp_path / "second")
    # The log goes on: it has one more leaf, which says what was loaded, and the key of that.
    goes_on = {"leaves.jsonl.gz", "log_keys.jsonl.gz"}
    kept = {one.name: one.sha256 for one in first.files if one.rows is not None and one.name not in goes_on}
    again = {one.name: one.sha256 for one in second.files if one.rows is not None and one.name not in goes_on}
    assert kept == again


def test_versions_keep_their_bytes_and_hashes(newsroom, tmp_path):
    def versions():
        rows = Statement.objects.exclude(state="draft").values_list(
            "pid", "revisions__number", "revisions__body", "revisions__sha256"
        )
        return sorted(rows)

    before = versions()
    dump(tmp_path / "dump")
    empty()
    load(tmp_path / "dump")
    assert versions() == before


def test_a_loaded_record_goes_on(client, newsroom, tmp_path):
    dump(tmp_path / "dump")
    empty()
    load(tmp_path / "dump")
    call_command("reindex", check=True)
    known = Statement.objects.filter(text__contains="Corrected twice at once").get()
    corrected(known, "“Corrected for a fourth time.”")
    assert known.revisions.count() == 4
    new = factories.publish("“Said since.”")
    assert client.get(new.get_absolute_url()).status_code == 200
    assert "“Said since.”" in client.get("/statements/?speaker=emmanuel-macron").text
    merged = Statement.objects.get(text__contains="The same phrase")
    record.undo_merge(Merge.objects.get(loser_id=merged.pk), editor=factories.publisher())
    assert "The same phrase" in client.get(merged.get_absolute_url()).text


def test_nothing_private_and_no_text_is_in_a_dump(newsroom, tmp_path):
    dump(tmp_path / "dump")
    told = b"".join(gzip.decompress(path.read_bytes()) for path in (tmp_path / "dump").glob("*.gz")).decode()
    assert "Corrected at once" in told
    assert SECRET not in told
    assert "Drafted Only" not in told
    assert "secret@example.org" not in told
    assert "removed for good" not in told
    assert "Merged into what was removed" not in told
    for username in User.objects.values_list("username", flat=True):
        assert username not in told
    for text in Snapshot.objects.values_list("text", flat=True):
        assert text not in told
        assert text[200:500] not in told or len(text) < 500
    assert settings.SITE_URL not in told
