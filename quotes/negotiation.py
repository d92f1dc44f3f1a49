"""What a client asks for in its headers: which media type it would rather have, and as of when (RFC 9110, RFC 7089).

Nothing a client can write is an error in Accept: what can't be read is passed over, and a header that says nothing
readable is no header. Of parameters, `q` counts everywhere and `profile` for offers that have one; others are ignored.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

# Browsers send the same few headers; an odd one isn't worth remembering.
_USUAL, _REMEMBERED = 300, 512
_LONGEST, _MOST_RANGES = 8000, 100
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEMBER = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+")++')
_RANGE = re.compile(rf"\s*(?:({_WORD})/({_WORD})|(\*))\s*(?:;|$)")
_PARAMETER = re.compile(rf';\s*({_WORD})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|({_WORD}))')
_QUALITY = re.compile(r"0?\.[0-9]{1,3}|0\.?|1(?:\.0{0,3})?")
_DATE = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")


class MalformedDatetime(ValueError):
    """The text is no date as HTTP writes it: “Sat, 03 Dec 2022 20:00:00 GMT”."""


@dataclass(frozen=True)
class MediaType:
    """A type and subtype in lower case, and the profiles named beside it."""

    type: str
    subtype: str
    profiles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Range:
    media: MediaType
    quality: float

    def specificity(self, offer: MediaType) -> int | None:
        """How exactly the range names the offer: 0 for */* to 3 for its very profile; None where it doesn't."""
        asked = self.media
        if asked.type == "*":
            return None if offer.profiles else 0
        if asked.type != offer.type or asked.subtype not in ("*", offer.subtype):
            return None
        if offer.profiles:
            return 3 if offer.profiles & asked.profiles else None
        return 1 if asked.subtype == "*" else 2


def choose(accept: str, offers: Mapping[str, str]) -> str | None:
    """The key of the media type that a client likes best, None where it takes none of `offers`.

    The first offer answers no header, and any tie but one: what a client names goes before what its `*/*` lets pass.
    An offer with a profile is made only to those who name that profile, who then prefer it to the bare type.
    """
    choice = _choice if len(accept) <= _USUAL else _choice.__wrapped__
    return choice(accept, tuple(offers.items()))


@lru_cache(_REMEMBERED)
def _choice(accept: str, offers: tuple[tuple[str, str], ...]) -> str | None:
    ranges = _ranges(accept)
    if not ranges:
        return offers[0][0]
    judged = [(key, _judge(read_media_type(offer), ranges)) for key, offer in offers]
    taken = [(key, verdict) for key, verdict in judged if verdict[0] > 0]
    return max(taken, key=lambda one: one[1])[0] if taken else None


def refuses(accept: str, media_type: str) -> bool:
    """Whether a client says in so many words that it won't have this type: `text/html;q=0`."""
    asked = read_media_type(media_type)
    return any(not one.quality and one.media == asked for one in _ranges(accept))


def read_media_type(text: str) -> MediaType:
    """A media type with its profiles; raises ValueError for what is none."""
    if not (found := _RANGE.match(text)):
        raise ValueError(f"{text[:80]!r} is no media type")
    first, second, star = found.groups()
    named = dict(_parameters(text))
    return MediaType(
        "*" if star else first.lower(), "*" if star else second.lower(), frozenset(named.get("profile", "").split())
    )


def read_datetime(text: str) -> dt.datetime:
    """The time an Accept-Datetime header asks for; raises MalformedDatetime."""
    if not _DATE.fullmatch(text.strip()):
        raise MalformedDatetime(text)
    try:
        return dt.datetime.strptime(text.strip(), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise MalformedDatetime(text) from error


def _judge(offer: MediaType, ranges: Iterable[_Range]) -> tuple[float, int]:
    """The quality that the most specific range gives an offer, and how specific it is."""
    matched = [(one.specificity(offer), one.quality) for one in ranges]
    known = [(specificity, quality) for specificity, quality in matched if specificity is not None]
    if not known:
        return 0.0, 0
    specificity, quality = max(known)
    return quality, specificity


def _ranges(accept: str) -> list[_Range]:
    members = _MEMBER.findall(accept[:_LONGEST])[:_MOST_RANGES]
    return [one for member in members if (one := _range(member))]


def _range(member: str) -> _Range | None:
    try:
        media = read_media_type(member)
    except ValueError:
        return None
    if media.type == "*" and media.subtype != "*":
        return None
    quality = dict(_parameters(member)).get("q", "1")
    return _Range(media, float(quality)) if _QUALITY.fullmatch(quality) else None


def _parameters(text: str) -> list[tuple[str, str]]:
    found = _PARAMETER.findall(text)
    return [(name.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted else bare) for name, quoted, bare in found]
