"""The audit trail: who did what, newest first, narrowed, in pages."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from quotes import record
from quotes.models import AccountEvent
from tests import factories
from tests.entering import sign_in

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2022, 12, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def administrator(client):
    made = factories.administrator()
    client.force_login(made)
    return made


def event(account, kind="sign_in", at=DAY, **fields):
    return AccountEvent.objects.create(account=account, actor=account, kind=kind, at=at, **fields)


def lines(client, query=""):
    page = client.get(f"/desk/audit/{query}")
    found = re.search(r'<ol class="plain-list trail">(.*?)</ol>', page.text, re.DOTALL)
    told = re.findall(r"<p>(.*?)</p>", found[1] if found else "", re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", one)).strip() for one in told]


def test_acts_and_what_happened_to_accounts_are_one_list(client, administrator):
    by = factories.publisher()
    sign_in(client, by)
    made = factories.publish(editor=by)
    record.retract(made, editor=by, reason="It was not so.")
    client.force_login(administrator)
    told = lines(client)
    assert told[:3] == [f"{by} retracted {made.pid}", f"{by} published {made.pid}", f"{by} signed in"]
    assert "It was not so." in client.get("/desk/audit/").text


def test_failures_are_told_without_the_name_that_was_tried(client, administrator):
    known = factories.editor()
    for name in (known.username, "no such name, or a password"):
        client.post("/signin/", {"username": name, "password": "wrong"})
    told = lines(client)
    assert f"somebody, for {known} failed to sign in" in told
    assert "somebody, under an unknown name failed to sign in" in told
    assert "no such name" not in client.get("/desk/audit/").text


def test_an_address_is_told_as_a_hash_alone(client, administrator):
    client.post("/signin/", {"username": "x", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert "203.0.113" not in client.get("/desk/audit/").text
    assert len(AccountEvent.objects.get(kind="failure").network) == 64


def test_it_is_narrowed_to_an_account_a_kind_and_days(client, administrator):
    one, other = factories.editor(), factories.editor()
    event(one), event(other), event(one, "password")
    event(one, at=DAY - dt.timedelta(days=2))
    assert len(lines(client, f"?account={one.username}")) == 3
    assert lines(client, f"?account={one.username}&kind=event-password") == [f"{one} changed the password"]
    assert len(lines(client, "?first=2022-12-03&last=2022-12-03")) == 3
    assert len(lines(client, "?last=2022-12-02")) == 1
    assert lines(client, "?kind=act-publish") == []


@pytest.mark.parametrize(
    ("query", "told"),
    [("?account=nobody", "There is no account"), ("?kind=x", "valid choice"), ("?first=x", "valid date")],
)
def test_what_it_cannot_be_narrowed_to_is_said(client, administrator, query, told):
    answer = client.get(f"/desk/audit/{query}")
    assert answer.status_code == 400
    assert told in answer.text


def test_pages_hold_everything_once(client, administrator):
    by = factories.publisher()
    for number in range(70):
        event(by, at=DAY, detail=str(number))
    made = factories.publish(editor=by)
    made.acts.update(at=DAY)
    seen, query = [], ""
    while True:
        page = client.get(f"/desk/audit/?account={by.username}{query}").text
        seen += re.findall(r'<p class="reason" dir="auto">(\d+)</p>', page)
        seen += re.findall(made.pid, re.sub("<a.*?>", "", page))
        older = re.search(r'before=([\w-]+)">Older', page)
        if older is None:
            break
        query = f"&before={older[1]}"
    assert seen.count(made.pid) == 1
    assert sorted(map(int, (one for one in seen if one != made.pid))) == list(range(70))


@pytest.mark.parametrize("place", ["x", "1-act-", "1-other-2", f"{'9' * 17}-act-1", "-act-1"])
def test_a_place_that_is_none_begins_anew(client, administrator, place):
    event(administrator)
    assert client.get(f"/desk/audit/?before={place}").status_code == 200


def test_its_queries_are_bounded(client, administrator, django_assert_max_num_queries):
    for _ in range(60):
        event(factories.user(), at=timezone.now())
    with django_assert_max_num_queries(8):
        client.get("/desk/audit/")
