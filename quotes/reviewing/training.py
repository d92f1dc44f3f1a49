"""Decided suggestions as examples to learn from."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from quotes.models import Candidate
from quotes.text import fold
from sources.models import Snapshot

if TYPE_CHECKING:
    from quotes.extraction.brat import Annotated, Event

Range = tuple[int, int]
_SAID = (Candidate.State.ACCEPTED, Candidate.State.JOINED)
_SAID_ALL_THE_SAME = (Candidate.RejectedFor.NOT_PUBLIC, Candidate.RejectedFor.TRIVIAL)
_CHUNK = 50


def training_examples() -> Iterator["Annotated"]:
    """Every archived text of which all suggestions are decided, with the attributions that reviewers left in it.

    What they rejected as nobody's words is not among them: a text without any is an example too. Source and cue are
    empty where nobody marked them. A text some words of which were removed by law is left out. One by one: one query
    for fifty texts, and one for each of them.
    """
    # What learns from these is loaded by those who train, not by every process that serves pages.
    from quotes.extraction.brat import Annotated  # noqa: PLC0415

    here = Candidate.objects.filter(snapshot=OuterRef("pk"))
    reviewed = Snapshot.objects.filter(Exists(here), ~Exists(here.filter(state="open")), redacted_at=None)
    for snapshot in reviewed.order_by("pk").select_related("document").iterator(chunk_size=_CHUNK):
        kept = filter(_was_said, snapshot.candidates.exclude(state=Candidate.State.REPLACED))
        found = sorted((_event(candidate) for candidate in kept), key=lambda one: one.content)
        distinct = tuple(next(group) for _, group in groupby(found, key=lambda one: one.content))
        yield Annotated(f"{snapshot.document.pid}-{snapshot.pk}", snapshot.text, distinct)


def _was_said(candidate: Candidate) -> bool:
    """Whether the words are somebody's, kept or not."""
    return candidate.state in _SAID or candidate.rejected_for in _SAID_ALL_THE_SAME


def _event(candidate: Candidate) -> "Event":
    from quotes.extraction.brat import Event  # noqa: PLC0415 - as above

    proposal = candidate.proposal
    source = _ranges(proposal.get("speaker_range")) if _speaker_was_right(candidate) else ()
    return Event(source, _ranges(proposal.get("cue_range")), tuple(candidate.spoken_ranges))


def _speaker_was_right(candidate: Candidate) -> bool:
    """Whether the mention that was proposed still tells who spoke, as far as names show it."""
    proposed = candidate.proposal.get("speaker") or {}
    kept = candidate.entry.get("speaker") or {}
    if proposed.get("id") is not None and str(proposed["id"]) == str(kept.get("choice", "")):
        return True
    names = f"{proposed.get('name', '')} {candidate.proposal.get('speaker_mention', '')}"
    return bool(set(fold(names).split()) & set(fold(kept.get("name", "")).split()))


def _ranges(found: Any) -> tuple[Range, ...]:
    return ((found[0], found[1]),) if found else ()
