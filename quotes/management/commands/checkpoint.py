from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from quotes.management.unchecked import UncheckedCommand
from quotes.models.log import log_missing
from quotes.sealing.keys import NoKey, renew
from quotes.sealing.sequence import LogBroken, checkpoint


class Command(UncheckedCommand):
    help = (
        "Gives new versions and acts their places in the log, and signs a checkpoint where there are any. For a timer, "
        "every minute (docs/verifying.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--missing", action="store_true", help="first write the leaves that bulk loads or an older release left out"
        )
        parser.add_argument(
            "--new-key", action="store_true", help="begin another key, which the one before signs beside"
        )

    def handle(self, *args: Any, missing: bool, new_key: bool, **options: Any) -> None:
        try:
            if new_key:
                # The one before vouches for it: both sign, and its leaf is in what they sign.
                checkpoint()
                renew()
            if missing:
                found = max(log_missing(), default=0)
                self.stdout.write(f"Wrote the leaves of {found:,} versions and acts that had none.")
            made = checkpoint()
        except (LogBroken, NoKey) as error:
            raise CommandError(str(error)) from error
        if made:
            self.stdout.write(f"Signed a checkpoint over {made.size:,} leaves.")
