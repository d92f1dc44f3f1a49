"""From what extraction proposes to a suggestion that a form can show, with the proposal beside it for ever."""

from collections.abc import Mapping, Sequence
from typing import Any

from quotes.dates import display
from quotes.models import Candidate, Hop, Reading, Topic
from quotes.reviewing.wordings import bridged, checked_ranges, words_entry
from quotes.spans import from_json
from sources.models import Document

Json = Mapping[str, Any]
Topics = Mapping[int, str]


def suggestion(reading: Reading, proposal: Json, topics: Topics) -> Candidate:
    """An unsaved suggestion from a proposal. Raises ReviewError for places outside the text, BadSpans, KeyError."""
    text = reading.snapshot.text
    start, end = proposal["place"]
    checked_ranges(text, [(start, end)])
    parts = [part for span in proposal["ranges"] for part in span]
    inner = [(max(start, first), min(end, last)) for first, last in parts if first < end and last > start]
    ranges = checked_ranges(text, bridged(text, [*inner]))
    # The place holds the marks at both ends; between its parts stands what belongs to none.
    ranges[0], ranges[-1] = (start, ranges[0][1]), (ranges[-1][0] if len(ranges) > 1 else start, end)
    return Candidate(
        document=reading.document,
        snapshot=reading.snapshot,
        reading=reading,
        start=start,
        end=end,
        ranges=[list(one) for one in ranges],
        proposal=dict(proposal),
        entry=entry(reading, proposal, ranges, topics),
        confidence=min(1.0, max(0.0, float(proposal["confidence"]))),
    )


def entry(reading: Reading, proposal: Json, ranges: Sequence[tuple[int, int]], topics: Topics) -> dict[str, Any]:
    """What the form shows of a proposal, as `StatementForms` takes it; links to others of the document come later."""
    document = reading.document
    named = [topics[topic["id"]] for topic in proposal["topics"] if topic["id"] in topics]
    return {
        "words": {
            **words_entry(reading.snapshot.text, ranges, from_json(proposal["spans"])),
            "language": document.language,
            **_said(proposal, document),
            "topics": ", ".join(named),
        },
        "speaker": _party(proposal["speaker"]),
        "principal": _party(proposal["speaks_for"]),
        "chain": _own_stops(proposal["hops"], document),
        "links": [],
        "attested": [stops for chain in proposal["attested"] if (stops := [_stop(hop) for hop in chain])],
        "between": [],
    }


def topic_names(proposals: Sequence[Json]) -> dict[int, str]:
    """The names of the topics that proposals name. One query."""
    keys = {topic["id"] for proposal in proposals for topic in proposal["topics"]}
    return dict(Topic.objects.filter(pk__in=keys).values_list("pk", "name"))


def _said(proposal: Json, document: Document) -> dict[str, str]:
    """When it was said, and how that follows; where nothing tells, not after the document was published."""
    said = proposal["said"]
    reasoning = _reasoning(proposal, display(document.published))
    if not said["date"]:
        return {
            "said": f"/{document.published_max}",
            "said_basis": "inferred",
            "said_phrase": "",
            "said_reasoning": reasoning,
        }
    found = {"said": said["date"], "said_basis": said["basis"], "said_phrase": said["phrase"][:300]}
    return {**found, "said_reasoning": reasoning}


def _reasoning(proposal: Json, published: str) -> str:
    """How the date follows from the document; nothing where the document states it."""
    said = proposal["said"]
    if said["date"] and said["basis"] != "inferred":
        return f"Counted from the document’s date, {published}" if said["basis"] == "resolved" else ""
    if any(hop["role"] == Hop.Role.TOLD_BY for hop in proposal["hops"]):
        return "Told without a date: not after it was told"
    if said["date"] and not said["date"].startswith("/"):
        return "The document dates what the words are about, not the words"
    return f"The document gives no date: not after it was published, {published}"


def _party(party: Json | None) -> dict[str, str]:
    """The fields that lead back to a speaker on record, or that describe a new one."""
    if not party:
        return {}
    if party["id"] is not None:
        return {"name": party["name"], "choice": str(party["id"])}
    parts = {name: party[name] for name in ("given", "particle", "family") if party["kind"] == "person"}
    return {"name": party["name"], "kind": party["kind"], **parts}


def _own_stops(hops: Sequence[Json], document: Document) -> list[dict[str, str]]:
    """The stops but the document's own outlet at the end: it adds itself."""
    last = hops[-1] if hops else None
    outlet = (last or {}).get("outlet") or {}
    if last and last["role"] == Hop.Role.PUBLISHED_BY and outlet.get("id") == document.outlet_id:
        hops = hops[:-1]
    return [_stop(hop) for hop in hops]


def _stop(hop: Json) -> dict[str, str]:
    carrier = hop["speaker"] if hop["role"] == Hop.Role.TOLD_BY else hop["outlet"]
    found = {"role": hop["role"], "date": hop.get("date", ""), "name": carrier["name"] if carrier else hop["mention"]}
    if carrier and carrier["id"] is not None:
        return {**found, "choice": str(carrier["id"])}
    return {**found, "kind": carrier["kind"]} if carrier else found
