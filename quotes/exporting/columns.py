"""The columns of a list of statements as a table: one definition for CSV, JSON Lines, Parquet and their description."""

from dataclasses import dataclass, field
from typing import Any

from quotes.parquet import Kind

FRICTIONLESS = {
    Kind.TEXT: "string",
    Kind.WHOLE: "integer",
    Kind.TRUTH: "boolean",
    Kind.DAY: "date",
    Kind.TIME: "datetime",
}
"""How the Table Schema names what a column holds; texts are one in CSV, parted by “; ”."""


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, what it tells, and the rules that its values keep."""

    name: str
    kind: Kind
    tells: str
    rules: dict[str, Any] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether every value is there, and its rules let none through that a cell would have to mark."""
        is_code = "enum" in self.rules or "pattern" in self.rules
        return is_code and ("enum" in self.rules or "required" in self.rules)

    @property
    def described(self) -> dict[str, Any]:
        """The column as a field of a Table Schema."""
        kind = FRICTIONLESS.get(self.kind, "string")
        shape = {"trueValues": ["yes"], "falseValues": ["no"]} if self.kind is Kind.TRUTH else {}
        rules = {"constraints": self.rules} if self.rules else {}
        return {"name": self.name, "type": kind, "description": self.tells, **shape, **rules}


_ALWAYS = {"required": True}
_ID = {"required": True, "unique": True, "pattern": "[0-9A-HJKMNP-TV-Z]{10}"}
_ADDRESS = {"required": True, "pattern": "https?://.*"}
_PLACE = {"required": True, "pattern": r"\d{4}-\d\d-\d\d\.\d+"}

COLUMNS = (
    Column("id", Kind.TEXT, "The statement's id, for ever", _ID),
    Column("url", Kind.TEXT, "Its permalink, which leads to the latest version", _ADDRESS),
    Column("state", Kind.TEXT, "How it stands: a list holds what is published", {"enum": ["published"]}),
    Column("version", Kind.WHOLE, "The number of the latest version", {"required": True, "minimum": 1}),
    Column("version_url", Kind.TEXT, "That version's own address: cite this one", _ADDRESS),
    Column("sha256", Kind.TEXT, "Of the bytes at version_url + .json", {"pattern": "[0-9a-f]{64}"}),
    Column("words", Kind.TEXT, "The words; marks stand round the speaker's own, and brackets round additions", _ALWAYS),
    Column("text", Kind.TEXT, "The words without marks and brackets"),
    Column(
        "notation", Kind.TEXT, "The words in the notation that tells apart whose are whose, and reads back", _ALWAYS
    ),
    Column("mode", Kind.TEXT, "In what speech", {"enum": ["direct", "indirect", "mixed"]}),
    Column("language", Kind.TEXT, "A BCP 47 tag", _ALWAYS),
    Column("is_translation", Kind.TRUTH, "Whether the words were translated", _ALWAYS),
    Column("translated_from", Kind.TEXT, "From which language, where that is known"),
    Column("translator", Kind.TEXT, "By whom, where that is known"),
    Column("speaker", Kind.TEXT, "Who said it, by today's name", _ALWAYS),
    Column("speaker_slug", Kind.TEXT, "What ?speaker= takes; empty for an unnamed source"),
    Column(
        "speaker_kind",
        Kind.TEXT,
        "What the speaker is",
        {"enum": ["person", "organisation", "government", "group", "unnamed"]},
    ),
    Column("speaker_wikidata", Kind.TEXT, "The speaker's id at Wikidata, where it is known"),
    Column("speaks_for", Kind.TEXT, "For whom a spokesperson spoke"),
    Column("label", Kind.TEXT, "The office the speaker held when it was said"),
    Column("said", Kind.TEXT, "When it was said, as EDTF level 1: 2022-12-03, 2021-12?, /2022-12-04", _ALWAYS),
    Column("said_min", Kind.DAY, "The first day that can be; empty where it is open"),
    Column("said_max", Kind.DAY, "The last day that can be", _ALWAYS),
    Column("said_basis", Kind.TEXT, "How that is known", {"enum": ["stated", "resolved", "inferred"]}),
    Column("published", Kind.TEXT, "The earliest publication on record, as EDTF", _ALWAYS),
    Column("published_min", Kind.DAY, "The first day that can be; empty where it is open"),
    Column("published_max", Kind.DAY, "The last day that can be", _ALWAYS),
    Column("recorded", Kind.TIME, "When version 1 came on record", _ALWAYS),
    Column("told_by", Kind.TEXTS, "Who told the words, where that was not their speaker"),
    Column("spoken_to", Kind.TEXTS, "The outlets they were spoken to, by slug"),
    Column("issued_by", Kind.TEXTS, "The outlets that issued them"),
    Column("relayed_by", Kind.TEXTS, "The agencies that relayed them"),
    Column("published_by", Kind.TEXTS, "The outlets that published them"),
    Column("outlet", Kind.TEXT, "The outlet of the document, by slug"),
    Column("document", Kind.TEXT, "The id of the document that the words are quoted from", {"pattern": _ID["pattern"]}),
    Column("document_title", Kind.TEXT, "Its title; empty where it is unknown"),
    Column("document_url", Kind.TEXT, "Its address; empty where it is unknown"),
    Column("document_published", Kind.TEXT, "When it was published, as EDTF"),
    Column("topics", Kind.TEXTS, "What it addresses, by slug"),
    Column("corrections_count", Kind.WHOLE, "How often it was corrected", {"required": True, "minimum": 0}),
    Column("modified", Kind.DAY, "The day of the last correction; empty where there was none"),
    Column("cursor", Kind.TEXT, "The row's place in the list: ?after= goes on from there", _PLACE),
)
NAMES = tuple(column.name for column in COLUMNS)
