"""What the names of speakers, outlets and topics begin with and look like: for type-ahead, and for what is misspelt."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Lookup


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


class NameStart(models.Model):
    """A name from one of its words on: “macron” leads to Emmanuel Macron as “emmanuel macron” does."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", "Speaker"
        OUTLET = "outlet", "Outlet"
        TOPIC = "topic", "Topic"

    kind = models.CharField(max_length=7, choices=Kind)
    key = models.BigIntegerField(help_text="The speaker's, outlet's or topic's id")
    start = FoldedField(max_length=200)

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
                fields=["kind", "start"], opclasses=["varchar_ops", "varchar_pattern_ops"], name="name_start_begins"
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
