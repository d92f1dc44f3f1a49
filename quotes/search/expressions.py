"""What an index is asked for: a tree of words, phrases and attributes that both engines answer alike.

The tree is pure. Terms are the analyser's (`quotes.search.analysis`): letters and digits of any script, lower-case,
stemmed. Attributes are tokens such as `_s12` for the twelfth speaker: they begin with a low line, which no term does,
so that words and attributes share one index and can't be taken for one another. `quotes.search.tokens` writes them.

`simplified` brings any tree into a form that an engine can write down: no empty `All` or `Any`, no `Nothing` or
`Everything` below the top, no doubled `Not`, and a `Not` only inside an `All` that asks for something as well, or alone
at the top.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Nothing:
    """Matches no entry: a field whose value leads nowhere."""


@dataclass(frozen=True)
class Everything:
    """Matches every entry: an empty query."""


@dataclass(frozen=True)
class Word:
    """One term, anywhere in the words: the speaker's own or the reporter's."""

    term: str


@dataclass(frozen=True)
class Prefix:
    """Any term that begins with these characters; they are folded, never stemmed."""

    term: str


@dataclass(frozen=True)
class Phrase:
    """These terms next to each other, as the words are printed: a phrase may go from direct speech into reported."""

    terms: tuple[str, ...]


@dataclass(frozen=True)
class Attribute:
    """What an entry is, rather than what it says: by a speaker, carried by an outlet, on a topic."""

    token: str


@dataclass(frozen=True)
class Not:
    """Every entry that `part` doesn't match."""

    part: "Expression"


@dataclass(frozen=True)
class All:
    """Entries that every part matches; everything where there are no parts."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    """Entries that a part matches; nothing where there are no parts."""

    parts: tuple["Expression", ...]


Expression = Nothing | Everything | Word | Prefix | Phrase | Attribute | Not | All | Any

NOTHING, EVERYTHING = Nothing(), Everything()


def simplified(expression: Expression) -> Expression:
    """Write the same demand without what an engine has no words for; see the module's docstring."""
    match expression:
        case All(parts):
            return _all(simplified(part) for part in parts)
        case Any(parts):
            return _any(simplified(part) for part in parts)
        case Not(part):
            return _not(simplified(part))
        case Phrase(()):
            return NOTHING
        case Phrase((term,)):
            return Word(term)
        case _:
            return expression


def _all(parts: Iterable[Expression]) -> Expression:
    kept: dict[Expression, None] = {}
    for part in parts:
        if part == NOTHING:
            return NOTHING
        kept |= dict.fromkeys(part.parts if isinstance(part, All) else [part])
    found = [part for part in kept if part != EVERYTHING]
    if not found:
        return EVERYTHING
    return found[0] if len(found) == 1 else _parted(found)


def _parted(found: list[Expression]) -> Expression:
    """Put what is asked for before what is refused; nothing but refusals is one refusal."""
    wanted = [part for part in found if not isinstance(part, Not)]
    refused = [part for part in found if isinstance(part, Not)]
    return All((*wanted, *refused)) if wanted else _not(_any(part.part for part in refused))


def _any(parts: Iterable[Expression]) -> Expression:
    kept: dict[Expression, None] = {}
    for part in parts:
        if part == EVERYTHING:
            return EVERYTHING
        kept |= dict.fromkeys(part.parts if isinstance(part, Any) else [part])
    found = [part for part in kept if part != NOTHING]
    if not found:
        return NOTHING
    if len(found) == 1:
        return found[0]
    refused = [part.part for part in found if isinstance(part, Not)]
    if not refused:
        return Any(tuple(found))
    # a OR NOT b is NOT (b AND NOT a): the refusal moves to where an engine can write it.
    wanted = [part for part in found if not isinstance(part, Not)]
    return _not(_all([*refused, *(_not(part) for part in wanted)]))


def _not(part: Expression) -> Expression:
    match part:
        case Not(inner):
            return inner
        case Nothing():
            return EVERYTHING
        case Everything():
            return NOTHING
        case _:
            return Not(part)
