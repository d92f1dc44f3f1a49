"""What a reader types to search: read into a tree, printed back as it was read, and turned into what an index is asked.

    peace "security guarantees" -sanctions nato OR otan negotiat* (a b) OR c speaker:macron said:2021-12..2022-12

Any text is some query: what can't be read as more is a word, and what is no word asks for nothing. Words and phrases
that stand side by side must all be found; OR joins its two neighbours alone, as search engines have it.

The tree is printed so that reading it again gives the same tree: `parse(str(query)) == query`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from quotes import dates
from quotes.search import expressions as asked
from quotes.search.analysis import analyse, folded, is_unspaced, sought, stems_of

MAX_LENGTH = 10_000
"""Characters that are read at all."""

MAX_PARTS = 32
"""Words, phrases and fields of one query."""

MAX_TEXT = 1_000
"""Characters of all of them together."""

MAX_DEPTH = 8
"""Brackets within brackets that are told apart."""

MIN_PREFIX = 2
"""Letters that a beginning needs: fewer would begin half the words there are."""

FIELDS = {
    "speaker": "speaker",
    "outlet": "outlet",
    "relay": "relay",
    "topic": "topic",
    "mode": "mode",
    "lang": "lang",
    "language": "lang",
    "origins": "origins",
    "said": "said",
    "by": "by",
}
"""The fields' names as they may be typed, and as they are printed."""

Spell = tuple[dt.date | None, dt.date | None]
"""The first and the last day of a time that may be open at either end."""

_MARKS = '"“”„‟«»＂'
_OPEN, _CLOSE, _MINUS, _OR = "(", ")", "-", "OR"
_OPERATORS = (_OR, "AND")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_BARE = f"[^\\s(){_MARKS}]+"
_QUOTED = f"[{_MARKS}]\\s*(?=[^\\s{_MARKS}])(?P<quoted>[^{_MARKS}]*)[{_MARKS}]?"
_LEXEME = re.compile(
    f"(?P<open>\\()|(?P<close>\\))|(?P<minus>-+(?=[^\\s)-]))|(?P<field>{'|'.join(FIELDS)}):(?:{_QUOTED}|(?P<bare>{_BARE}))|"
    f"[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]?|(?P<word>{_BARE})",
    re.IGNORECASE,
)
_BARE_WORD = re.compile(_BARE)
_FIELD_START = re.compile(f"(?:{'|'.join(FIELDS)}):", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A word, or a phrase: these words, next to each other."""

    text: str

    def __str__(self) -> str:
        is_bare = _BARE_WORD.fullmatch(self.text) and self.text not in _OPERATORS and not _FIELD_START.match(self.text)
        return self.text if is_bare else f'"{self.text}"'


@dataclass(frozen=True)
class Beginning:
    """Any word that begins like this."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Field:
    """What a statement is: by a speaker, from an outlet, of a time."""

    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}:{self.value}" if _BARE_WORD.fullmatch(self.value) else f'{self.name}:"{self.value}"'


@dataclass(frozen=True)
class Not:
    """What must not be found."""

    part: "Node"

    def __str__(self) -> str:
        return f"-{_bracketed(self.part)}"


@dataclass(frozen=True)
class Either:
    """Alternatives, two at least."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        return " OR ".join(_bracketed(part) for part in self.parts)


@dataclass(frozen=True)
class Every:
    """What must all be found; two parts at least, but for a whole query."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        return " ".join(str(part) for part in self.parts)


Leaf = Words | Beginning | Field
Node = Leaf | Not | Either | Every


@dataclass(frozen=True)
class Note:
    """What was left out of a search: a pattern that pages translate, and the values that it takes."""

    pattern: str
    values: tuple[str | int, ...]

    def __init__(self, pattern: str, *values: str | int) -> None:
        object.__setattr__(self, "pattern", pattern)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.pattern % tuple(f"{value:,}" if isinstance(value, int) else value for value in self.values)


@dataclass(frozen=True)
class Query:
    """A query as it was read; `notes` say what was left out of it."""

    parts: tuple[Node, ...] = ()
    notes: tuple[Note, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return str(Every(self.parts))

    def without(self, part: Node) -> "Query":
        """Return the query with one of its parts taken off."""
        return Query(tuple(other for other in self.parts if other != part))

    def replacing(self, old: "Leaf", new: "Leaf") -> "Query":
        """Return the query with one word or field put in the place of another, wherever it stands."""
        return Query(tuple(_replaced(part, old, new) for part in self.parts))

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all its fields, each once."""
        return tuple(dict.fromkeys(leaf for leaf in leaves(Every(self.parts)) if isinstance(leaf, Field)))

    @property
    def wanted(self) -> tuple[Words | Beginning, ...]:
        """Return the words that it looks for, those it refuses left out: what is marked in a text that it found."""
        found = leaves(Every(self.parts), refused=False)
        return tuple(dict.fromkeys(leaf for leaf in found if not isinstance(leaf, Field)))

    def expression(self, meanings: Mapping[Leaf, asked.Expression]) -> asked.Expression:
        """Return what an index is asked.

        `meanings` says what each field stands for, nothing where it isn't in there; of words, what they may stand for
        beside themselves: the speaker whom they name.
        """
        return asked.simplified(_expression(Every(self.parts), meanings))


def leaves(node: Node, *, refused: bool = True) -> Iterator[Leaf]:
    """Give the words and fields of a tree from left to right, with those that it refuses or without."""
    match node:
        case Every(parts) | Either(parts):
            yield from chain.from_iterable(leaves(part, refused=refused) for part in parts)
        case Not(part):
            yield from leaves(part) if refused else ()
        case _:
            yield node


def parse(text: str) -> Query:
    """Read a query. Any text is one: see the module's docstring."""
    lexer = _Lexer(text)
    parts = _group(lexer.lexemes())
    if not parts and text.strip():
        lexer.notes.append(Note("There is no word in this to look for."))
    return Query(parts, tuple(dict.fromkeys(lexer.notes)))


def read_spell(value: str) -> Spell | None:
    """Read the value of `said:`, a date, or one or two with `..`; None where it is none."""
    first, dots, last = value.partition("..")
    ends = [_read_day(end) for end in ((first, last) if dots else (first, first))]
    if any(end is None for end in ends) or not (first or last):
        return None
    start, stop = ends[0][0] if ends[0] else None, ends[1][1] if ends[1] else None
    return None if start and stop and start > stop else (start, stop)


def _read_day(text: str) -> Spell | None:
    """Return the days of a year, a month or a day; any at all where nothing is written, None where it's no date."""
    if not text:
        return None, None
    try:
        when = dates.read(text)
    except dates.BadDate:
        return None
    return (when.first, when.last) if when.is_simple else None


def _bracketed(part: Node) -> str:
    return f"({part})" if isinstance(part, Every | Either) else str(part)


class _Lexer:
    """Goes once through a text and gives its words, fields, operators and brackets, the brackets balanced."""

    def __init__(self, text: str) -> None:
        self.notes: list[Note] = []
        if len(text) > MAX_LENGTH:
            self.notes.append(Note("This is %s characters long; the first %s were read.", len(text), MAX_LENGTH))
        self.text = _NOT_TEXT.sub(" ", text[:MAX_LENGTH])
        self.parts_left, self.text_left = MAX_PARTS, MAX_TEXT

    def lexemes(self) -> Iterator[str | Leaf]:
        """Give them from left to right."""
        depth = 0
        minus: list[str | Leaf] = []  # held back until it is seen what it refuses
        for found in _LEXEME.finditer(self.text):
            kind, written = found.lastgroup, found[0]
            if kind == "minus":
                minus = [_MINUS]
                continue
            if kind == "open":
                depth += 1
                yield from [*minus, _OPEN] if depth <= MAX_DEPTH else []
            elif kind == "close":
                yield from [_CLOSE] if 0 < depth <= MAX_DEPTH else []
                depth = max(0, depth - 1)
            elif kind == "word" and written in _OPERATORS and not minus:
                yield from [_OR] if written == _OR else []
            elif leaf := self.leaf(found):
                yield from [*minus, leaf]
            minus = []
        yield from [_CLOSE] * min(depth, MAX_DEPTH)

    def leaf(self, found: re.Match[str]) -> Leaf | None:
        """Read a word, a phrase or a field; None where there is nothing to look for in it, or no room left."""
        if found["field"]:
            value = self._fitting(" ".join((found["quoted"] or found["bare"]).split()))
            return Field(FIELDS[found["field"].casefold()], value) if value else None
        written = found["phrase"] if found["word"] is None else found["word"]
        text = self._fitting(_trimmed(" ".join(written.split())))
        if not text:
            return None
        return self._beginning(text) if found["word"] and written.endswith("*") else Words(text)

    def _fitting(self, text: str) -> str:
        """Return as much of a text as there is room for, and take the room."""
        if not text:
            return ""
        if not self.parts_left:
            self.notes.append(
                Note("A search takes at most %s words, phrases and fields; the rest was left out.", MAX_PARTS)
            )
            return ""
        if len(text) > self.text_left:
            self.notes.append(Note("A search takes words of at most %s characters; the rest was left out.", MAX_TEXT))
            head = text[: self.text_left + 1].rpartition(" ")[0] or text[: self.text_left]
            text = _trimmed(head)
        self.parts_left -= bool(text)
        self.text_left -= len(text)
        return text

    def _beginning(self, text: str) -> Leaf:
        last = folded(text).split()[-1]
        if len(last) < MIN_PREFIX and not is_unspaced(last):
            self.notes.append(Note("“%s*” is too short a beginning: write %s letters at least.", text, MIN_PREFIX))
        is_one = len(last) >= MIN_PREFIX and not is_unspaced(last) and not _FIELD_START.match(text)
        return Beginning(text) if is_one else Words(text)


def _trimmed(text: str) -> str:
    """Return a text from its first term to its last."""
    tokens = analyse(text)
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _group(lexemes: Iterator[str | Leaf]) -> tuple[Node, ...]:
    """Read up to the closing bracket or the end."""
    rows: list[list[Node]] = []
    is_joined = is_refused = False
    for lexeme in lexemes:
        if lexeme == _CLOSE:
            break
        if lexeme == _MINUS:
            is_refused = True
            continue
        if lexeme == _OR:
            is_joined = bool(rows)
            continue
        node = _every(_group(lexemes)) if isinstance(lexeme, str) else lexeme
        if node is not None:
            node = _refused(node) if is_refused else node
            rows[-1:] = [[*rows[-1], node]] if is_joined else [*rows[-1:], [node]]
            is_joined = False
        is_refused = False
    return _flat(Every, (_either(row) for row in rows))


def _flat(kind: type[Every | Either], parts: Iterable[Node]) -> tuple[Node, ...]:
    """Return parts without brackets that change nothing, each once."""
    flat = chain.from_iterable(part.parts if isinstance(part, kind) else (part,) for part in parts)
    return tuple(dict.fromkeys(flat))


def _either(row: Iterable[Node]) -> Node:
    parts = _flat(Either, row)
    return parts[0] if len(parts) == 1 else Either(parts)


def _every(parts: tuple[Node, ...]) -> Node | None:
    return Every(parts) if len(parts) > 1 else next(iter(parts), None)


def _refused(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


def _replaced(node: Node, old: Leaf, new: Leaf) -> Node:
    match node:
        case Every(parts):
            return Every(tuple(_replaced(part, old, new) for part in parts))
        case Either(parts):
            return Either(tuple(_replaced(part, old, new) for part in parts))
        case Not(part):
            return Not(_replaced(part, old, new))
        case _:
            return new if node == old else node


def _expression(node: Node, meanings: Mapping[Leaf, asked.Expression]) -> asked.Expression:
    match node:
        case Every(parts):
            return asked.All(tuple(_expression(part, meanings) for part in parts))
        case Either(parts):
            return asked.Any(tuple(_expression(part, meanings) for part in parts))
        case Not(part):
            return asked.Not(_expression(part, meanings))
        case Field():
            return meanings.get(node, asked.NOTHING)
        case Words(text):
            return asked.Any((_words(text), meanings.get(node, asked.NOTHING)))
        case Beginning(text):
            return asked.Any((_beginning(text), meanings.get(node, asked.NOTHING)))


def _words(text: str) -> asked.Expression:
    """Ask for terms next to each other; a single character of a script without spaces begins any pair."""
    terms = sought(text)
    if len(terms) == len(analyse(text)) and is_unspaced(terms[-1]):
        return asked.All((*_phrase(terms[:-1]), asked.Prefix(terms[-1])))
    return asked.All(tuple(_phrase(terms)))


def _beginning(text: str) -> asked.Expression:
    """Ask for a word that begins so, after the words that stand before it."""
    *before, last = folded(text).split()
    begun = asked.Any((asked.Prefix(last), *(asked.Word(stem) for stem in stems_of(last))))
    return asked.All((*_phrase(sought(" ".join(before))), begun))


def _phrase(terms: tuple[str, ...]) -> list[asked.Expression]:
    return [asked.Phrase(terms)] if terms else []
