"""The frozen body of a generated version: what `quotes.record.bodies.freeze` writes, without asking the database.

It is put together from pieces whose text is made once: speakers, outlets, topics, a document with all that is said in
it. Keys stand in the order of RFC 8785, which asks nothing else of texts and whole numbers. A test freezes generated
statements again and compares.
"""

import hashlib
from json.encoder import encode_basestring as quoted
from typing import Any

from quotes.generating.cast import Carrier, Subject, Voice
from quotes.generating.days import Days
from quotes.generating.roads import Road
from quotes.generating.rows import AppearanceRow, DocumentRow, RevisionRow, SnapshotRow, StatementRow
from quotes.log.entries import Seals
from quotes.packing import packed
from quotes.record.bodies import SCHEMA
from quotes.spans import Spans

_SPANS = {"direct": '{"mode":"direct","text":', "indirect": '{"mode":"indirect","text":'}
_INSERTION = '{{"by":"{}","mode":"insertion","text":{}}}'
_OMISSION = '{"mode":"omission"}'


def document(row: DocumentRow, outlet: Carrier) -> str:
    """The part of a body that tells of a document."""
    return (
        f'{{"author":{quoted(row.author)},"id":"{row.pid}","kind":"{row.kind}","language":"{row.language}",'
        f'"outlet":{outlet.frozen_text},"published":"{row.published}","title":{quoted(row.title)},"url":"{row.url}"}}'
    )


def source(appearance: AppearanceRow, row: DocumentRow, told: str, snapshot: SnapshotRow | None, road: Road) -> str:
    """The part of a body that tells where the words were found; `told` tells of the document."""
    found = f'{{"sha256":"{snapshot.sha256}","taken":"{snapshot.taken_at[:10]}"}}' if snapshot else "null"
    hops = ",".join([_stop(stop, row) for stop in road])
    return (
        f'{{"attested":false,"document":{told},"end":{_number(appearance.end)},"hops":[{hops}],'
        f'"printed":{quoted(appearance.printed)},"snapshot":{found},"start":{_number(appearance.start)},'
        f'"translator":{quoted(appearance.translator)}}}'
    )


def _stop(stop: Any, row: DocumentRow) -> str:
    date, language = (row.published, row.language) if stop.is_document else ("", "")
    when = f'{{"date":"{date}","language":"{language}"'
    if stop.carrier:
        return f'{when},"outlet":{stop.carrier.frozen_text},"role":"{stop.role}"}}'
    return f'{when},"role":"{stop.role}","speaker":{stop.teller.frozen_text}}}'


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


def _text(value: str | None) -> str:
    return "null" if value is None else f'"{value}"'


class Body:
    """What the versions of a statement have in common. `found` is its source, `relays` name relay agencies."""

    def __init__(
        self,
        row: StatementRow,
        voices: tuple[Voice, Voice | None],
        found: str,
        relays: list[str],
        topics: list[Subject],
    ) -> None:
        speaker, principal = voices
        when = Days(row.said, row.said_min, row.said_max)
        self._start = (
            f'{{"id":"{row.pid}","label":{quoted(row.label)},"language":"{row.language}",'
            f'"mode":"{row.mode}","recorded":"'
        )
        self._relays = ",".join(map(quoted, relays))
        self._said = (
            f'"said":{{"basis":"{row.said_basis}","edtf":"{when.text}","first":{_text(when.first)},"last":"{when.last}",'
            f'"phrase":{quoted(row.said_phrase)},"reasoning":{quoted(row.said_reasoning)}}},"salt":"'
        )
        self._found = f'","schema":{SCHEMA},"source":{found},"spans":'
        translation = f'{{"from":"{row.translated_from}","translator":{quoted(row.translator)}}}'
        self._end = (
            f',"speaker":{speaker.frozen_text},"speaks_for":{principal.frozen_text if principal else "null"},'
            f'"topics":[{",".join([topic.frozen_text for topic in topics])}],'
            f'"translation":{translation if row.is_translation else "null"},"version":'
        )

    def sealed(self, number: int, recorded: str, salt: str, spans: Spans) -> tuple[str, str]:
        """The canonical text of version `number`, packed, and its sha256 in hexadecimal."""
        text = (
            f'{self._start}{recorded}","relayed_by":[{self._relays}],{self._said}{salt}{self._found}'
            f"[{','.join(map(_span, spans))}]{self._end}{number}}}"
        )
        return packed(text), hashlib.sha256(text.encode()).hexdigest()


def logged(statement: str, row: RevisionRow, seals: Seals) -> bytes:
    """The entry of a version's leaf in the log: what `quotes.log.entries.Version` writes."""
    reason = _digest(seals.reason, quoted(row.reason))
    by = _digest(seals.own, f'{{"account":{row.actor_id}}}')
    return (
        f'{{"by":"{by}","reason":"{reason}","recorded":"{row.recorded_at[:10]}T{row.recorded_at[11:]}.000000Z",'
        f'"sha256":"{row.sha256}","statement":"{statement}","type":"version","version":{row.number}}}'
    ).encode()


def _digest(salt: bytes, text: str) -> str:
    return hashlib.sha256(b"\x02" + salt + text.encode()).hexdigest()


def _span(span: Any) -> str:
    if span.mode == "omission":
        return _OMISSION
    if span.mode == "insertion":
        return _INSERTION.format(span.by, quoted(span.text))
    return f"{_SPANS[span.mode]}{quoted(span.text)}}}"
