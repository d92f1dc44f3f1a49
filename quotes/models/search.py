"""The index that lists, filters, facets and searches read: derived from published statements, and from nothing else.

`quotes.record.index` writes it in the transaction that changes a statement, and `manage.py reindex` makes it anew.
SQLite searches it by an FTS5 table that triggers keep in step, PostgreSQL by a generated column with a GIN index.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q

from quotes.models.speakers import Speaker
from quotes.models.statements import Statement


class PlaceField(models.BigIntegerField):
    """A place in a list, see quotes.search.tokens; as a primary key, SQLite's own order of the rows."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return `integer` on SQLite: a primary key of any other name for it would be a second index."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """What a published statement is found by. Every list is in descending order of `place`."""

    place = PlaceField(primary_key=True)
    statement = models.OneToOneField(Statement, models.CASCADE, related_name="entry")
    words = models.TextField(help_text="The analysed words in their order, parted by spaces")
    voices = models.TextField(help_text="Whose words they are, in order: 4d2r for four direct and two reported ones")
    terms = models.TextField(help_text="What facets count: the tokens of its speaker, outlets, topics, mode, …")
    dates = models.TextField(help_text="The tokens of what isn't counted: days, the words of its label")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place__gt=0), name="place_is_a_day_and_an_id")]

    def __str__(self) -> str:
        return f"{self.place}: {self.words[:60]}"


class TokenCount(models.Model):
    """How many entries have a token among their terms: in all (`month` 0), and of each month (202212)."""

    token = models.CharField(max_length=50)
    month = models.PositiveIntegerField()
    kind = models.CharField(max_length=2, help_text="The letters that the token begins with: _s, _r")
    n = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "month"], name="token_is_counted_once_a_month")]
        indexes = [
            models.Index("kind", F("n").desc(), "token", condition=Q(month=0), name="token_count_greatest"),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.token} in {self.month or 'all'}"


class NameWord(models.Model):
    """An analysed word of a name of a speaker with statements on record: Kyiv and Kiev both lead to the government."""

    word = models.CharField(max_length=64)
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="name_words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "speaker"], name="name_word_leads_to_a_speaker_once")]

    def __str__(self) -> str:
        return f"{self.word} of {self.speaker_id}"


class Reindexing(models.Model):
    """How far a run of `manage.py reindex` has come, down from the latest place; gone when it is done."""

    place = models.BigIntegerField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Reindexed down to {self.place}"
