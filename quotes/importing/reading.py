"""From a row's texts to what is wanted on record, or the first reason why it can't be; asks nothing of the database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.dates import BadDate, read
from quotes.importing import remarks
from quotes.importing.errors import Refused
from quotes.importing.fields import PARTS
from quotes.importing.mapping import ColumnMap
from quotes.languages import BadTag, tag_of
from quotes.models import Hop, Speaker, Statement
from quotes.notation import MAX_LENGTH, BadNotation, parse
from quotes.spans import Spans, clean, plain
from quotes.text import fold
from sources.addresses import BadAddress, canonical, domain_of
from sources.models import Document, Outlet

_WIKIDATA = re.compile(r"Q[1-9]\d{0,15}", re.ASCII)
_YES, _NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
_ROLES = (Hop.Role.TOLD_BY, Hop.Role.SPOKEN_TO, Hop.Role.ISSUED_BY, Hop.Role.RELAYED_BY, Hop.Role.PUBLISHED_BY)
_MOST_PARTS = 25
_LONGEST_NAME, _LONGEST_TOPIC, _LONGEST_TITLE, _LONGEST_ID = 200, 150, 500, 200


@dataclass(frozen=True)
class Party:
    """A speaker or an outlet as a row names it: what it is where it is new, and what else tells who is meant."""

    name: str
    kind: str
    slug: str = ""
    code: str = ""
    """A speaker's Wikidata id, an outlet's domain."""

    @property
    def is_unnamed(self) -> bool:
        """Whether it is an unnamed source, which belongs to its document."""
        return self.kind == Speaker.Kind.UNNAMED


@dataclass(frozen=True)
class Paper:
    """The document as a row tells it; `pid` is of one on record."""

    pid: str
    url: str
    title: str
    kind: str
    published: str
    outlet: Party | None


@dataclass(frozen=True)
class Wanted:
    """A statement as a row wants it. An empty `said` is unknown: not after the document was published."""

    row: int
    part: int
    spans: Spans
    folded: str
    language: str
    speaker: Party
    speaks_for: Party | None
    label: str
    said: str
    said_basis: str
    translation: Mapping[str, Any]
    paper: Paper
    stops: tuple[tuple[str, Party], ...]
    topics: tuple[str, ...]
    id: str


def understood(row: int, part: int, told: Mapping[str, str], columns: ColumnMap) -> Wanted:
    """What a row wants. Raises Refused, naming the field."""
    cells = _Cells(told)
    spans = _spans(told.get("words", ""), columns)
    said = cells.date("said")
    kind = cells.choice("speaker_kind", Speaker.Kind.values, Speaker.Kind.PERSON)
    return Wanted(
        row=row,
        part=part,
        spans=spans,
        folded=fold(plain(spans)),
        language=cells.language("language", needed=True),
        speaker=Party(
            cells.line("speaker", _LONGEST_NAME, needed=True), kind, cells.line("speaker_slug"), _wikidata(cells)
        ),
        speaks_for=_party(cells.line("speaks_for", _LONGEST_NAME), Speaker.Kind.ORGANISATION),
        label=cells.line("label", _LONGEST_NAME),
        said=said,
        said_basis=cells.choice("said_basis", Statement.Basis.values, Statement.Basis.STATED if said else "inferred"),
        translation=_translation(cells),
        paper=_paper(cells),
        stops=tuple(_stops(cells)),
        topics=tuple(cells.parts("topics", _LONGEST_TOPIC)),
        id=cells.line("id", _LONGEST_ID),
    )


def one_line(text: str) -> str:
    """Text without control characters, in NFC and with single spaces."""
    return " ".join((text if text.isascii() and text.isprintable() else clean(text)).split())


class _Cells:
    """A row's texts, each read as what it must be."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.told = told

    def line(self, name: str, most: int = _LONGEST_NAME, *, needed: bool = False) -> str:
        text = one_line(self.told.get(name, ""))
        if needed and not text:
            raise Refused(name, remarks.NOTHING)
        if len(text) > most:
            raise Refused(name, remarks.LONG % {"number": f"{len(text):,}", "most": most}, text)
        return text

    def parts(self, name: str, most: int = _LONGEST_NAME) -> list[str]:
        found = [one_line(part) for part in self.told.get(name, "").split(PARTS)]
        found = list(dict.fromkeys(filter(None, found)))
        if len(found) > _MOST_PARTS:
            raise Refused(name, remarks.MANY_PARTS % {"number": len(found), "most": _MOST_PARTS})
        if long := next((part for part in found if len(part) > most), ""):
            raise Refused(name, remarks.LONG_PART % {"number": f"{len(long):,}", "most": most}, long)
        return found

    def date(self, name: str) -> str:
        text = self.line(name, _LONGEST_TITLE)
        try:
            return read(text).text if text else ""
        except BadDate as error:
            raise Refused(name, str(error), text) from error

    def language(self, name: str, *, needed: bool = False) -> str:
        text = self.line(name, needed=needed)
        try:
            return tag_of(text) if text else ""
        except BadTag as error:
            raise Refused(name, str(error), text) from error

    def choice(self, name: str, known: Iterable[str], otherwise: str) -> str:
        text = self.line(name).lower().replace(" ", "_")
        if text and text not in known:
            raise Refused(name, remarks.NOT_ONE_OF % {"known": ", ".join(known)}, text)
        return text or otherwise


def _spans(words: str, columns: ColumnMap) -> Spans:
    if not clean(words).strip():
        raise Refused("words", remarks.NO_WORDS)
    if len(words) > 2 * MAX_LENGTH:
        raise Refused("words", remarks.LONG_WORDS % {"number": f"{len(words):,}", "most": f"{MAX_LENGTH:,}"})
    try:
        spans = columns.spans(words)
        spans = parse(words) if spans is None else spans
    except BadNotation as error:
        # Its message repeats the words, which findings never hold.
        told = remarks.AT_CHARACTER % {"why": error.why % error.values, "position": error.position + 1}
        raise Refused("words", told) from error
    if not spans:
        raise Refused("words", remarks.NO_WORDS)
    return spans


def _wikidata(cells: _Cells) -> str:
    text = cells.line("speaker_wikidata").rpartition("/")[2]
    if text and not _WIKIDATA.fullmatch(text):
        raise Refused("speaker_wikidata", remarks.NO_WIKIDATA, text)
    return text


def _party(name: str, kind: str) -> Party | None:
    return Party(name, kind) if name else None


def _translation(cells: _Cells) -> dict[str, Any]:
    text = cells.line("is_translation").lower()
    if text and text not in _YES | _NO:
        raise Refused("is_translation", remarks.YES_OR_NO, text)
    origin, translator = cells.language("translated_from"), cells.line("translator")
    if text in _NO and (origin or translator):
        raise Refused("is_translation", remarks.SAYS_NO, text)
    is_one = text in _YES or bool(origin or translator)
    return {"is_translation": is_one, "translated_from": origin, "translator": translator} if is_one else {}


def _paper(cells: _Cells) -> Paper:
    pid, url = cells.line("document"), cells.line("document_url", 4000)
    try:
        url = canonical(url) if url else ""
        domain = domain_of(url) if url else ""
    except (BadAddress, ValueError) as error:
        raise Refused("document_url", remarks.NO_ADDRESS, url) from error
    name = cells.line("outlet", _LONGEST_NAME) or domain
    kind = cells.choice("outlet_kind", Outlet.Kind.values, Outlet.Kind.WEBSITE if name == domain else "newspaper")
    # An address tells the domain of a new outlet only where it is the outlet's name as well.
    outlet = Party(name, kind, code=domain if name == domain else "") if name else None
    published = cells.date("document_published")
    if not pid and not outlet:
        raise Refused("outlet", remarks.NO_OUTLET)
    if not pid and not published:
        raise Refused("document_published", remarks.NO_PUBLICATION)
    return Paper(
        pid,
        url,
        cells.line("document_title", _LONGEST_TITLE),
        cells.choice("document_kind", Document.Kind.values, Document.Kind.ARTICLE),
        published,
        outlet,
    )


def _stops(cells: _Cells) -> Iterable[tuple[str, Party]]:
    kinds = {Hop.Role.TOLD_BY: "person", Hop.Role.SPOKEN_TO: "broadcaster", Hop.Role.ISSUED_BY: "public_body"}
    kinds |= {Hop.Role.RELAYED_BY: "agency", Hop.Role.PUBLISHED_BY: "newspaper"}
    for role in _ROLES:
        for name in cells.parts(role.value):
            yield role.value, Party(name, kinds[role])
