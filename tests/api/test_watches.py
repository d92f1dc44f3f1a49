"""What an account watches, by a token that is for it: begun, listed and ended, its own alone."""

import itertools
import json

import pytest
from django.utils import timezone

from quotes.models import Endpoint, Mailbox, Token, Watch
from quotes.watching import keeping
from quotes.watching.signing import new_salt
from tests import factories
from tests.api.test_writing import key_of, wrong

pytestmark = pytest.mark.django_db
WATCHES = "/api/v1/watches"
_acts = itertools.count()
MACRON = {"query": "speaker=emmanuel-macron", "mail": "daily"}


@pytest.fixture
def account(groups):
    return factories.user("Reader")


@pytest.fixture
def key(account):
    return key_of(account, "watch")


@pytest.fixture(autouse=True)
def _macron():
    factories.publish()


@pytest.fixture
def send(client, key):
    """Send a body as JSON, under a key of its own unless one is given."""

    def sending(address, body, *, once=None):
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once or f"act {next(_acts)}"}
        return client.post(address, json.dumps(body), content_type="application/json", headers=headers)

    return sending


def get(client, key, address=WATCHES):
    return client.get(address, headers={"Authorization": f"Bearer {key}"})


def delete(client, key, number, act="gone"):
    return client.delete(f"{WATCHES}/{number}", headers={"Authorization": f"Bearer {key}", "Idempotency-Key": act})


def test_a_list_is_watched_by_its_filters(send, account, settings):
    answer = send(WATCHES, MACRON)
    assert answer.status_code == 201, answer.text
    watch = Watch.objects.get()
    assert (watch.owner, watch.query, watch.mail) == (account, "speaker=emmanuel-macron", "daily")
    assert answer["Location"] == answer.json()["url"] == f"{settings.SITE_URL}{watch.get_absolute_url()}"
    assert answer.json()["name"] == watch.name != ""


def test_a_statement_is_watched_by_its_id(send):
    statement = factories.publish("“Once more.”")
    assert send(WATCHES, {"statement": statement.pid, "mail": "at_once"}).json()["statement"] == statement.pid
    assert Watch.objects.get().statement == statement


def test_a_webhook_is_told_that_is_the_accounts_own(send, account):
    for name, owner in (("own", account), ("other", factories.user())):
        Endpoint.objects.create(
            owner=owner, url=f"https://hooks.example/{name}", salt=new_salt(), created_at=timezone.now()
        )
    refused = send(WATCHES, {"query": "mode=direct", "webhook": "https://hooks.example/other"})
    assert "no webhook" in wrong(refused)["webhook"]
    assert send(WATCHES, {"query": "mode=direct", "webhook": "https://hooks.example/own"}).status_code == 201
    assert Watch.objects.get().endpoint.owner == account


def test_what_is_watched_already_is_told_again(send):
    made = send(WATCHES, MACRON)
    again = send(WATCHES, MACRON | {"mail": "weekly"})
    assert (again.status_code, again.json()) == (200, made.json())


def test_the_same_act_twice_is_done_once(send):
    made = send(WATCHES, MACRON, once="one")
    Watch.objects.all().delete()
    again = send(WATCHES, MACRON, once="one")
    assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (201, made.json(), "true")
    assert not Watch.objects.exists()


@pytest.mark.parametrize(
    ("sent", "member"),
    [
        ({"query": "speaker=nobody-at-all", "mail": "daily"}, "query"),
        ({"query": "colour=red", "mail": "daily"}, "query"),
        ({"query": "speaker=emmanuel-macron"}, "mail"),
        ({"query": "speaker=emmanuel-macron", "mail": "hourly"}, "mail"),
        ({"statement": "7K2M9QX4TA", "mail": "daily"}, "statement"),
        ({"mail": "daily"}, "body"),
        ({"query": "mode=direct", "mail": "daily", "owner": "1"}, "owner"),
    ],
)
def test_what_cannot_be_watched_is_refused_by_its_member(send, sent, member):
    answer = send(WATCHES, sent)
    assert answer.status_code == 400
    assert list(wrong(answer)) == [member]
    assert not Watch.objects.exists()


def test_more_than_an_account_can_have_are_refused(send, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 0)
    answer = send(WATCHES, MACRON)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_the_list_holds_the_accounts_own_the_last_first(send, client, key):
    first, second = (send(WATCHES, {"query": f"mode={mode}", "mail": "daily"}).json() for mode in ("direct", "mixed"))
    keeping.watch(factories.user(), query="mode=direct", name="Direct", mail="daily")
    answer = get(client, key)
    assert answer.json()["results"] == [second, first]
    assert answer["Cache-Control"] == "private, no-store"
    assert get(client, key, f"{WATCHES}?size=1").json()["results"] == [second]


def test_an_account_that_never_confirmed_its_address_is_told_where(send, account):
    assert send(WATCHES, MACRON).json()["confirm_url"].endswith("/watches/mail/")
    Mailbox.objects.create(owner=account, address="ann@paper.example", confirmed_at=timezone.now())
    assert send(WATCHES, {"query": "mode=direct", "mail": "daily"}).json()["confirm_url"] is None


def test_a_watch_is_ended_once(send, client, key):
    number = send(WATCHES, MACRON).json()["id"]
    answer = delete(client, key, number)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Watch.objects.exists()
    again = delete(client, key, number)
    assert (again.status_code, again["Idempotent-Replayed"]) == (204, "true")
    assert delete(client, key, number, "another act").status_code == 404


def test_nobody_ends_anothers_watch(client, key):
    other = keeping.watch(factories.user(), query="mode=direct", name="Direct", mail="daily")
    assert delete(client, key, other.pk).status_code == 404
    assert Watch.objects.count() == 1


@pytest.mark.parametrize("number", [10**18 - 1, 10**30, "٣", "one", "-1"])
def test_what_is_no_watchs_number_is_none(client, key, number):
    assert delete(client, key, number).status_code == 404


def test_ending_takes_the_key_of_an_act(client, key, send):
    number = send(WATCHES, MACRON).json()["id"]
    assert delete(client, key, number, "").status_code == 400


@pytest.mark.parametrize("scope", [scope for scope in Token.Scope.values if scope != "watch"])
def test_a_token_for_something_else_sees_and_does_nothing(client, groups, scope):
    other = key_of(factories.publisher(), scope)
    assert {get(client, other).status_code, delete(client, other, 1).status_code} == {403}


def test_whoever_has_no_token_sees_nothing(client):
    answer = client.get(WATCHES)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")
