"""Drafts: statements that only editors see, and that may still change in every way."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from quotes.dates import BadDate, read
from quotes.dates_told import no_date, told
from quotes.models import Act, Appearance, Hop, Statement
from quotes.models.appearances import MAX_HOPS
from quotes.models.unsaved import unsaved
from quotes.notation import MAX_LENGTH
from quotes.numbers import grouped
from quotes.permalinks import new_pid
from quotes.record.errors import AlreadyPublished, BadDraft, DraftChanged, RecordError
from quotes.record.pages import lock_pages
from quotes.record.specs import AppearanceSpec, HopSpec, StatementSpec
from quotes.spans import Spans, mode_of, plain, to_json
from quotes.text import fold
from sources.slugs import survivor

CONTEXT = 64
_TRIES = 5


def draft(spec: StatementSpec, *, editor: User) -> Statement:
    """Write a new draft. Raises BadDraft, naming the field, where the statement contradicts itself."""
    with transaction.atomic():
        statement = _create(columns(spec), editor)
        _write_details(statement, spec)
    return statement


def redraft(statement: Statement, spec: StatementSpec, *, seen: int) -> Statement:
    """Replace a draft by what `spec` says; `seen` is the draft's `touched` when the editor opened it.

    Raises DraftChanged when it has moved on since, AlreadyPublished when it is no draft, BadDraft.
    """
    with transaction.atomic():
        current = lock_draft(statement, seen=seen)
        for name, value in columns(spec).items():
            setattr(current, name, value)
        current.primary_appearance = None
        current.touched += 1
        current.save()
        current.appearances.all().delete()
        _write_details(current, spec)
    return current


def discard(statement: Statement, *, seen: int) -> None:
    """Delete a draft for good; nothing that was ever public can be."""
    with transaction.atomic():
        current = lock_draft(statement, seen=seen)
        Statement.objects.filter(pk=current.pk).update(primary_appearance=None)
        # Links and appearances added to a draft have left acts, which would keep it.
        current.acts.all().delete()
        current.delete()


def discard_many(keys: Collection[int]) -> list[int]:
    """Delete those of some statements that are drafts; their keys. Belongs to a few hundred at a time."""
    with transaction.atomic():
        lock_pages(keys)
        drafts = Statement.objects.filter(pk__in=keys, state=Statement.State.DRAFT)
        found = list(drafts.order_by("pk").values_list("pk", flat=True))
        drafts.update(primary_appearance=None)
        Act.objects.filter(statement__in=found).delete()
        drafts.delete()
    return found


def lock_draft(statement: Statement, *, seen: int | None = None) -> Statement:
    """The draft as it stands, locked till the end of the transaction.

    Raises AlreadyPublished, and DraftChanged where `seen` is given and is not its `touched`.
    """
    current = Statement.objects.select_for_update().filter(pk=statement.pk).first()
    if current is None:
        raise RecordError(
            gettext("Somebody else discarded this draft. To keep what you typed, record it as a new statement.")
        )
    if current.state != Statement.State.DRAFT:
        raise AlreadyPublished(
            gettext("This statement is published already. What is published changes by a correction.")
        )
    if seen is not None and current.touched != seen:
        raise DraftChanged(current)
    return current


def _create(fields: dict[str, Any], editor: User) -> Statement:
    for _ in range(_TRIES):
        pid = new_pid()
        try:
            with transaction.atomic():
                return Statement.objects.create(pid=pid, recorded_by=editor, **fields)
        except IntegrityError:
            if not Statement.objects.filter(pid=pid).exists():
                raise
    raise RuntimeError(f"{_TRIES} random ids in a row were taken")


def columns(spec: StatementSpec) -> dict[str, Any]:
    """The columns that follow from a spec. Raises BadDraft. No query where nobody in it was merged away."""
    if not spec.appearances:
        raise BadDraft(gettext("Say where the statement was found: there is no document."), "document")
    first = min((appearance.document for appearance in spec.appearances), key=lambda document: document.published_max)
    return {
        **word_columns(spec.spans),
        "language": spec.language,
        "is_translation": spec.is_translation,
        "translated_from": spec.translated_from,
        "translator": spec.translator,
        "speaker": survivor(spec.speaker),
        "speaks_for": survivor(spec.speaks_for),
        "label": spec.label,
        "primary_is_chosen": any(appearance.chosen for appearance in spec.appearances),
        "said_basis": spec.said_basis,
        "said_phrase": spec.said_phrase,
        "said_reasoning": spec.said_reasoning,
        "published": first.published,
        "published_min": first.published_min,
        "published_max": first.published_max,
        **said_columns(spec.said, first.published, first.published_max),
    }


def word_columns(spans: Spans) -> dict[str, Any]:
    """The columns that hold a statement's words. Raises BadDraft for none, and for too many."""
    text = plain(spans)
    if not text:
        raise BadDraft(gettext("There are no words."), "words")
    if len(text) > MAX_LENGTH:
        pattern = gettext("The words are %(number)s characters long; the limit is %(most)s.")
        raise BadDraft(pattern % {"number": grouped(len(text)), "most": grouped(MAX_LENGTH)}, "words")
    return {"spans": to_json(spans), "mode": mode_of(spans), "text": text, "folded": fold(text)}


def said_columns(said: str, published: str, last: dt.date) -> dict[str, Any]:
    """When it was said, at the latest on the `last` day of its earliest publication, which was `published` (EDTF).

    Raises BadDraft for what is no date, and for a day after that: nothing is said after it was published.
    """
    try:
        when = read(said)
    except BadDate as error:
        raise BadDraft(no_date(error), "said") from error
    if when.first and when.first > last:
        pattern = gettext("Said %(said)s, but it was published %(published)s already: check both dates.")
        raise BadDraft(pattern % {"said": told(when.text), "published": told(published)}, "said")
    return {"said": when.text, "said_min": when.first, "said_max": min(when.last or last, last)}


def _write_details(statement: Statement, spec: StatementSpec) -> None:
    rows = [(write_appearance(statement, appearance), appearance.chosen) for appearance in spec.appearances]
    statement.topics.set(spec.topics)
    choose_primary(statement, next((row for row, chosen in rows if chosen), None))


def write_appearance(statement: Statement, spec: AppearanceSpec) -> Appearance:
    """The rows of one appearance and its hops. Raises BadDraft for words that don't stand where they are said to."""
    appearance = appearance_of(statement, spec)
    appearance.save(force_insert=True)
    write_hops(appearance, spec.hops)
    return appearance


def appearance_of(statement: Statement, spec: AppearanceSpec) -> Appearance:
    """One appearance, unsaved. Raises BadDraft for words that don't stand where they are said to."""
    prefix, suffix = _context(spec)
    return unsaved(
        Appearance,
        statement=statement,
        document=spec.document,
        snapshot=spec.snapshot,
        attested=spec.attested,
        spans=to_json(spec.spans),
        mode=mode_of(spec.spans) if spec.spans else "",
        printed=spec.printed,
        language=spec.language,
        start=spec.start,
        end=spec.end,
        prefix=prefix,
        suffix=suffix,
        is_translation=spec.is_translation,
        translated_from=spec.translated_from,
        translator=spec.translator,
        note=spec.note,
    )


def _context(spec: AppearanceSpec) -> tuple[str, str]:
    if spec.snapshot is None or spec.start is None or spec.end is None:
        return "", ""
    text = spec.snapshot.text
    if not spec.attested and text[spec.start : spec.end] != spec.printed:
        raise BadDraft(gettext("The archived text does not say this at that position."), "printed")
    return text[max(0, spec.start - CONTEXT) : spec.start], text[spec.end : spec.end + CONTEXT]


def write_hops(appearance: Appearance, chain: Sequence[HopSpec]) -> None:
    """The rows of an appearance's relay chain. Raises BadDraft for a stop that is none."""
    check_hops(chain)
    Hop.objects.bulk_create(hops_of(appearance, chain))


def check_hops(chain: Sequence[HopSpec]) -> None:
    """Raise BadDraft for a chain that is too long, and for a stop that is none."""
    if len(chain) > MAX_HOPS:
        raise BadDraft(gettext("A relay chain has at most %(most)s stops.") % {"most": MAX_HOPS}, "hops")
    for hop in chain:
        if hop.date:
            try:
                read(hop.date)
            except BadDate as error:
                raise BadDraft(no_date(error), "hops") from error
        if bool(hop.outlet) == bool(hop.speaker) or (hop.role == Hop.Role.TOLD_BY) != bool(hop.speaker):
            raise BadDraft(gettext("A stop is told by a speaker, or carried by an outlet."), "hops")


def hops_of(appearance: Appearance, chain: Sequence[HopSpec]) -> list[Hop]:
    """The stops of a chain that was checked, unsaved."""
    return [
        Hop.at(
            appearance,
            position,
            role=hop.role,
            outlet=hop.outlet,
            speaker=hop.speaker,
            document=hop.document,
            date=hop.date,
            language=hop.language,
        )
        for position, hop in enumerate(chain, start=1)
    ]


def choose_primary(statement: Statement, chosen: Appearance | None) -> None:
    """Set the primary appearance: the chosen one, else the one found in the earliest document."""
    earliest = statement.appearances.order_by("attested", "document__published_max", "id").first()
    statement.primary_appearance = chosen or earliest
    statement.save(update_fields=["primary_appearance"])
