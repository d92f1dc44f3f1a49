import sys
from argparse import ArgumentParser
from typing import Any

from config.doctor import Grade, examine
from quotes.management.unchecked import UncheckedCommand

_MARKS = {Grade.WELL: "well", Grade.WARNING: "look", Grade.FAULT: "MEND"}


class Command(UncheckedCommand):
    help = (
        "Looks at a deployment and says what to mend: run it as the account that serves, with its settings. Ends with "
        "status 1 where something must be mended; with --strict also where something should be looked at."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="status 1 for what should be looked at, too")

    def handle(self, *args: Any, strict: bool, **options: Any) -> None:
        worst = Grade.WELL
        for found in examine():
            worst = max(worst, found.grade)
            self.stdout.write(f"{_MARKS[found.grade]}  {found.about}{': ' if found.told else ''}{found.told}")
            if found.do:
                self.stdout.write(f"      → {found.do}")
        if worst == Grade.FAULT or (strict and worst):
            sys.exit(1)
