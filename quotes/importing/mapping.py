"""How a file's columns are understood: which field each is, what is the same for all rows, how cells are written."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.importing.errors import CannotImport
from quotes.importing.fields import BY_NAME, CONSTANT, FIELDS, guess
from quotes.spans import Span, clean

MARKED, DIRECT, REPORTED = "marked", "direct", "reported"
MARKS = {
    MARKED: _("Quotation marks stand round the speaker’s own words"),
    DIRECT: _("All are the speaker’s own words, without marks round them"),
    REPORTED: _("All are the reporter’s words"),
}
ISO, DAY_FIRST, MONTH_FIRST = "iso", "day", "month"
DATES = {
    ISO: _("2022-12-03 (year first, or any EDTF date)"),
    DAY_FIRST: _("3/12/2022 or 03.12.2022 (day first)"),
    MONTH_FIRST: _("12/3/2022 (month first)"),
}
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_OUTER = {"“": "”", '"': '"', "«": "»", "„": "“", "'": "'", "‘": "’"}


@dataclass(frozen=True)
class ColumnMap:
    """`columns` has the head of the column for a field, `constants` what a field is where its cell is empty."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    marks: str = MARKED
    dates: str = ISO

    def fields(self, cells: Mapping[str, str]) -> dict[str, str]:
        """What a row tells, by field; empty ones are left out."""
        told = {name: text for name, text in self.constants.items() if text}
        told |= {name: text for name, head in self.columns.items() if (text := cells.get(head, "").strip())}
        for name in ("said", "document_published"):
            if name in told:
                told[name] = self._date(told[name])
        return told

    def id_of(self, cells: Mapping[str, str]) -> str:
        """The id of a row, as a field has it; empty where it has none."""
        text = cells.get(self.columns.get("id", ""), "")
        return " ".join(clean(text).split()) if text else ""

    def spans(self, words: str) -> tuple[Span, ...] | None:
        """The spans of words without marks; None where marks tell them."""
        if self.marks == MARKED:
            return None
        text = clean(words).strip()
        if self.marks == REPORTED:
            return (Span("indirect", text),) if text else ()
        text = _bare(text)
        return (Span("direct", text),) if text else ()

    def column(self, name: str) -> str:
        """What the file calls a field; the field's own label where no column is it."""
        return self.columns.get(name) or (str(BY_NAME[name].label) if name in BY_NAME else name)

    def _date(self, text: str) -> str:
        if clock := _CLOCK.fullmatch(text):
            return clock[1]
        numbers = _NUMBERS.fullmatch(text)
        if self.dates == ISO or not numbers:
            return text
        one, two, year = (int(part) for part in numbers.groups())
        day, month = (one, two) if self.dates == DAY_FIRST else (two, one)
        try:
            return dt.date(year, month, day).isoformat()
        except ValueError:
            return text

    def missing(self) -> list[str]:
        """The labels of fields that a row must tell and no column or constant does."""
        named = {*self.columns, *(name for name, text in self.constants.items() if text)}
        lacking = [str(one.label) for one in FIELDS if one.needed and one.name not in named]
        if not named & {"outlet", "document_url", "document"}:
            lacking.append(gettext("Outlet or web address"))
        return [one for one in lacking if one != str(BY_NAME["document_published"].label) or "document" not in named]

    def as_json(self) -> dict[str, Any]:
        """The form that is kept."""
        return {
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "marks": self.marks,
            "dates": self.dates,
        }


def _bare(text: str) -> str:
    """Words without the pair of marks that stands round all of them."""
    opening, inner = text[:1], text[1:-1]
    closing = _OUTER.get(opening)
    if closing and inner and text.endswith(closing) and opening not in inner and closing not in inner:
        return inner.strip()
    return text


def from_json(data: Any) -> ColumnMap:
    """A mapping as it was kept or written by hand. Raises CannotImport, naming what can't be understood."""
    if not isinstance(data, dict):
        raise CannotImport("A mapping is an object with “columns” and, if need be, “constants”, “marks” and “dates”.")
    if unknown := sorted(set(data) - {"columns", "constants", "marks", "dates"}):
        raise CannotImport(f"A mapping has no “{unknown[0]}”; it has columns, constants, marks and dates.")
    columns, constants = _texts(data, "columns", BY_NAME), _texts(data, "constants", CONSTANT)
    marks, dates = data.get("marks", MARKED), data.get("dates", ISO)
    for name, value, known in (("marks", marks, MARKS), ("dates", dates, DATES)):
        if value not in known:
            raise CannotImport(f"“{name}” is one of {', '.join(known)}.")
    return ColumnMap(columns, constants, marks, dates)


def _texts(data: Mapping[str, Any], name: str, known: Iterable[str]) -> dict[str, str]:
    texts = data.get(name) or {}
    if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
        raise CannotImport(f"“{name}” is an object of texts, by field.")
    if unknown := sorted(set(texts) - set(known)):
        raise CannotImport(f"No field of “{name}” is called “{unknown[0]}”. There are {', '.join(sorted(known))}.")
    return dict(texts)


def as_they_are() -> ColumnMap:
    """The mapping of rows that are told by our own names already."""
    return ColumnMap({one.name: one.name for one in FIELDS}, {}, DIRECT)


def guessed(heads: list[str], first: Iterable[Mapping[str, str]]) -> ColumnMap:
    """What a file's heads and first rows suggest."""
    columns = guess(heads)
    words = [row.get(columns["words"], "") for row in first] if "words" in columns else []
    is_marked = columns.get("words") == "notation" or any(
        text.strip()[:1] in set("“«„") or '"' in text for text in words
    )
    return ColumnMap(columns, {}, MARKED if is_marked or not words else DIRECT)


def applying(kept: ColumnMap, heads: Iterable[str]) -> ColumnMap:
    """A template's mapping for a file that may lack some of its columns."""
    there = set(heads)
    columns = {name: head for name, head in kept.columns.items() if head in there}
    return ColumnMap(columns, kept.constants, kept.marks, kept.dates)
