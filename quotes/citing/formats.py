"""Every file a version can be downloaded as, in the order that pages list them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from quotes.citing import annotation, biblatex, csl, jsonld, plain, ris, stored, styles, wikipedia
from quotes.citing.file_names import file_name
from quotes.citing.present import Present
from quotes.citing.record import CitedStatement

__all__ = ["BY_SUFFIX", "FORMATS", "PAGES", "Format", "available", "file_name"]

TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"


def _always(_cited: CitedStatement) -> bool:
    return True


class Writer(Protocol):
    """Writes a version: for ever the same without `present`, as it stands on a day with it."""

    def __call__(self, cited: CitedStatement, present: Present | None = None, /) -> str:
        """The text of the file."""


@dataclass(frozen=True)
class Format:
    """A format: `media_type` is the whole Content-Type; `applies` says whether this statement can be written so.

    `is_frozen` formats tell nothing of the present, whatever address they are asked for at.
    """

    key: str
    label: str
    suffix: str
    media_type: str
    write: Writer
    applies: Callable[[CitedStatement], bool] = _always
    is_frozen: bool = False

    @property
    def bare_media_type(self) -> str:
        """The media type without parameters, for matching an Accept header."""
        return self.media_type.partition(";")[0]


FORMATS: tuple[Format, ...] = (
    *(
        Format(style.key, style.label, f".{style.key}.txt", TEXT, partial(styles.write, style))
        for style in styles.STYLES
    ),
    Format("wikipedia", "Wikipedia", ".wiki.txt", TEXT, wikipedia.write),
    Format("biblatex", "BibLaTeX", ".bib", "application/x-bibtex; charset=utf-8", biblatex.write),
    Format("ris", "RIS", ".ris", "application/x-research-info-systems; charset=utf-8", ris.write),
    Format("csl", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", csl.write),
    Format("jsonld", "JSON-LD", ".jsonld", "application/ld+json", jsonld.write),
    Format(
        "annotation",
        "Web Annotation",
        ".anno.jsonld",
        f'application/ld+json; profile="{annotation.PROFILE}"',
        annotation.write,
        annotation.applies,
    ),
    Format("json", "Stored record", ".json", "application/json", stored.write, is_frozen=True),
    Format("text", "Plain text", ".txt", TEXT, plain.write),
)
# The prose styles with their italics. Who accepts HTML gets the statement's own page, so these go by suffix alone.
PAGES: tuple[Format, ...] = tuple(
    Format(style.key, style.label, f".{style.key}.html", HTML, partial(styles.write_page, style))
    for style in styles.STYLES
)
BY_SUFFIX: dict[str, Format] = {one.suffix: one for one in (*FORMATS, *PAGES)}


def available(cited: CitedStatement) -> tuple[Format, ...]:
    """The formats this statement can be written in."""
    return tuple(one for one in FORMATS if one.applies(cited))
