from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from quotes.backups.keys import setting_key
from quotes.backups.manifest import chosen
from quotes.backups.verify import drill, read_through
from quotes.backups.write import FAILURES
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = (
        "Reads a backup to its end and holds it against its hashes; with --restore restores it to a database that is "
        "dropped again, and holds rows, files and the log against what was written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", nargs="?", default="", help="a path, or a name in BACKUP_DIR (the newest there)")
        parser.add_argument("--restore", action="store_true", help="restore it to a database that is dropped again")
        parser.add_argument("--into", default="", metavar="URL", help="PostgreSQL: to an empty database, which stays")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key it was sealed with (BACKUP_KEY)")

    def handle(self, *args: Any, backup: str, restore: bool, into: str, key: Path | None, **options: Any) -> None:
        if into and not restore:
            raise CommandError("--into goes with --restore.")
        try:
            found = chosen(backup, settings.BACKUP_DIR)
            secret = setting_key(key)
            read_through(found, secret)
            done = drill(found, secret, into) if restore else None
        except FAILURES as error:
            raise CommandError(f"This backup can't be relied on: {' '.join(str(error).split())}.") from error
        told = found.manifest
        self.stdout.write(
            f"{found.folder}, as of {told.made_at}, is what was written: {told.statements:,} statements, "
            f"{told.files:,} files, {told.size:,} bytes."
        )
        if done:
            self.stdout.write(
                f"Restored and verified: {done.rows:,} rows, {done.files:,} files, a log of {done.leaves:,} leaves."
            )
        if told.missing:
            raise CommandError(f"Files that were missing already: {', '.join(told.missing[:5])}.")
