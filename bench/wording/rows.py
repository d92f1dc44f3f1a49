"""Many invented statements in a scratch database, written past the record's verbs: fast, and for measuring alone."""

import datetime as dt
from random import Random

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bench.wording.invented import SPEAKERS, invent
from quotes.models import Fingerprint, Speaker, Statement
from quotes.permalinks import new_pid
from quotes.record import refingerprint
from quotes.spans import Span, to_json
from quotes.text import fold

BATCH = 2000


def fill(count: int, seed: int) -> None:
    """Write invented statements until the database holds `count` of them; those it has are kept."""
    chance = Random(seed)  # noqa: S311 - the same rows for everybody
    editor, _ = User.objects.get_or_create(username="bench")
    speakers = [_speaker(name) for name in SPEAKERS]
    there = Statement.objects.filter(recorded_by=editor).count()
    for _ in range(there):
        invent(chance), chance.choice(speakers)
    for start in range(there, count, BATCH):
        rows = [_row(invent(chance), chance.choice(speakers), editor) for _ in range(min(BATCH, count - start))]
        # Together or not at all: a run that is interrupted leaves no statement that can't be found.
        with transaction.atomic():
            Statement.objects.bulk_create(rows)
            refingerprint([row.pk for row in rows])


def size() -> tuple[int, int]:
    """How many statements and fingerprints there are."""
    return Statement.objects.count(), Fingerprint.objects.count()


def _speaker(name: str) -> Speaker:
    given, _, family = name.partition(" ")
    defaults = {"kind": "person", "given": given, "family": family, "slug": name.lower().replace(" ", "-")}
    return Speaker.objects.get_or_create(name=name, defaults=defaults)[0]


def _row(text: str, speaker: Speaker, editor: User) -> Statement:
    day = dt.date(2024, 5, 1)
    return Statement(
        pid=new_pid(), state=Statement.State.PUBLISHED, spans=to_json([Span("direct", text)]), mode="direct", text=text,
        folded=fold(text), language="en", speaker=speaker, said=day.isoformat(), said_min=day, said_max=day,
        published=day.isoformat(), published_min=day, published_max=day, recorded_by=editor, recorded_at=timezone.now(),
    )  # fmt: skip
