from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from quotes.models import Statement
from quotes.record import refingerprint

BATCH = 500


class Command(BaseCommand):
    help = "Make the fingerprints of all statements anew, a few hundred at a time; interrupted, it can be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        last, made = 0, 0
        while keys := list(Statement.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                # Locked, so that nobody's correction of the same statement is overtaken.
                list(Statement.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk"))
                made += refingerprint(keys)
            last = keys[-1]
        self.stdout.write(f"Fingerprints: {made:,}")
