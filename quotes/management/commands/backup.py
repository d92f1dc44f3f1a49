import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from quotes.backups.keys import setting_key
from quotes.backups.manifest import backups_in
from quotes.backups.write import FAILURES, back_up
from quotes.dumping import removals
from quotes.management.unchecked import UncheckedCommand

SHOWN = 5


class Command(UncheckedCommand):
    help = (
        "Backs up the database and the files of MEDIA_DIR as of one moment, while others write, to a new folder named "
        "by that moment; sealed where BACKUP_KEY is set. What is interrupted leaves nothing (docs/operations.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="where backups lie (BACKUP_DIR)")
        parser.add_argument("--keep", type=int, metavar="N", help="then delete all but the newest N backups there")

    def handle(self, *args: Any, folder: Path | None, keep: int | None, **options: Any) -> None:
        shelf = folder or settings.BACKUP_DIR
        if shelf is None:
            raise CommandError("Name a folder, or set BACKUP_DIR (docs/settings.md).")
        if keep is not None and keep < 1:
            raise CommandError("--keep takes how many backups to keep, from 1 on.")
        try:
            made = back_up(shelf, setting_key())
            # An older backup is restored without what was removed since: the list lies where they lie.
            removals.write(shelf / removals.NAME)
        except FAILURES as error:
            raise CommandError(f"No backup was made: {' '.join(str(error).split())}.") from error
        told = made.manifest
        sealed = f", sealed with the key {told.key}" if told.key else ""
        self.stdout.write(
            f"Backed up {told.statements:,} statements and {told.files:,} files to {made.folder} "
            f"({told.size:,} bytes{sealed})."
        )
        if told.missing:
            raise CommandError(
                f"The database names {len(told.missing):,} files that aren't in MEDIA_DIR: "
                f"{', '.join(told.missing[:SHOWN])}. All else is in the backup. Put them back from an older one; none "
                "was deleted."
            )
        for old in backups_in(shelf)[keep:] if keep else []:
            shutil.rmtree(old.folder)
            self.stdout.write(f"Deleted {old.folder}.")
