"""The statements that stand already with the words, or under the ids, of rows."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from quotes.importing import remarks
from quotes.importing.shaping import Key, Shaped
from quotes.models import Appearance, Import, Statement
from quotes.models.statements import OPENING
from quotes.permalinks import Mistyped, read_pid

_WHERE = {
    Statement.State.DRAFT: remarks.DRAFT,
    Statement.State.PUBLISHED: remarks.ON_RECORD,
    Statement.State.RETRACTED: remarks.RETRACTED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement on record or earlier in the file, by what tells it from another with the same words."""

    folded: str
    speaker: Key
    documents: frozenset[Key]
    said: str
    where: str
    key: int | None = None
    is_retracted: bool = False


def words_hash(folded: str) -> int:
    """A number that only this record makes of words: whoever reads it can't try out what words it is of."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), folded.encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big", signed=True)


def on_record(shaped: Sequence[Shaped]) -> dict[str, list[Standing]]:
    """The statements that have the words of rows, by their folded words. Four queries."""
    wanted = {one.wanted.folded for one in shaped}
    standing: dict[str, list[Standing]] = defaultdict(list)
    if not wanted:
        return standing
    openings = {words[:OPENING] for words in wanted}
    published = Statement.objects.published().alias(opening=Left("folded", OPENING)).filter(Q(opening__among=openings))
    documents = {one.paper.pk for one in shaped if one.paper.pk}
    hashes = [words_hash(words) for words in wanted]
    others = Statement.objects.filter(state__in=[Statement.State.DRAFT, Statement.State.RETRACTED])
    undone = Q(state=Statement.State.RETRACTED, imported__of__state__in=[Import.State.UNDOING, Import.State.UNDONE])
    rows = {
        row[0]: row
        for found in (
            published,
            others.filter(imported__words__among=hashes).exclude(undone),
            others.filter(pk__in=Appearance.objects.filter(document_id__among=documents).values("statement")).exclude(
                undone
            ),
        )
        for row in _columns(found)
        if row[1] in wanted
    }
    for row, places in zip(rows.values(), _documents(list(rows)), strict=True):
        standing[row[1]].append(_stands(row, places))
    return standing


def with_ids(shaped: Iterable[Shaped]) -> dict[str, Standing]:
    """The statements on record that have the ids of rows. One query, none where rows have no ids of ours."""
    pids = {one.wanted.id: pid for one in shaped if one.wanted.id and (pid := _pid(one.wanted.id))}
    if not pids:
        return {}
    rows = {row[-1]: row for row in _columns(Statement.objects.filter(pid__among=pids.values()))}
    return {name: _stands(rows[pid], frozenset()) for name, pid in pids.items() if pid in rows}


def _columns(found: QuerySet[Statement]) -> Iterable[tuple[int, str, int, str, str, str]]:
    return found.order_by().values_list("pk", "folded", "speaker_id", "said", "state", "pid")


def _documents(keys: list[int]) -> list[frozenset[Key]]:
    places: dict[int, set[Key]] = defaultdict(set)
    for statement, document in Appearance.objects.filter(statement_id__among=keys).values_list("statement", "document"):
        places[statement].add((document,))
    return [frozenset(places[key]) for key in keys]


def _stands(row: tuple[int, str, int, str, str, str], places: frozenset[Key]) -> Standing:
    key, folded, speaker, said, state, _ = row
    where = _WHERE.get(Statement.State(state), remarks.ON_RECORD)
    return Standing(folded, (speaker,), places, said, where, key, state == Statement.State.RETRACTED)


def _pid(text: str) -> str:
    """The public id in a permalink or an id; empty where it is another's."""
    try:
        return read_pid(text.rstrip("/").rpartition("/")[2])
    except Mistyped:
        return ""
