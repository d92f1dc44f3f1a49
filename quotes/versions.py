"""The versions of statements, as addresses ask for them."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.http import Http404

from quotes.citing.record import CitedStatement, read
from quotes.linking import Series, Version
from quotes.models import Revision, Statement
from quotes.permalinks import Mistyped, read_pid


@dataclass(frozen=True)
class Shown:
    """A version of a statement that visitors may ask for, and the number of the latest one."""

    statement: Statement
    revision: Revision
    latest: int

    @property
    def is_removed(self) -> bool:
        """Whether nothing but a tombstone is left."""
        return not self.revision.body or self.statement.state == Statement.State.REMOVED

    @property
    def cited(self) -> CitedStatement:
        """The version as it was frozen; not for what is removed."""
        return read(json.loads(self.revision.body), settings.SITE_URL)


def find(typed: str, number: int | None = None) -> Shown:
    """Version `number` of the statement that visitors may read at an address, or the latest. Two queries.

    Raises Http404: “mistyped”; “unknown”, which drafts are too; or “version”, after one more query.
    """
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    versions = Revision.objects.filter(statement__pid=pid).exclude(statement__state=Statement.State.DRAFT)
    wanted = versions.filter(number=number) if number is not None else versions
    people = ("statement__speaker", "statement__speaks_for", "statement__merged_into")
    read_whole = wanted.select_related(*people).prefetch_related("statement__topics").annotate(latest=latest_number())
    revision = read_whole.last()
    if revision is None:
        raise Http404("version" if versions.exists() else "unknown")
    return Shown(revision.statement, revision, revision.latest)


def latest_number() -> Subquery:
    """The number of the latest version, in a query of revisions."""
    siblings = Revision.objects.filter(statement=OuterRef("statement")).order_by()
    return Subquery(siblings.values("statement").annotate(latest=Max("number")).values("latest"))


def series(statement: Statement) -> Series:
    """All versions with their times, oldest first. One query."""
    rows = statement.revisions.order_by("number").values_list("number", "recorded_at")
    return Series(f"{settings.SITE_URL}{statement.get_absolute_url()}", [Version(*row) for row in rows])
