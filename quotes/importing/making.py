"""Putting new rows on record: first whoever and whatever is new, then the statements through the record's door."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.utils import timezone

from quotes import record
from quotes.importing.shaping import Shaped, Shaper, parties_of
from quotes.importing.standing import words_hash
from quotes.models import Import, Imported, Speaker, Statement, Topic
from quotes.record.rows import insert, insert_values, take_keys, take_pids
from sources.models import Document, Outlet, SlugRedirect
from sources.slugs import base_slug, kind_of, new_slug

_IMPORTED = ("of_id", "row", "part", "statement_id", "appearance", "words")
M = TypeVar("M", Speaker, Outlet)


def make(rows: Sequence[Shaped], shaper: Shaper, of: Import, *, editor: User) -> list[Statement]:
    """Statements of rows, with all that is new in them. Belongs in a transaction, and to a few hundred at a time."""
    if not rows:
        return []
    things: dict[str, dict[int, Any]] = {"speakers": {}, "outlets": {}, "documents": {}}
    for what, thing in (each for one in rows for each in parties_of(one)):
        if thing.pk is None:
            things[what][id(thing)] = thing
    _make_outlets(list(things["outlets"].values()))
    _make_documents(list(things["documents"].values()))
    _make_speakers(list(things["speakers"].values()))
    _make_topics(rows, shaper)
    topics = shaper.known.topics
    specs = [replace(one.spec, topics=[topics[name] for name in one.wanted.topics]) for one in rows]
    write = record.publish_many if of.publish else record.draft_many
    statements = write(specs, editor=editor)
    insert_values(Imported, _IMPORTED, [_imported(of, *pair) for pair in zip(rows, statements, strict=True)])
    return statements


def _imported(of: Import, one: Shaped, made: Statement) -> tuple[int | None, ...]:
    wanted = one.wanted
    return of.pk, wanted.row, wanted.part, made.pk, made.primary_appearance_id, words_hash(wanted.folded)


def _make_outlets(outlets: list[Outlet]) -> None:
    taken = set(Outlet.objects.filter(domain__in=[one.domain for one in outlets if one.domain]).values_list("domain"))
    for one in outlets:
        if (one.domain,) in taken:
            one.domain = ""
    _make_named(Outlet, outlets)


def _make_speakers(speakers: list[Speaker]) -> None:
    unnamed = [one for one in speakers if one.kind == Speaker.Kind.UNNAMED]
    for one in unnamed:
        # A document that was made a moment ago has its key by now.
        one.document = one.document
    Speaker.objects.bulk_create(unnamed)
    _make_named(Speaker, [one for one in speakers if one.kind != Speaker.Kind.UNNAMED])


def _make_named(model: type[M], things: list[M]) -> None:
    """Save things with a page, each with a slug of its own. Four queries, and two more for each slug that is taken."""
    bases = [base_slug(model, one.name) for one in things]
    taken = set(model._default_manager.filter(slug__among=bases).values_list("slug", flat=True))
    former = SlugRedirect.objects.filter(kind=kind_of(model), slug__among=bases)
    taken |= set(former.values_list("slug", flat=True))
    free: list[M] = []
    others: list[M] = []
    for one, base in zip(things, bases, strict=True):
        (others if base in taken else free).append(one)
        one.slug = base
        taken.add(base)
    model._default_manager.bulk_create(free)
    for one in others:
        one.slug = new_slug(model, one.name)
        one.save(force_insert=True)


def _make_documents(documents: list[Document]) -> None:
    keys, pids, now = take_keys(Document, len(documents)), take_pids(Document, len(documents)), timezone.now()
    for one, key, pid in zip(documents, keys, pids, strict=True):
        one.pk, one.pid, one.created_at = key, pid, now
        one.outlet = one.outlet
    insert(documents)


def _make_topics(rows: Iterable[Shaped], shaper: Shaper) -> None:
    """Topics are few, and stand at the root till somebody moves them."""
    known = shaper.known.topics
    made: dict[str, Topic] = {}
    for name in (name for one in rows for name in one.wanted.topics if name not in known):
        fold = name.casefold()
        made[fold] = made.get(fold) or record.add_topic(name)
        known[name] = made[fold]
