"""The road words travelled: to whom they were said, who issued, relayed and published them.

An outlet that the reporter names beside the words is a stop on their road and never their speaker, where a person is.
“Also reported by” tells of a second road: that outlet's own dispatch isn't what stands here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotes.extraction.known import DocumentFacts
from quotes.extraction.matching import Index
from quotes.extraction.outlets import NamedOutlet, outlet_at
from quotes.extraction.proposals import Carrier, HopRole, ProposedHop, Range
from quotes.extraction.reading import Reading
from quotes.extraction.utterances import Utterance

_REPORTING = r"reported|quoted|cited|carried|relayed|published|broadcast|distributed|translated"
_SPOKEN_TO = (
    (
        r"\b(?:[Ii]n|[Dd]uring|[Ff]rom|[Aa]fter) (?:an?|his|her|their|its|the|another)?\s?(?:[\w-]+ ){0,3}?"
        r"(?:interviews?|talk|conversation|comments?|remarks?|"
        r"appearance|statement)s? (?:[\w-]+ ){0,2}?(?:with|to|for|on|by)\s+"
    ),
    r"\b(?:told|tells|[Tt]elling)\s+",
    r"\b(?:[Ss]peaking|spoke|talking|talked) (?:[\w-]+ ){0,3}?(?:to|with|on)\s+",
    r"\b[Ii]nterviewed (?:[\w-]+ ){0,2}?(?:by|on|for)\s+",
    r"\b(?:said|says|appeared|appearing|asked|appearance) (?:[\w-]+ ){0,3}?on\s+",
)
_RELAYED_BY = (
    rf"\b(?:{_REPORTING}) (?:[\w-]+ ){{0,2}}?by\s+",
    r"\b[Aa]ccording to (?:an? )?(?:report (?:by|in|from|of) )?",
    r"\b(?:via|through)\s+",
    r"\b(?:as|in) (?:a )?(?:report|dispatch) (?:by|of|from)\s+",
)
_PUBLISHED_ON = (
    (
        r"\b(?:wrote|writes|writing|tweeted|posted|published|post|message|statement|video|said|says) "
        r"(?:[\w-]+ ){0,4}?(?:on|via) "
        r"(?:his |her |their |its |the )?(?:(?:official|own|personal) )?"
    ),
)
_OPINION = (
    r"\b(?:op-ed|article|column|essay|opinion piece|letter|wrote|writes|writing) (?:[\w-]+ ){0,3}?(?:in|for|to)\s+",
)
_MAY_REPORT = re.compile(r"(?:^\s*|, |[”\"] |\b(?:that|which|as|and) )(?=[A-Z]|the )")
_REPORTS = re.compile(
    r"^[\s,”\"»]*(?:[\w-]+[ \u00a0]){0,3}?(?:also |then |later |has |had )?"
    r"(?:reported|reports|carried|carries|quoted|quotes|cites|cited|wrote|writes|said|relayed)\b"
)
_ISSUED = re.compile(
    r"\b(?:statement|press release|communiqu[ée]|release|report|document|note|declaration|decree|resolution)s? "
    r"(?:\w+ ){0,3}?(?:issued|released|published|posted|put out) (?:\w+ )?by (?:the )?"
    r"(?P<name>[A-Z][\w’'.-]*(?: (?:of |for |the )*[A-Z][\w’'.-]*)*)"
)
_TOO = re.compile(r"\b(?:also|too|as well|likewise|in turn)\b")
_CREDIT = re.compile(
    r"(?:^|\n)[ \t]{0,40}(?:(?:[A-ZÀ-Ý][\w.’'-]*(?:[ ,/]+[A-Za-zÀ-ÿ.\d]+){0,5})? ?\((?P<byline>[^()\n]{2,40})\)\s*[-–—]"
    r"|(?:[Ss]ources?|[Vv]ia|[Cc]redit|[Aa]gency)\s*:\s*(?P<source>[^\n]{2,60})|[—–-]\s*(?P<dash>[^\n]{2,40})(?=\s*$))"
)
_ABOUT = 60
_FAR = 500
_TOLD_ALSO = 90
_SURE, _LESS_SURE, _PASSED_ON = 0.9, 0.6, 0.65


@dataclass(frozen=True)
class Road:
    """The stops of an utterance's words, outward from the speaker, and further roads that are only told of."""

    hops: tuple[ProposedHop, ...] = ()
    attested: tuple[ProposedHop, ...] = ()

    @property
    def spoken_to(self) -> tuple[ProposedHop, ...]:
        """To whom it was said."""
        return tuple(hop for hop in self.hops if hop.role == "spoken_to")


def road(reading: Reading, utterance: Utterance, index: Index) -> Road:
    """What the reporter's words beside an utterance tell of its road."""
    places = _beside(reading, utterance)
    found = [hop for place in places for hop in _hops(reading.text, place, index)]
    unique = _distinct([*found, *_issuers(reading.text, places)])
    attested = tuple(hop for hop in unique if hop.role == "relayed_by" and _is_also(reading, hop))
    return Road(tuple(hop for hop in unique if hop not in attested), attested)


def _beside(reading: Reading, utterance: Utterance) -> list[Range]:
    """The reporter's words in the sentence of the cue and in that of the first words, without the words themselves.

    Short quoted names stay: an outlet's name may stand in marks.
    """
    sentences = dict.fromkeys(
        reading.sentence_at(place[0]) for place in (utterance.cue, utterance.source, utterance.content[0]) if place
    )
    taken = [part for part in utterance.content if _is_long(reading, part)]
    near = [quotation for sentence in sentences for quotation in reading.quotations_in(sentence)]
    taken += [(each.start, each.end) for each in near if _is_long(reading, (each.start, each.end))]
    start, end = min(utterance.anchor, utterance.place[0]) - _FAR, max(utterance.anchor, utterance.place[1]) + _FAR
    parts = [place for sentence in sentences for place in _left(sentence, taken)]
    return [(max(part[0], start), min(part[1], end)) for part in parts if part[0] < end and start < part[1]]


def _is_long(reading: Reading, place: Range) -> bool:
    return len(reading.words_in(place)) > 3 or reading.quotation_at(place[0]) is None  # noqa: PLR2004  # no name


def _left(sentence: Range, taken: list[Range]) -> Iterator[Range]:
    at = sentence[0]
    for start, end in sorted(taken):
        if end <= at or start >= sentence[1]:
            continue
        if start > at:
            yield at, start
        at = max(at, end)
    if at < sentence[1]:
        yield at, sentence[1]


_PATTERNS_OF: dict[HopRole, tuple[str, ...]] = {
    "spoken_to": _SPOKEN_TO,
    "relayed_by": _RELAYED_BY,
    "published_by": (*_PUBLISHED_ON, *_OPINION),
}
_PATTERNS = [(role, re.compile(pattern)) for role, patterns in _PATTERNS_OF.items() for pattern in patterns]


def _hops(text: str, place: Range, index: Index) -> Iterator[ProposedHop]:
    for role, pattern in _PATTERNS:
        for found in pattern.finditer(text, *place):
            if outlet := outlet_at(text, (found.end(), place[1]), index):
                yield _hop(_role(role, outlet, found.group()), outlet)
    yield from _reporting_outlets(text, place, index)


def _role(role: HopRole, outlet: NamedOutlet, words: str) -> HopRole:
    """A platform publishes what is said on it; one is spoken to only where a conversation is told of."""
    if outlet.carrier.kind == "platform":
        return "published_by"
    if role == "published_by" and not re.search(r"wrote|writ|op-ed|article|column|essay|piece|letter", words):
        return "spoken_to"
    return role


def _hop(role: HopRole, outlet: NamedOutlet) -> ProposedHop:
    sure = _SURE if outlet.is_sure else _LESS_SURE
    return ProposedHop(role, outlet.mention, outlet.range, outlet.carrier, confidence=sure)


def _reporting_outlets(text: str, place: Range, index: Index) -> Iterator[ProposedHop]:
    """“…, TASS reported”, “a passage that the Russian agency TASS carried too”."""
    for found in _MAY_REPORT.finditer(text[slice(*place)]):
        start = place[0] + found.end()
        outlet = outlet_at(text, (start, min(place[1], start + _ABOUT)), index)
        if outlet and _REPORTS.match(text[outlet.range[1] : place[1]]):
            yield _hop("relayed_by", outlet)


def _issuers(text: str, places: list[Range]) -> Iterator[ProposedHop]:
    for place in places:
        if found := _ISSUED.search(text, *place):
            name = re.sub(r"['’]s$", "", found["name"]).rstrip(".")
            start = found.start("name")
            body = Carrier(name, "public_body")
            yield ProposedHop("issued_by", name, (start, start + len(name)), body, confidence=_LESS_SURE)


def _distinct(hops: list[ProposedHop]) -> list[ProposedHop]:
    """One stop an outlet: the first pattern that named it decides its role."""
    kept: dict[str, ProposedHop] = {}
    for hop in hops:
        if hop.outlet:
            kept.setdefault(hop.outlet.name, hop)
    return list(kept.values())


def _is_also(reading: Reading, hop: ProposedHop) -> bool:
    """Whether a stop is told to have carried the words as well, by “also” or “too” in its clause."""
    start, end = hop.range or (0, 0)
    sentence = reading.sentence_at(start)
    before = re.split(r"[,;:“”]", reading.text[max(sentence[0], start - _TOLD_ALSO) : start])[-1]
    after = re.split(r"[,;:“”]", reading.text[end : min(sentence[1], end + _ABOUT)])[0]
    return bool(_TOO.search(before) or _TOO.search(after))


def credited(reading: Reading, index: Index) -> tuple[ProposedHop, ...]:
    """The agencies that the document credits in its byline or its last lines: they relayed all of it."""
    found: list[ProposedHop] = []
    for match in _CREDIT.finditer(reading.text):
        group = next(name for name in ("byline", "source", "dash") if match[name])
        outlet = outlet_at(reading.text, match.span(group), index)
        if outlet and outlet.is_sure and (group != "byline" or outlet.carrier.kind == "agency"):
            found.append(_hop("relayed_by", outlet))
    return tuple(_distinct(found))


def ordered(hops: list[ProposedHop]) -> tuple[ProposedHop, ...]:
    """The stops outward from the speaker: told by, spoken to, issued by, relayed by, published by; each outlet once."""
    told = [hop for hop in hops if hop.role == "told_by"]
    others = _distinct([hop for hop in hops if hop.role != "told_by"])
    roles: tuple[HopRole, ...] = ("told_by", "spoken_to", "issued_by", "relayed_by", "published_by")
    return tuple(sorted([*told, *others], key=lambda hop: roles.index("issued_by" if _posted(hop) else hop.role)))


def _posted(hop: ProposedHop) -> bool:
    """Whether a stop is the platform on which the speaker posted the words: that comes before whoever relays them."""
    return hop.role == "published_by" and hop.range is not None and bool(hop.outlet and hop.outlet.kind == "platform")


def publisher(facts: DocumentFacts) -> list[ProposedHop]:
    """The document's own outlet as the last stop; none where it is unknown."""
    if facts.outlet is None:
        return []
    carrier = Carrier(facts.outlet.name, facts.outlet.kind, facts.outlet.id)
    return [ProposedHop("published_by", facts.outlet.name, None, carrier)]


def passed_on(hops: tuple[ProposedHop, ...]) -> list[ProposedHop]:
    """Stops taken over from another utterance of the same occasion, a little less sure."""
    return [
        ProposedHop(hop.role, hop.mention, hop.range, hop.outlet, hop.speaker, min(_PASSED_ON, hop.confidence))
        for hop in hops
    ]
