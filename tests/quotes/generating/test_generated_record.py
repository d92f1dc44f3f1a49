"""A generated record holds the rows that the record's own verbs would have made."""

import hashlib
import json
from collections import Counter

import pytest
import rfc8785
from django.db import transaction
from django.db.models import Count

from quotes import dates
from quotes.generating.engine import generate
from quotes.log.entries import LOGGED
from quotes.models import (
    Act,
    Appearance,
    Carriage,
    Entry,
    Fingerprint,
    Hop,
    Leaf,
    Link,
    Merge,
    NameStart,
    NameWord,
    Revision,
    Role,
    Speaker,
    Statement,
    TokenCount,
    Topic,
)
from quotes.record import bodies
from quotes.record.carriage import derive_carriage
from quotes.record.fingerprinting import refingerprint
from quotes.record.index import index
from quotes.sealing.checking import findings
from quotes.spans import clean, from_json, joined, mode_of, plain
from quotes.text import fold
from sources.models import Document, Snapshot
from tests.factories import publish

MANY = 300
FEW = 80
"""Enough where each costs several queries."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """One generated record for all tests that only read it; its end takes it away."""
    with django_db_blocker.unblock(), transaction.atomic():
        generate(MANY, 7, say=lambda _: None)
        yield
        transaction.set_rollback(True)


def test_every_statement_asked_for_is_on_record(record):
    assert Statement.objects.count() == MANY
    assert Counter(Statement.objects.values_list("state", flat=True))["published"] > MANY * 0.95


def test_the_words_are_kept_as_the_record_keeps_words(record):
    for statement in Statement.objects.exclude(state="removed"):
        spans = from_json(statement.spans)
        assert joined(spans) == spans
        assert all(clean(span.text) == span.text for span in spans)
        assert statement.mode == mode_of(spans)
        assert statement.text == plain(spans)
        assert statement.folded == fold(statement.text)


def test_a_version_is_what_the_record_itself_would_freeze(record, monkeypatch):
    # A merge brings another's roads along, and makes no version.
    versions = Revision.objects.filter(statement__state="published", statement__merged_from=None)
    for revision in versions.select_related("statement__speaker").order_by("-number", "pk")[:FEW]:
        body = json.loads(revision.body)
        assert rfc8785.dumps(body).decode() == revision.body
        assert hashlib.sha256(revision.body.encode()).hexdigest() == revision.sha256
        if revision.number == revision.statement.revisions.count():
            monkeypatch.setattr(bodies.secrets, "token_hex", lambda _, salt=body["salt"]: salt)
            assert bodies.freeze(revision.statement, revision.number, revision.recorded_at)[0] == revision.body


def test_carriage_is_what_the_record_derives(record):
    def carriage():
        return sorted(Carriage.objects.values_list("statement_id", "outlet_id", "role", "said_max", "origin"))

    generated = carriage()
    assert generated
    derive_carriage(list(Statement.objects.all()))
    assert carriage() == generated


def test_archived_words_stand_where_they_are_said_to(record):
    archived = Appearance.objects.exclude(start=None).exclude(statement__state="removed").select_related("snapshot")
    assert archived.filter(snapshot__redacted_at=None).exists()
    for found in archived.filter(snapshot__redacted_at=None):
        text = found.snapshot.text
        assert text[found.start : found.end] == found.printed
        assert text[: found.start].endswith(found.prefix)
        assert text[found.end :].startswith(found.suffix)
    for snapshot in Snapshot.objects.filter(redacted_at=None):
        assert hashlib.sha256(snapshot.text.encode()).hexdigest() == snapshot.sha256


def test_dates_mean_the_days_beside_them(record):
    for statement in Statement.objects.all():
        when = dates.read(statement.said)
        assert statement.said_min == when.first
        assert statement.said_max == min(when.last, statement.published_max)
    for document in Document.objects.all():
        when = dates.read(document.published)
        assert (document.published_min, document.published_max) == (when.first, when.last)
    for role in Role.objects.all():
        when = dates.read(role.held)
        assert (role.held_min, role.held_max) == (when.first, when.last)
    assert Statement.objects.exclude(said__regex=r"^\d{4}-\d\d-\d\d$").count() > MANY / 20


def test_the_label_is_the_office_held_then(record):
    labelled = Statement.objects.select_related("speaker")
    assert labelled.exclude(label="").exists()
    for statement in labelled[:FEW]:
        assert statement.label == statement.speaker.label_on(statement.said_min, statement.said_max)


def test_the_primary_appearance_is_the_earliest(record):
    for statement in Statement.objects.filter(state="published", merged_from=None)[:FEW]:
        first = statement.appearances.order_by("attested", "document__published_max", "id").first()
        assert statement.primary_appearance == first
        assert statement.published == first.document.published


def test_the_speech_the_roads_and_the_languages_are_of_every_kind(record):
    assert set(Statement.objects.values_list("mode", flat=True)) == {"direct", "indirect", "mixed"}
    assert set(Hop.objects.values_list("role", flat=True)) == set(Hop.Role.values)
    stops = Appearance.objects.annotate(stops=Count("hops")).values_list("stops", flat=True)
    assert set(stops) == {1, 2, 3, 4}
    assert set(Statement.objects.values_list("language", flat=True)) == {"en", "fr", "ru", "ar", "zh"}
    assert {path.count("/") for path in Topic.objects.values_list("path", flat=True)} == {2, 3, 4}
    assert Statement.objects.annotate(printed=Count("appearances")).filter(printed__gt=1).count() > MANY / 20
    assert Appearance.objects.filter(attested=True).exists()
    assert Link.objects.exists()
    assert Statement.objects.exclude(speaks_for=None).exists()
    assert Document.objects.filter(snapshots=None).exists()
    assert Speaker.objects.filter(kind="unnamed").exists()


def test_few_speakers_say_most(record):
    counts = sorted(Speaker.objects.annotate(n=Count("statements")).values_list("n", flat=True), reverse=True)
    assert sum(counts[: len(counts) // 10]) > MANY / 2


def test_some_are_corrected_merged_and_removed_each_with_its_act(record):
    acts = Counter(Act.objects.values_list("verb", flat=True))
    assert acts["publish"] == MANY
    assert acts["correct"] == Revision.objects.filter(number=2).count() > 0
    assert acts["merge"] == Merge.objects.count() > 0
    assert acts["remove"] == Statement.objects.filter(state="removed").count() > 0
    assert acts["link"] == Link.objects.count()


def test_the_log_holds_every_version_and_public_act(record):
    logged = Act.objects.filter(verb__in=LOGGED).count()
    assert Leaf.objects.count() == Revision.objects.count() + logged
    assert list(findings()) == []


def test_a_corrected_statement_has_other_words_in_its_first_version(record):
    for second in Revision.objects.filter(number=2).exclude(body=""):
        first = second.statement.revisions.get(number=1)
        assert json.loads(first.body)["spans"] != json.loads(second.body)["spans"]


def test_its_pages_and_exports_answer(record, client):
    some = [
        Statement.objects.filter(mode=mode, language=language, state="published").first()
        for mode, language in (("direct", "en"), ("indirect", "ru"), ("mixed", "ar"), ("direct", "zh"), ("mixed", "fr"))
    ]
    some.append(Revision.objects.filter(number=2).first().statement)
    for statement in some:
        for ending in ("", "/v1", "/history", ".bib", ".csl.json", ".jsonld", ".ris", "/v1.json"):
            assert client.get(f"/q/{statement.pid}{ending}").status_code == 200, ending
        assert client.get(statement.speaker.get_absolute_url()).status_code == 200 or statement.speaker.slug is None
    document = Snapshot.objects.filter(redacted_at=None).first().document
    assert client.get(document.get_absolute_url()).status_code == 200
    for path in ("/", "/statements/?mode=mixed", "/topics/", "/outlets/", "/speakers/", "/corrections/"):
        assert client.get(path).status_code == 200
    assert client.get(f"/q/{Statement.objects.filter(state='removed').first().pid}").status_code == 410


def test_new_rows_go_on_after_the_generated_ones(record):
    with transaction.atomic():
        assert publish().pk > MANY
        transaction.set_rollback(True)


def test_the_fingerprints_are_what_the_record_makes_of_its_wordings(record):
    def kept():
        return sorted(Fingerprint.objects.values_list("hash", "statement_id"))

    generated = kept()
    assert generated
    refingerprint(Statement.objects.values_list("pk", flat=True))
    assert kept() == generated


def test_generated_words_are_found_to_have_been_said(record, client):
    statement = Statement.objects.published().filter(mode="direct", language="en", is_translation=False).first()
    assert statement.pid in client.post("/check/", {"text": statement.words}).text


def test_the_index_is_what_the_record_makes_of_it(record):
    def indexed():
        names = (
            (NameWord, ("word", "speaker")),
            (NameStart, ("kind", "key", "start")),
            (TokenCount, ("token", "month", "n")),
        )
        entries = list(Entry.objects.order_by("place").values_list())
        return entries, *(sorted(model.objects.values_list(*columns)) for model, columns in names)

    generated = indexed()
    assert len(generated[0]) == Statement.objects.published().count()
    Entry.objects.all().delete()
    for model in (NameWord, NameStart, TokenCount):
        model.objects.all().delete()
    index(Statement.objects.values_list("pk", flat=True))
    assert indexed() == generated
