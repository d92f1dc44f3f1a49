from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.dumping.removals import write
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = (
        "Writes what was removed for good to a file, as JSON Lines without any word: ids, days and reasons. An older "
        "dump is loaded without it (`manage.py load FOLDER --removals FILE`)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            written = write(file)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {written:,} removals to {file}.")
