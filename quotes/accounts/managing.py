"""Making accounts, giving roles, closing accounts; each is noted with who did it."""

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext

from quotes.accounts.events import Kind, note
from quotes.roles import ADDED, ROLES, Role

# No letter here looks like another: the password is read off a screen and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16
_NAMES = {role.label: role for role in ROLES}
_CODES = [permission.partition(".")[2] for added in ADDED.values() for permission in added]


class CannotManage(Exception):
    """The account is not one that this may be done to; says why."""


def role_of(account: User) -> Role:
    """The highest role that the account's groups give. One query, none where the groups were prefetched."""
    if account.is_superuser:
        return Role.ADMINISTRATOR
    held = [_NAMES[group.name] for group in account.groups.all() if group.name in _NAMES]
    return max(held, default=Role.READER)


def check(account: User, actor: User) -> None:
    """Raise CannotManage where nobody may lock themselves out, or reach above themselves."""
    if account.pk == actor.pk:
        raise CannotManage(gettext("This is your own account: another administrator can change it."))
    if account.is_superuser and not actor.is_superuser:
        raise CannotManage(gettext("This account is a superuser’s: only another superuser can change it."))


def make(name: str, role: Role, *, actor: User | None = None) -> tuple[User, str]:
    """A new account and its one-time password. Raises ValidationError where it can't have that name."""
    account = User(username=User.normalize_username(name.strip()))
    account.set_unusable_password()
    account.full_clean()
    with transaction.atomic():
        account.save()
        _put_into(account, role)
        note(Kind.MADE, account, actor=actor, detail=role.label)
        return account, give_password(account, actor=actor)


def set_role(account: User, role: Role, *, actor: User | None = None) -> None:
    """Give the account this role and no other, nor any right that it was given beside its role before."""
    before = role_of(account)
    with transaction.atomic():
        _put_into(account, role)
        note(Kind.ROLE, account, actor=actor, detail=f"{before.label} → {role.label}")


def _put_into(account: User, role: Role) -> None:
    account.groups.remove(*Group.objects.filter(name__in=_NAMES))
    account.groups.add(Group.objects.get(name=role.label))
    account.user_permissions.remove(*account.user_permissions.filter(codename__in=_CODES))
    account.is_staff = account.is_superuser or role >= Role.PUBLISHER
    account.save(update_fields=["is_staff"])


def give_password(account: User, *, actor: User | None = None) -> str:
    """A one-time password: whoever signs in with it must replace it, and all sessions of before end."""
    password = get_random_string(LENGTH, ALPHABET)
    with transaction.atomic():
        account.set_password(password)
        account.last_login = None
        account.save(update_fields=["password", "last_login"])
        note(Kind.ONE_TIME, account, actor=actor)
    return password


def close(account: User, *, actor: User | None = None) -> None:
    """Let the account do nothing any more; what it did stays its own."""
    _turn(account, Kind.CLOSED, actor, is_active=False)


def reopen(account: User, *, actor: User | None = None) -> None:
    """Let a closed account in again."""
    _turn(account, Kind.OPENED, actor, is_active=True)


def _turn(account: User, kind: Kind, actor: User | None, *, is_active: bool) -> None:
    with transaction.atomic():
        if User.objects.filter(pk=account.pk, is_active=not is_active).update(is_active=is_active):
            note(kind, account, actor=actor)
    account.is_active = is_active


def told(error: ValidationError) -> str:
    """What is wrong with a name, in one line."""
    return " ".join(error.messages)
