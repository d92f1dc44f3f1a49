"""The box on a statement's page: the citations most wanted, each ready to copy, and where the others are."""

from dataclasses import dataclass

from quotes.citing.formats import FORMATS, Format, available
from quotes.citing.present import Present
from quotes.citing.record import CitedStatement
from quotes.citing.rich import Citation
from quotes.citing.styles import STYLES, cite_document, cite_record

_READY = ("apa", "mla", "chicago", "wikipedia", "biblatex", "ris", "csl", "text")
_SHORT = {"chicago": "Chicago", "csl": "CSL-JSON", "text": "Text"}
_STYLES = {style.key: style for style in STYLES}


@dataclass(frozen=True)
class Panel:
    """One format as the box shows it: prose cites the record and its source document, a data format is one text."""

    format: Format
    label: str
    record: Citation | None
    document: Citation | None
    text: str


@dataclass(frozen=True)
class Box:
    """The panels, and the formats that are for downloading alone."""

    panels: list[Panel]
    others: list[Format]


def box(cited: CitedStatement, present: Present | None = None) -> Box:
    """What the page of this version offers, on the day it is read."""
    formats = {one.key: one for one in FORMATS}
    others = [one for one in available(cited) if one.key not in _READY]
    return Box([_panel(formats[key], cited, present) for key in _READY], others)


def _panel(chosen: Format, cited: CitedStatement, present: Present | None) -> Panel:
    label = _SHORT.get(chosen.key, chosen.label)
    style = _STYLES.get(chosen.key)
    if style is None:
        return Panel(chosen, label, None, None, chosen.write(cited, present))
    return Panel(chosen, label, cite_record(style, cited, present), cite_document(style, cited), "")
