"""The index of published statements, kept in the transaction that changes them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from django.db import connections, router, transaction
from django.db.models import Model

from quotes.models import Carriage, Entry, Hop, Speaker, Statement, TokenCount, Topic
from quotes.record.names import know_names
from quotes.record.rows import insert, insert_values
from quotes.search.entries import Facts, columns_of, months_of
from quotes.search.tokens import kind, speaker
from quotes.spans import Spans, from_json
from sources.models import Outlet

BATCH = 500
_ADD = """
INSERT INTO quotes_tokencount (token, month, kind, n) VALUES {rows}
ON CONFLICT (token, month) DO UPDATE SET n = quotes_tokencount.n + excluded.n
"""
_ADD_ARRAYS = """
INSERT INTO quotes_tokencount (token, month, kind, n)
SELECT * FROM UNNEST(%s::varchar[], %s::integer[], %s::varchar[], %s::integer[])
ON CONFLICT (token, month) DO UPDATE SET n = quotes_tokencount.n + excluded.n
"""
_COUNTS_AT_ONCE = 200
_READ = (
    "spans",
    "mode",
    "language",
    "speaker_id",
    "label",
    *(f"{when}_{end}" for when in ("said", "published") for end in ("min", "max")),
)
_NAMED: dict[str, type[Model]] = {"_s": Speaker, "_o": Outlet, "_t": Topic}


def index(keys: Iterable[int]) -> int:
    """Make the entries of statements say what they are; only published ones have any. Returns how many changed.

    About nine queries for five hundred statements. Belongs in a transaction that has locked them.
    """
    ordered = sorted(set(keys))
    return sum(_index(ordered[start : start + BATCH]) for start in range(0, len(ordered), BATCH))


def forget_words() -> None:
    """Let the index keep nothing of the words of entries that are gone.

    SQLite keeps them beside a mark that they are gone until the parts of its index are joined: this joins them all,
    which takes some ten seconds for a million statements. PostgreSQL keeps them, as of any row, until its next vacuum.
    """
    connection = connections[router.db_for_write(Entry)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO quotes_entry_index (quotes_entry_index) VALUES ('optimize')")


def _index(keys: list[int]) -> int:
    old = {entry.statement_id: entry for entry in Entry.objects.filter(statement__in=keys)}
    facts = list(_facts(keys))
    new = {one.key: _entry(one) for one in facts}
    changed = [key for key in keys if not _same(old.get(key), new.get(key))]
    gone, come = ([entries[key] for key in changed if key in entries] for entries in (old, new))
    if gone:
        Entry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    insert(come)
    _count(gone, come)
    know(chain((token for entry in new.values() for token in entry.terms.split()), heard_beside(list(new))))
    return len(changed)


def wrong_entries(keys: list[int]) -> list[int]:
    """Which of some statements have another entry than they should have, or lack it. Four queries."""
    old = {entry.statement_id: entry for entry in Entry.objects.filter(statement__in=keys)}
    new = {one.key: _entry(one) for one in _facts(keys)}
    return [key for key in keys if not _same(old.get(key), new.get(key))]


def heard_beside(keys: Iterable[int]) -> Iterator[str]:
    """The tokens of those who have a page for statements without having said them. One query; `keys` may be one, too.

    They are for whom somebody spoke, and who told what another said.
    """
    principals = Statement.objects.filter(pk__in=keys, speaks_for__isnull=False).order_by()
    tellers = Hop.objects.filter(appearance__statement__in=keys, speaker__isnull=False).order_by()
    found = principals.values_list("speaks_for_id").union(tellers.values_list("speaker_id"))
    return (speaker(key) for (key,) in found)


def index_new(facts: Iterable[Facts], beside: Iterable[int] = ()) -> None:
    """Index statements that were never indexed, of whom all is known. The queries of `index` that write.

    `beside` are the ids of those for whom somebody spoke in them, and who told what another said.
    """
    counts: Counter[tuple[str, int]] = Counter()

    def entry(one: Facts) -> tuple[object, ...]:
        columns = columns_of(one)
        counts.update(months_of(columns.place, columns.terms))
        return one.key, columns.place, columns.words, columns.voices, columns.terms, columns.dates

    insert_values(Entry, ("statement_id", "place", "words", "voices", "terms", "dates"), map(entry, facts))
    count(counts)
    know(chain((token for token, _ in counts), map(speaker, beside)))


def know(found: Iterable[str]) -> None:
    """Let the names of all speakers, outlets and topics whose tokens these are lead to them."""
    for model, keys in parties(found):
        know_names(model, keys)


def parties(found: Iterable[str]) -> Iterator[tuple[type[Model], list[int]]]:
    """The speakers, outlets and topics whose tokens these are, by their keys, some hundreds at a time."""
    keys: dict[str, set[int]] = {letter: set() for letter in _NAMED}
    for token in set(found):
        if kind(token) in keys:
            keys[kind(token)].add(int(token[2:]))
    for letter, model in _NAMED.items():
        ordered = sorted(keys[letter])
        for start in range(0, len(ordered), BATCH):
            yield model, ordered[start : start + BATCH]


def _same(one: Entry | None, other: Entry | None) -> bool:
    if one is None or other is None:
        return one is other
    fields = [field.attname for field in Entry._meta.concrete_fields]
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _entry(facts: Facts) -> Entry:
    return Entry(statement_id=facts.key, **columns_of(facts)._asdict())


def _facts(keys: list[int]) -> Iterator[Facts]:
    """Return what is to be known of those that are published. Three queries."""
    carried: dict[int, list[tuple[int, str]]] = defaultdict(list)
    filed: dict[int, list[int]] = defaultdict(list)
    origins: dict[int, set[int]] = defaultdict(set)
    for statement, outlet, role, origin in Carriage.objects.filter(statement__in=keys).values_list(
        "statement_id", "outlet_id", "role", "origin"
    ):
        carried[statement].append((outlet, role))
        if origin:
            origins[statement].add(outlet)
    # Not as they were filed: Django files several at once in no order.
    topics = Statement.topics.through.objects.filter(statement__in=keys).order_by("topic_id")
    for statement, path in topics.values_list("statement_id", "topic__path"):
        filed[statement] += [int(key) for key in path.strip("/").split("/")]
    for one in Statement.objects.published().filter(pk__in=keys).only(*_READ).order_by("pk"):
        yield facts_of(one, carried[one.pk], filed[one.pk], len(origins[one.pk]))


def facts_of(
    statement: Statement,
    carried: Iterable[tuple[int, str]],
    topics: Iterable[int],
    origins: int,
    spans: Spans | None = None,
) -> Facts:
    """What a statement is found by: its own fields, beside what is told. `spans` are its own, where they were read."""
    return Facts(
        key=statement.pk,
        spans=from_json(statement.spans) if spans is None else spans,
        mode=statement.mode,
        language=statement.language,
        speaker=statement.speaker_id,
        carried=carried,
        origins=origins,
        topics=topics,
        said=(statement.said_min, statement.said_max),
        published=(statement.published_min, statement.published_max),
        label=statement.label,
    )


def _count(gone: list[Entry], come: list[Entry]) -> None:
    """Count entries out and in, in the order of the tokens: so two writers don't wait for each other in a circle."""
    counts: Counter[tuple[str, int]] = Counter()
    for entry in come:
        counts.update(months_of(entry.place, entry.terms))
    for entry in gone:
        counts.subtract(months_of(entry.place, entry.terms))
    count(counts)
    if gone:
        TokenCount.objects.filter(token__in={token for (token, _), n in counts.items() if n < 0}, n=0).delete()


def recount() -> int:
    """Make the counts anew from the entries; how many were wrong. Whoever writes waits till the transaction's end."""
    connection = connections[router.db_for_write(TokenCount)]
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE quotes_entry, quotes_tokencount IN SHARE ROW EXCLUSIVE MODE")
        wrong = wrong_counts()
        count({pair: found - n for pair, (n, found) in wrong.items()})
        TokenCount.objects.filter(n=0).delete()
    return len(wrong)


def wrong_counts(say: Callable[[int], None] = lambda _rows: None) -> dict[tuple[str, int], tuple[int, int]]:
    """The tokens and months of which another number is counted than entries have them: both numbers.

    All counts are held in memory; `say` is told how many entries were read.
    """
    found: Counter[tuple[str, int]] = Counter()
    entries = Entry.objects.order_by("pk").values_list("place", "terms")
    for done, (place, terms) in enumerate(entries.iterator(), 1):
        found.update(months_of(place, terms))
        if not done % BATCH:
            say(done)
    wrong = {}
    for token, month, n in TokenCount.objects.values_list("token", "month", "n").iterator():
        if (right := found.pop((token, month), 0)) != n:
            wrong[token, month] = (n, right)
    return {**wrong, **{pair: (0, n) for pair, n in found.items()}}


def count(counts: Mapping[tuple[str, int], int]) -> None:
    """Add to what is counted of tokens and months."""
    changes = sorted((token, month, n) for (token, month), n in counts.items() if n)
    connection = connections[router.db_for_write(TokenCount)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Thousands of values one by one would take longer to hand over than to write.
            if changes:
                tokens, months, numbers = map(list, zip(*changes, strict=True))
                cursor.execute(_ADD_ARRAYS, [tokens, months, list(map(kind, tokens)), numbers])
            return
        for start in range(0, len(changes), _COUNTS_AT_ONCE):
            some = changes[start : start + _COUNTS_AT_ONCE]
            rows = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            values = [value for token, month, n in some for value in (token, month, kind(token), n)]
            cursor.execute(_ADD.format(rows=rows), values)
