from typing import Any

from quotes.discarding.keeping import forget
from quotes.management.unchecked import UncheckedCommand
from quotes.saved_checks import forget_expired


class Command(UncheckedCommand):
    help = "Delete saved results of checks after ninety days, and what was discarded after a week. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_expired()} results of checks, {forget()} things that were discarded")
