"""What extraction takes and gives, as JSON and back: the dataclasses of `known` and `proposals`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quotes.spans import to_json

if TYPE_CHECKING:
    from quotes.extraction.known import DocumentFacts, Known, KnownOutlet
    from quotes.extraction.proposals import Candidate

Json = Mapping[str, Any]


def known_from_json(known: Json) -> "Known":
    """All that the record knows, from the JSON of `Known`."""
    # Only the process that extracts loads what extraction needs.
    from quotes.extraction import known as shapes  # noqa: PLC0415

    def speaker(row: Json) -> shapes.KnownSpeaker:
        aliases = tuple(shapes.KnownAlias(**alias) for alias in row["aliases"])
        roles = tuple(shapes.KnownRole(**role) for role in row["roles"])
        return shapes.KnownSpeaker(**{**row, "aliases": aliases, "roles": roles})

    return shapes.Known(
        speakers=tuple(speaker(row) for row in known["speakers"]),
        outlets=tuple(_outlet(row) for row in known["outlets"]),
        topics=tuple(shapes.KnownTopic(**{**row, "parents": tuple(row["parents"])}) for row in known["topics"]),
    )


def facts_from_json(facts: Json) -> "DocumentFacts":
    """A document's own facts, from the JSON of `DocumentFacts`."""
    from quotes.extraction.known import DocumentFacts  # noqa: PLC0415 - as above

    return DocumentFacts(facts["published"], facts["language"], _outlet(facts["outlet"]) if facts["outlet"] else None)


def _outlet(row: Json) -> "KnownOutlet":
    from quotes.extraction.known import KnownAlias, KnownOutlet  # noqa: PLC0415 - as above

    return KnownOutlet(**{**row, "aliases": tuple(KnownAlias(**alias) for alias in row["aliases"])})


def candidate_to_json(candidate: "Candidate") -> dict[str, Any]:
    """A candidate as JSON: its fields by name, its spans as the record stores spans."""
    found = asdict(candidate)
    found["spans"] = to_json(candidate.spans)
    found["wording_as_printed"] = to_json(candidate.wording_as_printed)
    return found
