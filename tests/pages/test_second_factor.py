"""Second factors: set up, asked for after the password, taken once each, and taken off."""

import base64
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from quotes import tokens
from quotes.models import AccountEvent, Factor, RecoveryCode
from tests import factories
from tests.entering import PASSWORD, code_of, freshly, give_app, sign_in, wrong_code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return factories.publisher()


def answer(client, code):
    return client.post("/signin/factor/", {"code": code})


def is_signed_in(client):
    return client.get("/watches/").status_code == 200


def happened(account):
    return list(AccountEvent.objects.filter(account=account).order_by("pk").values_list("kind", flat=True))


def set_up(client):
    """Add an app by its page; the secret, and the page that answers."""
    page = client.get("/account/factors/").text
    typed = re.search(r'<code class="key" tabindex="0">([A-Z2-7]+)</code>', page)[1]
    secret = base64.b32decode(typed)
    return secret, client.post("/account/factors/", {"act": "app", "code": code_of(secret)})


def test_an_app_is_added_by_its_code_and_brings_recovery_codes(client, account):
    freshly(client, account)
    _, page = set_up(client)
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)
    assert len(set(codes)) == 10
    assert Factor.objects.get().owner == account
    assert codes[0] not in client.get("/account/factors/").text
    assert not RecoveryCode.objects.filter(hash__contains=codes[0]).exists()
    assert happened(account)[-2:] == ["factor_added", "recovery_made"]


def test_a_wrong_code_adds_no_app(client, account):
    freshly(client, account)
    client.get("/account/factors/")
    page = client.post("/account/factors/", {"act": "app", "code": "12345"})
    assert "The code is not right" in page.text
    assert not Factor.objects.exists()


def test_the_code_that_added_the_app_signs_nobody_in(client, account):
    freshly(client, account)
    secret, _ = set_up(client)
    other = Client()
    sign_in(other, account)
    assert "not accepted" in answer(other, code_of(secret)).text


def test_after_the_password_a_code_is_asked_for(client, account):
    secret = give_app(account)
    asked = sign_in(client, account, next="/speakers/")
    assert asked.headers["Location"] == "/signin/factor/"
    assert not is_signed_in(client)
    assert "One more step" in client.get("/signin/factor/").text
    assert answer(client, code_of(secret)).headers["Location"] == "/speakers/"
    assert is_signed_in(client)


def test_the_second_step_leads_nowhere_else(client, account):
    secret = give_app(account)
    sign_in(client, account, next="https://elsewhere.example/")
    assert answer(client, code_of(secret)).headers["Location"] == "/desk/"


def test_a_code_is_not_taken_twice(client, account):
    secret, other = give_app(account), Client()
    code = code_of(secret)
    for browser in (client, other):
        sign_in(browser, account)
    assert answer(client, code).status_code == 302
    assert "not accepted" in answer(other, code).text
    assert not is_signed_in(other)


def test_a_recovery_code_works_once_however_it_is_typed(client, account):
    freshly(client, account)
    _, page = set_up(client)
    code = re.search(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)[1]
    one, other = Client(), Client()
    sign_in(one, account)
    assert answer(one, f" {code.upper().replace('-', ' ')} ").status_code == 302
    sign_in(other, account)
    assert "not accepted" in answer(other, code).text
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    assert "recovery_used" in happened(account)


def test_wrong_codes_are_counted_like_wrong_passwords(client, account):
    secret = give_app(account)
    sign_in(client, account)
    answers = [answer(client, wrong_code_of(secret)).status_code for _ in range(6)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert answer(client, code_of(secret)).status_code == 429
    assert sign_in(Client(), account).status_code == 429
    assert "failure" in happened(account)


def test_the_right_password_alone_forgets_no_wrong_codes(client, account):
    secret = give_app(account)
    for _ in range(3):
        sign_in(client, account)
        assert answer(client, wrong_code_of(secret)).status_code in (200, 429)
    assert sign_in(client, account).status_code == 429


def test_without_the_password_there_is_no_second_step(client, account):
    secret = give_app(account)
    assert client.get("/signin/factor/").headers["Location"] == "/signin/"
    assert answer(client, code_of(secret)).headers["Location"] == "/signin/"


def test_a_password_that_was_changed_meanwhile_holds_no_second_step(client, account):
    secret = give_app(account)
    sign_in(client, account)
    account.set_password("quite another secret")
    account.save()
    assert answer(client, code_of(secret)).headers["Location"] == "/signin/"


def test_the_second_step_waits_ten_minutes(client, account, monkeypatch):
    secret = give_app(account)
    sign_in(client, account)
    monkeypatch.setattr("quotes.accounts.entering.WAITS", -1)
    assert answer(client, code_of(secret)).headers["Location"] == "/signin/"


def test_a_one_time_password_is_still_to_be_replaced_after_the_code(client, account):
    secret = give_app(account)
    account.last_login = None
    account.save()
    client.post("/signin/", {"username": account.username, "password": PASSWORD})
    assert answer(client, code_of(secret)).headers["Location"].startswith("/password/?next=")
    assert client.get("/desk/").headers["Location"].startswith("/password/")


@pytest.mark.parametrize(
    ("policy", "role", "is_led"),
    [
        ("none", "Publisher", False),
        ("publishers", "Publisher", True),
        ("publishers", "Administrator", True),
        ("publishers", "Editor", False),
        ("everyone", "Contributor", True),
    ],
)
def test_who_must_have_a_factor_is_led_to_it_before_the_desk_opens(client, settings, policy, role, is_led):
    settings.SECOND_FACTOR = policy
    sign_in(client, factories.user(role))
    for address in ("/desk/", "/desk/statements/new/", "/intake/"):
        answer = client.get(address)
        if is_led:
            assert answer.headers["Location"] == f"/account/factors/?next={address}"
        else:
            assert answer.status_code == 200


def test_everyone_is_everyone(client, settings):
    settings.SECOND_FACTOR = "everyone"
    sign_in(client, factories.user("Reader"))
    assert client.get("/watches/").headers["Location"] == "/account/factors/?next=/watches/"
    assert client.get("/account/").status_code == 200


def test_once_it_is_set_up_the_desk_opens(client, settings, account):
    settings.SECOND_FACTOR = "publishers"
    sign_in(client, account)
    assert "Accounts like yours need one" in client.get("/account/factors/?next=/desk/").text
    _, page = set_up(client)
    assert page.status_code == 200
    assert client.get("/desk/").status_code == 200


def test_a_session_of_before_shows_the_factor_first(client, settings, account):
    settings.SECOND_FACTOR = "publishers"
    secret = give_app(account)
    client.force_login(account)
    assert client.get("/desk/").headers["Location"] == "/signin/again/?next=/desk/"
    assert client.post("/signin/again/", {"code": code_of(secret), "next": "/desk/"}).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_the_admin_asks_for_the_factor_too(client, settings):
    settings.SECOND_FACTOR = "publishers"
    client.force_login(factories.user("Publisher", is_staff=True))
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/signin/again/")


def test_keys_for_programs_go_on_working(client, settings, account):
    settings.SECOND_FACTOR = "everyone"
    client.force_login(account)
    _, text = tokens.issue(account, "Program", ["record"], expires_at=None)
    answer = client.post(
        "/api/v1/statements", {}, content_type="application/json", headers={"Authorization": f"Bearer {text}"}
    )
    assert answer.status_code == 400


def test_a_key_is_made_after_the_factor_was_shown_once_more(client, account):
    secret = give_app(account)
    client.force_login(account)
    told = {"name": "Importer", "scopes": ["record"], "lasts": "30"}
    assert "Show that it is you" in client.get("/desk/tokens/").text
    assert client.post("/desk/tokens/", told).headers["Location"].startswith("/signin/again/")
    assert not account.tokens.exists()
    assert client.post("/signin/again/", {"password": PASSWORD}).status_code == 200
    client.post("/signin/again/", {"code": code_of(secret)})
    assert "This is the new key" in client.post("/desk/tokens/", told).text
    assert happened(account)[-1] == "token_made"


def test_without_a_factor_the_password_shows_who_it_is(client, account):
    client.force_login(account)
    assert client.get("/account/factors/").headers["Location"] == "/signin/again/?next=/account/factors/"
    assert "not accepted" in client.post("/signin/again/", {"password": "wrong"}).text
    right = client.post("/signin/again/", {"password": PASSWORD, "next": "/account/factors/"})
    assert right.headers["Location"] == "/account/factors/"
    assert client.get("/account/factors/").status_code == 200


def test_guessing_who_it_is_is_counted(client, account):
    client.force_login(account)
    answers = [client.post("/signin/again/", {"password": "wrong"}).status_code for _ in range(7)]
    assert answers[-1] == 429


def test_the_last_factor_takes_the_codes_along(client, account):
    freshly(client, account)
    set_up(client)
    client.post(f"/account/factors/{Factor.objects.get().pk}/remove/")
    assert not Factor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert happened(account)[-1] == "factor_removed"


def test_another_accounts_factor_is_not_there(client, account):
    give_app(factories.editor())
    freshly(client, account)
    assert client.post(f"/account/factors/{Factor.objects.get().pk}/remove/").status_code == 404


def test_an_administrator_takes_lost_factors_off_and_that_is_kept(client, account):
    give_app(account)
    by = factories.administrator()
    client.force_login(by)
    client.post(f"/desk/accounts/{account.pk}/", {"act": "lift"})
    assert not Factor.objects.exists()
    event = AccountEvent.objects.get(kind="factors_lifted")
    assert (event.account, event.actor) == (account, by)
    assert sign_in(Client(), account).headers["Location"] == "/desk/"


def test_a_command_takes_lost_factors_off(account, capsys):
    give_app(account)
    call_command("lift_second_factor", account.username)
    assert not Factor.objects.exists()
    assert happened(account) == ["factors_lifted"]
    with pytest.raises(CommandError, match="no second factor"):
        call_command("lift_second_factor", account.username)
    with pytest.raises(CommandError, match="no account"):
        call_command("lift_second_factor", "nobody")


def test_passkeys_are_offered_where_browsers_make_them(client, account):
    freshly(client, account)
    assert 'data-passkey="create"' in client.get("/account/factors/", headers={"Host": "localhost"}).text
    page = client.get("/account/factors/", headers={"Host": "127.0.0.1"}).text
    assert "only for sites with a name" in page
    assert 'data-passkey="create"' not in page


@pytest.mark.parametrize("told", ["", "{", "[]", '{"id": 1}', '{"id":"a","rawId":"b","response":{}}'])
def test_what_no_browser_answers_adds_no_passkey(client, account, told):
    freshly(client, account)
    client.get("/account/factors/", headers={"Host": "localhost"})
    page = client.post("/account/factors/", {"act": "passkey", "passkey": told}, headers={"Host": "localhost"})
    assert "was not accepted" in page.text
    assert not Factor.objects.exists()


def test_what_the_trail_keeps_of_a_factor_never_depends_on_the_language(client, account):
    client.cookies["lang"] = "fr"
    freshly(client, account)
    set_up(client)
    assert Factor.objects.get().name == "Application d’authentification"
    kept = AccountEvent.objects.get(kind="factor_added").detail
    assert kept == "authenticator app: Application d’authentification"
