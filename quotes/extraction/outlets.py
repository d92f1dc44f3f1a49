"""Outlets as a text names them: those on record, familiar ones, and new ones by what they are called.

“the French TV “TF1””, “the Russian news agency TASS”, “the Daily Courier”: kind and name in one.
"""

import re
from dataclasses import dataclass

from quotes.extraction.known import OutletKind
from quotes.extraction.lexicon import CALENDAR, FAMILIAR_OUTLETS, MEDIA_ENDINGS, MEDIA_NOUNS
from quotes.extraction.matching import Index, key
from quotes.extraction.proposals import Carrier, Range

_NAME = (
    r"(?:[A-Z][\w&+/-]*(?:\.[a-z]{2,3})?(?:[ \u00a0](?:of[ \u00a0]|the[ \u00a0]|de[ \u00a0]|[A-Z0-9])[\w&+/.-]*){0,4})"
)
_NOUN = "|".join(sorted(MEDIA_NOUNS, key=len, reverse=True))
_DESCRIBED = re.compile(
    rf"(?:(?:[\w’'.-]+\s+){{0,4}}?)\b(?P<noun>TV|{_NOUN})"
    rf"(?:[ \u00a0](?:channel|station|network|agency|programme|program|site))?"
    rf"(?:,?[ \u00a0])(?:called[ \u00a0]|named[ \u00a0])?[“\"«„‘]?(?P<name>{_NAME})[”\"»“’]?"
)
_QUALIFIED = re.compile(rf"[“\"«„]?(?P<name>{_NAME})[”\"»“]?(?:[ \u00a0](?:news[ \u00a0])?(?P<noun>{_NOUN})\b)")
_PLAIN = re.compile(rf"(?:[Tt]he[ \u00a0])?[“\"«„]?(?P<name>{_NAME})[”\"»“]?")
_LONGER = re.compile(r"[ \u00a0]([A-Z]\w+)(?![\w’'])")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?(?P<name>(?:[a-z0-9-]+\.)+[a-z]{2,10})\b")
_WORD = re.compile(r"[^\s“”\"«»„,;:()]+")


@dataclass(frozen=True)
class NamedOutlet:
    """An outlet in the text: who it is, the words that name it, where, and whether it surely is one."""

    carrier: Carrier
    mention: str
    range: Range
    is_sure: bool


def outlet_at(text: str, place: Range, index: Index) -> NamedOutlet | None:
    """The outlet that the words at the beginning of a place name; None where they name none.

    A name that is neither on record, familiar, nor told to be an outlet's is none: it may be a person's.
    """
    start, end = place
    article = re.match(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er)\s+", text[start:end])
    begin = start + (len(article.group()) if article else 0)
    if site := _SITE.match(text, begin, end):
        return _named(site, "website", index)
    if (found := _DESCRIBED.match(text, begin, end)) and found["name"][0].isupper():
        return _named(found, MEDIA_NOUNS[found["noun"].lower()], index)
    return _by_name(text, (begin, end), index)


def _by_name(text: str, place: Range, index: Index) -> NamedOutlet | None:
    """By a name alone: the longest beginning of it that is known, or that ends as outlets' names do."""
    found = _PLAIN.match(text, *place)
    if not found:
        return None
    start, end = found.span("name")
    words = [start + word.end() for word in _WORD.finditer(text[start:end])]
    for stop in reversed(words):
        name = re.sub(r"['’]s$|[.,]$", "", text[start:stop])
        if (known := index.outlet(name)) or key(name) in _FAMILIAR:
            kind = known.kind if known else _FAMILIAR[key(name)][1]
            if not known and (longer := _LONGER.match(text, stop, end)) and longer[1].casefold() not in CALENDAR:
                name = text[start : longer.end()]
            return NamedOutlet(_carrier(name, kind, index), name, (start, start + len(name)), is_sure=True)
    if (qualified := _QUALIFIED.match(text, start, place[1])) and qualified["noun"]:
        return _named(qualified, MEDIA_NOUNS[qualified["noun"].lower()], index)
    last = text[start:end].rsplit(maxsplit=1)[-1].casefold().rstrip(".")
    if last in MEDIA_ENDINGS and len(words) > 1:
        return _named(found, MEDIA_ENDINGS[last], index, is_sure=False)
    return None


_FAMILIAR: dict[str, tuple[str, OutletKind]] = {
    key(name): (name, kind) for name, kind in reversed(FAMILIAR_OUTLETS.items())
}


def _named(found: re.Match[str], kind: OutletKind, index: Index, *, is_sure: bool = True) -> NamedOutlet:
    name = re.sub(r"['’]s$", "", found["name"]).rstrip(".,")
    start = found.start("name")
    return NamedOutlet(_carrier(name, kind, index), name, (start, start + len(name)), is_sure)


def _carrier(name: str, kind: OutletKind, index: Index) -> Carrier:
    if known := index.outlet(name):
        return Carrier(known.name, known.kind, known.id)
    familiar = _FAMILIAR.get(key(name))
    return Carrier(familiar[0], familiar[1]) if familiar else Carrier(name, kind)


def is_outlet(name: str, index: Index) -> bool:
    """Whether a name is that of an outlet, on record or familiar."""
    return bool(name) and (index.outlet(name) is not None or key(name) in _FAMILIAR)
