r"""The notation editors type: “words in marks” are the speaker's, the rest the reporter's.

``[word]`` is the record's insertion, ``[(word)]`` the source's, ``[…]`` an omission; a bare … is the source's own.
Curly, straight, « » and „ “ marks are all read; marks of another kind inside a quotation belong to the speaker, as do
nested marks of the same kind. A backslash takes the next mark or bracket literally. `write` and `parse` are inverse.
"""

import re
from dataclasses import dataclass, field
from itertools import islice

from quotes.spans import CLOSE, OPEN, Span, Spans, balanced, clean, joined, runs

MAX_LENGTH = 20_000

_CLOSERS = {"“": "”", '"': '"', "«": "»", "»": "«", "„": "“”"}
_STRAY = "”"
# French sets a space inside its marks: it belongs to the marks, not to the words.
_SPACED = "«»"
_SPECIAL = '“”"«»„[]\\'
_PLAIN = re.compile(f"[^{re.escape(_SPECIAL)}]+")
_ELLIPSES = ("…", "...")
_BRACKETED = re.compile(r"(?:\\.|[^\[\]\\])*", re.DOTALL)
_ESCAPED = re.compile(r"\\([“”\"«»„\[\]\\().…])")


class BadNotation(ValueError):
    """The text is no wording; `position` counts characters from 0 and `why` says what is the matter there.

    `why` is a pattern for `values`, so that a page can say it in its own language; `near` is what stands there.
    """

    def __init__(self, why: str, text: str, position: int, **values: str) -> None:
        self.why, self.values = why, values
        self.position = position
        self.near = text[max(0, position - 15) : position + 15]
        super().__init__(f"{why % values}, at character {position + 1}: “…{self.near}…”")


@dataclass
class _Reader:
    """Reads a wording symbol by symbol: the quotation it is in, and the run of text so far."""

    text: str
    at: int = 0
    mark: str = ""
    opened_at: int = 0
    depth: int = 0
    said: bool = False
    run: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def read(self) -> Spans:
        while self.at < len(self.text):
            if plain := _PLAIN.match(self.text, self.at):
                self.run.append(plain[0])
                self.at = plain.end()
            else:
                self._step(self.text[self.at])
        if self.mark:
            raise BadNotation("This quotation mark is never closed", self.text, self.opened_at)
        self._end_run()
        return joined(self.spans)

    def _step(self, symbol: str) -> None:
        if symbol == "\\" and self.text[self.at + 1 : self.at + 2] in set(_SPECIAL):
            self.run.append(self.text[self.at + 1])
            self.at += 2
        elif symbol == "[":
            self._bracket()
        elif symbol == "]":
            raise BadNotation("This bracket is never opened", self.text, self.at)
        elif self.mark:
            self._inside(symbol)
        else:
            self._outside(symbol)

    def _inside(self, symbol: str) -> None:
        closes = symbol in _CLOSERS[self.mark]
        if closes and self.depth == 1:
            self._close()
            return
        self.depth += (symbol == self.mark and not closes) - closes
        self._keep(symbol)

    def _outside(self, symbol: str) -> None:
        if symbol == _STRAY:
            raise BadNotation("This quotation mark is never opened", self.text, self.at)
        if symbol not in _CLOSERS:
            self._keep(symbol)
            return
        self._end_run()
        self.mark, self.opened_at, self.depth, self.said = symbol, self.at, 1, False
        self.at += 1
        while symbol in _SPACED and self.text[self.at : self.at + 1].isspace():
            self.at += 1

    def _keep(self, symbol: str) -> None:
        self.run.append(symbol)
        self.at += 1

    def _close(self) -> None:
        while self.mark in _SPACED and self.run and self.run[-1].isspace():
            self.run.pop()
        self._end_run()
        if not self.said:
            raise BadNotation("These quotation marks hold no words of the speaker", self.text, self.opened_at)
        self.mark, self.depth = "", 0
        self.at += 1

    def _end_run(self) -> None:
        text = "".join(self.run)
        self.run.clear()
        if text and self.mark:
            self.said = self.said or bool(text.strip())
            self.spans.append(Span("direct", text))
        elif text:
            self.spans.append(Span("indirect", text))

    def _bracket(self) -> None:
        closing = _BRACKETED.match(self.text, self.at + 1)
        end = closing.end() if closing else self.at + 1
        if self.text[end : end + 1] != "]":
            raise BadNotation("This bracket is never closed, or holds another one", self.text, self.at)
        self._end_run()
        self.spans.append(self._insertion(self.text[self.at + 1 : end].strip()))
        self.at = end + 1

    def _insertion(self, inner: str) -> Span:
        if inner in _ELLIPSES:
            return Span("omission")
        source = len(inner) > 1 and inner.startswith("(") and inner.endswith(")")
        word = _ESCAPED.sub(r"\1", inner[1:-1].strip() if source else inner)
        if not word:
            raise BadNotation("These brackets are empty", self.text, self.at)
        return Span("insertion", word, "source" if source else "record")


def parse(text: str) -> Spans:
    """The spans of a wording in the notation.

    Raises BadNotation, with the position in the text as typed, for marks or brackets that do not match, for quotation
    marks without words, for an empty text and for one over MAX_LENGTH characters.
    """
    if len(text) > MAX_LENGTH:
        limit = {"number": f"{len(text):,}", "most": f"{MAX_LENGTH:,}"}
        raise BadNotation("The words are %(number)s characters long; the limit is %(most)s", text, MAX_LENGTH, **limit)
    cleaned = clean(text).strip()
    if not cleaned:
        raise BadNotation("There are no words", text, 0)
    try:
        return _Reader(cleaned).read()
    except BadNotation as error:
        raise BadNotation(error.why, text, _typed_at(text, cleaned, error.position)) from None


def _typed_at(typed: str, cleaned: str, position: int) -> int:
    """Where the mark or bracket at `position` stands in what was typed: cleaning neither adds nor drops any."""
    mark = cleaned[position]
    places = (place for place, symbol in enumerate(typed) if symbol == mark)
    return next(islice(places, cleaned.count(mark, 0, position), None))


def write(spans: Spans) -> str:
    """The notation of a wording, with curly marks; `parse` reads it back to the same spans."""
    return "".join(_write_run(run, quoted=quoted) for quoted, run in runs(spans))


def _write_run(run: list[Span], *, quoted: bool) -> str:
    said = "".join(span.text for span in run if span.mode == "direct")
    literal = '«»„"' + (OPEN + CLOSE if balanced(said) else "") if quoted else ""
    body = "".join(_write_span(span, literal) for span in run)
    return f"{OPEN}{body}{CLOSE}" if quoted else body


def _write_span(span: Span, literal: str) -> str:
    match span.mode:
        case "omission":
            return "[…]"
        case "insertion":
            word = re.sub(r"^[(….]|[\[\]\\]", r"\\\g<0>", span.text)
            return f"[({word})]" if span.by == "source" else f"[{word}]"
        case _:
            special = re.escape("".join(symbol for symbol in _SPECIAL if symbol not in literal))
            return re.sub(f"([{special}])", r"\\\1", span.text)
