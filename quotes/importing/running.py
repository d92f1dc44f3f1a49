"""An import's stages, each in batches: a batch is one transaction, which also moves the import's cursor.

So whatever ends a run, a kill too, the next one goes on after the last batch that was done, and nothing is done twice.
"""

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.files import opened
from quotes.importing.findings import keep
from quotes.importing.judging import Judged, Seen, Understood, judge, understand
from quotes.importing.keeping import drop_file, kept_file
from quotes.importing.known import Known
from quotes.importing.making import make
from quotes.importing.mapping import from_json
from quotes.importing.rows import Row
from quotes.importing.shaping import Shaper, newcomers_of
from quotes.models import Act, Import, Speaker
from sources.models import Outlet

BATCH = 2_000
MOST_ROWS = 200_000
_TRIES = 3
_NAMED = 50
_USUALLY, _SELDOM = gc.get_threshold(), (50_000, 20, 50)
_MOVES = Act.objects.filter(verb__in=[Act.Verb.MERGE, Act.Verb.UNDO_MERGE, Act.Verb.RENAME]).order_by("-at", "-id")
State = Import.State
Say = Callable[[int, int | None], None]
logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """Another process is at this import, or somebody stopped it."""


def run(of: Import, say: Say = lambda _, __: None) -> Import:
    """Do what is left of the stage that an import is in: try it, or import it. `say` hears of rows done, and of all.

    A file that can't be read fails the import, with why; what was imported before stays and can be undone.
    """
    try:
        if of.state in (State.CHECKING, State.RUNNING):
            with _collecting_seldom():
                _Run(of, say).run()
    except Overtaken:
        # Whoever has it now says what becomes of it.
        pass
    except CannotImport as error:
        _fail(of, str(error))
    except DatabaseError:
        # The database will be back, and the import goes on where it was.
        raise
    except Exception:
        logger.exception("Import %s failed", of.pk)
        _fail(of, remarks.UNEXPECTED)
    if Import.objects.filter(pk=of.pk).exists():
        of.refresh_from_db()
    return of


def _fail(of: Import, problem: str) -> None:
    # What is on record of it already is there to be undone.
    state = State.DONE if of.statements.exists() else State.FAILED
    stopped = {"counts": {**of.counts, "stopped": problem}} if state == State.DONE else {"problem": problem[:500]}
    Import.objects.filter(pk=of.pk, state=of.state).update(state=state, moved_at=timezone.now(), **stopped)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look seldom for circles among objects: rows make none, and looking takes a seventh of an import's time."""
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*_USUALLY)


class _Run:
    def __init__(self, of: Import, say: Say) -> None:
        self.of, self.say = of, say
        self.columns = from_json(of.mapping)
        self.shaper, self.seen = Shaper(Known()), Seen()
        self.is_trial = of.state == State.CHECKING
        self.new: dict[str, set[int]] = {"speakers": set(), "outlets": set(), "documents": set()}
        self.topics: dict[str, str] = {}
        self.latest = _MOVES.values_list("pk", flat=True).first()

    def run(self) -> None:
        if self.is_trial and self.of.cursor:
            # A trial keeps nothing but what it counts: one that was ended begins again.
            self._begin_again()
        with kept_file(self.of) as file, opened(file) as data:
            for batch in self._batches(self._after(self.of.cursor, data.rows)):
                self._do(batch)
                self.say(self.of.cursor, self.of.rows)
        self._end()

    def _batches(self, rows: Iterator[Row]) -> Iterator[Understood]:
        """The rows in batches; the next one is read while the database is at work on this one."""

        def read() -> Understood:
            return understand(list(islice(rows, BATCH)), self.columns, self.seen)

        with ThreadPoolExecutor(1) as ahead:
            batch = ahead.submit(read).result()
            while batch.rows:
                following = ahead.submit(read)
                yield batch
                batch = following.result()

    def _begin_again(self) -> None:
        with transaction.atomic():
            self._lock()
            self.of.cursor, self.of.counts = 0, {}
            self.of.save(update_fields=["cursor", "counts"])
            self.of.findings.all().delete()

    def _after(self, cursor: int, rows: Iterator[Row]) -> Iterator[Row]:
        for done, row in enumerate(rows):
            if done >= MOST_ROWS:
                raise CannotImport(remarks.TOO_MANY_ROWS % {"most": f"{MOST_ROWS:,}"})
            if done < cursor:
                self.seen.note(row, self.columns)
            else:
                yield row

    def _do(self, batch: Understood) -> None:
        for left in reversed(range(_TRIES)):
            try:
                with transaction.atomic():
                    self._lock()
                    self._write(batch)
            except IntegrityError:
                # Somebody took a slug, or made a document with the same address, between the look and the write.
                if not left:
                    raise
                self.of.refresh_from_db()
                self.shaper = Shaper(Known())
            else:
                return

    def _lock(self) -> None:
        """Let nobody else be at this import. Raises Overtaken where somebody was, or gave it up."""
        current = Import.objects.select_for_update(no_key=True).filter(pk=self.of.pk).first()
        if current is None or (current.state, current.cursor) != (self.of.state, self.of.cursor):
            raise Overtaken

    def _write(self, batch: Understood) -> None:
        if not self.is_trial:
            self.seen.words.clear()
            self._forget_what_moved()
        judged = judge(batch, self.columns, self.shaper, self.seen)
        self._keep(judged)
        if not self.is_trial:
            make(judged.new, self.shaper, self.of, editor=self.of.by)
        self.of.cursor += batch.rows
        self.of.moved_at = timezone.now()
        self.of.save(update_fields=["cursor", "counts", "moved_at"])

    def _forget_what_moved(self) -> None:
        """Look everything up anew where somebody was merged or renamed since. One query."""
        latest = _MOVES.values_list("pk", flat=True).first()
        if latest != self.latest:
            self.latest, self.shaper = latest, Shaper(Known())

    def _keep(self, judged: Judged) -> None:
        counts = Counter(self.of.counts)
        counts["new"] += len(judged.new)
        if self.is_trial:
            self._count_newcomers(judged, counts)
        keep(self.of, judged.findings, counts)
        self.of.counts = dict(counts)

    def _count_newcomers(self, judged: Judged, counts: Counter[str]) -> None:
        for what, some in newcomers_of(judged.new).items():
            self.new[what] |= some
            counts[what] = len(self.new[what])
        known = self.shaper.known.topics
        names = (name for one in judged.new for name in one.wanted.topics if name not in known)
        self.topics |= {name.casefold(): name for name in names}
        counts["topics"] = len(self.topics)

    def _names(self) -> dict[str, list[str]]:
        """What the first newcomers are called."""
        new = self.shaper.new
        made: dict[str, Iterable[Speaker | Outlet]] = {
            "speakers": new.speakers.values(),
            "outlets": new.outlets.values(),
        }
        named = {what: [one.name for one in some if id(one) in self.new[what]][:_NAMED] for what, some in made.items()}
        return {**named, "topics": list(self.topics.values())[:_NAMED]}

    def _end(self) -> None:
        with transaction.atomic():
            self._lock()
            of = self.of
            of.rows = of.cursor
            if self.is_trial:
                of.state, of.expected = State.CHECKED, {**of.counts, "names": self._names()}
                of.cursor, of.counts = 0, {}
            else:
                of.state, of.ended_at = State.DONE, timezone.now()
            of.save()
        if not self.is_trial:
            drop_file(of)
