from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.dumping.load import load
from quotes.dumping.manifest import BadDump
from quotes.dumping.telling import Progress


class Command(BaseCommand):
    help = (
        "Loads a dump into an empty record: the same addresses, versions and hashes. All in one transaction: what is "
        "interrupted leaves nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="as `manage.py dump` wrote it")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = load(folder, Progress(self.stderr).show)
        except (BadDump, OSError) as error:
            raise CommandError(f"Nothing was loaded. {error}.") from error
        self.stdout.write(f"Loaded {manifest.statements:,} statements, as of {manifest.made_at} at {manifest.site}.")
