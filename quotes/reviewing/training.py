"""Decided suggestions as examples to learn from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from quotes.models import Candidate
from quotes.text import fold
from sources.models import Snapshot

if TYPE_CHECKING:
    from quotes.extraction.brat import Annotated, Event
    from quotes.extraction.reading import Reading as ArticleReading

Range = tuple[int, int]
_SAID = (Candidate.State.ACCEPTED, Candidate.State.JOINED)
_SAID_ALL_THE_SAME = (Candidate.RejectedFor.NOT_PUBLIC, Candidate.RejectedFor.TRIVIAL)
_CHUNK = 50


def training_examples() -> Iterator["Annotated"]:
    """Every archived text of which all suggestions are decided, with the attributions that reviewers left in it.

    What they rejected as nobody's words is not among them: a text without any is an example too. Source and cue of
    what was split, merged or added by hand are those of what it was made of, else what plainly stands beside; where
    nothing does, they are empty. A text some words of which were removed by law is left out. One by one: one query for
    fifty texts, and one for each of them.
    """
    # What learns from these is loaded by those who train, not by every process that serves pages.
    from quotes.extraction.brat import Annotated  # noqa: PLC0415

    here = Candidate.objects.filter(snapshot=OuterRef("pk"))
    reviewed = Snapshot.objects.filter(Exists(here), ~Exists(here.filter(state="open")), redacted_at=None)
    for snapshot in reviewed.order_by("pk").select_related("document").iterator(chunk_size=_CHUNK):
        found = sorted(_events(snapshot), key=lambda one: one.content)
        # Of what was proposed twice, the one whose cue is known.
        groups = groupby(found, key=lambda one: one.content)
        distinct = tuple(max(group, key=lambda one: bool(one.cue)) for _, group in groups)
        yield Annotated(f"{snapshot.document.pid}-{snapshot.pk}", snapshot.text, distinct)


def _events(snapshot: Snapshot) -> Iterator["Event"]:
    """The attributions that reviewers left in a text. One query."""
    from quotes.extraction.reading import read_article  # noqa: PLC0415 - as above

    everything = {one.pk: one for one in snapshot.candidates.all()}
    kept = [one for one in everything.values() if _was_said(one)]
    events = [_event(one, _origin(one, everything)) for one in kept]
    reading = read_article(snapshot.text) if any(not event.cue for event in events) else None
    yield from (_told_beside(reading, event) if reading and not event.cue else event for event in events)


def _was_said(candidate: Candidate) -> bool:
    """Whether the words are somebody's, kept or not."""
    return candidate.state in _SAID or candidate.rejected_for in _SAID_ALL_THE_SAME


def _origin(candidate: Candidate, everything: Mapping[int, Candidate]) -> Candidate:
    """The suggestion whose proposal tells who spoke: itself, or what it was split from or merged of."""
    before = [everything[key] for key in candidate.proposal.get("from", ()) if key in everything]
    if candidate.proposal.get("cue_range") or not before:
        return candidate
    origins = [_origin(one, everything) for one in before]
    return next((one for one in origins if one.proposal.get("cue_range")), candidate)


def _event(candidate: Candidate, origin: Candidate) -> "Event":
    from quotes.extraction.brat import Event  # noqa: PLC0415 - as above

    proposal = origin.proposal
    source = _ranges(proposal.get("speaker_range")) if _speaker_was_right(candidate, proposal) else ()
    return Event(source, _ranges(proposal.get("cue_range")), tuple(candidate.spoken_ranges))


def _told_beside(reading: "ArticleReading", event: "Event") -> "Event":
    """An attribution that nobody gave a cue, with the verb and the speaker that stand beside its quotation."""
    from quotes.extraction.overlooked import with_speakers_beside  # noqa: PLC0415 - as above
    from quotes.extraction.utterances import Utterance  # noqa: PLC0415

    (told,) = with_speakers_beside(reading, [Utterance(event.content)])
    return replace(event, source=event.source or _ranges(told.source), cue=_ranges(told.cue))


def _speaker_was_right(candidate: Candidate, proposal: Mapping[str, Any]) -> bool:
    """Whether the mention that was proposed still tells who spoke, as far as names show it."""
    proposed = proposal.get("speaker") or {}
    kept = candidate.entry.get("speaker") or {}
    if proposed.get("id") is not None and str(proposed["id"]) == str(kept.get("choice", "")):
        return True
    names = f"{proposed.get('name', '')} {proposal.get('speaker_mention', '')}"
    return bool(set(fold(names).split()) & set(fold(kept.get("name", "")).split()))


def _ranges(found: Any) -> tuple[Range, ...]:
    return ((found[0], found[1]),) if found else ()
