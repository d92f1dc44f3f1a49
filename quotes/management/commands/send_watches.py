import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import CommandError
from django.db import Error, close_old_connections
from django.utils import timezone

from quotes.management.unchecked import UncheckedCommand
from quotes.watching.running import Worker, forget

log = logging.getLogger(__name__)


class Command(UncheckedCommand):
    help = (
        "Tells those who watch the record what is due: e-mail and webhooks. Does it once, for cron every minute, or "
        "with --stay until it is asked to end. Several may run, and each may be killed at any time."
    )
    forget_every = 3600.0

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stay", action="store_true", help="stay, and look for work again and again")
        parser.add_argument("--every", type=float, default=2, metavar="SECONDS", help="between two looks (2)")

    def handle(self, *args: Any, stay: bool, every: float, **options: Any) -> None:
        self.stopping = threading.Event()
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        worker = Worker(stopped=self.stopping.is_set)
        try:
            if stay:
                self.stay(worker, every)
            else:
                self.once(worker)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def once(self, worker: Worker) -> None:
        done = worker.work()
        self.forget()
        if worker.failed:
            raise CommandError("Something could not be told: the log has why. It is tried again.")
        self.stdout.write(f"Done: {done}" if done else "Nothing was due.")

    def stay(self, worker: Worker, every: float) -> None:
        forgotten = None
        while not self.stopping.is_set():
            close_old_connections()
            try:
                worker.work()
                now = timezone.now()
                if forgotten is None or (now - forgotten).total_seconds() >= self.forget_every:
                    self.forget()
                    forgotten = now
            except Error:
                # The database may come back.
                log.exception("what is old could not be forgotten; it is tried again")
            self.stopping.wait(every)

    def forget(self) -> None:
        while not self.stopping.is_set() and forget():
            pass

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Let what is at hand be finished."""
        self.stopping.set()
