"""What readers see, as named queries: one definition for pages, feeds, exports and the API."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from sources.models import Document, Outlet

if TYPE_CHECKING:
    from quotes.models import Appearance, Link, Speaker, Statement, Topic  # noqa: F401  # the models stand on this room

# `IS NULL` would have SQLite look them up in the index of what was merged, where nearly all are alike, and sort them.
_NOT_MERGED = ~Q(merged_into__gt=0)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Reads of statements."""

    def published(self) -> Self:
        """What every list holds: published, and neither retracted, removed nor merged away."""
        return self.filter(state="published")

    def drafts(self) -> Self:
        """What editors are still at work on, newest first."""
        return self.filter(state="draft").order_by("-created_at", "-id")

    def latest_first(self) -> Self:
        """The order of every list: by the last day it can have been said, then by id."""
        return self.order_by("-said_max", "-id")

    def newest_first(self) -> Self:
        """The order of what is new on record."""
        return self.order_by("-recorded_at", "-id")

    def for_cards(self) -> Self:
        """With all that a card shows: three queries, however many cards."""
        carriages = apps.get_model("quotes", "Carriage")._default_manager.select_related("outlet")
        return self.select_related("speaker", "speaks_for").prefetch_related("topics", Prefetch("carriages", carriages))

    def with_wordings(self) -> Self:
        """With every wording that a statement is on record with: three queries, however many statements.

        What has the statement's own words is left out: the last version does, and nearly all that print it.
        """
        versions = apps.get_model("quotes", "Revision")._default_manager
        later = versions.filter(statement=OuterRef("statement"), number__gt=OuterRef("number"))
        earlier = versions.filter(Exists(later)).only("statement", "number", "body", "sha256")
        appearances = apps.get_model("quotes", "Appearance")._default_manager.select_related("document__outlet")
        otherwise = appearances.exclude(spans=F("statement__spans"))
        return self.prefetch_related(
            Prefetch("revisions", earlier, to_attr="known_versions"),
            Prefetch("appearances", otherwise, to_attr="known_printings"),
        )

    def for_permalink(self) -> Self:
        """With the speaker and the topics: two queries."""
        return self.select_related("speaker", "speaks_for", "merged_into").prefetch_related("topics")

    def said_within(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Those that can have been said from `first` to `last`, both inclusive and either open."""
        return self._within("said", first, last)

    def published_within(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Those whose earliest publication can have been from `first` to `last`."""
        return self._within("published", first, last)

    def _within(self, date: str, first: dt.date | None, last: dt.date | None) -> Self:
        found = self
        if first:
            found = found.filter(**{f"{date}_max__gte": first})
        if last:
            found = found.filter(Q(**{f"{date}_min": None}) | Q(**{f"{date}_min__lte": last}))
        return found


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    """Reads of appearances."""

    def with_places(self) -> Self:
        """With their documents, and their snapshots without the archived texts: one query."""
        return self.select_related("document__outlet", "snapshot").defer("snapshot__text")

    def with_roads(self) -> Self:
        """With their documents and relay chains, and without the archived texts: two queries."""
        hops = apps.get_model("quotes", "Hop")._default_manager.select_related("outlet", "speaker", "document")
        return self.with_places().prefetch_related(Prefetch("hops", hops))

    def with_stops(self) -> Self:
        """With their documents and relay chains, for many at once and without the archived texts: two queries."""
        hops = apps.get_model("quotes", "Hop")._default_manager.select_related("outlet", "speaker", "document")
        read = self.select_related("document__outlet", "snapshot").defer("snapshot__text")
        return read.prefetch_related(Prefetch("hops", hops))

    def in_document(self, document: Document) -> Self:
        """What visitors may see of a document's statements, in the order they stand in. One query."""
        shown = self.filter(document=document, statement__state="published", attested=False)
        return shown.select_related("statement__speaker").order_by(F("start").asc(nulls_last=True), "-end", "id")


class LinkQuerySet(models.QuerySet["Link"]):
    """Reads of links between statements."""

    def around(self, statement: "Statement") -> Self:
        """The links that a visitor sees from `statement`, from both ends. One query."""
        return self.around_any([statement])

    def around_any(self, statements: "Sequence[Statement]") -> Self:
        """The links that a visitor sees from one of `statements`, from both ends. One query."""
        return self.around_keys([statement.pk for statement in statements])

    def around_keys(self, keys: Sequence[int]) -> Self:
        """The same, by the statements' keys."""
        ends = Q(source__in=keys, target__state="published") | Q(target__in=keys, source__state="published")
        return self.filter(ends).select_related("source__speaker", "target__speaker")

    def in_public(self) -> Self:
        """The links between published statements. One query."""
        shown = self.filter(source__state="published", target__state="published")
        return shown.select_related("source__speaker", "target__speaker")


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Reads of speakers."""

    def on_record(self) -> Self:
        """Those with a page: named, not merged away, and heard in a published statement."""
        said = _published().filter(speaker=OuterRef("pk"))
        spoken_for = _published().filter(speaks_for=OuterRef("pk"))
        told = _published().filter(appearances__hops__speaker=OuterRef("pk"))
        heard = Coalesce(_first(said), _first(spoken_for), _first(told))
        return self.alias(heard=heard).filter(_NOT_MERGED, heard__isnull=False, slug__isnull=False)

    def with_counts(self) -> Self:
        """With `statement_count`, their published statements."""
        return self.annotate(statement_count=_counted("_s"))


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def with_counts(self) -> Self:
        """With `statement_count`, the published statements filed under the topic or one below it."""
        return self.annotate(statement_count=_counted("_t"))

    def below(self, topic: "Topic") -> Self:
        """The topic and all its descendants."""
        return self.filter(path__startswith=topic.path)


def _published() -> models.QuerySet[Any]:
    """The published statements, by the model's name: the model itself stands on this room."""
    return apps.get_model("quotes", "Statement")._default_manager.filter(state="published")


def _first(found: models.QuerySet[Any]) -> Subquery:
    """One of an outer row's, if there are any.

    Of EXISTS PostgreSQL makes a list of all rows that have some, however few rows are asked for.
    """
    return Subquery(found.order_by().values("pk")[:1])


def _counted(kind: str) -> Coalesce:
    """How many published statements have the outer row's token, as the index keeps count of it."""
    token = Concat(Value(kind), Cast(OuterRef("pk"), models.CharField()))
    counts = apps.get_model("quotes", "TokenCount")._default_manager.filter(token=token, month=0)
    return Coalesce(Subquery(counts.values("n"), output_field=models.IntegerField()), 0)


def outlets_on_record(carriages: models.QuerySet[Any]) -> models.QuerySet[Outlet]:
    """The outlets that carried a published statement, not merged away, with `statement_count`."""
    outlets = Outlet.objects.alias(carried=_first(carriages.filter(outlet=OuterRef("pk"))))
    return outlets.filter(_NOT_MERGED, carried__isnull=False).annotate(statement_count=_counted("_o"))


def known_as(speaker: "Speaker") -> tuple[list[Any], list[Any]]:
    """The offices of a speaker, the latest first, and their other names by language, to be shown. One query."""
    role, alias = (apps.get_model("quotes", name) for name in ("Role", "Alias"))
    none = Value(None, models.DateField())
    offices = role._default_manager.filter(speaker=speaker).order_by()
    names = alias._default_manager.filter(speaker=speaker).order_by()
    rows = offices.values_list(Value(0), "id", "label", "held", "held_min").union(
        names.values_list(Value(1), "id", "name", "language", none), all=True
    )
    found: tuple[list[Any], list[Any]] = [], []
    for is_name, key, text, detail, first in rows:
        fields = {"name": text, "language": detail} if is_name else {"label": text, "held": detail, "held_min": first}
        found[is_name].append((alias if is_name else role)(id=key, **fields))
    found[0].sort(key=lambda one: (one.held_min or dt.date.min, one.pk), reverse=True)
    found[1].sort(key=lambda one: (one.language, one.name))
    return found


def documents_on_record() -> models.QuerySet[Document]:
    """The documents that a published statement was found in, latest on record first."""
    found = apps.get_model("quotes", "Appearance")._default_manager.filter(statement__state="published", attested=False)
    held = Document.objects.alias(found=_first(found.filter(document=OuterRef("pk")))).filter(found__isnull=False)
    return held.select_related("outlet").order_by("-pk")


def roles_of(outlet: Outlet) -> set[str]:
    """In which roles an outlet carried a published statement. One query, with one look into the index a role."""
    carriage, hop = (apps.get_model("quotes", name) for name in ("Carriage", "Hop"))
    carried = carriage._default_manager.filter(outlet=outlet)
    looks = {role: Exists(carried.filter(role=role)) for role in hop.Role.values}
    found = Outlet.objects.filter(pk=outlet.pk).values_list(*looks.values()).get()
    return {role for role, carried_so in zip(looks, found, strict=True) if carried_so}
