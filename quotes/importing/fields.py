"""What a row may tell of a statement: one definition for columns on screen, templates, the command and the docs."""

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.models import Hop

PARTS = ";"
"""What parts several values of one cell, as the exports write them."""


@dataclass(frozen=True)
class Field:
    """A part of a statement; `called` are the heads under which spreadsheets have it, the likeliest first."""

    name: str
    label: str
    tells: str
    called: tuple[str, ...] = ()
    needed: bool = False


_ROADS = {
    Hop.Role.TOLD_BY: ("Told by", "Whoever told the words, where that was not their speaker"),
    Hop.Role.SPOKEN_TO: ("Spoken to", "The outlet they were spoken to"),
    Hop.Role.ISSUED_BY: ("Issued by", "The outlet that issued them"),
    Hop.Role.RELAYED_BY: ("Relayed by", "The agencies that relayed them"),
}
FIELDS = (
    Field("words", "Words", "What was said", ("notation", "words", "quote", "quotation", "statement", "text"), True),
    Field("speaker", "Speaker", "Who said it", ("speaker", "speaker_name", "person", "who", "said_by", "name"), True),
    Field("said", "Said", "When it was said", ("said", "said_on", "date_said", "date")),
    Field("outlet", "Outlet", "Who published the document", ("outlet", "source", "publisher", "newspaper", "medium")),
    Field(
        "document_published",
        "Published",
        "When the document was published",
        ("document_published", "published", "published_on", "publication_date", "pub_date"),
        True,
    ),
    Field("document_title", "Title", "Of the document", ("document_title", "title", "headline")),
    Field("document_url", "Web address", "Of the document", ("document_url", "link", "web_address", "url")),
    Field("language", "Language", "A tag like en", ("language", "lang"), True),
    Field(
        "topics",
        "Topics",
        "What it addresses; several are parted by semicolons",
        ("topics", "topic", "tags", "subject"),
    ),
    Field(
        "label", "Office", "That the speaker held then; empty: as on record", ("label", "office", "role", "title_of")
    ),
    Field("speaks_for", "Speaks for", "For whom a spokesperson spoke", ("speaks_for",)),
    *(Field(role.value, label, tells, (role.value,)) for role, (label, tells) in _ROADS.items()),
    Field("published_by", "Published by", "Further outlets that published the words", ("published_by",)),
    Field("is_translation", "Translated", "yes or no", ("is_translation", "translated")),
    Field("translated_from", "Translated from", "The language it was said in", ("translated_from",)),
    Field("translator", "Translator", "Who translated it", ("translator",)),
    Field("said_basis", "Basis of the date", "stated, resolved or inferred", ("said_basis",)),
    Field("speaker_kind", "Kind of speaker", "Where new: person, organisation, …", ("speaker_kind",)),
    Field("speaker_slug", "Speaker’s slug", "Which speaker on record is meant", ("speaker_slug",)),
    Field("speaker_wikidata", "Speaker’s Wikidata id", "Like Q3052772", ("speaker_wikidata", "wikidata", "qid")),
    Field("outlet_kind", "Kind of outlet", "Where new: newspaper, broadcaster, …", ("outlet_kind",)),
    Field("document_kind", "Kind of document", "article, interview, broadcast, …", ("document_kind",)),
    Field("document", "Document’s id", "Of one on record", ("document",)),
    Field("id", "Permalink or id", "Of the statement, here or in the file", ("id", "permalink", "key")),
)
BY_NAME = {field.name: field for field in FIELDS}
CONSTANT = (
    "speaker",
    "said",
    "outlet",
    "document_published",
    "document_title",
    "document_url",
    "language",
    "topics",
    "spoken_to",
    "issued_by",
    "relayed_by",
    "speaker_kind",
    "outlet_kind",
    "document_kind",
)
"""What may be the same for all rows, where no column tells it."""


def guess(heads: Iterable[str]) -> dict[str, str]:
    """The column that each field likely is, by its head; no column is two of them."""
    plain: dict[str, str] = {}
    for each in heads:
        plain.setdefault(_plain(each), each)
    found: dict[str, str] = {}
    for field in FIELDS:
        head: str | None = next(
            (plain[name] for name in field.called if name in plain and plain[name] not in found.values()), None
        )
        if head is not None:
            found[field.name] = head
    return found


def _plain(head: str) -> str:
    return "_".join(head.strip().lower().replace("-", " ").replace("_", " ").split())
