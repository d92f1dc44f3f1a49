"""The versions of statements, as addresses ask for them."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.http import Http404

from quotes.citing.record import CitedAppearance, CitedStatement, read
from quotes.linking import Series, Version
from quotes.marking import CONTEXT
from quotes.models import Appearance, Revision, Statement, Topic
from quotes.models.log import logged_at
from quotes.permalinks import Mistyped, read_pid
from quotes.prepared import Prepared, keep

# Stands for every letter of a removed text; at the source the letters still stand, so it leads nobody to the place.
_BLANK = "█"


class NoSuchVersion(Http404):
    """The statement exists, that version of it doesn't; `latest` is the number of the last one."""

    def __init__(self, latest: int) -> None:
        super().__init__("version")
        self.latest = latest


def missing_version(latest: int | None) -> Http404:
    """What to raise for a version of a statement that has `latest` ones; None for no statement."""
    return NoSuchVersion(latest) if latest else Http404("unknown")


@dataclass(frozen=True)
class Shown:
    """A version of a statement that visitors may ask for, and the number of the latest one."""

    statement: Statement
    revision: Revision
    latest: int

    @property
    def logged_at(self) -> dt.datetime | None:
        """When a checkpoint of the log was first made over it; None until the next one."""
        found: dt.datetime | None = vars(self.revision)["logged_at"]
        return found

    @property
    def is_removed(self) -> bool:
        """Whether nothing but a tombstone is left."""
        return not self.revision.body or self.statement.state == Statement.State.REMOVED

    @cached_property
    def cited(self) -> CitedStatement:
        """The version as it was frozen; not for what is removed."""
        return read(json.loads(self.revision.body), settings.SITE_URL)

    @property
    def in_context(self) -> CitedStatement:
        """The version with what stands around its words in the archived text now, as far as visitors may see it.

        A frozen body has none: a later removal may blank the text there. No query.
        """
        cited, appearance = self.cited, self.statement.primary_appearance
        if appearance is None or not cited.source.printed or not _is_the_place(appearance, cited.source):
            return cited
        prefix, suffix = around(appearance)
        return replace(cited, source=replace(cited.source, prefix=prefix, suffix=suffix))


def around(appearance: Appearance) -> tuple[str, str]:
    """What visitors may see before and after the words in the archived text."""
    return appearance.prefix[-CONTEXT:].rpartition(_BLANK)[2], appearance.suffix[:CONTEXT].partition(_BLANK)[0]


def _is_the_place(appearance: Appearance, source: CitedAppearance) -> bool:
    """Whether the primary appearance of today is the one that was frozen."""
    place = (appearance.document.pid, appearance.start, appearance.end, appearance.printed)
    return place == (source.document.pid, source.start, source.end, source.printed)


def find(typed: str, number: int | None = None) -> Shown:
    """Version `number` of the statement that visitors may read at an address, or the latest. Two queries.

    Raises Http404: “mistyped”; “unknown”, which drafts are too; or NoSuchVersion, after one more query.
    """
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    found = _LATEST(pid) if number is None else _NUMBERED(pid, number)
    if not found:
        raise missing_version(_versions(pid).aggregate(latest=Max("number"))["latest"])
    revision = found[0]
    keep(revision.statement, "topics", _TOPICS(revision.statement.pk), Topic)
    return Shown(revision.statement, revision, revision.number if number is None else vars(revision)["latest"])


def _versions(pid: str) -> QuerySet[Revision]:
    return Revision.objects.filter(statement__pid=pid).exclude(statement__state=Statement.State.DRAFT)


def _whole(pid: str) -> QuerySet[Revision]:
    """A statement's versions with what their pages and files read of it, the latest first."""
    beside = ("speaker", "speaks_for", "merged_into", "primary_appearance__document")
    whole = _versions(pid).select_related(*(f"statement__{name}" for name in beside))
    return whole.annotate(logged_at=logged_at()).order_by("-number")


_LATEST = Prepared(lambda pid: _whole(pid)[:1], str)
_NUMBERED = Prepared(lambda pid, number: _whole(pid).filter(number=number).annotate(latest=latest_number()), str, int)
_TOPICS = Prepared(lambda key: Topic.objects.filter(statements=key), int)


def latest_of(statements: Iterable[Statement], *, with_bodies: bool = False) -> dict[int, Revision]:
    """The latest version of each of some statements, by the statement's key. One query."""
    versions = Revision.objects.filter(statement__in=statements).annotate(latest=latest_number())
    latest = versions.filter(number=F("latest")).order_by()
    return {version.statement_id: version for version in (latest if with_bodies else latest.defer("body"))}


def latest_number() -> Subquery:
    """The number of the latest version, in a query of revisions."""
    siblings = Revision.objects.filter(statement=OuterRef("statement")).order_by()
    return Subquery(siblings.values("statement").annotate(latest=Max("number")).values("latest"))


def series(statement: Statement) -> Series:
    """All versions with their times, oldest first. One query."""
    rows = statement.revisions.order_by("number").values_list("number", "recorded_at")
    return Series(f"{settings.SITE_URL}{statement.get_absolute_url()}", [Version(*row) for row in rows])
