"""A passkey in a browser: made, used to sign in; and no page of the account with a barrier."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quotes.models import AccountEvent, Factor
from tests import factories
from tests.entering import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(page):
    """A device that makes passkeys and says yes to everything, as Chromium simulates it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devtools, made["authenticatorId"]


@pytest.fixture
def account(groups):
    made = factories.administrator()
    made.last_login = timezone.now()
    made.save()
    return made


def give_password(page, account, onward="/account/"):
    page.goto(f"/signin/?next={onward}")
    page.get_by_label("Username").fill(account.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()


def add_passkey(page):
    page.goto("/account/factors/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def test_a_passkey_is_made_and_signs_in(page, account, authenticator):
    give_password(page, account)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    add_passkey(page)
    factor = Factor.objects.get()
    assert (factor.owner, factor.kind, factor.name) == (account, "passkey", "Laptop")
    page.context.clear_cookies()
    give_password(page, account)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    factor.refresh_from_db()
    assert factor.used_at
    assert AccountEvent.objects.filter(kind="sign_in", detail="with a second factor").count() == 1


def test_a_passkey_of_another_device_does_not_sign_in(page, account, authenticator, complaints):
    give_password(page, account)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    add_passkey(page)
    devtools, key = authenticator
    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    page.context.clear_cookies()
    give_password(page, account)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That didn’t work.")).to_be_visible()


def test_no_page_has_a_barrier(page, account, authenticator, judged):
    give_password(page, account)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    add_passkey(page)
    judged(page)
    other = factories.editor()
    addresses = ["/account/", "/account/factors/", "/signin/again/", "/desk/accounts/", f"/desk/accounts/{other.pk}/"]
    for address in [*addresses, "/desk/audit/", "/password/reset/", "/desk/tokens/"]:
        page.goto(address)
        judged(page)
