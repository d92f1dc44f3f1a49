"""Relay chains of one to four stops, as news travels."""

from random import Random
from typing import Any, NamedTuple

from quotes.generating.cast import Carrier, Cast, Voice
from quotes.generating.skew import Shares

_LENGTHS = Shares({"1": 27, "2": 38, "3": 25, "4": 10})
_OWN_INTERVIEW = 0.4
_SOURCES = Shares({"spoken_to": 62, "issued_by": 28, "told_by": 10})


class Stop(NamedTuple):
    """Who passed the words on, and whether the document itself did."""

    role: str
    carrier: Carrier | None
    teller: Voice | None = None
    is_document: bool = False


Road = list[Stop]


def road(random: Random, cast: Cast, speaker: Voice, publisher: Carrier) -> Road:
    """The chain that ends in a document of `publisher`."""
    length = int(_LENGTHS.draw(random))
    if length == 1:
        return [
            Stop("spoken_to" if random.random() < _OWN_INTERVIEW else "published_by", publisher, None, is_document=True)
        ]
    stops = [_source(random, cast, speaker)]
    if length == 4 and stops[0].role == "told_by":  # noqa: PLR2004
        stops.append(Stop("spoken_to", cast.skewed["stations"].draw(random)))
    while len(stops) < length - 1:
        stops.append(Stop("relayed_by", cast.skewed["agencies"].draw(random)))
    return [*stops, Stop("published_by", publisher, None, is_document=True)]


def attested(random: Random, cast: Cast, known: Road) -> Road:
    """The chain by which a document says that an agency had it too."""
    first = known[0] if not known[0].is_document else Stop("spoken_to", cast.skewed["stations"].draw(random))
    return [first, Stop("relayed_by", cast.skewed["agencies"].draw(random))]


def relays(roads: list[Road]) -> list[str]:
    """The relay agencies of a statement's roads, as its body lists them."""
    found = {stop.carrier for one in roads for stop in one if stop.role == "relayed_by" and stop.carrier}
    return [carrier.name for carrier in sorted(found, key=lambda carrier: carrier.place)]


def _source(random: Random, cast: Cast, speaker: Voice) -> Stop:
    role = _SOURCES.draw(random)
    if role == "told_by":
        teller: Any = cast.skewed["voices"].draw(random)
        if teller.id != speaker.id:
            return Stop(role, None, teller)
        role = "spoken_to"
    return Stop(role, cast.skewed["stations" if role == "spoken_to" else "offices"].draw(random))
