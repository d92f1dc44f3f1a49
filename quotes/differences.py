"""What is different between two versions: words deleted and inserted, everything else as before and after."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext, gettext_lazy

from quotes.citing.record import CitedHop, CitedSpeaker, CitedStatement
from quotes.dates_told import told
from quotes.models import Hop, Statement
from quotes.text import SPACELESS

Kind = Literal["same", "deleted", "inserted"]

# A word or a mark with the space before it; scripts that set no space between words go symbol by symbol.
if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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
    pairs = ((label, of(old), of(new)) for label, of in _FIELDS)
    return [Change(str(label), before, after) for label, before, after in pairs if before != after]


def _translation(cited: CitedStatement) -> str:
    if cited.translation is None:
        return ""
    translation = cited.translation
    source = (
        gettext("from %(language)s") % {"language": translation.source}
        if translation.source
        else gettext("from an unknown language")
    )
    by = (
        gettext("by %(translator)s") % {"translator": translation.translator}
        if translation.translator
        else gettext("by an unknown translator")
    )
    return gettext(", ").join([source, by])


def _who(speaker: CitedSpeaker | None) -> str:
    return speaker.name if speaker else ""


def _basis(cited: CitedStatement) -> str:
    return str(Statement.Basis(cited.said.basis).label)


def _road(cited: CitedStatement) -> str:
    return " → ".join(_stop(hop) for hop in cited.source.hops)


def _stop(hop: CitedHop) -> str:
    name = hop.name or (hop.outlet.name if hop.outlet else "")
    date = f" ({told(hop.date)})" if hop.date else ""
    return f"{Hop.Role(hop.role).label} {name}{date}"


def _document(cited: CitedStatement) -> str:
    document = cited.source.document
    published = told(document.published) if document.published else ""
    return ", ".join(filter(None, [document.title, document.publisher, published, document.url]))


_FIELDS: tuple[tuple["StrOrPromise", Callable[[CitedStatement], str]], ...] = (
    (gettext_lazy("Language"), lambda cited: cited.language),
    (gettext_lazy("Translation"), _translation),
    (gettext_lazy("Speaker"), lambda cited: _who(cited.speaker)),
    (gettext_lazy("Speaks for"), lambda cited: _who(cited.speaks_for)),
    (gettext_lazy("Office or role"), lambda cited: cited.label),
    (gettext_lazy("Said"), lambda cited: told(cited.said.edtf)),
    (gettext_lazy("How the date is known"), _basis),
    (gettext_lazy("The date in the document’s words"), lambda cited: cited.said.phrase),
    (gettext_lazy("How the date follows"), lambda cited: cited.said.reasoning),
    (gettext_lazy("Road"), _road),
    (gettext_lazy("Relayed by"), lambda cited: ", ".join(cited.relayed_by)),
    (gettext_lazy("Document"), _document),
    (gettext_lazy("As printed"), lambda cited: cited.source.printed),
    (gettext_lazy("Topics"), lambda cited: ", ".join(topic.name for topic in cited.topics)),
)
