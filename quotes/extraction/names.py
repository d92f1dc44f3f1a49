"""Names as words: the tokens of a mention, which of them are a person's name, and that name's parts."""

import re
from dataclasses import dataclass
from functools import cached_property

from quotes.extraction.lexicon import (
    ARTICLES,
    BODIES,
    CALENDAR,
    DESCRIBED,
    HONORIFICS,
    INDEFINITE,
    NATIONAL,
    OFFICES,
    PARTICLES,
    QUALIFIERS,
    TITLES_BEFORE_NAMES,
)
from quotes.extraction.proposals import Range
from quotes.extraction.reading import bare

_TOKEN = re.compile(r"[^\W_](?:[^\s,;:()“”\"«»]*[^\W_.]\b\.?|\.)?|[^\W_]\.?", re.UNICODE)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NO_NAMES = (OFFICES, BODIES, NATIONAL, HONORIFICS, QUALIFIERS, TITLES_BEFORE_NAMES, DESCRIBED, INDEFINITE, CALENDAR)
_LONGEST_NAME = 5
_PLACE_AND_NAME = 3


@dataclass(frozen=True)
class Token:
    """A word of a mention, and where it stands."""

    text: str
    start: int
    end: int

    @cached_property
    def low(self) -> str:
        """The word in lower case, without a possessive and without its stop."""
        return bare(self.text.casefold()).rstrip(".")

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


def tokens_of(text: str, place: Range) -> list[Token]:
    """The words of a place, without what stands in parentheses."""
    dropped = [found.span() for found in _PARENTHESIS.finditer(text, *place)]
    return [
        Token(found.group(), *found.span())
        for found in _TOKEN.finditer(text, *place)
        if not any(start <= found.start() < end for start, end in dropped)
    ]


def name_tokens(tokens: list[Token]) -> list[Token]:
    """The tokens of a personal name at the end of a mention; none where it ends otherwise."""
    last = len(tokens)
    first = last
    while first > 0 and _names(tokens, first - 1) and (first == last or _adjoin(tokens[first - 1], tokens[first])):
        first -= 1
    while first < last and (tokens[first].low in PARTICLES and not tokens[first].is_capital and first + 1 == last):
        first += 1
    name = tokens[first:last]
    if name and first > 0 and tokens[first - 1].low == "of" and len(name) >= _PLACE_AND_NAME:
        name = name[1:]
    if not name or len(name) > _LONGEST_NAME or not name[-1].is_capital:
        return []
    return [] if first > 0 and tokens[first - 1].low in ("of", "for") and len(name) < _PLACE_AND_NAME - 1 else name


def _adjoin(one: Token, other: Token) -> bool:
    """Whether nothing but a space stands between two words, or the stop of an initial."""
    return other.start - one.end <= 1 + one.text.endswith(".") + (len(one.text) <= 2)  # noqa: PLR2004  # an initial


def _names(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.low in PARTICLES and _leads_to_a_name(tokens, at):
        return at > 0 or token.is_capital
    if not token.is_capital or token.low in ARTICLES:
        return False
    if re.search(r"['’]s?$", token.text) and at + 1 < len(tokens):
        return False
    return not any(token.low in words for words in _NO_NAMES)


def _leads_to_a_name(tokens: list[Token], at: int) -> bool:
    following = next((token for token in tokens[at + 1 :] if token.low not in PARTICLES), None)
    return following is not None and following.is_capital


def name_parts(words: list[str]) -> tuple[str, str, str]:
    """Given name, particle and family name; a single word is a family name."""
    words = [bare(word) for word in words]
    if len(words) > 1 and words[-1].casefold().rstrip(".") in _SUFFIXES:
        words = [*words[:-2], f"{words[-2]} {words[-1]}"]
    if len(words) == 1:
        return "", "", words[0]
    if words[0].casefold() in PARTICLES:
        return "", words[0], " ".join(words[1:])
    at = next((place for place, word in enumerate(words) if place and word.casefold() in PARTICLES), len(words) - 1)
    end = at
    while end < len(words) - 1 and words[end].casefold() in PARTICLES:
        end += 1
    return " ".join(words[:at]), " ".join(words[at:end]), " ".join(words[end:])
