from typing import Any

from django.core.management.base import BaseCommand

from quotes.saved_checks import forget_expired


class Command(BaseCommand):
    help = "Delete saved results of checks whose ninety days are over. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forgotten: {forget_expired()}")
