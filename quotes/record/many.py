"""Many statements at once, as drafts or published: the same rows as one by one, in a few queries for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.log import entries
from quotes.models import Act, Appearance, Carriage, Fingerprint, Hop, Leaf, Revision, Role, Statement, Topic
from quotes.models.log import sealed
from quotes.models.unsaved import unsaved
from quotes.record.bodies import seal
from quotes.record.carriage import COLUMNS, Row, carried
from quotes.record.draft import appearance_of, check_hops, columns, hops_of
from quotes.record.index import facts_of, index_new
from quotes.record.rows import insert, insert_values, take_keys, take_pids
from quotes.record.specs import AppearanceSpec, StatementSpec
from quotes.search.entries import Facts
from quotes.spans import Spans
from quotes.wording.fingerprints import kept_of
from sources.models import Outlet


def check(spec: StatementSpec) -> None:
    """Raise BadDraft, naming the field, where this would be refused. What it names may be unsaved; no query then."""
    columns(spec)
    for appearance in spec.appearances:
        check_hops(appearance.hops)


def draft_many(specs: Sequence[StatementSpec], *, editor: User) -> list[Statement]:
    """Write new drafts, all or none. Raises what `draft` raises. Some ten queries for five hundred."""
    with transaction.atomic():
        return [one.statement for one in _write(specs, {"recorded_by": editor})]


def publish_many(specs: Sequence[StatementSpec], *, editor: User) -> list[Statement]:
    """Put statements on record, all or none, each as version 1 and as `draft` and `publish` would leave it.

    Raises what `draft` raises. Some forty queries for five hundred.
    """
    now = timezone.now()
    published = {"recorded_by": editor, "state": Statement.State.PUBLISHED, "recorded_at": now, "touched": 1}
    with transaction.atomic():
        made = _write(specs, published, label=True)
        _derive(made)
        _add_versions(made, editor, now)
    return [one.statement for one in made]


_REVISION = ("id", "statement_id", "number", "body", "sha256", "recorded_at", "actor_id", "reason")
_LEAF = ("hash", "revision_id", "reason_seal", "own_seal")
_ACT = ("verb", "statement_id", "revision_id", "actor_id", "at", "reason", "reason_code", "detail")


@dataclass
class _Made:
    """A statement with its rows; `appearances` come in the order of its spec."""

    statement: Statement
    spans: Spans
    printed: Sequence[Spans]
    topics: Sequence[Topic]
    appearances: list[Appearance] = field(default_factory=list)

    @property
    def primary(self) -> Appearance:
        chosen = self.statement.primary_appearance
        if chosen is None:
            raise ValueError("a statement has a primary appearance once it is written")
        return chosen

    @cached_property
    def relays(self) -> set[Outlet]:
        """The outlets that passed it on, once its chains are there."""
        hops = (hop for row in self.appearances for hop in row.hops.all() if hop.role == Hop.Role.RELAYED_BY)
        return {hop.outlet for hop in hops if hop.outlet}

    @property
    def heard_beside(self) -> Iterator[int]:
        """The ids of for whom it was said, and of those who told it, once its chains are there."""
        tellers = (hop.speaker_id for row in self.appearances for hop in row.hops.all())
        return (key for key in [self.statement.speaks_for_id, *tellers] if key)


def _write(specs: Sequence[StatementSpec], fields: Mapping[str, object], *, label: bool = False) -> list[_Made]:
    """The rows of statements, their appearances, chains and topics."""
    ids = zip(take_keys(Statement, len(specs)), take_pids(Statement, len(specs)), strict=True)
    own = {**fields, "created_at": timezone.now()}
    statements = [
        unsaved(Statement, id=key, pid=pid, **columns(spec), **own) for spec, (key, pid) in zip(specs, ids, strict=True)
    ]
    if label:
        _label(statements)
    made = [
        _Made(statement, spec.spans, [found.spans for found in spec.appearances], _by_key(spec.topics))
        for statement, spec in zip(statements, specs, strict=True)
    ]
    keys = iter(take_keys(Appearance, sum(len(spec.appearances) for spec in specs)))
    for one, spec in zip(made, specs, strict=True):
        for found in spec.appearances:
            _appear(one, found, next(keys))
        one.statement.primary_appearance = _primary(one, spec)
    # A statement names its primary appearance, and that its statement: the database looks when both are there.
    insert(statements)
    insert([row for one in made for row in one.appearances])
    insert([hop for one in made for row in one.appearances for hop in row.hops.all()])
    filed = [(one.statement.pk, topic.pk) for one in made for topic in one.topics]
    insert_values(Statement.topics.through, ("statement_id", "topic_id"), filed)
    return made


def _appear(made: _Made, spec: AppearanceSpec, key: int) -> None:
    check_hops(spec.hops)
    appearance = appearance_of(made.statement, spec)
    appearance.pk = key
    appearance.created_at = made.statement.created_at
    _hold(appearance, hops_of(appearance, spec.hops))
    made.appearances.append(appearance)


def _hold(appearance: Appearance, hops: list[Hop]) -> None:
    """Let `appearance.hops.all()` be these, as if they had been prefetched."""
    appearance._prefetched_objects_cache = {"hops": hops}  # type: ignore[attr-defined]  # noqa: SLF001 - as above


def _by_key(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(set(topics), key=lambda topic: topic.pk)


def _primary(made: _Made, spec: StatementSpec) -> Appearance:
    """The chosen appearance, else the one found in the earliest document."""
    pairs = zip(made.appearances, spec.appearances, strict=True)
    chosen = next((row for row, found in pairs if found.chosen), None)
    return chosen or min(made.appearances, key=lambda row: (row.attested, row.document.published_max, row.pk))


def _label(statements: Iterable[Statement]) -> None:
    """Give those without one the office that their speaker held. One query."""
    bare = [one for one in statements if not one.label]
    held: dict[int, list[Role]] = defaultdict(list)
    for role in Role.objects.filter(speaker_id__among=[one.speaker_id for one in bare]):
        held[role.speaker_id].append(role)
    for one in bare:
        first, last = one.said_min or one.said_max, one.said_max
        labels = (role.label for role in held[one.speaker_id] if role.held_throughout(first, last))
        one.label = next(labels, "")


def _derive(made: Sequence[_Made]) -> None:
    """Carriage, index and fingerprints of what is published."""
    rows = {one.statement.pk: carried(one.appearances, one.statement.said_max) for one in made}
    carriages = [(key, *row) for key, some in rows.items() for row in some]
    insert_values(Carriage, COLUMNS, carriages)
    index_new((_facts(one, rows[one.statement.pk]) for one in made), {key for one in made for key in one.heard_beside})
    numbers = ((number, one.statement.pk) for one in made for number in _fingerprints(one))
    insert_values(Fingerprint, ("hash", "statement_id"), numbers)


def _fingerprints(made: _Made) -> list[int]:
    """As `fingerprints_of` has them of what has one version."""
    wordings = dict.fromkeys([made.spans, *made.printed])
    return sorted(kept_of(spans for spans in wordings if spans))


def _facts(made: _Made, rows: Sequence[Row]) -> Facts:
    return facts_of(
        made.statement,
        carried=[(outlet, role) for outlet, role, _, _ in rows],
        topics=[int(key) for topic in made.topics for key in topic.path.strip("/").split("/")],
        origins=len({outlet for outlet, _, _, origin in rows if origin}),
        spans=made.spans,
    )


def _add_versions(made: Sequence[_Made], editor: User, at: dt.datetime) -> None:
    """Version 1 of each with its leaf in the log, and the act that made it. At most five queries."""
    keys = take_keys(Revision, len(made))
    topics = _in_order(Topic, {topic.pk for one in made for topic in one.topics})
    relays = _in_order(Outlet, {outlet.pk for one in made for outlet in one.relays})

    leaves: list[tuple[object, ...]] = []

    def version(key: int, one: _Made) -> tuple[object, ...]:
        filed = sorted(one.topics, key=lambda topic: topics[topic.pk])
        carried_by = sorted(one.relays, key=lambda outlet: relays[outlet.pk])
        names = list(dict.fromkeys(outlet.name for outlet in carried_by))
        body, sha256 = seal(one.statement, 1, at, one.primary, list(one.primary.hops.all()), names, filed)
        facts = entries.Version(one.statement.pid, 1, sha256, at, "", editor.pk)
        hashed, seals = sealed(facts)
        leaves.append((hashed, key, seals.reason, seals.own))
        return key, one.statement.pk, 1, body, sha256, at, editor.pk, ""

    insert_values(Revision, _REVISION, map(version, keys, made))
    insert_values(Leaf, _LEAF, leaves)
    verb = Act.Verb.PUBLISH.value
    pairs = zip(keys, made, strict=True)
    insert_values(Act, _ACT, ((verb, one.statement.pk, key, editor.pk, at, "", "", {}) for key, one in pairs))


def _in_order(model: type[Topic] | type[Outlet], keys: Iterable[int]) -> dict[int, int]:
    """The place of each by its name, as the database orders names. One query."""
    ordered = model._default_manager.filter(pk__among=keys).order_by("name", "pk").values_list("pk", flat=True)
    return {key: place for place, key in enumerate(ordered)}
