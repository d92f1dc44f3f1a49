"""What a row may tell of a statement: one definition for columns on screen, templates, the command and the docs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quotes.models import Hop

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PARTS = ";"
"""What parts several values of one cell, as the exports write them."""


@dataclass(frozen=True)
class Field:
    """A part of a statement; `called` are the heads under which spreadsheets have it, the likeliest first."""

    name: str
    label: "StrOrPromise"
    tells: "StrOrPromise"
    called: tuple[str, ...] = ()
    needed: bool = False


_ROADS = {
    Hop.Role.TOLD_BY: (_("Told by"), _("Whoever told the words, where that was not their speaker")),
    Hop.Role.SPOKEN_TO: (_("Spoken to"), _("The outlet they were spoken to")),
    Hop.Role.ISSUED_BY: (_("Issued by"), _("The outlet that issued them")),
    Hop.Role.RELAYED_BY: (_("Relayed by"), _("The agencies that relayed them")),
}
FIELDS = (
    Field(
        "words", _("Words"), _("What was said"), ("notation", "words", "quote", "quotation", "statement", "text"), True
    ),
    Field(
        "speaker", _("Speaker"), _("Who said it"), ("speaker", "speaker_name", "person", "who", "said_by", "name"), True
    ),
    Field("said", pgettext_lazy("date", "Said"), _("When it was said"), ("said", "said_on", "date_said", "date")),
    Field(
        "outlet", _("Outlet"), _("Who published the document"), ("outlet", "source", "publisher", "newspaper", "medium")
    ),
    Field(
        "document_published",
        pgettext_lazy("date", "Published"),
        _("When the document was published"),
        ("document_published", "published", "published_on", "publication_date", "pub_date"),
        True,
    ),
    Field("document_title", _("Title"), _("Of the document"), ("document_title", "title", "headline")),
    Field("document_url", _("Web address"), _("Of the document"), ("document_url", "link", "web_address", "url")),
    Field("language", _("Language"), _("A tag like en"), ("language", "lang"), True),
    Field(
        "topics",
        _("Topics"),
        _("What it addresses; several are parted by semicolons"),
        ("topics", "topic", "tags", "subject"),
    ),
    Field(
        "label",
        _("Office"),
        _("That the speaker held then; empty: as on record"),
        ("label", "office", "role", "title_of"),
    ),
    Field("speaks_for", _("Speaks for"), _("For whom a spokesperson spoke"), ("speaks_for",)),
    *(Field(role.value, label, tells, (role.value,)) for role, (label, tells) in _ROADS.items()),
    Field("published_by", _("Published by"), _("Further outlets that published the words"), ("published_by",)),
    Field("is_translation", _("Translated"), _("yes or no"), ("is_translation", "translated")),
    Field("translated_from", _("Translated from"), _("The language it was said in"), ("translated_from",)),
    Field("translator", _("Translator"), _("Who translated it"), ("translator",)),
    Field("said_basis", _("Basis of the date"), _("stated, resolved or inferred"), ("said_basis",)),
    Field("speaker_kind", _("Kind of speaker"), _("Where new: person, organisation, …"), ("speaker_kind",)),
    Field("speaker_slug", _("Speaker’s slug"), _("Which speaker on record is meant"), ("speaker_slug",)),
    Field("speaker_wikidata", _("Speaker’s Wikidata id"), _("Like Q3052772"), ("speaker_wikidata", "wikidata", "qid")),
    Field("outlet_kind", _("Kind of outlet"), _("Where new: newspaper, broadcaster, …"), ("outlet_kind",)),
    Field("document_kind", _("Kind of document"), _("article, interview, broadcast, …"), ("document_kind",)),
    Field("document", _("Document’s id"), _("Of one on record"), ("document",)),
    Field("id", _("Permalink or id"), _("Of the statement, here or in the file"), ("id", "permalink", "key")),
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
