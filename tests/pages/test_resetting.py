"""A forgotten password: a link to a confirmed address, the same answer for everybody, once, for an hour."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from quotes.models import AccountEvent
from quotes.watching import mailboxes
from tests import factories
from tests.entering import freshly, give_app, sign_in

pytestmark = pytest.mark.django_db
NEW = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _sends_mail(settings):
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "record@record.example"
    cache.clear()


@pytest.fixture
def account():
    made = factories.editor()
    made.last_login = timezone.now()
    made.save()
    mailboxes.confirm(mailboxes.set_mailbox(made, "ann@paper.example", "UTC", 7))
    return made


def ask(client, name):
    return client.post("/password/reset/", {"name": name})


def link():
    return re.search(r"http://\S+?(/password/reset/\S+)", mail.outbox[-1].body)[1]


def choose(client, address, password=NEW):
    page = client.get(address, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else address
    return client.post(where, {"new_password1": password, "new_password2": password}), page


@pytest.mark.parametrize("name", ["the name", "ann@paper.example"])
def test_a_link_goes_to_the_confirmed_address(client, account, name):
    ask(client, account.username if name == "the name" else name)
    assert mail.outbox[0].to == ["ann@paper.example"]
    answer, _ = choose(client, link())
    assert answer.headers["Location"] == "/signin/"
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert [one.kind for one in AccountEvent.objects.order_by("pk")] == ["reset_asked", "reset"]


def test_the_answer_is_the_same_for_everybody(client, account):
    one, other = ask(client, account.username), ask(client, "nobody")
    assert (one.status_code, one.text) == (other.status_code, other.text)
    assert len(mail.outbox) == 1


def test_an_address_that_nobody_confirmed_gets_none(client):
    made = factories.editor()
    mailboxes.set_mailbox(made, "ann@paper.example", "UTC", 7)
    ask(client, made.username)
    assert not mail.outbox


@pytest.mark.parametrize("fields", [{"is_active": False}, {"last_login": None}])
def test_a_closed_account_and_one_with_a_one_time_password_get_none(client, account, fields):
    type(account).objects.update(**fields)
    ask(client, account.username)
    assert not mail.outbox


def test_one_account_gets_one_letter_in_five_minutes(client, account):
    for _ in range(3):
        ask(client, account.username)
    assert len(mail.outbox) == 1


def test_asking_is_limited(client, account, settings):
    settings.SIGNINS_PER_HOUR = 2
    assert [ask(client, "nobody").status_code for _ in range(3)] == [200, 200, 429]


def test_a_link_works_once(client, account):
    ask(client, account.username)
    address = link()
    choose(client, address)
    late = Client().get(address)
    assert late.status_code == 404
    assert "works no longer" in late.text


def test_a_link_works_for_an_hour(client, account, settings):
    ask(client, account.username)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(link()).status_code == 404


def test_a_poor_password_is_refused(client, account):
    ask(client, account.username)
    answer, _ = choose(client, link(), "short")
    assert "too short" in answer.text


def test_sessions_end_and_the_second_factor_is_asked_for_as_ever(client, account):
    sign_in(client, account)
    give_app(account)
    ask(Client(), account.username)
    choose(Client(), link())
    assert client.get("/desk/").status_code == 302
    again = client.post("/signin/", {"username": account.username, "password": NEW})
    assert again.headers["Location"] == "/signin/factor/"


def test_without_e_mail_it_says_who_helps(client, settings):
    settings.SENDS_MAIL = False
    assert "one-time password" in client.get("/password/reset/").text
    ask(client, "somebody")
    assert not mail.outbox


def test_another_address_takes_showing_who_it_is(client, account):
    client.force_login(account)
    told = {"address": "thief@elsewhere.example", "hour": 7, "time_zone": "UTC"}
    assert client.post("/watches/mail/", told).headers["Location"].startswith("/signin/again/")
    account.mailbox.refresh_from_db()
    assert account.mailbox.address == "ann@paper.example"
    freshly(client, account).post("/watches/mail/", told)
    account.mailbox.refresh_from_db()
    assert (account.mailbox.address, account.mailbox.confirmed_at) == ("thief@elsewhere.example", None)


def test_the_letter_speaks_the_language_it_was_asked_for_in(client, account):
    client.post("/password/reset/?lang=fr", {"name": account.username})
    assert mail.outbox[0].subject == "On Record\N{NO-BREAK SPACE}: un nouveau mot de passe"
    assert "Si c’était vous" in mail.outbox[0].body
    assert "hour" not in mail.outbox[0].body
