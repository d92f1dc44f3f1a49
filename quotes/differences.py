"""What is different between two versions: words deleted and inserted, everything else as before and after."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from quotes.citing.record import CitedHop, CitedSpeaker, CitedStatement
from quotes.dates import display
from quotes.text import SPACELESS

Kind = Literal["same", "deleted", "inserted"]

# A word or a mark with the space before it; scripts that set no space between words go symbol by symbol.
_PIECE = re.compile(rf"\s*(?:[{SPACELESS}]|[^\W_]+|\S)|\s+")


@dataclass(frozen=True)
class Part:
    """A run of text that both wordings have, or one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """A field other than the words, before and after; an empty text says that there was nothing."""

    label: str
    before: str
    after: str


def compare_words(old: str, new: str) -> list[Part]:
    """How one text became the other, word by word: a deletion comes before what replaced it."""
    before, after = _split(old), _split(new)
    matcher = SequenceMatcher(None, before, after)
    return list(_joined(_parts(matcher, before, after)))


def _split(text: str) -> list[str]:
    """The pieces of a text; together they are the text. A mark stays with its letter, and with the rest of its word."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if pieces and (_is_mark(piece[0]) or (_is_mark(pieces[-1][-1]) and piece[0].isalnum())):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _is_mark(symbol: str) -> bool:
    """Whether a symbol stands on the one before it, as accents and vowel signs do."""
    return unicodedata.category(symbol).startswith("M")


def _parts(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Part]:
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        old, new = "".join(before[old_start:old_end]), "".join(after[new_start:new_end])
        if old == new:
            yield Part("same", old)
        else:
            yield Part("deleted", old)
            yield Part("inserted", new)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one part, without empty ones."""
    last: Part | None = None
    for part in parts:
        if not part.text:
            continue
        if last and last.kind == part.kind:
            last = Part(part.kind, last.text + part.text)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def compare_fields(old: CitedStatement, new: CitedStatement) -> list[Change]:
    """The fields other than the words that are not what they were, in the order of the page."""
    pairs = ((label, of(old), of(new)) for label, of in _FIELDS.items())
    return [Change(label, before, after) for label, before, after in pairs if before != after]


def _translation(cited: CitedStatement) -> str:
    if cited.translation is None:
        return ""
    source = f"from {cited.translation.source}" if cited.translation.source else "from an unknown language"
    return f"{source}, by {cited.translation.translator or 'an unknown translator'}"


def _who(speaker: CitedSpeaker | None) -> str:
    return speaker.name if speaker else ""


def _basis(cited: CitedStatement) -> str:
    return {"stated": "as stated"}.get(cited.said.basis, cited.said.basis)


def _road(cited: CitedStatement) -> str:
    return " → ".join(_stop(hop) for hop in cited.source.hops)


def _stop(hop: CitedHop) -> str:
    name = hop.name or (hop.outlet.name if hop.outlet else "")
    date = f" ({display(hop.date)})" if hop.date else ""
    return f"{hop.role.replace('_', ' ')} {name}{date}"


def _document(cited: CitedStatement) -> str:
    document = cited.source.document
    published = display(document.published) if document.published else ""
    return ", ".join(filter(None, [document.title, document.publisher, published, document.url]))


_FIELDS: dict[str, Callable[[CitedStatement], str]] = {
    "Language": lambda cited: cited.language,
    "Translation": _translation,
    "Speaker": lambda cited: _who(cited.speaker),
    "Speaks for": lambda cited: _who(cited.speaks_for),
    "Office or role": lambda cited: cited.label,
    "Said": lambda cited: display(cited.said.edtf),
    "How the date is known": _basis,
    "The date in the document’s words": lambda cited: cited.said.phrase,
    "How the date follows": lambda cited: cited.said.reasoning,
    "Road": _road,
    "Relayed by": lambda cited: ", ".join(cited.relayed_by),
    "Document": _document,
    "As printed": lambda cited: cited.source.printed,
    "Topics": lambda cited: ", ".join(topic.name for topic in cited.topics),
}
