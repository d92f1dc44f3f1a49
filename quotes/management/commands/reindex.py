import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quotes.management.unchecked import UncheckedCommand
from quotes.models import Reindexing, Statement
from quotes.record.index import recount
from quotes.record.reindex import lacking, lacks, reindex_next, sweep
from quotes.search.tokens import LAST_PLACE

_WIDTH = 30
_SECONDS_BETWEEN_LINES = 10


class Command(UncheckedCommand):
    help = (
        "Makes the index and the fingerprints of published statements anew, from the latest one down, while the record "
        "is read and written. "
        "It can be interrupted at any time: the next run goes on where this one stopped."
    )
    stopped = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only count what the index lacks; fail if it's not 0")
        parser.add_argument("--from-the-start", action="store_true", help="don't go on where a run stopped")
        parser.add_argument("--counts", action="store_true", help="only count anew how often each token is there")
        parser.add_argument("--missing", action="store_true", help="do nothing where the index lacks nothing")

    def handle(self, *args: Any, check: bool, from_the_start: bool, missing: bool, **options: Any) -> None:
        if options["counts"]:
            self.stdout.write(f"{recount():,} counts were wrong, and are mended.")
            return
        if check or (missing and not lacks()):
            self.report(lacking() if check else 0)
            return
        if from_the_start:
            Reindexing.objects.all().delete()
        run, is_new = Reindexing.objects.get_or_create(
            pk=1, defaults={"place": LAST_PLACE, "started_at": timezone.now()}
        )
        if not is_new:
            self.stdout.write(f"Going on with the run of {run.started_at:%Y-%m-%d %H:%M}.")
        before = signal.signal(signal.SIGTERM, self.stop)
        try:
            self.run(run)
        finally:
            signal.signal(signal.SIGTERM, before)

    def report(self, missing: int) -> None:
        if missing:
            raise CommandError(f"{missing:,} published statements aren't in the index: run `manage.py reindex`.")
        self.stdout.write("Every published statement is in the index.")

    def run(self, run: Reindexing) -> None:
        bar = Bar(self, Statement.objects.published().count())
        while not self.stopped and (done := reindex_next(run)):
            bar.advance(done)
        if self.stopped:
            raise CommandError("Stopped: run `manage.py reindex` again to go on.")
        gone = sweep()
        run.delete()
        self.stdout.write(f"Indexed {bar.done:,} statements anew; {gone:,} entries of others are gone.")

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True


class Bar:
    """How far it has come: drawn over itself on a terminal, a line now and then elsewhere."""

    def __init__(self, command: BaseCommand, total: int) -> None:
        self.command, self.total, self.done = command, total, 0
        self.began = self.told = time.monotonic()

    def advance(self, by: int) -> None:
        self.done += by
        now = time.monotonic()
        is_terminal = self.command.stderr.isatty()
        if is_terminal or now - self.told > _SECONDS_BETWEEN_LINES:
            self.told = now
            share = min(1.0, self.done / max(self.total, 1))
            drawn = f"[{'█' * round(share * _WIDTH):<{_WIDTH}}]"
            rate = self.done / max(now - self.began, 0.001)
            line = f"{drawn} {self.done:,} of {self.total:,}, {rate:,.0f} a second"
            self.command.stderr.write(line, ending="\r" if is_terminal and share < 1 else "\n")
