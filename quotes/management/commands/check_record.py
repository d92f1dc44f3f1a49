from typing import Any

from django.core.management.base import CommandError

from quotes.derived import disagreements
from quotes.dumping.telling import Progress
from quotes.management.unchecked import UncheckedCommand

SHOWN = 50


class Command(UncheckedCommand):
    help = (
        "Holds what is derived from statements against them: the index with its counts and names, carriage, "
        "fingerprints. Names what disagrees, and ends with 1 if anything does (docs/operations.md). "
        "`verify_log` holds the statements themselves against the log."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for found, wrong in enumerate(disagreements(Progress(self.stderr).show), 1):
            if found <= SHOWN:
                self.stdout.write(wrong)
        if found:
            more = f" ({found - SHOWN} more than shown)" if found > SHOWN else ""
            raise CommandError(
                f"What is derived isn’t what the statements say: {found} findings{more}. Run `manage.py reindex "
                "--from-the-start`, then `manage.py reindex --counts`."
            )
        self.stdout.write("What is derived from the statements says what they say.")
