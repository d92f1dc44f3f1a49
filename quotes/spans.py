"""Spans: runs of text that say whose words they are. Marks are generated from them and never stored.

A statement's wording is a list of spans: `direct` (the speaker's words), `indirect` (the reporter's exact words),
`insertion` (an addition in brackets, by the `source` or by the `record`) and `omission`. Quotation marks stand round a
quoted run: spans that touch without a reporter's word between them, at least one of them direct.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

SpanMode = Literal["direct", "indirect", "insertion", "omission"]
Author = Literal["", "source", "record"]

SPAN_MODES: tuple[SpanMode, ...] = ("direct", "indirect", "insertion", "omission")
OPEN, CLOSE = "“", "”"
_INNER = str.maketrans({"“": "‘", "”": "’"})
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class BadSpans(ValueError):
    """The spans contradict themselves: an unknown mode, an insertion without an author, no text where there must be."""


@dataclass(frozen=True)
class Span:
    """A run of text with its speech mode; `by` says whose an insertion is, an omission has no text."""

    mode: SpanMode
    text: str = ""
    by: Author = ""

    def __post_init__(self) -> None:
        """Refuse a span that cannot be printed and read back."""
        if self.mode not in SPAN_MODES:
            raise BadSpans(f"“{self.mode}” is not a speech mode")
        if not isinstance(self.text, str):
            raise BadSpans("the text of a span is text")
        if self.by not in (("source", "record") if self.mode == "insertion" else ("",)):
            raise BadSpans("an insertion, and nothing else, is by the source or by the record")
        if (self.mode == "omission") != (self.text == ""):
            raise BadSpans("an omission, and nothing else, has no text")


Spans = tuple[Span, ...]


def clean(text: str) -> str:
    """Text as the record keeps it: NFC, no control characters, single spaces, paragraphs parted by one empty line."""
    if text.isprintable() and "  " not in text:
        # Of white space it has single spaces, and no control character: which is nearly always so.
        return unicodedata.normalize("NFC", text)
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[^\S\n]*\n[^\S\n]*\n\s*", "\n\n", text)
    text = re.sub(r"[^\S\n]*(?<!\n)\n(?!\n)[^\S\n]*|[^\S\n]+", " ", text)
    return unicodedata.normalize("NFC", text)


def joined(spans: Iterable[Span]) -> Spans:
    """The same wording with neighbours of one speech mode joined, so that equal wordings have equal spans.

    A span of nothing but control characters is none.
    """
    result: list[Span] = []
    for span in spans:
        if span.text and not clean(span.text):
            continue
        if result and span.mode == result[-1].mode and span.mode in ("direct", "indirect"):
            result[-1] = Span(span.mode, clean(result[-1].text + span.text))
        elif not (span.mode == "omission" and result and result[-1].mode == "omission"):
            result.append(span)
    return tuple(result)


def from_json(data: Any) -> Spans:
    """Spans from their stored form, a list of {"mode", "text", "by"} objects. Raises BadSpans."""
    if not isinstance(data, list | tuple):
        raise BadSpans("spans are a list of objects with a mode and a text")
    try:
        return tuple(Span(item["mode"], item.get("text", ""), item.get("by", "")) for item in data)
    except (TypeError, KeyError, AttributeError) as error:
        raise BadSpans("spans are a list of objects with a mode and a text") from error


def to_json(spans: Iterable[Span]) -> list[dict[str, str]]:
    """The stored form of spans: only the keys that say something."""
    return [
        {"mode": span.mode, **({"text": span.text} if span.text else {}), **({"by": span.by} if span.by else {})}
        for span in spans
    ]


def mode_of(spans: Iterable[Span]) -> str:
    """A wording's mode: direct, indirect or mixed. A wording of insertions and omissions alone is indirect."""
    modes = {span.mode for span in spans}
    if "direct" not in modes:
        return "indirect"
    return "mixed" if "indirect" in modes else "direct"


def plain(spans: Iterable[Span]) -> str:
    """The words alone, without marks and brackets, for searching and measuring; an omission is a space."""
    words = "".join(span.text if span.mode != "omission" else " " for span in spans)
    return re.sub(r"\s+", " ", words).strip()


@dataclass(frozen=True)
class Piece:
    """A span ready to be shown: `before` and `after` are its generated marks."""

    mode: SpanMode
    text: str
    by: Author
    before: str = ""
    after: str = ""


def runs(spans: Iterable[Span]) -> Iterator[tuple[bool, list[Span]]]:
    """The wording in quoted and unquoted runs, as (is quoted, spans)."""
    for reported, group in groupby(spans, key=lambda span: span.mode == "indirect"):
        run = list(group)
        yield (not reported and any(span.mode == "direct" for span in run)), run


def pieces(spans: Iterable[Span], opening: str = OPEN, closing: str = CLOSE) -> list[Piece]:
    """The wording as pieces with generated marks, for a page or a citation to lay out.

    Marks of the speaker's own inside a quoted run become single ones where they are balanced, as style guides ask
    (Chicago 18, 6.11), and stay as they are where they are not.
    """
    shown: list[Piece] = []
    for quoted, run in runs(spans):
        swap = quoted and opening == OPEN and balanced("".join(span.text for span in run if span.mode == "direct"))
        for place, span in enumerate(run):
            text = span.text.translate(_INNER) if swap and span.mode == "direct" else span.text
            before, after = {"insertion": ("[", "]"), "omission": ("[", "]")}.get(span.mode, ("", ""))
            shown.append(
                Piece(
                    span.mode,
                    "…" if span.mode == "omission" else text,
                    span.by,
                    (opening if quoted and place == 0 else "") + before,
                    after + (closing if quoted and place == len(run) - 1 else ""),
                )
            )
    return shown


def render(spans: Iterable[Span], opening: str = OPEN, closing: str = CLOSE) -> str:
    """The wording as text with generated quotation marks, brackets and ellipses."""
    return "".join(piece.before + piece.text + piece.after for piece in pieces(spans, opening, closing))


def shorten(spans: Iterable[Span], length: int) -> Spans:
    """The first `length` characters of a wording, cut between words; an omission stands for what is left out."""
    kept: list[Span] = []
    left = length
    for span in spans:
        if len(span.text) > left:
            cut = span.text[: left + 1].rpartition(" ")[0]
            if not cut and not kept:
                cut = span.text[:left]
            return joined([*kept, *([Span(span.mode, f"{cut} ", span.by)] if cut else []), Span("omission")])
        kept.append(span)
        left -= len(span.text)
    return tuple(kept)


def from_place(spans: Iterable[Span], place: int) -> Spans:
    """A wording from the word on that stands at `place` in its texts; an omission stands for what is left out."""
    kept: list[Span] = []
    left = place
    for span in spans:
        if len(span.text) <= left and not kept:
            left -= len(span.text)
            continue
        start = max(0, span.text.rfind(" ", 0, left + 1)) if left and not kept else 0
        kept.append(Span(span.mode, span.text[start:], span.by))
        left = 0
    return joined([Span("omission"), *kept]) if place else tuple(kept)


def balanced(text: str) -> bool:
    """Whether the curly double marks in a text open and close in pairs."""
    depth = 0
    for symbol in text:
        depth += (symbol == OPEN) - (symbol == CLOSE)
        if depth < 0:
            return False
    return depth == 0
