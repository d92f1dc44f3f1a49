"""Saving, moving boundaries, splitting, merging, adding: what a suggestion is before it is decided."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from quotes.models import Candidate, Decision
from quotes.reviewing.decisions import before, decide, keep, lock_open, note
from quotes.reviewing.errors import ReviewError
from quotes.reviewing.overview import snapshot_under_review
from quotes.reviewing.wordings import bridged, reword
from sources.models import Document

Ranges = Iterable[Sequence[int]]
_LISTS = ("chain", "links", "attested", "between")


def save_entry(candidate: Candidate, entry: Mapping[str, Any], *, seen: int, reviewer: User) -> Candidate:
    """Keep what a reviewer typed, complete or not; what stands already is no change. Raises CandidateChanged."""
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        current.entry = {**current.entry, **entry}
        if current.entry != row["entry"]:
            keep(current)
            note(Decision.Verb.SAVE, reviewer, [(row, current)])
    candidate.refresh_from_db()
    return current


def set_ranges(candidate: Candidate, ranges: Ranges, *, seen: int, reviewer: User) -> Candidate:
    """Move a suggestion's boundaries; its words follow from the text, the rest of its entry stays.

    Raises CandidateChanged, ReviewError.
    """
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        reword(current, ranges)
        if current.ranges != [list(one) for one in row["ranges"]]:
            keep(current)
            note(Decision.Verb.SET_RANGES, reviewer, [(row, current)])
    candidate.refresh_from_db()
    return current


def split(candidate: Candidate, at: int, *, seen: int, reviewer: User) -> tuple[Candidate, Candidate]:
    """Make two suggestions of one, cut at a position in the archived text. Raises CandidateChanged, ReviewError."""
    with transaction.atomic():
        current = lock_open(candidate, seen)
        row = before(current)
        cut = [[(start, min(end, at)) for start, end in current.spoken_ranges if start < at]]
        cut += [[(max(start, at), end) for start, end in current.spoken_ranges if end > at]]
        if not all(cut):
            raise ReviewError(gettext("Split it between two of its words."), "ranges")
        parts = [_instead_of([current], ranges, current.entry) for ranges in cut]
        decide(current, Candidate.State.REPLACED, reviewer)
        note(Decision.Verb.SPLIT, reviewer, [(row, current)], made=parts)
    candidate.refresh_from_db()
    return parts[0], parts[1]


def merge(
    first: Candidate, second: Candidate, *, seen: int, seen_second: int | None = None, reviewer: User
) -> Candidate:
    """Make one suggestion of two of one text: the words of both, and the first one's entry filled up by the second's.

    Raises CandidateChanged, ReviewError.
    """
    if first.pk == second.pk or first.snapshot_id != second.snapshot_id:
        raise ReviewError(gettext("Two different suggestions of one text are merged."))
    seen_by = {first.pk: seen, second.pk: second.touched if seen_second is None else seen_second}
    with transaction.atomic():
        # Both in one order, whoever asks: two reviewers must not wait for each other.
        locked = {one.pk: lock_open(one, seen_by[one.pk]) for one in sorted((first, second), key=lambda one: one.pk)}
        both = [locked[first.pk], locked[second.pk]]
        rows = [before(one) for one in both]
        ranges = bridged(both[0].snapshot.text, [one for candidate in both for one in candidate.spoken_ranges])
        made = _instead_of(both, ranges, _both_entries(*(one.entry for one in both)))
        for one in both:
            decide(one, Candidate.State.REPLACED, reviewer)
        note(Decision.Verb.MERGE, reviewer, zip(rows, both, strict=True), made=[made])
    return made


def _both_entries(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The first entry, with what it leaves open from the second, and the lists of both."""
    words = {**second.get("words", {}), **_filled(first.get("words", {}))}
    topics = [name.strip() for entry in (first, second) for name in entry.get("words", {}).get("topics", "").split(",")]
    words["topics"] = ", ".join(dict.fromkeys(filter(None, topics)))
    lists = {name: _joined(first.get(name, []), second.get(name, [])) for name in _LISTS}
    lists["chain"] = first.get("chain") or second.get("chain") or []
    parties = {name: first.get(name) or second.get(name) or {} for name in ("speaker", "principal")}
    return {**second, **first, **lists, **parties, "words": words}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _joined(first: list[Any], second: list[Any]) -> list[Any]:
    return [*first, *(one for one in second if one not in first)]


def _instead_of(old: Sequence[Candidate], ranges: Ranges, entry: dict[str, Any]) -> Candidate:
    """A new suggestion that stands for others."""
    like = old[0]
    made = Candidate(
        document=like.document,
        snapshot=like.snapshot,
        reading=like.reading,
        proposal={"by_hand": True, "from": [one.pk for one in old]},
        entry=entry,
        confidence=min(one.confidence for one in old),
    )
    reword(made, ranges)
    made.save()
    made.replaces.set(old)
    return made


def add_by_hand(document: Document, ranges: Ranges, *, reviewer: User) -> Candidate:
    """Make a suggestion of words that extraction missed; who said them is for the reviewer to say.

    Raises ReviewError where no text of the document is archived, and for boundaries that hold no words.
    """
    snapshot = snapshot_under_review(document)
    if snapshot is None:
        raise ReviewError(gettext("No text of this document is archived."))
    entry = {"words": {"language": document.language}, "speaker": {}, "principal": {}, "chain": [], "links": []}
    made = Candidate(document=document, snapshot=snapshot, proposal={"by_hand": True}, entry=entry, confidence=1.0)
    with transaction.atomic():
        reword(made, ranges)
        made.save()
        note(Decision.Verb.ADD, reviewer, [], made=[made])
    return made
