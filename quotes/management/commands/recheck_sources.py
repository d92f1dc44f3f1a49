import datetime as dt
import signal
from argparse import ArgumentParser
from collections import Counter
from types import FrameType
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils import timezone

from quotes.management.unchecked import UncheckedCommand
from quotes.permalinks import Mistyped, read_pid
from quotes.record.recheck import recheck
from sources.fetching import Fetcher
from sources.fetching.politeness import Politeness
from sources.models import Document, Recheck
from sources.rechecking import due


class Command(UncheckedCommand):
    help = (
        "Fetches documents again and notes whether they are unchanged, changed or gone, and where the quoted words "
        "are now. For cron: each run goes on with those that have waited longest, and can be interrupted at any time."
    )

    # For tests alone: another web and another clock.
    make_fetcher = Fetcher
    make_politeness = Politeness
    stopped = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", help="ids of documents to look at now, whenever they were looked at last")
        parser.add_argument("--older-than", type=int, default=7, metavar="DAYS", help="since the last look (7)")
        parser.add_argument("--limit", type=int, default=200, help="the most documents in one run (200)")
        parser.add_argument("--delay", type=float, default=5, metavar="SECONDS", help="between requests to a host (5)")

    def handle(self, *args: Any, ids: list[str], older_than: int, limit: int, delay: float, **options: Any) -> None:
        waiting = named(ids) if ids else due(timezone.now(), dt.timedelta(days=older_than))
        fetcher, politeness = self.make_fetcher(), self.make_politeness(delay)
        before = signal.signal(signal.SIGTERM, self.stop)
        counts: Counter[str] = Counter()
        try:
            for key, url in list(waiting.values_list("pk", "url")[:limit]):
                if self.stopped:
                    break
                politeness.wait(url, fetcher.robots.delay(url))
                # Another run may have looked at it during the pause.
                if document := waiting.filter(pk=key).first():
                    counts[self.look(document, fetcher)] += 1
        finally:
            signal.signal(signal.SIGTERM, before)
        self.stdout.write(summary(counts))

    def look(self, document: Document, fetcher: Fetcher) -> str:
        made = recheck(document, fetcher=fetcher, at=timezone.now())
        if made.result != Recheck.Result.UNCHANGED:
            self.stdout.write(line(document, made))
        return made.result

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Let the document at hand be finished."""
        self.stopped = True


def named(ids: list[str]) -> QuerySet[Document]:
    try:
        pids = [read_pid(typed) for typed in ids]
    except Mistyped as error:
        raise CommandError(f"“{error}” is no document’s id.") from error
    found = Document.objects.exclude(url="").filter(pid__in=pids)
    if missing := set(pids) - set(found.values_list("pid", flat=True)):
        raise CommandError(f"No document with an address has the id {', '.join(sorted(missing))}.")
    return found.order_by("pk")


def line(document: Document, made: Recheck) -> str:
    places = Counter(passage["place"] for passage in made.passages)
    words = ", ".join(f"{count} {place}" for place, count in sorted(places.items()))
    told = made.reason or (f"words: {words}" if words else "no words quoted from it")
    return f"{document.pid} {made.result}: {document.url} ({told})"


def summary(counts: Counter[str]) -> str:
    told = ", ".join(f"{counts[result]} {result}" for result in Recheck.Result.values if counts[result])
    number = f"{counts.total()} document{'s' if counts.total() > 1 else ''}"
    return f"Looked at {number}: {told}." if counts else "No document is due."
