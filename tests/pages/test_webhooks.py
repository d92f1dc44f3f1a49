"""Webhooks, from the pages: added, tried out, paused, given another secret, and their log."""

import base64
import re

import pytest
from django.utils import timezone

from quotes.models import Delivery, Endpoint, Watch
from quotes.watching import endpoints, keeping
from quotes.watching.signing import new_salt, secret_of
from tests import factories
from tests.quotes.watching.ends import Receiver, running

pytestmark = pytest.mark.django_db

NEW = "/watches/webhooks/new/"


@pytest.fixture
def account(client):
    made = factories.user()
    client.force_login(made)
    return made


@pytest.fixture
def receiver(settings):
    settings.FETCH_LOOPBACK = True
    with running(Receiver()) as made:
        yield made


@pytest.fixture
def endpoint(account, receiver):
    return Endpoint.objects.create(owner=account, url=receiver.url, salt=new_salt(), created_at=timezone.now())


def secrets_in(page):
    return re.findall(r"whsec_[A-Za-z0-9+/=]+", page.text)


def do(client, endpoint, act, **typed):
    return client.post(endpoint.get_absolute_url(), {"act": act, **typed}, follow=True)


def test_its_secret_is_shown_once_and_kept_nowhere(client, account, receiver):
    (secret,) = secrets_in(client.post(NEW, {"url": receiver.url}))
    made = Endpoint.objects.get()
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret == secret_of(made.salt)
    assert secret not in str(Endpoint.objects.values().get())
    assert not secrets_in(client.get(made.get_absolute_url()))
    assert receiver.url in client.get("/watches/").text


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://10.0.0.7/hook", "not on the public internet"),
        ("https://127.0.0.1/hook", "not on the public internet"),
        ("https://[::1]/hook", "not on the public internet"),
        ("https://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("https://localhost/hook", "not on the public internet"),
        ("https://2130706433/", "Write a whole address"),
        ("http://1.1.1.1/hook", "with https and no port of its own"),
        ("https://1.1.1.1:8443/hook", "with https and no port of its own"),
        ("ftp://1.1.1.1/", "Write a whole address"),
        ("hook", "Write a whole address"),
        ("", "Give an address"),
        ("https://1.1.1.1/" + "x" * 2000, ""),
    ],
)
def test_an_address_that_may_not_be_sent_to_is_refused_and_stays_in_its_field(client, account, url, why):
    page = client.post(NEW, {"url": url})
    assert 'role="alert"' in page.text
    assert why in page.text
    assert url in page.text
    assert not Endpoint.objects.exists()


def test_an_address_is_added_once_and_there_is_a_most(client, endpoint, receiver, monkeypatch):
    assert "already" in client.post(NEW, {"url": receiver.url}).text
    monkeypatch.setattr(endpoints, "MOST", 1)
    assert "which is the most" in client.post(NEW, {"url": f"{receiver.url}/other"}).text
    assert Endpoint.objects.count() == 1


def test_a_test_is_sent_and_stands_in_the_log(client, endpoint, receiver):
    page = do(client, endpoint, "test")
    assert receiver.types == ["test"]
    assert "Delivered:" in page.text
    assert receiver.ids[0] in page.text
    assert "answered 204" in page.text


def test_what_went_wrong_stands_in_the_log_as_text(client, endpoint, receiver):
    receiver.answers = [500]
    page = do(client, endpoint, "test").text
    assert "answered 500" in page
    assert "said so" in page
    Delivery.objects.update(outcome="<b>bold</b>")
    assert "<b>bold" not in client.get(endpoint.get_absolute_url()).text


def test_it_is_paused_and_resumed_and_what_waited_is_sent(client, endpoint, receiver):
    do(client, endpoint, "pause")
    assert "resume it first" in do(client, endpoint, "test").text
    assert endpoints.try_out(Endpoint.objects.get()).due_at is None
    assert receiver.got == []
    do(client, endpoint, "resume")
    assert Delivery.objects.get().due_at <= timezone.now()


def test_a_delivery_is_sent_again_by_hand_under_its_id(client, endpoint, receiver):
    do(client, endpoint, "test")
    do(client, endpoint, "again", delivery=Delivery.objects.get().pk)
    assert (len(receiver.ids), len(set(receiver.ids))) == (2, 1)


def test_nothing_of_another_endpoint_is_sent_again(client, endpoint, receiver):
    other = Endpoint.objects.create(
        owner=factories.user(), url="https://hook.example/", salt="1" * 32, created_at=timezone.now()
    )
    theirs = Delivery.objects.create(endpoint=other, state="sent", made_at=timezone.now())
    for typed in (str(theirs.pk), "", "x", "²", "9" * 30):
        assert client.post(endpoint.get_absolute_url(), {"act": "again", "delivery": typed}).status_code == 404
    assert receiver.got == []


def test_a_new_secret_is_shown_once_and_the_old_one_signs_for_a_day(client, endpoint, receiver):
    page = client.post(endpoint.get_absolute_url(), {"act": "rotate"})
    (secret,) = secrets_in(page)
    assert secret == secret_of(Endpoint.objects.get().salt) != secret_of(endpoint.salt)
    assert "no-store" in page["Cache-Control"]
    do(client, endpoint, "test")
    assert len(receiver.got[0][0]["webhook-signature"].split()) == 2


def test_it_is_deleted_and_its_watches_stay(client, endpoint):
    keeping.watch(endpoint.owner, query="q=security", name="Security", endpoint=endpoint)
    assert "Security" in client.get(endpoint.get_absolute_url()).text
    do(client, endpoint, "delete")
    assert not Endpoint.objects.exists()
    assert Watch.objects.get().endpoint is None
    assert "Tells nobody" in client.get("/watches/").text


def test_a_paused_one_says_why(client, endpoint):
    Endpoint.objects.update(paused_at=timezone.now(), pause_reason="It answered 410 Gone.")
    for page in ("/watches/", endpoint.get_absolute_url()):
        assert "It answered 410 Gone." in client.get(page).text


def test_nobody_else_sees_or_changes_it(client, endpoint, receiver):
    client.force_login(factories.publisher())
    assert client.get(endpoint.get_absolute_url()).status_code == 404
    for act in ("test", "pause", "rotate", "delete", "resume"):
        assert client.post(endpoint.get_absolute_url(), {"act": act}).status_code == 404
    assert Endpoint.objects.get().paused_at is None
    assert receiver.got == []


def test_its_log_comes_a_page_at_a_time(client, endpoint, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("quotes.views.webhooks.LISTED", 2)
    made = [Delivery.objects.create(endpoint=endpoint, state="sent", made_at=timezone.now()) for _ in range(3)]
    with django_assert_max_num_queries(7):
        page = client.get(endpoint.get_absolute_url()).text
    assert [str(one.uid) in page for one in made] == [False, True, True]
    older = client.get(endpoint.get_absolute_url() + re.search(r'href="(\?before=\d+)"', page)[1]).text
    assert [str(one.uid) in older for one in made] == [True, False, False]
