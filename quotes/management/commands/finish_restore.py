import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import Error

from quotes.backups.errors import BackupFailed
from quotes.backups.finishing import finish
from quotes.backups.manifest import NAME, read_backup
from quotes.dumping import removals
from quotes.dumping.manifest import BadDump
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = f"What restore runs on the database that it makes, beside a {NAME}. Not for people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("unpacked", type=Path)

    def handle(self, *args: Any, folder: Path, unpacked: Path, **options: Any) -> None:
        listed = folder / removals.NAME
        try:
            done = finish(read_backup(folder).manifest, unpacked, listed if listed.exists() else None)
        except (BackupFailed, BadDump, Error, OSError) as error:
            raise CommandError(" ".join(str(error).split())) from error
        self.stdout.write(json.dumps(asdict(done)))
