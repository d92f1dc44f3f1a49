"""Making the index and the fingerprints anew while the record is read and written, a batch in a transaction each."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from quotes.models import Carriage, Entry, Fingerprint, Reindexing, Statement, TokenCount
from quotes.record.carriage import derive_carriage
from quotes.record.fingerprinting import fingerprints_of, refingerprint
from quotes.record.index import BATCH, index
from quotes.record.pages import lock_pages
from quotes.search.tokens import EVERY, day_of, kind, origins, place_of, statement_of

_PROBED = 100
_ENTRIES = Entry.objects.filter(statement=OuterRef("pk"))
_FINGERPRINTS = Fingerprint.objects.filter(statement=OuterRef("pk"))


def reindex_next(run: Reindexing) -> int:
    """Index the next statements below the place that a run has come to; how many there were.

    Their rows are locked meanwhile: a writer waits for the batch, or the batch for the writer and then reads its work.
    """
    # A place is that of the last statement that was done; the highest one is beyond all days.
    day, key = day_of(run.place - 1), statement_of(run.place)
    below = Q(said_max__lte=day) & (Q(said_max__lt=day) | Q(pk__lt=key)) if key else Q()
    with transaction.atomic():
        found = Statement.objects.published().latest_first().filter(below)[:BATCH]
        rows = list(found.values_list("pk", "said_max"))
        if rows:
            lock_pages(pk for pk, _ in rows)
            derive_carriage(Statement.objects.filter(pk__in=[pk for pk, _ in rows]))
            refingerprint((pk for pk, _ in rows), sparing=True)
            run.place = place_of(rows[-1][1], rows[-1][0])
            run.save(update_fields=["place"])
    return len(rows)


def sweep() -> int:
    """Drop what is derived of statements that aren't published; how many of these had entries."""
    published = Statement.objects.published().filter(pk=OuterRef("statement_id"))
    gone = list(Entry.objects.filter(~Exists(published)).values_list("statement_id", flat=True))
    others = Statement.objects.exclude(state=Statement.State.PUBLISHED)
    with transaction.atomic():
        Carriage.objects.filter(~Exists(published)).delete()
        refingerprint(others.filter(Exists(_FINGERPRINTS)).values_list("pk", flat=True))
        return index(gone)


def lacking() -> int:
    """Count the published statements that lack their entry in the index or their fingerprints. Reads all three tables.

    Of those without fingerprints the words are read: a statement without a word has none.
    """
    return _unindexed().count() + _without_origins() + sum(1 for _ in _unfingerprinted())


def lacks() -> bool:
    """Say whether any published statement lacks its entry or its fingerprints."""
    return _unindexed().exists() or _without_origins() > 0 or any(True for _ in _unfingerprinted())


def _unindexed() -> QuerySet[Statement]:
    return Statement.objects.published().filter(~Exists(_ENTRIES))


def _without_origins() -> int:
    """Count the entries of an earlier release, which didn't say from how many origins a statement comes."""
    counts = TokenCount.objects.filter(month=0)
    every = counts.filter(token=EVERY).aggregate(n=Sum("n"))["n"] or 0
    return int(every - (counts.filter(kind=kind(origins(0))).aggregate(n=Sum("n"))["n"] or 0))


def _unfingerprinted() -> Iterator[Statement]:
    bare = Statement.objects.published().filter(Exists(_ENTRIES) & ~Exists(_FINGERPRINTS)).with_wordings()
    yield from (one for one in bare.iterator(chunk_size=BATCH) if fingerprints_of(one))


def seems_to_lack() -> bool:
    """Say whether some of the newest, the latest or the first statements aren't in the index. Three short looks."""
    published = Statement.objects.published()
    probes = (published.latest_first(), published.newest_first(), published.order_by("pk"))
    looks = (probe.annotate(held=Exists(_ENTRIES)).values_list("held", flat=True)[:_PROBED] for probe in probes)
    return any(not held for look in looks for held in look)
