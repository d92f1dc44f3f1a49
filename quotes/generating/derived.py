"""What the record derives of a published statement: carriage, fingerprints and its entry in the index."""

import datetime as dt
from collections import Counter
from operator import attrgetter

from quotes.generating import days
from quotes.generating.cast import Carrier, Subject
from quotes.generating.making import Making, Told
from quotes.generating.roads import Road
from quotes.generating.rows import CarriageRow, EntryRow, StatementRow
from quotes.generating.wording import Wording
from quotes.models.origins import HELD, STATED
from quotes.search.entries import Facts, columns_of, month_of
from quotes.search.tokens import kind
from quotes.wording.fingerprints import kept_of, numbering

_numbers = numbering(2**17)
"""Fingerprints come again: a process remembers some 30 MB of them."""


def carry(
    making: Making, row: StatementRow, outlet: Carrier, all_roads: list[Road]
) -> tuple[list[tuple[int, str]], int]:
    """What `derive_carriage` derives, and the number of origins. `outlet` is that of the document it stands in."""
    stops = [stop for road in all_roads for stop in road]
    carried = dict.fromkeys((stop.carrier.id, stop.role) for stop in stops if stop.carrier)
    own = {outlet.id, *(stop.carrier.id for stop in stops if stop.is_document and stop.carrier)}
    firsts = [next((stop for stop in road if stop.carrier), None) for road in all_roads]
    origins = {stop.carrier.id: _standing(stop.carrier.id in own) for stop in firsts if stop and stop.carrier}
    making.rows["quotes_carriage"] += [
        CarriageRow(row.id, key, role, row.said_max, origins.get(key, "")) for key, role in carried
    ]
    return list(carried), len(origins)


def fingerprint(making: Making, row: StatementRow, told: Told) -> None:
    """What `quotes.record.fingerprinting` looks it up by."""
    wordings = dict.fromkeys(told.wordings) if len(told.wordings) > 1 else told.wordings
    making.marks.append((row.id, sorted(kept_of(wordings, _numbers))))


def hear(making: Making, row: StatementRow, all_roads: list[Road]) -> None:
    """Note whose names find it though they didn't say it."""
    if row.speaks_for_id:
        making.beside.add(row.speaks_for_id)
    making.beside.update([stop.teller.id for road in all_roads for stop in road if stop.teller])


def index(
    making: Making,
    row: StatementRow,
    wording: Wording,
    carried: list[tuple[int, str]],
    origins: int,
    topics: list[Subject],
) -> None:
    """What `quotes.record.index` finds it by."""
    columns = columns_of(
        Facts(
            key=row.id,
            spans=wording.spans,
            mode=row.mode,
            language=row.language,
            speaker=row.speaker_id,
            carried=carried,
            origins=origins,
            topics=[key for topic in sorted(topics, key=attrgetter("id")) for key in topic.path],
            said=(_day(row.said_min), days.date(row.said_max)),
            published=(_day(row.published_min), days.date(row.published_max)),
            label=row.label,
        )
    )
    making.rows["quotes_entry"].append(EntryRow(columns.place, row.id, *columns[1:]))
    making.tokens[month_of(columns.place)].update(columns.terms.split())


def counted(found: dict[int, Counter[str]]) -> Counter[tuple[str, int]]:
    """How often tokens stand in entries: in all (month 0) and in each month."""
    every = sum(found.values(), Counter())
    counts = Counter({(token, 0): n for token, n in every.items()})
    for month, tokens in found.items():
        counts.update({(token, month): n for token, n in tokens.items()})
    return counts


def counts_of(counts: Counter[tuple[str, int]]) -> list[tuple[str, int, str, int]]:
    """The same as rows, in the order of their key."""
    return [(token, month, kind(token), n) for (token, month), n in sorted(counts.items())]


def _standing(is_held: bool) -> str:  # noqa: FBT001  # one fact
    return HELD if is_held else STATED


def _day(text: str | None) -> dt.date | None:
    return days.date(text) if text else None
