"""What readers see, as named queries: one definition for pages, feeds, exports and the API."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from sources.models import Document, Outlet

if TYPE_CHECKING:
    from quotes.models import Appearance, Link, Speaker, Statement, Topic  # noqa: F401  # the models stand on this room


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

    def with_roads(self) -> Self:
        """With their documents and relay chains, and without the archived texts: five queries."""
        return (
            self.select_related("document__outlet", "snapshot")
            .defer("snapshot__text")
            .prefetch_related("hops__outlet", "hops__speaker", "hops__document")
        )

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
        keys = [statement.pk for statement in statements]
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
        heard = Exists(said) | Exists(spoken_for) | Exists(told)
        return self.filter(heard, slug__isnull=False, merged_into=None)

    def with_counts(self) -> Self:
        """With `statement_count`, their published statements."""
        return self.annotate(statement_count=_count(_published(), "speaker"))


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def with_counts(self) -> Self:
        """With `statement_count`, the published statements filed under the topic or one below it."""
        filings: models.QuerySet[Any] = self.model.statements.through._default_manager.all()
        filed = filings.filter(statement__state="published", topic__path__startswith=OuterRef("path"))
        counted = filed.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("statement", distinct=True))
        return self.annotate(statement_count=Coalesce(Subquery(counted.values("n")), 0))

    def below(self, topic: "Topic") -> Self:
        """The topic and all its descendants."""
        return self.filter(path__startswith=topic.path)


def _published() -> models.QuerySet[Any]:
    """The published statements, by the model's name: the model itself stands on this room."""
    return apps.get_model("quotes", "Statement")._default_manager.filter(state="published")


def _count(rows: models.QuerySet[Any], field: str) -> Coalesce:
    """How many of `rows` have the outer row in `field`."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def outlets_on_record(carriages: models.QuerySet[Any]) -> models.QuerySet[Outlet]:
    """The outlets that carried a published statement, not merged away, with `statement_count`."""
    carried = carriages.filter(outlet=OuterRef("pk")).order_by().values("outlet")
    count = Subquery(carried.annotate(n=Count("statement", distinct=True)).values("n"), output_field=IntegerField())
    return Outlet.objects.filter(Exists(carried), merged_into=None).annotate(statement_count=count)


def documents_on_record() -> models.QuerySet[Document]:
    """The documents that a published statement was found in, latest on record first."""
    found = apps.get_model("quotes", "Appearance")._default_manager.filter(statement__state="published", attested=False)
    held = Document.objects.filter(Exists(found.filter(document=OuterRef("pk"))))
    return held.select_related("outlet").order_by("-pk")


def roles_of(outlet: Outlet) -> set[str]:
    """In which roles an outlet carried a published statement. One query, with one look into the index a role."""
    carriage, hop = (apps.get_model("quotes", name) for name in ("Carriage", "Hop"))
    carried = carriage._default_manager.filter(outlet=outlet)
    looks = {role: Exists(carried.filter(role=role)) for role in hop.Role.values}
    found = Outlet.objects.filter(pk=outlet.pk).values_list(*looks.values()).get()
    return {role for role, carried_so in zip(looks, found, strict=True) if carried_so}
