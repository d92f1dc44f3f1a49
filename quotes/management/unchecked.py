"""Commands that begin at once: Django's checks load every page first, which takes longer than most commands do.

Some must run where nothing of the record stands. `manage.py doctor` judges a deployment, and `make lint` the code.
"""

from django.core.management.base import BaseCommand


class UncheckedCommand(BaseCommand):
    """A command without Django's checks."""

    requires_system_checks = []
