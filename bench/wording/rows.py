"""Many invented statements in a scratch database, written past the record's verbs: fast, and for measuring alone."""

import datetime as dt
from random import Random

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bench.wording.invented import SPEAKERS, invent
from quotes.models import Fingerprint, Speaker, Statement
from quotes.permalinks import new_pid
from quotes.record.index import index_new
from quotes.record.rows import insert, insert_values, take_keys
from quotes.search.entries import Facts
from quotes.spans import Span, Spans, to_json
from quotes.text import fold
from quotes.wording.fingerprints import kept_of, numbering

BATCH = 5000
_DAY = dt.date(2024, 5, 1)


def fill(count: int, seed: int) -> None:
    """Write invented statements until the database holds `count` of them; those it has are kept. Nothing for none."""
    if not count:
        return
    chance = Random(seed)  # noqa: S311 - the same rows for everybody
    editor, _ = User.objects.get_or_create(username="bench")
    speakers = [_speaker(name) for name in SPEAKERS]
    there = Statement.objects.filter(recorded_by=editor).count()
    for _ in range(there):
        invent(chance), chance.choice(speakers)
    numbers = numbering(2**18)
    for start in range(there, count, BATCH):
        said = [(invent(chance), chance.choice(speakers)) for _ in range(min(BATCH, count - start))]
        # Together or not at all: a run that is interrupted leaves no statement that can't be found.
        with transaction.atomic():
            rows = [_row(key, *one, editor) for key, one in zip(take_keys(Statement, len(said)), said, strict=True)]
            insert(rows)
            marks = ((number, row.pk) for row in rows for number in kept_of([_spans(row)], numbers))
            insert_values(Fingerprint, ("hash", "statement_id"), marks)
            index_new(map(_facts, rows))


def size() -> tuple[int, int]:
    """How many statements and fingerprints there are."""
    return Statement.objects.count(), Fingerprint.objects.count()


def _speaker(name: str) -> Speaker:
    given, _, family = name.partition(" ")
    defaults = {"kind": "person", "given": given, "family": family, "slug": name.lower().replace(" ", "-")}
    return Speaker.objects.get_or_create(name=name, defaults=defaults)[0]


def _row(key: int, text: str, speaker: Speaker, editor: User) -> Statement:
    day = _DAY.isoformat()
    now = timezone.now()
    return Statement(
        pk=key, pid=new_pid(), state=Statement.State.PUBLISHED, spans=to_json([Span("direct", text)]), mode="direct",
        text=text, folded=fold(text), language="en", speaker=speaker, said=day, said_min=_DAY, said_max=_DAY,
        published=day, published_min=_DAY, published_max=_DAY, recorded_by=editor, recorded_at=now, created_at=now,
    )  # fmt: skip


def _spans(row: Statement) -> Spans:
    return (Span("direct", row.text),)


def _facts(row: Statement) -> Facts:
    return Facts(
        key=row.pk, spans=_spans(row), mode=row.mode, language=row.language, speaker=row.speaker_id, carried=(),
        topics=(), said=(_DAY, _DAY), published=(_DAY, _DAY),
    )  # fmt: skip
