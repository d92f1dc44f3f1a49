"""Your account: the browsers that are signed in, and signing them out."""

import pytest
from django.test import Client

from quotes.models import AccountEvent, AccountSession
from tests import factories
from tests.entering import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604.1"


@pytest.fixture
def account():
    return factories.editor()


@pytest.fixture
def other(account):
    """Another browser of the account."""
    browser = Client(headers={"User-Agent": IPHONE})
    sign_in(browser, account)
    return browser


@pytest.fixture
def here(account):
    browser = Client(headers={"User-Agent": FIREFOX})
    sign_in(browser, account)
    return browser


def is_in(client):
    return client.get("/desk/").status_code == 200


def test_it_shows_where_the_account_is_signed_in(here, other):
    page = here.get("/account/").text
    assert "Safari, iOS" in page
    mine = page.partition("Firefox, Linux")[2]
    assert "This browser" in mine.partition("</li>")[0]
    assert page.count("This browser") == 1


def test_one_browser_is_signed_out(here, other):
    found = AccountSession.objects.get(browser="Safari, iOS")
    here.post(f"/account/sessions/{found.pk}/end/")
    assert not is_in(other)
    assert is_in(here)
    assert AccountEvent.objects.filter(kind="session_ended", detail="Safari, iOS").exists()


def test_all_others_are_signed_out(here, other, account):
    third = Client()
    sign_in(third, account)
    assert "2 other browsers are signed out." in here.post("/account/sessions/end/", follow=True).text
    assert is_in(here)
    assert not is_in(other)
    assert not is_in(third)


def test_a_stranger_ends_nobodys_session(client, here):
    client.force_login(factories.editor())
    found = AccountSession.objects.get()
    assert client.post(f"/account/sessions/{found.pk}/end/").status_code == 404
    client.post("/account/sessions/end/")
    assert is_in(here)


def test_a_new_password_ends_the_others_and_keeps_this_one(here, other):
    told = {"old_password": PASSWORD, "new_password1": "quite another one", "new_password2": "quite another one"}
    here.post("/password/", told)
    assert is_in(here)
    assert not is_in(other)
    page = here.get("/account/").text
    assert "This browser" in page
    assert "Safari" not in page


def test_a_browser_that_signed_out_is_shown_no_more(here, other):
    other.post("/signout/")
    assert "Safari" not in here.get("/account/").text
    assert AccountEvent.objects.filter(kind="sign_out").exists()


def test_a_session_that_is_over_is_shown_no_more(here, other):
    other.session.flush()
    assert "Safari" not in here.get("/account/").text


def test_a_closed_accounts_browsers_are_out(here, account):
    account.is_active = False
    account.save()
    assert not is_in(here)


def test_the_page_costs_few_queries(here, other, account, django_assert_max_num_queries):
    for _ in range(3):
        sign_in(Client(), account)
    with django_assert_max_num_queries(9):
        here.get("/account/")


def test_using_it_is_kept_to_the_hour(here):
    AccountSession.objects.update(seen_at="2022-12-03T10:00Z")
    session = here.session
    session["seen"] = 0
    session.save()
    here.get("/account/")
    assert AccountSession.objects.get().seen_at.year == 2022
    here.post("/account/sessions/end/")
    assert AccountSession.objects.get().seen_at.year > 2022
