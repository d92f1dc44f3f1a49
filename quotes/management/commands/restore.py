import datetime as dt
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from quotes.backups.errors import BackupFailed
from quotes.backups.keys import setting_key
from quotes.backups.manifest import Backup, backups_in, chosen
from quotes.backups.restore import Order, Restored, removals_known, restore
from quotes.backups.write import FAILURES
from quotes.management.unchecked import UncheckedCommand

CONFIRM = "replace"


class Command(UncheckedCommand):
    help = (
        "Restores a backup to an empty record, or with --replace in place of this one, which is kept under another "
        "name. Whole, migrated, verified and without what was removed since; or not at all. Stop the site first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", nargs="?", default="", help="a path, or a name in BACKUP_DIR (the newest there)")
        parser.add_argument("--list", action="store_true", help="list the backups of BACKUP_DIR, and restore nothing")
        parser.add_argument("--as-of", type=_moment, metavar="TIME", help="the newest not after it: 2026-11-01T03:00")
        parser.add_argument("--replace", action="store_true", help="replace a record that isn't empty")
        parser.add_argument("--noinput", action="store_true", help="don't ask before replacing")
        parser.add_argument("--into", default="", metavar="URL", help="a new, empty database, which isn't put to use")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="with --into: where files go")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key it was sealed with (BACKUP_KEY)")
        parser.add_argument("--removals", type=Path, metavar="FILE", help="what was removed since (manage.py removals)")
        parser.add_argument(
            "--despite-findings", action="store_true", help="restore although the record isn't what was logged"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list(settings.BACKUP_DIR)
            return
        if bool(options["into"]) != bool(options["media"]) or (options["into"] and options["replace"]):
            raise CommandError("--into takes --media with it, and no --replace: it replaces nothing.")
        try:
            backup = chosen(options["backup"], settings.BACKUP_DIR, options["as_of"])
            if options["replace"]:
                self._confirm(backup, is_asked=not options["noinput"])
            key = setting_key(options["key"])
            listed = removals_known(settings.BACKUP_DIR or backup.folder.parent, options["removals"])
            order = Order(options["replace"], options["into"], options["media"], listed, options["despite_findings"])
            restored = restore(backup, key, order)
        except FAILURES as error:
            raise CommandError(f"Nothing was restored: {' '.join(str(error).split())}.") from error
        self._tell(backup, restored, is_listed=listed is not None)

    def _list(self, shelf: Path | None) -> None:
        if shelf is None:
            raise CommandError("Set BACKUP_DIR (docs/settings.md).")
        found = backups_in(shelf)
        if not found:
            self.stdout.write(f"{shelf} holds no backup.")
        for one in found:
            told = one.manifest
            sealed = f", key {told.key}" if told.key else ""
            missing = f", {len(told.missing)} files missing" if told.missing else ""
            self.stdout.write(
                f"{one.folder.name}  {told.statements:,} statements, {told.files:,} files, {told.size:,} bytes, "
                f"{told.engine_version}, release {told.release}{sealed}{missing}"
            )

    def _confirm(self, backup: Backup, *, is_asked: bool) -> None:
        if not is_asked:
            return
        if not sys.stdin.isatty():
            raise BackupFailed("--replace asks first, and nobody is there to answer: give --noinput")
        self.stdout.write(f"This record will be put aside, and the one of {backup.manifest.made_at} take its place.")
        if input(f"Type “{CONFIRM}” to go on: ").strip() != CONFIRM:
            raise BackupFailed(f"It wasn't answered with “{CONFIRM}”")

    def _tell(self, backup: Backup, restored: Restored, *, is_listed: bool) -> None:
        told, done = backup.manifest, restored.finished
        self.stdout.write(
            f"Restored {told.statements:,} statements and {done.files:,} files, as of {told.made_at} at {told.site}: "
            f"{done.rows:,} rows, and a log of {done.leaves:,} leaves, as they were."
        )
        if done.removed:
            self.stdout.write(f"Removed again, as they were since: {', '.join(done.removed)}.")
        if not is_listed:
            self.stdout.write("No list of removals was here: what was removed since is on this record again.")
        for line in (*done.findings, *done.notes):
            self.stdout.write(line)
        if told.missing:
            self.stdout.write(f"Files that were missing when it was backed up: {', '.join(told.missing[:5])}.")
        if restored.former:
            files = f", files that gave way in {restored.aside}" if restored.aside else ""
            self.stdout.write(f"The former record is kept as {restored.former}{files}. Delete it when all is well.")


def _moment(text: str) -> dt.datetime:
    found = parse_datetime(f"{text}T23:59:59" if parse_date(text) else text)
    if found is None:
        raise ValueError(text)
    return make_aware(found) if is_naive(found) else found
