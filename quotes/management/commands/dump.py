import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.timezone import localdate

from quotes.dumping import removals
from quotes.dumping.manifest import BadDump
from quotes.dumping.shelf import dumps_in
from quotes.dumping.telling import Progress
from quotes.dumping.write import dump
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = (
        "Writes the public record to a folder: JSON Lines, a manifest with the sha256 of each file, a Data Package. "
        "No account, draft or report, and no document's text. What is interrupted leaves nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="new or empty (DUMPS_DIR, a folder named by the day)")
        parser.add_argument("--keep", type=int, metavar="N", help="then delete all but the newest N dumps of DUMPS_DIR")

    def handle(self, *args: Any, folder: Path | None, keep: int | None, **options: Any) -> None:
        shelf = settings.DUMPS_DIR
        if shelf is None and (folder is None or keep is not None):
            raise CommandError("Name a folder, or set DUMPS_DIR (docs/settings.md).")
        if keep is not None and keep < 1:
            raise CommandError("--keep takes how many dumps to keep, from 1 on.")
        place = folder or Path(str(shelf)) / localdate().isoformat()
        try:
            manifest = dump(place, Progress(self.stderr).show)
        except (BadDump, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Dumped {manifest.statements:,} statements to {place} ({manifest.bytes:,} bytes).")
        if shelf is not None and place.resolve().parent == shelf:
            # An older dump is loaded without what was removed since: the list lies where they lie.
            removals.write(shelf / removals.NAME)
        for old in dumps_in(shelf)[keep:] if keep else []:
            shutil.rmtree(old.folder)
            self.stdout.write(f"Deleted {old.folder}.")
