"""From a suggestion's entry to what drafting takes: its chains, with those on record found and the others described."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from quotes.drafting import Finding, NewOutlet, NewSpeaker, Stop
from quotes.models import Candidate, Hop, Speaker
from quotes.naming import outlets_called, speakers_called
from quotes.reviewing.errors import ReviewError
from quotes.reviewing.wordings import worded
from quotes.spans import Spans, joined
from sources.models import Outlet

Carrier = Outlet | Speaker | NewOutlet | NewSpeaker
# As the form says that none of the namesakes is meant.
_NEW = "new"
_TRANSLATION = ("language", "is_translation", "translated_from", "translator")


def stops(chain: Sequence[Mapping[str, Any]]) -> list[Stop]:
    """The stops of a chain as an entry holds it. Raises ReviewError for one that names nobody on record or new."""
    return [
        Stop(row["role"], _carrier(row), row.get("date", "")) for row in chain if row.get("role") and row.get("name")
    ]


def _carrier(row: Mapping[str, Any]) -> Carrier:
    told = row["role"] == Hop.Role.TOLD_BY
    name, kind = row["name"], row.get("kind", "")
    if told and kind == Speaker.Kind.UNNAMED:
        return NewSpeaker(kind, name)
    found: list[Speaker] | list[Outlet] = speakers_called(name) if told else outlets_called(name)
    for one in found:
        if str(one.pk) == str(row.get("choice")):
            return one
    is_new = bool(kind) and row.get("choice") == _NEW
    if len(found) == 1 and not is_new:
        return found[0]
    if not is_new and (found or not kind):
        several = gettext("Stop “%(name)s”: several have this name. Say which one carried the words, then do it again.")
        nobody = gettext(
            "Stop “%(name)s”: nobody of this name is on record. Say which one carried the words, then do it again."
        )
        raise ReviewError((several if found else nobody) % {"name": name}, "hops")
    return NewSpeaker(kind, name) if told else NewOutlet(kind, name)


def found_in(candidate: Candidate, stops: Sequence[Stop], words: Spans | None = None, **fields: Any) -> Finding:
    """The appearance of a suggestion's words where they stand: printed are the archived characters themselves.

    `words` are those that a reviewer made of it: where they are no longer the text's own, the appearance has them.
    """
    text = candidate.snapshot.text
    found = worded(candidate, candidate.spoken_ranges)
    printed = _without_ours(words or found.spans)
    own = _without_ours(found.spans) == printed
    spans = found.as_printed or found.spans if own else printed
    return Finding(
        document=candidate.document,
        stops=stops,
        spans=spans,
        printed=text[candidate.start : candidate.end],
        snapshot=candidate.snapshot,
        start=candidate.start,
        end=candidate.end,
        **fields,
    )


def _without_ours(spans: Spans) -> Spans:
    """Words without the record's own insertions, what these parted joined again."""
    return joined(span for span in spans if span.by != "record")


def attested_by(candidate: Candidate) -> list[Finding]:
    """What the document tells of carriers that it doesn't print, an appearance a chain."""
    chains = (stops(chain) for chain in candidate.entry.get("attested", ()))
    return [Finding(document=candidate.document, stops=chain, attested=True) for chain in chains if chain]


def translation(candidate: Candidate) -> dict[str, Any]:
    """The language of a suggestion's words, and from what they were translated."""
    words = candidate.entry.get("words", {})
    found = {name: words[name] for name in _TRANSLATION if words.get(name)}
    return {"language": candidate.document.language, **found}
