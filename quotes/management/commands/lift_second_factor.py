from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from quotes.accounts import factors, sessions
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = "Takes all second factors off an account whose owner lost them, and ends its sessions. It is recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        account = User.objects.filter(username=User.normalize_username(username)).first()
        if account is None:
            raise CommandError(f"There is no account “{username}”.")
        if not factors.lift(account):
            raise CommandError(f"“{username}” has no second factor.")
        sessions.end_all(account)
        self.stdout.write(f"{username} signs in by password alone now.")
