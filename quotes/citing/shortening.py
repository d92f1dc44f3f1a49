"""A statement's first words, for titles: cut between words, at the end of a clause where one is near."""

import re
import unicodedata

from quotes import spans as wording
from quotes.spans import CLOSE, OPEN, Span, SpanMode, Spans

WORDS, LETTERS, CLAUSE_AFTER = 12, 100, 6
_CLAUSE_END = re.compile(r"[,;:.!?—–](?=\s)")
_TRAILING = " \n,;:.—–-"


def shortened(spans: Spans, words: int = WORDS, letters: int = LETTERS) -> Spans:
    """The wording cut to at most so many words and letters, with “ …” inside the marks; as it is where it is short."""
    text = "".join(_shown(span) for span in spans)
    end = _end(text, words, letters)
    return spans if end >= len(text.rstrip()) else _cut(spans, end)


def shortened_text(text: str, words: int = WORDS, letters: int = LETTERS) -> str:
    """The same for text that has no spans, such as a document's title."""
    end = _end(text, words, letters)
    return text if end >= len(text.rstrip()) else text[:end].rstrip(_TRAILING) + " …"


def _shown(span: Span) -> str:
    return span.text or "[…]"


def _end(text: str, words: int, letters: int) -> int:
    """Where to cut, in code points; the text's length where nothing is to be cut."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    if len(ends) <= words and len(text) <= letters:
        return len(text)
    near = [end for end in ends[:words] if end <= letters]
    if not near:
        return _between_letters(text, letters)
    clauses = [match.start() for match in _CLAUSE_END.finditer(text, 0, near[-1] + 1)]
    late = [place for place in clauses if len(text[:place].split()) >= CLAUSE_AFTER]
    return late[-1] if late else near[-1]


def _between_letters(text: str, letters: int) -> int:
    """For scripts without spaces: never between a letter and the marks that combine with it."""
    while letters > 1 and letters < len(text) and unicodedata.combining(text[letters]):
        letters -= 1
    return min(letters, len(text))


def _cut(spans: Spans, end: int) -> Spans:
    """Spans up to a place in the shown text; an insertion is kept whole or left out, never cut."""
    kept: list[Span] = []
    for span in spans:
        length = len(_shown(span))
        if end <= 0:
            return _with_ellipsis(kept, span.mode)
        if end < length:
            return _with_ellipsis(kept if span.by or not span.text else [*kept, Span(span.mode, span.text[:end])])
        kept.append(span)
        end -= length
    return tuple(kept)


def _with_ellipsis(kept: list[Span], following: SpanMode = "direct") -> Spans:
    """The kept spans with “ …” in the words that were cut; after a whole quotation it stands outside the marks."""
    while kept and kept[-1].mode in ("direct", "indirect") and not kept[-1].text.strip(_TRAILING):
        kept.pop()
    if not kept or kept[-1].mode == "omission":
        return tuple(kept) or (Span("omission"),)
    last = kept[-1]
    if following == "indirect" and last.mode != "indirect":
        return (*kept, Span("indirect", " …"))
    if last.mode == "insertion":
        quoted = list(wording.runs(kept))[-1][0]
        return (*kept, Span("direct" if quoted else "indirect", " …"))
    return (*kept[:-1], Span(last.mode, _closed(kept)))


def _closed(kept: list[Span]) -> str:
    """The last span's text with “ …”, the speaker's own marks that were open at the cut closed."""
    last = kept[-1]
    text = last.text.rstrip(_TRAILING) + " …"
    run = "".join(span.text for span in kept[:-1] if span.mode == last.mode) + text
    return text + CLOSE * max(0, run.count(OPEN) - run.count(CLOSE))


def nested(spans: Spans) -> str:
    """The wording on one line for styles that put a title in double marks: its own become single, inner ones double."""
    turned = [
        Span(span.mode, _doubled(span.text), span.by) if span.mode == "direct" else _singled(span) for span in spans
    ]
    return " ".join(wording.render(turned, "‘", "’").split())


_SINGLE_PAIR = re.compile(r"(?<!\w)‘([^‘’]*(?:\w’\w[^‘’]*)*)’(?!\w)")


def _doubled(text: str) -> str:
    return _SINGLE_PAIR.sub(r"“\1”", text)


def _singled(span: Span) -> Span:
    return Span(span.mode, span.text.replace(OPEN, "‘").replace(CLOSE, "’"), span.by)
