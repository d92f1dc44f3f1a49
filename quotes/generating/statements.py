"""Generated statements: the row, its topics, its versions with their leaves, acts and links."""

import json
from random import Random

from quotes.generating import appearances, bodies, days, derived, roads
from quotes.generating.bodies import Body
from quotes.generating.cast import Subject, Voice
from quotes.generating.making import Held, Making, Told, moment
from quotes.generating.plan import pid
from quotes.generating.rows import (
    ActRow,
    AppearanceRow,
    FiledRow,
    LeafRow,
    LinkRow,
    RevisionRow,
    StatementRow,
)
from quotes.generating.skew import Shares
from quotes.log.entries import SALT, Seals
from quotes.log.hashing import leaf_hash
from quotes.text import fold

# Chances, of one.
SPEAKS_FOR = 0.05
CORRECTED = 0.02
LINKED = 0.06
RETRACTED = 0.001

_TOPICS = Shares({0: 12, 1: 38, 2: 30, 3: 14, 4: 6})
_BASES = Shares({"stated": 60, "resolved": 30, "inferred": 10})
_LINKS = Shares({"responds_to": 50, "repeats": 15, "denies": 12, "confirms": 12, "contradicts": 6, "reports": 5})
_REASON = "The last words were missing."
_WITHDRAWN = "The document turned out to be a forgery."
_json = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def statement(making: Making, held: Held, told: Told) -> None:
    random, document = making.random, held.row
    key = making.plan.firsts["statement"] + told.number
    appearance = appearances.primary(making, key, held, told)
    further = appearances.further(making, key, held, told)
    principal = _principal(making, told.voice)
    row = _row(making, key, held, told, appearance, principal)
    making.statements.append(row)
    topics = _topics(making, key)
    found = bodies.source(appearance, document, held.frozen_text, held.snapshot, told.road)
    body = bodies.Body(row, (told.voice, principal), found, roads.relays([told.road, *further]), topics)
    _versions(making, row, told, body)
    if row.state == "published":
        derived.fingerprint(making, row, told)
        derived.hear(making, row, [told.road, *further])
        carried, origins = derived.carry(making, row, held.outlet, [told.road, *further])
        derived.index(making, row, told.wording, carried, origins, topics)
        if random.random() < LINKED:
            _link(making, row)


def _row(
    making: Making, key: int, held: Held, told: Told, appearance: AppearanceRow, principal: Voice | None
) -> StatementRow:
    random, wording, document = making.random, told.wording, held.row
    when = days.said(random, held.day, document.published_max)
    text = wording.text
    basis = _BASES.draw(random)
    phrase = _phrase(making, wording.language) if basis == "resolved" else ""
    recorded = moment(held.day + 2 + int(random.random() * 9), random)
    return StatementRow(
        id=key,
        pid=pid(making.plan.seed, 0, told.number),
        state="retracted" if random.random() < RETRACTED else "published",
        spans=appearance.spans,
        mode=wording.mode,
        text=text,
        folded=fold(text),
        language=wording.language,
        is_translation=appearance.is_translation,
        translated_from=appearance.translated_from,
        translator="",
        speaker_id=told.voice.id,
        speaks_for_id=principal.id if principal else None,
        label=told.voice.label_on(when.first, when.last),
        said=when.text,
        said_min=when.first,
        said_max=when.last,
        said_basis=basis,
        said_phrase=phrase,
        said_reasoning="",
        published=document.published,
        published_min=document.published_min,
        published_max=document.published_max,
        primary_appearance_id=appearance.id,
        primary_is_chosen=0,
        merged_into_id=None,
        touched=1,
        recorded_by_id=making.cast.skewed["editors"].draw(random),
        created_at=recorded,
        recorded_at=recorded,
    )


def _principal(making: Making, voice: Voice) -> Voice | None:
    if making.random.random() >= SPEAKS_FOR:
        return None
    principal: Voice = making.cast.skewed["principals"].draw(making.random)
    return None if principal.id == voice.id else principal


def _phrase(making: Making, language: str) -> str:
    dates = making.pens[language].tongue.dates
    return dates[int(making.random.random() * len(dates))]


def _topics(making: Making, key: int) -> list[Subject]:
    random = making.random
    drawn = {making.cast.skewed["subjects"].draw(random) for _ in range(_TOPICS.draw(random))}
    topics = sorted(drawn, key=lambda topic: topic.place)
    making.rows["quotes_statement_topics"] += [FiledRow(key, topic.id) for topic in topics]
    return topics


def _versions(making: Making, row: StatementRow, told: Told, body: Body) -> None:
    """Version 1, and version 2 of what is corrected; the acts that made them."""
    random, wording = making.random, told.wording
    told.wordings.append(wording.spans)
    salt = _salt(random)
    if random.random() >= CORRECTED:
        _version(making, row, 1, body.sealed(1, row.recorded_at[:10], salt, wording.spans), row.recorded_at)
    else:
        told.wordings.append(begun := wording.begun().spans)
        _version(making, row, 1, body.sealed(1, row.recorded_at[:10], salt, begun), row.recorded_at)
        at = moment(_ordinal(row.recorded_at) + 1 + int(random.random() * 60), random)
        _version(making, row, 2, body.sealed(2, at[:10], _salt(random), wording.spans), at, _REASON)
        _touch(making, row)
    if row.state == "retracted":
        at = moment(_ordinal(row.recorded_at) + 70, random)
        making.rows["quotes_act"].append(ActRow("retract", row.id, None, row.recorded_by_id, at, _WITHDRAWN, "", "{}"))
        _touch(making, row)


def _version(
    making: Making, row: StatementRow, number: int, sealed: tuple[str, str], at: str, reason: str = ""
) -> None:
    key = next(making.keys["revision"])
    revision = RevisionRow(key, row.id, number, *sealed, at, row.recorded_by_id, reason)
    making.rows["quotes_revision"].append(revision)
    _log(making, row.pid, revision)
    verb, detail = ("publish", "{}") if number == 1 else ("correct", '{"changed": ["spans", "text", "folded"]}')
    making.rows["quotes_act"].append(ActRow(verb, row.id, key, row.recorded_by_id, at, reason, "", detail))


def _log(making: Making, statement: str, row: RevisionRow) -> None:
    seals = Seals(making.salts.randbytes(SALT), making.salts.randbytes(SALT))
    making.rows["quotes_leaf"].append(LeafRow(leaf_hash(bodies.logged(statement, row, seals)), row.id, *seals))


def _touch(making: Making, row: StatementRow) -> None:
    place = row.id - making.plan.firsts["statement"] - making.numbers.start
    making.statements[place] = making.statements[place]._replace(touched=making.statements[place].touched + 1)


def _link(making: Making, row: StatementRow) -> None:
    """A link to one of the hundred statements before, as news answers news."""
    back = int(making.random.random() * min(100, len(making.statements) - 1)) + 2
    if back > len(making.statements) or making.statements[-back].state != "published":
        return
    target, kind = making.statements[-back], _LINKS.draw(making.random)
    making.rows["quotes_link"].append(LinkRow(row.id, target.id, kind))
    detail = _json({"kind": kind, "target": target.pid})
    making.rows["quotes_act"].append(ActRow("link", row.id, None, row.recorded_by_id, row.recorded_at, "", "", detail))
    _touch(making, row)
    _touch(making, target)


def _salt(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"


def _ordinal(moment: str) -> int:
    return days.ordinal(moment[:10])
