"""A reviewer at work: what the form reads of a suggestion, accepted as it stands or with changes."""

from dataclasses import replace

from quotes import reviewing
from quotes.drafting import Entry, Finding
from quotes.models import Speaker
from quotes.notation import parse
from quotes.reviewing.parties import stops


def typed(candidate, **changes):
    """What the form reads of a suggestion."""
    words = candidate.entry["words"]
    spans = parse(words["words"])
    chain = stops(candidate.entry["chain"])
    entry = Entry(
        spans=spans,
        language=words["language"],
        speaker=Speaker.objects.get(pk=candidate.entry["speaker"]["choice"]),
        said=words["said"],
        finding=Finding(document=candidate.document, stops=chain, spans=spans, language=words["language"]),
    )
    return replace(entry, **changes)


def accept(candidate, reviewer, form_entry=None, **changes):
    """Accept a suggestion as it stands."""
    candidate.refresh_from_db()
    entry = typed(candidate, **changes)
    return reviewing.accept(candidate, entry, form_entry or {}, seen=candidate.touched, reviewer=reviewer)


def reject(candidate, reviewer, why="not_said"):
    candidate.refresh_from_db()
    return reviewing.reject(candidate, why, seen=candidate.touched, reviewer=reviewer)
