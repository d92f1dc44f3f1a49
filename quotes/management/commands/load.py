from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.dumping.load import load
from quotes.dumping.manifest import BadDump
from quotes.dumping.removals import NAME
from quotes.dumping.telling import Progress
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = (
        "Loads a dump into an empty record: the same addresses, versions and hashes. All in one transaction: what is "
        "interrupted leaves nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="as `manage.py dump` wrote it")
        parser.add_argument(
            "--removals", type=Path, metavar="FILE", help=f"what was removed since (the {NAME} beside the folder)"
        )

    def handle(self, *args: Any, folder: Path, removals: Path | None, **options: Any) -> None:
        beside = folder.resolve().parent / NAME
        listed = removals or (beside if beside.exists() else None)
        try:
            loaded = load(folder, Progress(self.stderr).show, listed)
        except (BadDump, OSError) as error:
            raise CommandError(f"Nothing was loaded. {error}.") from error
        manifest = loaded.manifest
        self.stdout.write(f"Loaded {manifest.statements:,} statements, as of {manifest.made_at} at {manifest.site}.")
        self.stdout.write(
            f"Of them {loaded.removed:,} were removed again, as {listed} has it."
            if listed
            else "No list of removals lay beside it: what was removed since it was made is on this record again."
        )
