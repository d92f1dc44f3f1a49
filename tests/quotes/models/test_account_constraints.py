"""What the database itself refuses of factors, recovery codes, sessions and of what happened to accounts."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quotes.models import AccountEvent, AccountSession, Factor, RecoveryCode
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def app(**fields):
    owner = fields.pop("owner", None) or factories.editor()
    defaults = {"kind": "totp", "name": "App", "salt": "a" * 32, "created_at": timezone.now()}
    return Factor.objects.create(owner=owner, **(defaults | fields))


@breaks("factor_has_a_name")
def factor_without_a_name():
    app(name="")


@breaks("factor_is_an_app_or_a_passkey")
def app_without_a_secret():
    app(salt="")


@breaks("factor_is_an_app_or_a_passkey")
def app_with_a_passkeys_key():
    app(credential_id="a", public_key="b")


@breaks("factor_is_an_app_or_a_passkey")
def passkey_without_a_key():
    app(kind="passkey", salt="", credential_id="a")


@breaks("one_authenticator_app")
def two_apps():
    app(owner=app().owner)


@breaks("recovery_code_has_a_hash")
def code_without_a_hash():
    RecoveryCode.objects.create(owner=factories.editor(), hash="")


@breaks("recovery_code_is_one")
def one_code_twice():
    owner = factories.editor()
    for _ in range(2):
        RecoveryCode.objects.create(owner=owner, hash="a")


@breaks("account_session_has_a_key")
def session_without_a_key():
    now = timezone.now()
    AccountSession.objects.create(owner=factories.editor(), session_key="", began_at=now, seen_at=now)


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_an_account_has_several_passkeys_beside_one_app():
    owner = app().owner
    for key in "ab":
        app(owner=owner, kind="passkey", salt="", credential_id=key, public_key="k")
    assert owner.factors.count() == 3


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_happened_to_an_account_is_neither_rewritten_nor_forgotten(act):
    AccountEvent.objects.create(account=factories.editor(), kind="sign_in", at=timezone.now())
    rows = AccountEvent.objects.all()
    with pytest.raises(IntegrityError, match="account_events_are_append_only"), transaction.atomic():
        rows.update(detail="nothing") if act == "update" else rows._raw_delete(rows.db)
