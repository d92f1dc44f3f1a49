"""What the names of speakers, outlets and topics begin with and look like: for type-ahead, and for what is misspelt."""

from typing import Any, Self

from django.db import models
from django.db.models import Min, OrderBy, OuterRef, Q, Subquery
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, Lookup


class FoldedField(models.CharField):
    """Text as the analyser folds it: letters, marks and digits in lower case, parted by single spaces."""


@FoldedField.register_lookup
class Begins(Lookup):
    """Whether a folded text begins with another, by the index on both databases."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Write SQLite's: it compares bytes, and looks nothing that is LIKE another up in an index."""
        column, before = self.process_lhs(compiler, connection)
        first, last = self.rhs, f"{self.rhs}\U0010ffff"
        return f"({column} >= %s AND {column} < %s)", (*before, first, *before, last)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Write PostgreSQL's, whose order depends on a language unless the index is told."""
        column, before = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*before, f"{self.rhs}%")


@FoldedField.register_lookup
class SortsAfter(GreaterThan):
    """Whether a folded text comes after another by their bytes, as its index has them on both databases."""

    lookup_name = "sorts_after"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """Return the comparison that the index knows."""
        return f"{'~>~' if connection.vendor == 'postgresql' else '>'} {rhs}"


@FoldedField.register_lookup
class SortsFrom(GreaterThanOrEqual):
    """Whether a folded text is another or comes after it."""

    lookup_name = "sorts_from"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """Return the comparison that the index knows."""
        return f"{'~>=~' if connection.vendor == 'postgresql' else '>='} {rhs}"


class InBytes(OrderBy):
    """Folded texts in the order of their bytes: PostgreSQL’s own order depends on a language, and on no index here."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the order that the index has; Django looks for the word of a direction, which USING forbids."""
        return self.as_sql(compiler, connection, template="%(expression)s USING ~<~ /* ASC */")


class NameStartQuerySet(models.QuerySet["NameStart"]):
    """Reads of what names begin with."""

    def begun(self, kind: str, typed: str) -> Self:
        """Those of a kind that begin as typed, which is folded: in the order of the index, read as far as asked for."""
        starting = self.filter(kind=kind, start__begins=typed[: NameStart.LONGEST].rstrip())
        return starting.order_by(InBytes(models.F("start")), "key")

    def things_begun(self, kind: str, typed: str) -> Self:
        """The same, with everything named once: by the first of its names that begin so."""
        own = NameStart.objects.begun(kind, typed).filter(key=OuterRef("key")).order_by()
        return self.begun(kind, typed).filter(start=Subquery(own.values("key").values(first=Min("start"))))

    def after(self, place: "NameStart") -> Self:
        """Those that come after one of them."""
        beyond = Q(start__sorts_after=place.start) | Q(start=place.start, key__gt=place.key)
        # The first comparison lets the index start there.
        return self.filter(beyond, start__sorts_from=place.start)


class NameStart(models.Model):
    """A name from one of its words on: “macron” leads to Emmanuel Macron as “emmanuel macron” does."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", "Speaker"
        OUTLET = "outlet", "Outlet"
        TOPIC = "topic", "Topic"

    LONGEST = 200

    kind = models.CharField(max_length=7, choices=Kind)
    key = models.BigIntegerField(help_text="The speaker's, outlet's or topic's id")
    start = FoldedField(max_length=LONGEST)

    objects = NameStartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["speaker", "outlet", "topic"]), name="name_start_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(start=""), name="name_start_is_not_empty"),
            models.UniqueConstraint(fields=["kind", "key", "start"], name="name_start_leads_to_a_thing_once"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "start", "key"],
                opclasses=["varchar_ops", "varchar_pattern_ops", "int8_ops"],
                name="name_start_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}: {self.kind} {self.key}"


class NameTrigram(models.Model):
    """Three letters of a word of a name, by which a misspelt one is likened to it."""

    trigram = models.CharField(max_length=3)
    word = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(word=""), name="trigram_is_of_a_word"),
            models.UniqueConstraint(fields=["trigram", "word"], name="trigram_leads_to_a_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trigram}: {self.word}"
