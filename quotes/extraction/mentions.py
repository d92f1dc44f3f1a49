"""What words such as “French President Emmanuel Macron” or “a senior official” name: a person, a body, a place.

A mention is read on its own here; who it is in the article is for `people`.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from quotes.extraction.lexicon import (
    ARTICLES,
    BODIES,
    COUNTRY_OF,
    DESCRIBED,
    GIVEN_NAMES,
    HONORIFICS,
    INDEFINITE,
    NATIONAL,
    OFFICES,
    PLURAL_ENDINGS,
    PRONOUNS,
    QUALIFIERS,
    SEATS,
    TITLES_BEFORE_NAMES,
)
from quotes.extraction.names import Token, name_parts, name_tokens, tokens_of
from quotes.extraction.proposals import Range
from quotes.extraction.reading import bare, trimmed

MentionKind = Literal["pronoun", "person", "office", "body", "place", "described", "several", "unclear"]

_EDGE = ' \t\r\n\u00a0,;:.–—-“”"«»„()[]'
_AND = re.compile(r",? (?:and|&) |, ")
_SPOKEN_FOR = re.compile(
    r"(?P<pre>[^,]*?)\b(?:spokes(?:man|woman|person|people|men)|(?:lawyer|attorney|representative)(?= (?:for|of)\b))\b"
    r"(?:,? (?:for|of|to) (?P<post>[^,]+))?",
    re.IGNORECASE,
)
_LONGEST_LABEL = 12


@dataclass(frozen=True)
class Mention:
    """Words that name a speaker, with what they tell; `gender` is male, female, thing or empty.

    `noun` is what an office, a body or a described source is called (“minister”), `country` the one its words name.
    `principal` is who is spoken for, `members` who speaks jointly.
    """

    kind: MentionKind
    text: str
    range: Range
    name: str = ""
    given: str = ""
    particle: str = ""
    family: str = ""
    label: str = ""
    label_range: Range | None = None
    gender: str = ""
    is_plural: bool = False
    noun: str = ""
    country: str = ""
    principal: "Mention | None" = None
    members: tuple["Mention", ...] = ()


def read_mention(text: str, place: Range) -> Mention | None:
    """What the words of a place name; None where they hold no word."""
    place = _bare(text, place)
    tokens = tokens_of(text, place)
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].low in PRONOUNS:
        return _pronoun(tokens[0])
    if members := _members(text, place):
        return Mention("several", text[slice(*place)], place, is_plural=True, members=members)
    return _one(text, place, tokens)


def _bare(text: str, place: Range) -> Range:
    start, end = trimmed(text, place, _EDGE.replace(")", ""))
    while closing := re.search(r"\s*\([^()]*\)?$|[\s)]+$", text[start:end]):
        end -= len(closing.group())
    possessive = re.search(r"['’]s?$", text[start:end])
    return start, end - len(possessive.group()) if possessive else end


def _pronoun(token: Token) -> Mention:
    gender, number = PRONOUNS[token.low]
    return Mention(
        "pronoun", token.text, (token.start, token.end), gender=gender, is_plural=number == "many", noun=number
    )


def _members(text: str, place: Range) -> tuple[Mention, ...]:
    """The speakers of “Macron and Scholz”: at least two, each one a name or a seat of its own."""
    joints = [found.span() for found in _AND.finditer(text, *place)]
    if not joints or not re.search(r"and|&", text[slice(*joints[-1])]):
        return ()
    bounds = [place[0], *(edge for joint in joints for edge in joint), place[1]]
    parts = [(bounds[at], bounds[at + 1]) for at in range(0, len(bounds), 2)]
    mentions = [_one(text, part, tokens) for part in parts if (tokens := tokens_of(text, part))]
    return tuple(mentions) if len(mentions) > 1 and all(m.kind in ("person", "place") for m in mentions) else ()


def _one(text: str, place: Range, tokens: list[Token]) -> Mention:
    if spoken_for := _spokesperson(text, place):
        return spoken_for
    head, comma, _ = text[slice(*place)].partition(",")
    if comma and head.strip():
        return _with_apposition(text, place, place[0] + len(head))
    return _plain(text, place, tokens)


def _with_apposition(text: str, place: Range, comma: int) -> Mention:
    """“Emmanuel Macron, the President of France” and “the President of France, Emmanuel Macron”."""
    before, after = (place[0], comma), trimmed(text, (comma, place[1]), _EDGE)
    first = _plain(text, before, tokens_of(text, before))
    rest = tokens_of(text, after)
    if not rest:
        return replace(first, text=text[slice(*before)], range=before)
    second = _plain(text, after, rest)
    first, second = (replace(each, text=text[slice(*place)], range=place) for each in (first, second))
    if first.kind == "person" and any(token.low in OFFICES for token in rest):
        ended = (after[0], after[0] + len(text[slice(*after)].partition(",")[0]))
        label = _without_article(text, ended)
        speaks = _spokesperson(text, ended)
        principal = first.principal or (speaks.principal if speaks else None)
        country = _country(rest)
        return replace(first, principal=principal, label=text[slice(*label)], label_range=label, country=country)
    if first.kind in ("office", "described") and second.kind == "person":
        label = _without_article(text, before)
        return replace(second, label=text[slice(*label)], label_range=label, country=first.country)
    return first


def _spokesperson(text: str, place: Range) -> Mention | None:
    """“Kremlin spokesman Dmitry Peskov”, “a spokeswoman for the ministry”: who speaks, and for whom."""
    found = _SPOKEN_FOR.match(text, *place)
    if not found:
        return None
    end = found.end("post") if found["post"] else found.end()
    after = trimmed(text, (found.end(), place[1]), _EDGE)
    principal = _principal(text, found)
    rest = tokens_of(text, after) if found.end() < place[1] else []
    who = _plain(text, after, rest) if rest else None
    if who is None and "," in text[place[0] : found.start()]:
        return None
    label = _without_article(text, (place[0], end))
    said = text[slice(*place)]
    noun = re.search(r"[A-Za-z]+", text[found.end("pre") : end])
    called = noun.group().lower() if noun else ""
    gender = HONORIFICS.get(called, "")
    if who is not None and who.kind == "person":
        named = replace(who, text=said, range=place, principal=principal, gender=who.gender or gender)
        return replace(named, label=text[slice(*label)], label_range=label)
    if principal is None and not found["pre"].strip():
        return None
    kind: MentionKind = "office" if said.lower().startswith("the ") and not found["post"] else "described"
    name = text[slice(*label)]
    return Mention(kind, said, place, name=name, noun=called, gender=gender, principal=principal)


def _principal(text: str, found: re.Match[str]) -> Mention | None:
    group = "post" if found["post"] else "pre"
    place = _without_article(text, _bare(text, found.span(group)))
    tokens = tokens_of(text, place)
    while tokens and tokens[-1].low in QUALIFIERS and not tokens[-1].is_capital:
        tokens.pop()
    if not tokens or not any(token.is_capital or token.low in BODIES for token in tokens):
        return None
    place = _bare(text, (place[0], tokens[-1].end))
    if all(token.low in NATIONAL for token in tokens):
        return None
    return _plain(text, place, tokens)


def _plain(text: str, place: Range, tokens: list[Token]) -> Mention:
    if not tokens:
        return Mention("unclear", text[slice(*place)], place)
    lows = [token.low for token in tokens]
    name = name_tokens(tokens)
    if not name or len(name) < len(tokens):
        other = _seat(text, place, tokens) or _body(text, place, tokens, name)
    else:
        other = _seat(text, place, tokens) or _acronym(text, place, tokens)
    if other:
        return other
    if name:
        return _person(text, place, tokens, name)
    if _is_described(lows):
        return _described(text, place, tokens)
    if any(low in OFFICES for low in lows):
        return _office(text, place, tokens)
    return _described(text, place, tokens) if lows[-1] in DESCRIBED else _unclear(text, place, tokens)


def _person(text: str, place: Range, tokens: list[Token], name: list[Token]) -> Mention:
    given, particle, family = name_parts([token.text for token in name])
    before = [token for token in tokens if token.start < name[0].start]
    titles = [token for token in _leading_to(text, before, name[0]) if token.low not in TITLES_BEFORE_NAMES]
    label: Range | None = None
    if titles and any(token.low in OFFICES for token in titles) and len(titles) <= _LONGEST_LABEL:
        end = titles[-1].end + (text[titles[-1].end : titles[-1].end + 1] == ".")
        label = _without_stop(text, _without_article(text, (titles[0].start, end)), end)
    gender = next((HONORIFICS[token.low] for token in before if token.low in HONORIFICS), "")
    return Mention(
        "person",
        text[slice(*place)],
        place,
        name=text[name[0].start : name[-1].end].removesuffix("’s").removesuffix("'s"),
        given=given,
        particle=particle,
        family=family,
        label=text[slice(*label)] if label else "",
        label_range=label,
        gender=gender or GIVEN_NAMES.get(given.split(" ")[0].casefold(), ""),
        country=_country(before),
    )


def _leading_to(text: str, before: list[Token], name: Token) -> list[Token]:
    """The words before a name that nothing but spaces parts from it: no dateline, no other clause."""
    kept: list[Token] = []
    for token in reversed(before):
        between = text[token.end : (kept[-1] if kept else name).start]
        if between.strip(" \u00a0.&/"):
            break
        kept.append(token)
    return kept[::-1]


def _without_stop(text: str, label: Range, end: int) -> Range:
    """A label with the stop of its abbreviation: “Sen.”."""
    return (label[0], end) if text[end - 1 : end] == "." else label


def _body(text: str, place: Range, tokens: list[Token], name: list[Token]) -> Mention | None:
    """A ministry, a party, a campaign: unless an office before the name at the end makes it a person."""
    at = next((i for i, token in enumerate(tokens) if token.low in BODIES), None)
    if at is None:
        return _acronym(text, place, tokens)
    offices = [i for i, token in enumerate(tokens) if token.low in OFFICES and token.low not in QUALIFIERS]
    if offices and ((name and offices[-1] < tokens.index(name[0])) or (not name and offices[-1] > at)):
        return None
    if tokens[0].low in INDEFINITE and tokens[-1].low in DESCRIBED:
        return None
    start = tokens[1].start if tokens[0].low in ARTICLES and len(tokens) > 1 else tokens[0].start
    called = re.sub(r"['’]s$", "", text[start : tokens[-1].end])
    has_name = any(token.is_capital for token in tokens if token.low not in ARTICLES and token.low != "of")
    return Mention(
        "body",
        text[slice(*place)],
        place,
        name=called if has_name else "",
        gender="thing",
        noun=tokens[at].low,
        country=_country(tokens),
    )


def _acronym(text: str, place: Range, tokens: list[Token]) -> Mention | None:
    words = [token for token in tokens if token.low not in ARTICLES]
    if len(words) == 1 and words[0].text.isupper() and len(words[0].text) > 1 and words[0].low not in SEATS:
        called = words[0].text
        return Mention("body", text[slice(*place)], place, name=called, gender="thing", noun=called.casefold())
    return None


def _seat(text: str, place: Range, tokens: list[Token]) -> Mention | None:
    words = [token for token in tokens if token.low not in ARTICLES]
    called = " ".join(bare(token.text) for token in words)
    country = SEATS.get(called.casefold()) or SEATS.get(f"{called.casefold()}.")
    if not country or not words[0].is_capital:
        return None
    return Mention("place", text[slice(*place)], place, name=called, gender="thing", country=country)


def _is_described(lows: list[str]) -> bool:
    plural = lows[-1] in DESCRIBED and (lows[-1].endswith("s") or lows[-1] in PLURAL_ENDINGS)
    return any(low in DESCRIBED for low in lows) and (lows[0] in INDEFINITE or (plural and lows[0] not in ARTICLES))


def _described(text: str, place: Range, tokens: list[Token]) -> Mention:
    described = _without_article(text, place)
    noun = next((token.low for token in reversed(tokens) if token.low in DESCRIBED), tokens[-1].low)
    plural = noun.endswith("s") or noun in PLURAL_ENDINGS
    return Mention(
        "described",
        text[slice(*place)],
        place,
        name=text[slice(*described)],
        noun=noun,
        gender=HONORIFICS.get(noun, ""),
        is_plural=plural,
        country=_country(tokens),
    )


def _office(text: str, place: Range, tokens: list[Token]) -> Mention:
    at = next(i for i, token in enumerate(tokens) if token.low in OFFICES)
    nouns = [token.low for token in tokens[at:] if token.low in OFFICES]
    noun = next((noun for noun in nouns if noun not in QUALIFIERS), nouns[-1])
    label = _without_article(text, place)
    return Mention(
        "office",
        text[slice(*place)],
        place,
        name=text[slice(*label)],
        noun=noun,
        gender=HONORIFICS.get(noun, ""),
        country=_country(tokens),
    )


def _unclear(text: str, place: Range, tokens: list[Token]) -> Mention:
    named = _without_article(text, place)
    return Mention(
        "unclear", text[slice(*place)], place, name=text[slice(*named)], noun=tokens[-1].low, country=_country(tokens)
    )


def _without_article(text: str, place: Range) -> Range:
    start, end = trimmed(text, place, _EDGE)
    first, space, _ = text[start:end].partition(" ")
    if space and first.casefold() in ("the", "a", "an", "his", "her", "their", "its", "one", "our"):
        start += len(first) + 1
    return start, end


def _country(tokens: list[Token]) -> str:
    """The country that a mention's words name, by adjective, capital or name; the first one."""
    for token in tokens:
        if found := country_of(token.text):
            return found
    pairs = (f"{one.text} {two.text}" for one, two in pairwise(tokens))
    return next((found for pair in pairs if (found := country_of(pair))), "")


def country_of(word: str) -> str:
    """The country a word names; empty where it names none."""
    return COUNTRY_OF.get(bare(word).casefold(), "")
