"""What an act is news for: how its statement is found now, and how it would be without the act.

A list has news of a statement that it holds, held before a correction, or would hold were it not retracted or merged.
Filing it under another topic, or finding it again, is news for those lists alone that hold it since.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from quotes.models import Act, Appearance, Hop, Revision, Speaker, Statement, Topic
from quotes.models.origins import origins_in
from quotes.record.index import facts_of
from quotes.search.demands import Demand
from quotes.search.entries import Facts, columns_of
from quotes.search.holding import Findable, holds
from quotes.spans import from_json
from sources.slugs import resolve

QUIET = (Act.Verb.SET_TOPICS, Act.Verb.ADD_APPEARANCE)
_DEPTH = 8


@dataclass(frozen=True)
class News:
    """An act on a statement; `family` are the statement's key and those of what was merged into it."""

    act: Act
    family: frozenset[int]
    now: Findable | None = None
    before: Findable | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether it tells nothing to those who knew of the statement."""
        return self.act.verb in QUIET

    def concerns(self, demand: Demand) -> bool:
        """Whether it is news for a list. Of a removed statement nothing is left that a list could ask for."""
        holds_now = self.now is not None and holds(demand, self.now)
        held_before = self.before is not None and holds(demand, self.before)
        return (holds_now and not held_before) if self.is_quiet else (holds_now or held_before)


def news_of(acts: Sequence[Act]) -> list[News]:
    """What some acts are news for, in their order. About ten queries, three more for some acts."""
    statements = {act.statement.pk: act.statement for act in acts if act.statement}
    known = {key: one for key, one in statements.items() if one.text}
    appearances = _appearances(known)
    topics = _topics(known)
    families = _families(statements)
    facts = {
        key: facts_of(one, _carried(appearances[key]), topics[key], len(origins_in(appearances[key])))
        for key, one in known.items()
    }
    return [
        News(act, families[key], *_found(act, facts.get(key), appearances[key]))
        for act in acts
        if (key := act.statement_id or 0) in statements
    ]


def _found(act: Act, facts: Facts | None, appearances: list[Appearance]) -> tuple[Findable | None, Findable | None]:
    if facts is None:
        return None, None
    before = _before(act, facts, appearances)
    return Findable.of(columns_of(facts)), Findable.of(columns_of(before)) if before else None


def _before(act: Act, facts: Facts, appearances: list[Appearance]) -> Facts | None:
    if act.verb == Act.Verb.ADD_APPEARANCE:
        older = [one for one in appearances if one.pk != act.detail.get("appearance")]
        return facts._replace(carried=_carried(older), origins=len(origins_in(older)))
    if act.verb == Act.Verb.SET_TOPICS:
        return facts._replace(topics=_topics_before(act))
    return _as_corrected(act, facts) if act.verb == Act.Verb.CORRECT and act.revision else None


def _as_corrected(act: Act, facts: Facts) -> Facts | None:
    """The words, speaker and date that a correction put aside."""
    number = act.revision.number - 1 if act.revision else 0
    old = Revision.objects.filter(statement=act.statement_id, number=number).exclude(body="").first()
    if old is None:
        return None
    body = json.loads(old.body)
    slug, said = body["speaker"]["slug"], body["said"]
    speakers = resolve(Speaker, [slug]) if slug and "speaker" in act.detail.get("changed", ()) else {}
    return facts._replace(
        spans=from_json(body["spans"]),
        mode=body["mode"],
        language=body["language"],
        label=body["label"],
        speaker=speakers[slug].pk if slug in speakers else facts.speaker,
        said=(_day(said["first"]), _day(said["last"]) or facts.said[1]),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _topics_before(act: Act) -> list[int]:
    """What a statement was filed under before an act: by the filing before it, or as it was first published."""
    filings = Act.objects.filter(statement=act.statement_id, verb=Act.Verb.SET_TOPICS, pk__lt=act.pk)
    if last := filings.order_by("-pk").first():
        slugs = last.detail["topics"]
    else:
        first = Revision.objects.filter(statement=act.statement_id, number=1).exclude(body="").first()
        slugs = [topic["slug"] for topic in json.loads(first.body)["topics"]] if first else []
    return [key for topic in resolve(Topic, slugs).values() for key in _path(topic.path)]


def _carried(appearances: Iterable[Appearance]) -> list[tuple[int, str]]:
    return [(hop.outlet_id, hop.role) for one in appearances for hop in one.hops.all() if hop.outlet_id]


def _appearances(statements: dict[int, Statement]) -> dict[int, list[Appearance]]:
    """Where statements were found, with the roads they travelled there. Two queries."""
    found: dict[int, list[Appearance]] = defaultdict(list)
    rows = Appearance.objects.filter(statement__in=statements).select_related("document")
    rows = rows.only("statement_id", "attested", "copy_of_id", "document__outlet_id")
    for one in rows.prefetch_related(Prefetch("hops", Hop.objects.select_related("outlet"))).order_by("pk"):
        found[one.statement_id].append(one)
    return found


def _topics(statements: dict[int, Statement]) -> dict[int, list[int]]:
    """The topics of statements with all that lie above them. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    through: Any = Statement.topics.through.objects.filter(statement__in=statements)
    for key, path in through.values_list("statement_id", "topic__path"):
        found[key] += _path(path)
    return found


def _path(path: str) -> list[int]:
    return [int(key) for key in path.strip("/").split("/")]


def _families(statements: dict[int, Statement]) -> dict[int, frozenset[int]]:
    """Statements with all that were merged into them. One query for each merge in a row."""
    families = {key: {key} for key in statements}
    survivors = {key: {key} for key in statements}
    for _ in range(_DEPTH):
        merged = Statement.objects.filter(merged_into__in=survivors).values_list("pk", "merged_into")
        below: dict[int, set[int]] = {loser: survivors[survivor] for loser, survivor in merged if survivor}
        for loser, above in below.items():
            for key in above:
                families[key].add(loser)
        survivors = below
        if not survivors:
            break
    return {key: frozenset(family) for key, family in families.items()}
