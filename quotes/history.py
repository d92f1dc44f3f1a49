"""The history of one statement: its versions, what was done to it in between, and how it stands now."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from quotes.citing.present import Correction, Present, Retraction
from quotes.citing.record import CitedStatement, read
from quotes.differences import Change, Part, compare_fields, compare_words
from quotes.ledger import REMOVED_FOR, acts_on, changed_words
from quotes.models import Act, Merge, Revision, Statement
from quotes.prepared import Prepared
from sources.slugs import survivor

SHOWN_CORRECTIONS = 3
_PLAIN = (Act.Verb.RETRACT, Act.Verb.RESTORE, Act.Verb.MARK_COPY, Act.Verb.UNMARK_COPY)


@dataclass(frozen=True)
class Event:
    """A line of the history. `number` is the version it made; `merge` can be undone where `can_be_undone`."""

    at: dt.datetime
    what: str
    actor: User | None
    reason: str = ""
    number: int | None = None
    changed: str = ""
    other: str = ""
    merge: Merge | None = None

    @property
    def can_be_undone(self) -> bool:
        """Whether this is a merge that stands."""
        return self.merge is not None and self.merge.undone_at is None


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side."""

    old: CitedStatement
    new: CitedStatement

    @cached_property
    def parts(self) -> list[Part]:
        """The words of both, as deletions and insertions."""
        return compare_words(self.old.words, self.new.words)

    @cached_property
    def changes(self) -> list[Change]:
        """The other fields that differ."""
        return compare_fields(self.old, self.new)

    @property
    def same_words(self) -> bool:
        """Whether the words are the same."""
        return all(part.kind == "same" for part in self.parts)


@dataclass(frozen=True)
class History:
    """All that happened to a statement, newest first, and two of its versions compared."""

    statement: Statement
    events: list[Event]
    numbers: list[int]
    chosen: tuple[int, int] | None = None
    comparison: Comparison | None = None
    problem: str = ""


def history(statement: Statement, params: Mapping[str, Any]) -> History:
    """The history, and the comparison that the parameters ask for. At most seven queries."""
    revisions = list(statement.revisions.defer("body").select_related("actor").order_by("-number"))
    numbers = [revision.number for revision in revisions]
    events = sorted(
        [*_versions_and_acts(statement, revisions), *_merges(statement)], key=lambda event: event.at, reverse=True
    )
    first, last = str(params.get("from", "")), str(params.get("to", ""))
    chosen = _chosen(first, last, numbers)
    if chosen is None:
        return History(statement, events, numbers, problem=_problem(first, last, numbers))
    old, new = chosen
    comparison = _compare(statement, old, new) if old != new else None
    return History(statement, events, numbers, chosen, comparison)


def _chosen(first: str, last: str, numbers: list[int]) -> tuple[int, int] | None:
    """The two versions asked for; by default the latest and the one before it. None where one doesn't exist."""
    known = {str(number): number for number in numbers}
    new = known.get(last) if last else numbers[0]
    if new is None:
        return None
    old = known.get(first) if first else max(new - 1, 1)
    return None if old is None else (old, new)


def _problem(first: str, last: str, numbers: list[int]) -> str:
    known = {str(number) for number in numbers}
    quoted = (gettext("“%(words)s”") % {"words": text[:20]} for text in (first, last) if text and text not in known)
    shown = {"wrong": gettext(" and ").join(quoted), "latest": numbers[0]}
    if len(numbers) > 1:
        return gettext("There is no version %(wrong)s to compare: this statement has versions 1 to %(latest)s.") % shown
    return gettext("There is no version %(wrong)s to compare: this statement has version 1 alone.") % shown


def _compare(statement: Statement, old: int, new: int) -> Comparison:
    bodies = dict(statement.revisions.filter(number__in=[old, new]).values_list("number", "body"))
    cited = {number: read(json.loads(body), settings.SITE_URL) for number, body in bodies.items()}
    return Comparison(cited[old], cited[new])


def _versions_and_acts(statement: Statement, revisions: list[Revision]) -> list[Event]:
    acts = list(acts_on(statement).select_related("actor"))
    changed = {_version(act): changed_words(act.detail.get("changed", ())) for act in acts}
    events = [
        Event(
            one.recorded_at,
            gettext("Corrected") if one.number > 1 else gettext("Recorded"),
            one.actor,
            one.reason,
            number=one.number,
            changed=changed.get(one.number, ""),
        )
        for one in revisions
    ]
    others = (act for act in acts if act.verb in _PLAIN)
    return events + [Event(act.at, act.get_verb_display().capitalize(), act.actor, act.reason) for act in others]


def _merges(statement: Statement) -> list[Event]:
    """The merges of the statement, on either side, and their undoing. Two queries."""
    sides = Q(loser_id=statement.pk) | Q(survivor_id=statement.pk)
    merges = list(Merge.objects.filter(sides, kind=Merge.Kind.STATEMENT).select_related("actor", "undone_by"))
    keys = {key for merge in merges for key in (merge.loser_id, merge.survivor_id)}
    pids = dict(Statement.objects.filter(pk__in=keys).values_list("pk", "pid")) if keys else {}
    events = []
    for merge in merges:
        is_loser = merge.loser_id == statement.pk
        other = pids[merge.survivor_id if is_loser else merge.loser_id]
        what = gettext("Merged into") if is_loser else gettext("Took in")
        events.append(Event(merge.at, what, merge.actor, merge.reason, other=other, merge=merge))
        if merge.undone_at:
            events.append(Event(merge.undone_at, gettext("Parted again from"), merge.undone_by, other=other))
    return events


@dataclass(frozen=True)
class Standing:
    """How a statement stands now: what its page says above the words."""

    shown: int | None = None
    acts: list[Act] = field(default_factory=list)

    @property
    def corrections(self) -> list[Act]:
        """The latest corrections."""
        return self.every_correction[:SHOWN_CORRECTIONS]

    @property
    def more_corrections(self) -> int:
        """How many there are beside them."""
        return len(self.every_correction) - len(self.corrections)

    @property
    def latest(self) -> int:
        """The number of the latest version."""
        return max((_version(act) for act in self.every_correction), default=1)

    @property
    def has_later(self) -> bool:
        """Whether a version comes after the shown one."""
        return self.shown is not None and self.latest > self.shown

    @property
    def changed_since(self) -> str:
        """What was changed since the shown version."""
        later = [act for act in self.every_correction if _version(act) > (self.shown or 0)]
        return changed_words(name for act in reversed(later) for name in act.detail.get("changed", ()))

    @property
    def retraction(self) -> Act | None:
        """The latest retraction."""
        return next((act for act in self.acts if act.verb == Act.Verb.RETRACT), None)

    @property
    def merge(self) -> Act | None:
        """The latest merge of the statement into another."""
        return next((act for act in self.acts if act.verb == Act.Verb.MERGE), None)

    @property
    def every_correction(self) -> list[Act]:
        """All corrections, newest first."""
        return [act for act in self.acts if act.verb == Act.Verb.CORRECT]


def _version(act: Any) -> int:
    """The version that a correction made, which `acts_on` has put beside it."""
    return int(act.version or 0)


_ACTS = Prepared(acts_on, int)


def standing(statement: Statement, shown: int | None = None) -> Standing:
    """How a statement stands, seen from version `shown`. One query."""
    return Standing(shown, _ACTS(statement.pk))


def standings(statements: Sequence[Statement]) -> dict[int, Standing]:
    """How each of some statements stands, by its key. One query."""
    acts: dict[int, list[Act]] = {statement.pk: [] for statement in statements}
    for act in acts_on(*statements) if acts else ():
        acts[act.statement_id or 0].append(act)
    return {key: Standing(None, done) for key, done in acts.items()}


def present(statement: Statement, known: Standing, read_on: dt.date) -> Present:
    """How a statement stands, as exports and citations tell it to who reads them on a day. No query."""
    history = f"{settings.SITE_URL}{statement.get_absolute_url()}/history"
    corrections = [
        Correction(made, localdate(act.at), act.reason, f"{history}?from={made - 1}&to={made}")
        for act in reversed(known.every_correction)
        if (made := _version(act))
    ]
    return Present(read_on, _retraction(statement, known.retraction), tuple(corrections))


def _retraction(statement: Statement, act: Act | None) -> Retraction | None:
    if statement.state != Statement.State.RETRACTED:
        return None
    return Retraction(localdate(act.at), act.reason) if act else Retraction()


@dataclass(frozen=True)
class Tombstone:
    """What is left of a removed statement."""

    statement: Statement
    removed_at: dt.datetime | None = None
    removed_for: str = ""
    reason: str = ""
    replacement: str = ""


def tombstone(statement: Statement) -> Tombstone:
    """What is told of a removed statement, or of one merged into it. One query, and one more for each merge."""
    act = Act.objects.filter(statement=survivor(statement), verb=Act.Verb.REMOVE).first()
    if act is None:
        return Tombstone(statement)
    words = str(REMOVED_FOR.get(act.reason_code, act.reason_code))
    return Tombstone(statement, act.at, words, act.reason, act.detail.get("replacement", ""))
