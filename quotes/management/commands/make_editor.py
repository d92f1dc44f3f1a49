from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from quotes.accounts import managing
from quotes.management.unchecked import UncheckedCommand
from quotes.roles import ROLES, Role


class Command(UncheckedCommand):
    help = "Makes an account of a role (an administrator's, unless told else), and prints its one-time password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [role.label for role in ROLES]
        parser.add_argument("--username", default="editor")
        parser.add_argument("--role", choices=names, default=Role.ADMINISTRATOR.label)
        parser.add_argument("--reset", action="store_true", help="give an account that exists a new one-time password")

    def handle(self, *args: Any, username: str, role: str, reset: bool, **options: Any) -> None:
        name = User.normalize_username(username)
        with transaction.atomic():
            account = User.objects.filter(username=name).first()
            if account and not reset:
                self.stdout.write(f"Editor account: {name} exists (--reset gives it a new one-time password).")
                return
            password = managing.give_password(account) if account else _made(name, role)
        self.stdout.write(f"Editor account: {name} / {password} — you will be asked to replace it")


def _made(name: str, role: str) -> str:
    try:
        return managing.make(name, Role[role.upper()])[1]
    except ValidationError as error:
        raise CommandError(f"“{name}” can't be a user name: {managing.told(error)}") from error
