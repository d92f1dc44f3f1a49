"""Where a generated statement was printed, by which road, and where else."""

import json
from json.encoder import encode_basestring as quoted

from quotes.generating import documents, roads
from quotes.generating.making import LANGUAGES, Held, Making, Told
from quotes.generating.roads import Road, Stop
from quotes.generating.rows import AppearanceRow, DocumentRow, HopRow
from quotes.generating.wording import Wording
from quotes.record.draft import CONTEXT
from quotes.spans import Spans, to_json

# Chances, of one.
TRANSLATED = 0.12
ALSO_ATTESTED = 0.1
REPRINTED = 0.1

_json = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def primary(making: Making, key: int, held: Held, told: Told) -> AppearanceRow:
    start, snapshot = told.start, held.snapshot
    end = None if start is None else start + len(told.wording.printed)
    prefix = suffix = ""
    if snapshot and start is not None and end is not None:
        prefix, suffix = snapshot.text[max(0, start - CONTEXT) : start], snapshot.text[end : end + CONTEXT]
    row = _appear(making, key, held, told.wording, told.road)
    if snapshot:
        row = row._replace(snapshot_id=snapshot.id, start=start, end=end, prefix=prefix, suffix=suffix)
    making.rows["quotes_appearance"].append(row)
    return row


def further(making: Making, key: int, held: Held, told: Told) -> list[Road]:
    """Where else it was printed, or is said to have been."""
    random, found = making.random, []
    if random.random() < ALSO_ATTESTED:
        road = roads.attested(random, making.cast, told.road)
        making.rows["quotes_appearance"].append(_appear(making, key, held, None, road))
        found.append(road)
    if random.random() < REPRINTED:
        language = LANGUAGES.draw(random)
        other = documents.document(making, int(held.day + 40 + random.random() * 9), language)
        road = [*told.road[:-1], Stop("published_by", other.outlet, None, is_document=True)]
        wording = told.wording if language == told.wording.language else making.pens[language].wording(random)
        told.wordings.append(wording.spans)
        making.rows["quotes_appearance"].append(_appear(making, key, other, wording, road, told.wording.language))
        found.append(road)
    return found


def _appear(
    making: Making, key: int, held: Held, wording: Wording | None, road: Road, original: str = ""
) -> AppearanceRow:
    """An appearance without a place in a text, and its stops; no wording where it is attested alone."""
    own = next(making.keys["appearance"])
    _hops(making, own, held.row, road)
    language = wording.language if wording else ""
    translated = original not in ("", language) or (not original and making.random.random() < TRANSLATED)
    source = original or _other(making, language)
    return AppearanceRow(
        id=own,
        statement_id=key,
        document_id=held.row.id,
        snapshot_id=None,
        attested=int(wording is None),
        spans=_stored(wording.spans) if wording else "[]",
        mode=wording.mode if wording else "",
        printed=wording.printed if wording else "",
        language=language,
        start=None,
        end=None,
        media_start=None,
        media_end=None,
        prefix="",
        suffix="",
        is_translation=int(bool(wording) and translated),
        translated_from=source if wording and translated else "",
        translator="",
        note="",
        copy_of_id=None,
        created_at=held.row.created_at,
    )


def _other(making: Making, language: str) -> str:
    other = LANGUAGES.draw(making.random)
    return other if other != language else ""


def _hops(making: Making, appearance: int, document: DocumentRow, road: Road) -> None:
    first = appearance * 32
    for position, stop in enumerate(road, start=1):
        own = stop.is_document
        making.rows["quotes_hop"].append(
            HopRow(
                first + position,
                appearance,
                position,
                first + position - 1 if position > 1 else None,
                stop.role,
                stop.carrier.id if stop.carrier else None,
                stop.teller.id if stop.teller else None,
                document.id if own else None,
                document.published if own else "",
                document.language if own else "",
            )
        )


def _stored(spans: Spans) -> str:
    """Spans as the database keeps them."""
    if len(spans) == 1 and spans[0].mode in ("direct", "indirect"):
        return f'[{{"mode": "{spans[0].mode}", "text": {quoted(spans[0].text)}}}]'
    return _json(to_json(spans))
