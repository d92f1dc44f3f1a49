"""The rows of one batch of statements: pure values from the seed, so that several processes can write at once."""

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import count
from json.encoder import encode_basestring as quoted
from random import Random

from quotes.generating import bodies, days, roads
from quotes.generating.bodies import Body
from quotes.generating.cast import Carrier, Cast, Subject, Voice
from quotes.generating.plan import BATCH, Plan, pid
from quotes.generating.roads import Road, Stop
from quotes.generating.rows import (
    TABLES,
    ActRow,
    AppearanceRow,
    Batch,
    CarriageRow,
    DocumentRow,
    EntryRow,
    FiledRow,
    HopRow,
    LeafRow,
    LinkRow,
    RevisionRow,
    Rows,
    SnapshotRow,
    SpeakerRow,
    StatementRow,
)
from quotes.generating.skew import Shares, Skewed
from quotes.generating.tongues import SHARES, TONGUES
from quotes.generating.wording import Pen, Wording, pens
from quotes.log.entries import SALT, Seals, Version
from quotes.log.hashing import leaf_hash
from quotes.models.origins import HELD, STATED
from quotes.record.draft import CONTEXT
from quotes.search.entries import Facts, columns_of, month_of
from quotes.spans import Spans, to_json
from quotes.text import fold
from quotes.wording.fingerprints import kept_of, numbering

# Chances, of one.
ARCHIVED = 0.3
UNNAMED = 0.05
SPEAKS_FOR = 0.05
TRANSLATED = 0.12
ALSO_ATTESTED = 0.1
REPRINTED = 0.1
CORRECTED = 0.02
LINKED = 0.06
RETRACTED = 0.001

_LANGUAGES = Shares(dict(zip((tongue.code for tongue in TONGUES), SHARES, strict=True)))
_HELD = Shares({1: 30, 2: 25, 3: 20, 4: 10, 5: 8, 7: 7})
_TOPICS = Shares({0: 12, 1: 38, 2: 30, 3: 14, 4: 6})
_KINDS = Shares({"article": 70, "interview": 14, "broadcast": 6, "dispatch": 6, "press_release": 4})
_BASES = Shares({"stated": 60, "resolved": 30, "inferred": 10})
_LINKS = Shares({"responds_to": 50, "repeats": 15, "denies": 12, "confirms": 12, "contradicts": 6, "reports": 5})
_SOURCES = ("an official close to the talks", "a member of the delegation", "a person who read the draft")
_REASON = "The last words were missing."
_WITHDRAWN = "The document turned out to be a forgery."
_json = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode

_number = numbering(2**17)
"""Fingerprints come again: a process remembers some 30 MB of them."""


@dataclass
class Told:
    """One statement on its way into rows."""

    number: int
    wording: Wording
    voice: Voice
    road: Road
    start: int | None = None
    wordings: list[Spans] = field(default_factory=list)
    """Every wording that it is on record with."""


@dataclass
class Held:
    """A document with what belongs to it."""

    row: DocumentRow
    outlet: Carrier
    day: int
    snapshot: SnapshotRow | None = None
    told: list[Told] = field(default_factory=list)

    @cached_property
    def frozen_text(self) -> str:
        """The document as a body has it."""
        return bodies.document(self.row, self.outlet)


@lru_cache(maxsize=1)
def _pens(cast: Cast) -> dict[str, Pen]:
    """The pens of a cast, which one process makes once."""
    return pens(Skewed([voice.family for voice in cast.voices if voice.family]))


def make(plan: Plan, cast: Cast, batch: int) -> Batch:
    """The rows of batch `batch`, by table."""
    return _Making(plan, cast, batch).run()


class _Making:
    def __init__(self, plan: Plan, cast: Cast, batch: int) -> None:
        self.plan, self.cast, self.numbers = plan, cast, plan.numbers(batch)
        self.random = Random(f"{plan.seed}/{batch}")  # noqa: S311 - chance that can be had again
        self.salts = Random(f"{plan.seed}/{batch}/log")  # noqa: S311 - a made-up record has nothing to hide
        self.keys = {kind: count(plan.first_key(kind, batch)) for kind in plan.firsts}
        self.documents = count(batch * BATCH * 2)
        self.pens = _pens(cast)
        self.rows: Rows = {table: [] for table in TABLES}
        self.tokens: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.statements: list[StatementRow] = []

    def run(self) -> Batch:
        left = list(reversed(self.numbers))
        while left:
            held = self._document(self.plan.day(left[-1]), _LANGUAGES.draw(self.random))
            taken = [left.pop() for _ in range(min(len(left), _HELD.draw(self.random)))]
            self._fill(held, taken)
            for told in held.told:
                self._statement(held, told)
        self.rows["quotes_statement"] = [tuple(row) for row in self.statements]
        return Batch(self.rows, _counted(self.tokens))

    # Documents

    def _document(self, day: int, language: str, kind: str = "") -> Held:
        random = self.random
        outlet: Carrier = self.cast.skewed["papers" if random.random() < 0.8 else "stations"].draw(random)  # noqa: PLR2004
        key, number = next(self.keys["document"]), next(self.documents)
        when = days.published(random, day)
        public = pid(self.plan.seed, 1, number)
        row = DocumentRow(
            id=key,
            pid=public,
            outlet_id=outlet.id,
            kind=kind or _KINDS.draw(random),
            title=self.pens[language].title(random),
            author="",
            url=f"https://{outlet.domain}/{when.text[:4]}/{public.lower()}",
            published=when.text,
            published_min=when.first,
            published_max=when.last,
            language=language,
            licence="",
            note="",
            created_at=_moment(day, random),
        )
        self.rows["sources_document"].append(row)
        return Held(row, outlet, day)

    def _fill(self, held: Held, numbers: list[int]) -> None:
        """The statements of a document, and its archived text where one is kept."""
        pen, random = self.pens[held.row.language], self.random
        unnamed = self._unnamed(held) if random.random() < UNNAMED else None
        for number in numbers:
            voice: Voice = unnamed or self.cast.skewed["voices"].draw(random)
            road = roads.road(random, self.cast, voice, held.outlet)
            held.told.append(Told(number, pen.wording(random), voice, road))
        if random.random() < ARCHIVED:
            self._archive(held, pen)

    def _archive(self, held: Held, pen: Pen) -> None:
        text = f"{held.row.title}\n\n{pen.lead(self.random)}"
        for told in held.told:
            told.start = len(text) + 2
            text = f"{text}\n\n{told.wording.printed} — {told.voice.name}. {pen.lead(self.random)}"
        held.snapshot = SnapshotRow(
            id=next(self.keys["snapshot"]),
            document_id=held.row.id,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            taken_at=_moment(held.day + 1, self.random),
            media_type="text/plain",
            original="",
            original_sha256="",
            sealed="",
            checked_at=None,
            check_result="",
            redacted_at=None,
        )
        self.rows["sources_snapshot"].append(held.snapshot)

    def _unnamed(self, held: Held) -> Voice:
        name = _SOURCES[int(self.random.random() * len(_SOURCES))]
        key = next(self.keys["speaker"])
        row = SpeakerRow(key, "unnamed", name, "", "", "", None, held.row.id, "", None)
        self.rows["quotes_speaker"].append(row)
        frozen = dict.fromkeys(("given", "particle", "family", "slug", "wikidata"), "")
        return Voice(key, name, "", (), {"kind": "unnamed", "name": name, **frozen})

    # Statements

    def _statement(self, held: Held, told: Told) -> None:
        random, document = self.random, held.row
        key = self.plan.firsts["statement"] + told.number
        appearance = self._appearance(key, held, told)
        further = self._further(key, held, told)
        principal = self._principal(told.voice)
        row = self._row(key, held, told, appearance, principal)
        self.statements.append(row)
        topics = self._topics(key)
        found = bodies.source(appearance, document, held.frozen_text, held.snapshot, told.road)
        body = bodies.Body(row, (told.voice, principal), found, roads.relays([told.road, *further]), topics)
        self._versions(row, told, body)
        if row.state == "published":
            self._fingerprint(row, told)
            carried, origins = self._carry(row, held.outlet, [told.road, *further])
            self._index(row, told.wording, carried, origins, topics)
            if random.random() < LINKED:
                self._link(row)

    def _row(
        self, key: int, held: Held, told: Told, appearance: AppearanceRow, principal: Voice | None
    ) -> StatementRow:
        random, wording, document = self.random, told.wording, held.row
        when = days.said(random, held.day, document.published_max)
        text = wording.text
        basis = _BASES.draw(random)
        phrase = self._phrase(wording.language) if basis == "resolved" else ""
        recorded = _moment(held.day + 2 + int(random.random() * 9), random)
        return StatementRow(
            id=key,
            pid=pid(self.plan.seed, 0, told.number),
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
            recorded_by_id=self.cast.skewed["editors"].draw(random),
            created_at=recorded,
            recorded_at=recorded,
        )

    def _principal(self, voice: Voice) -> Voice | None:
        if self.random.random() >= SPEAKS_FOR:
            return None
        principal: Voice = self.cast.skewed["principals"].draw(self.random)
        return None if principal.id == voice.id else principal

    def _phrase(self, language: str) -> str:
        dates = self.pens[language].tongue.dates
        return dates[int(self.random.random() * len(dates))]

    def _topics(self, key: int) -> list[Subject]:
        random = self.random
        drawn = {self.cast.skewed["subjects"].draw(random) for _ in range(_TOPICS.draw(random))}
        topics = sorted(drawn, key=lambda topic: topic.place)
        self.rows["quotes_statement_topics"] += [FiledRow(key, topic.id) for topic in topics]
        return topics

    def _versions(self, row: StatementRow, told: Told, body: Body) -> None:
        """Version 1, and version 2 of what is corrected; the acts that made them."""
        random, wording = self.random, told.wording
        told.wordings.append(wording.spans)
        salt = _salt(random)
        if random.random() >= CORRECTED:
            self._version(row, 1, body.sealed(1, row.recorded_at[:10], salt, wording.spans), row.recorded_at)
        else:
            told.wordings.append(begun := wording.begun().spans)
            self._version(row, 1, body.sealed(1, row.recorded_at[:10], salt, begun), row.recorded_at)
            at = _moment(_ordinal(row.recorded_at) + 1 + int(random.random() * 60), random)
            self._version(row, 2, body.sealed(2, at[:10], _salt(random), wording.spans), at, _REASON)
            self._touch(row)
        if row.state == "retracted":
            at = _moment(_ordinal(row.recorded_at) + 70, random)
            self.rows["quotes_act"].append(
                ActRow("retract", row.id, None, row.recorded_by_id, at, _WITHDRAWN, "", "{}")
            )
            self._touch(row)

    def _version(self, row: StatementRow, number: int, sealed: tuple[str, str], at: str, reason: str = "") -> None:
        key = next(self.keys["revision"])
        revision = RevisionRow(key, row.id, number, *sealed, at, row.recorded_by_id, reason)
        self.rows["quotes_revision"].append(revision)
        self._log(row.pid, revision)
        verb, detail = ("publish", "{}") if number == 1 else ("correct", '{"changed": ["spans", "text", "folded"]}')
        self.rows["quotes_act"].append(ActRow(verb, row.id, key, row.recorded_by_id, at, reason, "", detail))

    def _log(self, statement: str, row: RevisionRow) -> None:
        at = dt.datetime.fromisoformat(f"{row.recorded_at}+00:00")
        version = Version(statement, row.number, row.sha256, at, row.reason, row.actor_id)
        seals = Seals(self.salts.randbytes(SALT), self.salts.randbytes(SALT))
        self.rows["quotes_leaf"].append(LeafRow(leaf_hash(version.entry(seals)), row.id, *seals))

    def _touch(self, row: StatementRow) -> None:
        place = row.id - self.plan.firsts["statement"] - self.numbers.start
        self.statements[place] = self.statements[place]._replace(touched=self.statements[place].touched + 1)

    def _link(self, row: StatementRow) -> None:
        """A link to one of the hundred statements before, as news answers news."""
        back = int(self.random.random() * min(100, len(self.statements) - 1)) + 2
        if back > len(self.statements) or self.statements[-back].state != "published":
            return
        target, kind = self.statements[-back], _LINKS.draw(self.random)
        self.rows["quotes_link"].append(LinkRow(row.id, target.id, kind))
        detail = _json({"kind": kind, "target": target.pid})
        self.rows["quotes_act"].append(
            ActRow("link", row.id, None, row.recorded_by_id, row.recorded_at, "", "", detail)
        )
        self._touch(row)
        self._touch(target)

    # Appearances

    def _appearance(self, key: int, held: Held, told: Told) -> AppearanceRow:
        start, snapshot = told.start, held.snapshot
        end = None if start is None else start + len(told.wording.printed)
        prefix = suffix = ""
        if snapshot and start is not None and end is not None:
            prefix, suffix = snapshot.text[max(0, start - CONTEXT) : start], snapshot.text[end : end + CONTEXT]
        row = self._appear(key, held, told.wording, told.road)
        if snapshot:
            row = row._replace(snapshot_id=snapshot.id, start=start, end=end, prefix=prefix, suffix=suffix)
        self.rows["quotes_appearance"].append(row)
        return row

    def _further(self, key: int, held: Held, told: Told) -> list[Road]:
        """Where else it was printed, or is said to have been."""
        random, found = self.random, []
        if random.random() < ALSO_ATTESTED:
            road = roads.attested(random, self.cast, told.road)
            self.rows["quotes_appearance"].append(self._appear(key, held, None, road))
            found.append(road)
        if random.random() < REPRINTED:
            language = _LANGUAGES.draw(random)
            other = self._document(int(held.day + 40 + random.random() * 9), language)
            road = [*told.road[:-1], Stop("published_by", other.outlet, None, is_document=True)]
            wording = told.wording if language == told.wording.language else self.pens[language].wording(random)
            told.wordings.append(wording.spans)
            self.rows["quotes_appearance"].append(self._appear(key, other, wording, road, told.wording.language))
            found.append(road)
        return found

    def _appear(self, key: int, held: Held, wording: Wording | None, road: Road, original: str = "") -> AppearanceRow:
        """An appearance without a place in a text, and its stops; no wording where it is attested alone."""
        own = next(self.keys["appearance"])
        self._hops(own, held.row, road)
        language = wording.language if wording else ""
        translated = original not in ("", language) or (not original and self.random.random() < TRANSLATED)
        source = original or self._other(language)
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

    def _other(self, language: str) -> str:
        other = _LANGUAGES.draw(self.random)
        return other if other != language else ""

    def _hops(self, appearance: int, document: DocumentRow, road: Road) -> None:
        first = appearance * 32
        for position, stop in enumerate(road, start=1):
            own = stop.is_document
            self.rows["quotes_hop"].append(
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

    def _carry(self, row: StatementRow, outlet: Carrier, all_roads: list[Road]) -> tuple[list[tuple[int, str]], int]:
        """What `derive_carriage` derives, and the number of origins. `outlet` is that of the document it stands in."""
        stops = [stop for road in all_roads for stop in road]
        carried = dict.fromkeys((stop.carrier.id, stop.role) for stop in stops if stop.carrier)
        own = {outlet.id, *(stop.carrier.id for stop in stops if stop.is_document and stop.carrier)}
        firsts = [next((stop for stop in road if stop.carrier), None) for road in all_roads]
        origins = {stop.carrier.id: _standing(stop.carrier.id in own) for stop in firsts if stop and stop.carrier}
        self.rows["quotes_carriage"] += [
            CarriageRow(row.id, key, role, row.said_max, origins.get(key, "")) for key, role in carried
        ]
        return list(carried), len(origins)

    def _fingerprint(self, row: StatementRow, told: Told) -> None:
        """What `quotes.record.fingerprinting` looks it up by."""
        wordings = dict.fromkeys(told.wordings) if len(told.wordings) > 1 else told.wordings
        key = row.id
        self.rows["quotes_fingerprint"] += [(number, key) for number in sorted(kept_of(wordings, _number))]

    def _index(
        self, row: StatementRow, wording: Wording, carried: list[tuple[int, str]], origins: int, topics: list[Subject]
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
                topics=[key for topic in topics for key in topic.path],
                said=(_day(row.said_min), days.date(row.said_max)),
                published=(_day(row.published_min), days.date(row.published_max)),
                label=row.label,
            )
        )
        self.rows["quotes_entry"].append(EntryRow(statement_id=row.id, **vars(columns)))
        self.tokens[month_of(columns.place)].update(columns.terms.split())


def _standing(is_held: bool) -> str:  # noqa: FBT001  # one fact
    return HELD if is_held else STATED


def _counted(found: dict[int, Counter[str]]) -> Counter[tuple[str, int]]:
    """How often tokens stand in entries: in all (month 0) and in each month."""
    every = sum(found.values(), Counter())
    counts = Counter({(token, 0): n for token, n in every.items()})
    for month, tokens in found.items():
        counts.update({(token, month): n for token, n in tokens.items()})
    return counts


def _stored(spans: Spans) -> str:
    """Spans as the database keeps them."""
    if len(spans) == 1 and spans[0].mode in ("direct", "indirect"):
        return f'[{{"mode": "{spans[0].mode}", "text": {quoted(spans[0].text)}}}]'
    return _json(to_json(spans))


def _salt(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"


def _moment(day: int, random: Random) -> str:
    """A time of that day."""
    minute = int(random.random() * 1440)
    return f"{days.iso(day)} {minute // 60:02}:{minute % 60:02}:00"


def _day(text: str | None) -> dt.date | None:
    return days.date(text) if text else None


def _ordinal(moment: str) -> int:
    return days.ordinal(moment[:10])
