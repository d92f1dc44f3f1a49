from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.crypto import get_random_string

GROUPS = ("Editor", "Publisher")
# No letter here looks like another: the password is read off a terminal and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16


class Command(BaseCommand):
    help = "Makes an account that records and publishes, once, and prints its one-time password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="editor")
        parser.add_argument("--reset", action="store_true", help="give an account that exists a new one-time password")

    def handle(self, *args: Any, username: str, reset: bool, **options: Any) -> None:
        name = User.normalize_username(username)
        password = get_random_string(LENGTH, ALPHABET)
        with transaction.atomic():
            account = User.objects.filter(username=name).first()
            if account and not reset:
                self.stdout.write(f"Editor account: {name} exists (--reset gives it a new one-time password).")
                return
            give(account or new_account(name), password)
        self.stdout.write(f"Editor account: {name} / {password} — you will be asked to replace it")


def new_account(name: str) -> User:
    """An account in both groups that also keeps house in the admin; its password is still to come."""
    account = User(username=name, is_staff=True)
    account.set_unusable_password()
    try:
        account.full_clean()
    except ValidationError as error:
        raise CommandError(f"“{name}” can't be a user name: {' '.join(error.messages)}") from error
    account.save()
    account.groups.set(Group.objects.filter(name__in=GROUPS))
    return account


def give(account: User, password: str) -> None:
    """Set a one-time password: whoever signs in with it must replace it, and all sessions of before end."""
    account.set_password(password)
    account.last_login = None
    account.save(update_fields=["password", "last_login"])
