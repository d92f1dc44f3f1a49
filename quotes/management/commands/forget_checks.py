from typing import Any

from django.core.management.base import BaseCommand

from quotes.discarding.keeping import forget
from quotes.saved_checks import forget_expired


class Command(BaseCommand):
    help = "Delete saved results of checks after ninety days, and what was discarded after a week. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_expired()} results of checks, {forget()} things that were discarded")
