"""The schema: what can be asked at each address, and what the answers look like."""

from quotes.api.described.operations import (
    corrections,
    document,
    documents,
    facets,
    links,
    outlet,
    outlets,
    revision,
    revisions,
    search,
    speaker,
    speakers,
    statement,
    statements,
    topic,
    topics,
)

__all__ = [
    "corrections",
    "document",
    "documents",
    "facets",
    "links",
    "outlet",
    "outlets",
    "revision",
    "revisions",
    "search",
    "speaker",
    "speakers",
    "statement",
    "statements",
    "topic",
    "topics",
]
