"""Second factors: added, proved once each time, taken off; and the codes that stand in for a lost one."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext, override

from quotes.accounts import passkeys, totp
from quotes.accounts.events import Kind, note
from quotes.models import Factor, RecoveryCode

MOST = 20
CODES = 10
# No letter here looks like another: codes are written down and typed.
_ALPHABET, _HALF = "abcdefghjkmnpqrstuvwxyz23456789", 5
_LONGEST_NAME = Factor._meta.get_field("name").max_length or 0


class CannotAdd(Exception):
    """The factor can't be added; says why."""


def of(account: User) -> list[Factor]:
    """The account's factors, the oldest first. One query."""
    return list(Factor.objects.filter(owner=account))


def has_any(account: User) -> bool:
    """Whether the account has a second factor. One query."""
    return Factor.objects.filter(owner=account).exists()


def add_app(request: HttpRequest, account: User, salt: str, code: str) -> Factor:
    """Add the authenticator app that knows the salt's secret, as its code shows. Raises CannotAdd."""
    step = totp.step_of(_plain(code), totp.secret_of(salt), after=0) if salt else None
    if step is None:
        raise CannotAdd(gettext("The code is not right. Look at the app again: it shows a new one every half minute."))
    name = gettext("Authenticator app")
    return _added(request, account, name, kind=Factor.Kind.TOTP, salt=salt, last_step=step)


def add_passkey(request: HttpRequest, account: User, answer: str, name: str) -> Factor:
    """Add the passkey that the browser made. Raises CannotAdd."""
    try:
        fields = passkeys.made(request, answer)
    except passkeys.NotAccepted:
        raise CannotAdd(gettext("The browser’s answer was not accepted. Try once more.")) from None
    name = name.strip().replace("\x00", "")[:_LONGEST_NAME] or gettext("Passkey")
    return _added(request, account, name, kind=Factor.Kind.PASSKEY, **fields)


def _added(request: HttpRequest, account: User, name: str, **fields: object) -> Factor:
    if Factor.objects.filter(owner=account).count() >= MOST:
        raise CannotAdd(gettext("The account has as many factors as it can. Remove one first."))
    try:
        with transaction.atomic():
            made: Factor = Factor.objects.create(owner=account, name=name, created_at=timezone.now(), **fields)
            note(Kind.FACTOR_ADDED, account, request=request, detail=_told(made))
    except IntegrityError:
        raise CannotAdd(gettext("The account has an authenticator app, or this passkey, already.")) from None
    return made


def remove(request: HttpRequest, factor: Factor) -> None:
    """Take one factor off; with the last one the recovery codes go too."""
    with transaction.atomic():
        factor.delete()
        if not has_any(factor.owner):
            RecoveryCode.objects.filter(owner=factor.owner).delete()
        note(Kind.FACTOR_REMOVED, factor.owner, request=request, detail=_told(factor))


@override("en")
def _told(factor: Factor) -> str:
    """A factor as the trail keeps it, whose words never depend on who did it."""
    return f"{factor.get_kind_display()}: {factor.name}"


def lift(account: User, *, actor: User | None = None) -> int:
    """Take all second factors off an account whose owner lost them; how many there were."""
    with transaction.atomic():
        count, _ = Factor.objects.filter(owner=account).delete()
        RecoveryCode.objects.filter(owner=account).delete()
        if count:
            note(Kind.FACTORS_LIFTED, account, actor=actor)
    return count


def new_codes(request: HttpRequest, account: User) -> list[str]:
    """New recovery codes, shown this once; those of before are void."""
    codes = [f"{get_random_string(_HALF, _ALPHABET)}-{get_random_string(_HALF, _ALPHABET)}" for _ in range(CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(owner=account).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(owner=account, hash=_hash(account, code)) for code in codes)
        note(Kind.RECOVERY_MADE, account, request=request)
    return codes


def codes_left(account: User) -> int:
    """How many recovery codes were not used yet. One query."""
    return RecoveryCode.objects.filter(owner=account, used_at=None).count()


def prove(request: HttpRequest, account: User, *, code: str = "", passkey: str = "") -> bool:
    """Whether an app's code, a recovery code or a passkey's answer is right. Each is taken once, whoever is faster."""
    if passkey:
        return _by_passkey(request, account, passkey)
    plain = _plain(code)
    return _by_app(account, plain) if plain.isdigit() else _by_recovery(request, account, plain)


def _by_passkey(request: HttpRequest, account: User, answer: str) -> bool:
    try:
        factor, count = passkeys.proved(request, account, answer)
    except passkeys.NotAccepted:
        return False
    newer = Q(uses__lt=count) if count else Q(uses=0)
    return bool(Factor.objects.filter(newer, pk=factor.pk).update(uses=count, used_at=timezone.now()))


def _by_app(account: User, code: str) -> bool:
    app = Factor.objects.filter(owner=account, kind=Factor.Kind.TOTP).first()
    step = totp.step_of(code, totp.secret_of(app.salt), after=app.last_step) if app else None
    if app is None or step is None:
        return False
    unused = Factor.objects.filter(pk=app.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, used_at=timezone.now()))


def _by_recovery(request: HttpRequest, account: User, code: str) -> bool:
    found = RecoveryCode.objects.filter(owner=account, hash=_hash(account, code), used_at=None)
    if not code or not found.update(used_at=timezone.now()):
        return False
    note(Kind.RECOVERY_USED, account, request=request, detail=f"{codes_left(account)} left")
    return True


def _plain(code: str) -> str:
    """A code as it was typed, without what parts it."""
    return "".join(letter for letter in code.strip().lower()[:40] if letter.isascii() and letter.isalnum())


def _hash(account: User, code: str) -> str:
    return salted_hmac("quotes.accounts.recovery", f"{account.pk} {_plain(code)}", algorithm="sha256").hexdigest()
