"""Webhooks: signed, in order, tried again, given up; and an endpoint that is gone or dead is left alone."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import time

import jsonschema
import pytest
from django.conf import settings as site
from django.core import mail
from django.utils import timezone
from django.utils.http import http_date

from quotes import record
from quotes.models import Delivery, Endpoint
from quotes.notation import parse
from quotes.watching import backing_off, delivering, endpoints, running
from quotes.watching.routing import route
from quotes.watching.signing import secret_of
from tests import factories
from tests.quotes.watching.watchers import Watcher, later, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture
def endpoint(watcher, receiver):
    factories.speaker()
    return watcher.hook(receiver.url).endpoint


def verifies(secret, headers, body):
    """Whether a request is signed with a secret, as standardwebhooks.com says."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{mine}" in headers["webhook-signature"].split()


def test_a_new_statement_is_told_with_its_words_and_its_permalink(endpoint, receiver):
    made = factories.publish(topics=[factories.topic()])
    work()
    (event,) = receiver.events
    told = event["data"]["statement"]
    assert event["type"] == "statement.published"
    assert told["words"] == "“We must think about security.”"
    assert told["version_url"] == f"{site.SITE_URL}/q/{made.pid}/v1"
    assert told["topics"] == [{"id": "security-guarantees", "name": "Security guarantees"}]
    assert [watch["name"] for watch in event["data"]["watches"]] == ["speaker=emmanuel-macron"]


def test_a_request_is_signed_with_the_endpoints_secret(endpoint, receiver):
    factories.publish()
    work()
    headers, body = receiver.got[0]
    assert verifies(secret_of(endpoint.salt), headers, body)
    assert not verifies(secret_of("0" * 32), headers, body)
    assert not verifies(secret_of(endpoint.salt), headers, body + b" ")
    assert headers["content-type"] == "application/json"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_while_a_secret_is_replaced_both_sign_and_then_the_new_one_alone(endpoint, receiver):
    old, new = secret_of(endpoint.salt), endpoints.rotate(endpoint)
    factories.publish()
    work()
    assert verifies(old, *receiver.got[0])
    assert verifies(new, *receiver.got[0])
    Endpoint.objects.update(old_until=timezone.now())
    factories.publish("“Peace.”")
    work()
    assert not verifies(old, *receiver.got[1])
    assert verifies(new, *receiver.got[1])


def test_all_that_happens_comes_in_order_and_as_the_schema_says(endpoint, receiver, by, project):
    made, other = factories.publish(editor=by), factories.publish("“We must think of security.”", editor=by)
    record.correct(made, record.Changes(spans=parse("“Peace.”")), editor=by, reason="A slip")
    work()
    record.retract(made, editor=by, reason="Invented")
    work()
    record.restore(made, editor=by, reason="Not invented")
    undone = record.merge(made, other, editor=by, reason="The same")
    work()
    record.undo_merge(undone, editor=by)
    work()
    record.remove(other, editor=by, reason_code="law", reason="A ruling")
    work()
    expected = "published published corrected retracted restored merged unmerged removed"
    assert receiver.types == [f"statement.{kind}" for kind in expected.split()]
    endpoints.try_out(endpoint)
    work()
    schema = json.loads((project / "docs" / "event.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for event in receiver.events:
        jsonschema.validate(event, schema, jsonschema.Draft202012Validator)


def test_a_correction_tells_what_changed_and_why(endpoint, receiver, by):
    made = factories.publish(editor=by)
    record.correct(made, record.Changes(spans=parse("“Peace.”")), editor=by, reason="A slip")
    work()
    act = receiver.events[1]["data"]["act"]
    assert (act["changed"], act["reason"], act["version"]) == ("the words", "A slip", 2)


def test_two_watches_of_one_endpoint_tell_it_once(endpoint, receiver, watcher):
    watcher.watch("q=security", mail="", endpoint=endpoint)
    factories.publish()
    work()
    assert [len(event["data"]["watches"]) for event in receiver.events] == [2]


def test_what_was_removed_before_it_was_told_is_never_told(endpoint, receiver, by):
    made = factories.publish(editor=by)
    route()
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    work()
    assert receiver.got == []
    assert {one.state for one in Delivery.objects.all()} == {"dropped"}


def test_a_removal_is_told_without_a_word_to_who_was_told_of_the_statement(endpoint, receiver, by):
    made = factories.publish(editor=by)
    work()
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    work()
    event = receiver.events[1]
    assert event["data"]["statement"] == {
        "id": made.pid,
        "url": f"{site.SITE_URL}/q/{made.pid}",
        "state": "removed",
    }
    assert "Macron" not in json.dumps(event["data"]["act"])


def test_what_waits_for_another_try_is_told_as_it_stands_then(endpoint, receiver, by):
    receiver.answers = [500]
    made = factories.publish(editor=by)
    work()
    record.remove(made, editor=by, reason_code="law", reason="A ruling")
    later(days=1)
    work()
    assert receiver.types == ["statement.published", "statement.removed"]


def test_a_failure_is_tried_again_under_the_same_id_later_each_time(endpoint, receiver):
    receiver.answers = [500, (404, {}), 503]
    factories.publish()
    work()
    assert (len(receiver.got), work()) == (1, 0)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status, delivery.outcome) == ("waiting", 500, "said so")
    first = delivery.due_at - timezone.now()
    later(hours=1)
    work()
    second = Delivery.objects.get().due_at - timezone.now()
    assert dt.timedelta(seconds=20) < first < dt.timedelta(seconds=34)
    assert dt.timedelta(minutes=4) < second < dt.timedelta(minutes=6)
    for _ in range(2):
        later(days=1)
        work()
    assert (len(set(receiver.ids)), len(receiver.ids)) == (1, 4)
    assert (Delivery.objects.get().state, Endpoint.objects.get().failures) == ("sent", 0)


@pytest.mark.parametrize("asked", [str, lambda seconds: http_date(time.time() + seconds)], ids=["seconds", "date"])
def test_a_receiver_may_ask_to_wait(endpoint, receiver, asked):
    receiver.answers = [(429, {"Retry-After": asked(7200)})]
    factories.publish()
    work()
    wait = Delivery.objects.get().due_at - timezone.now()
    assert dt.timedelta(minutes=118) < wait <= dt.timedelta(minutes=121)


@pytest.mark.parametrize(("asked", "hours"), [("soon", 0), ("-5", 0), ("9" * 30, 24), ("", 0), ("²", 0)])
def test_what_a_receiver_asks_for_is_bounded(asked, hours):
    assert backing_off.asked_for(asked, timezone.now()) == dt.timedelta(hours=hours)


def test_what_fails_lets_the_rest_of_its_endpoint_wait_and_no_other(endpoint, receiver, watcher):
    receiver.answers = [500]
    other = Watcher(factories.user(), "bob@paper.example").hook(f"{receiver.url}/bob").endpoint
    factories.publish()
    factories.publish("“Peace.”")
    work()
    assert len(receiver.got) == 3
    assert endpoint.deliveries.filter(state="waiting").count() == 2
    assert other.deliveries.filter(state="sent").count() == 2


def test_one_event_that_always_fails_holds_nothing_up(endpoint, receiver):
    receiver.answers = [500]
    factories.publish()
    factories.publish("“Peace.”")
    work()
    later(seconds=10)
    work()
    assert [one.state for one in Delivery.objects.order_by("pk")] == ["waiting", "sent"]


def test_a_redirect_is_not_followed(endpoint, receiver):
    receiver.answers = [(302, {"Location": receiver.url})]
    factories.publish()
    work()
    assert len(receiver.got) == 1
    assert "redirects" in Delivery.objects.get().outcome


def test_after_the_last_try_it_is_given_up_and_can_be_sent_by_hand(endpoint, receiver):
    receiver.answers = [500] * backing_off.MOST_TRIES
    factories.publish()
    for _ in range(backing_off.MOST_TRIES + 2):
        work()
        later(hours=25)
        Endpoint.objects.update(failing_since=timezone.now())
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.tries, len(receiver.got)) == ("given_up", backing_off.MOST_TRIES, 10)
    endpoints.tell_again(given_up)
    work()
    assert (Delivery.objects.get().state, len(set(receiver.ids))) == ("sent", 1)


def test_an_endpoint_that_says_it_is_gone_is_paused_at_once_and_its_owner_told(endpoint, receiver):
    receiver.answers = [410]
    factories.publish()
    work()
    paused = Endpoint.objects.get()
    assert (bool(paused.paused_at), paused.pause_reason) == (True, "It answered 410 Gone.")
    assert [message.to for message in mail.outbox] == [["ann@paper.example"]]
    assert receiver.url in mail.outbox[0].body
    later(days=1)
    work()
    assert (len(receiver.got), len(mail.outbox)) == (1, 1)


def test_an_endpoint_that_fails_for_days_is_paused_and_resumed_with_all_that_waited(endpoint, receiver):
    receiver.answers = [500] * 10
    for _ in range(10):
        endpoints.try_out(endpoint)
        work()
        later(hours=9)
    assert Endpoint.objects.get().paused_at
    assert "failed 10 times in a row" in mail.outbox[0].body
    endpoints.try_out(Endpoint.objects.get())
    work()
    assert len(receiver.got) == 10
    delivering.resume(endpoint)
    work()
    assert Delivery.objects.filter(state="sent").count() == 11
    assert len(set(receiver.ids)) == 11


def test_failures_in_a_short_time_pause_nothing(endpoint, receiver):
    receiver.answers = [500] * 12
    for _ in range(12):
        endpoints.try_out(endpoint)
        work()
        later(minutes=61)
    assert Endpoint.objects.get().paused_at is None


def test_a_closed_accounts_endpoint_is_sent_nothing(endpoint, receiver, watcher):
    factories.publish()
    route()
    watcher.owner.is_active = False
    watcher.owner.save()
    work()
    assert receiver.got == []


def test_an_address_inside_the_network_is_never_sent_to(endpoint, receiver, settings):
    settings.FETCH_LOOPBACK = False
    Endpoint.objects.update(url=f"https://127.0.0.1:{receiver.server_port}/hook")
    factories.publish()
    work()
    assert receiver.got == []
    assert "no port of its own" in Delivery.objects.get().outcome
    Endpoint.objects.update(url="https://127.0.0.1/hook")
    later(days=1)
    work()
    assert "not on the public internet" in Delivery.objects.get().outcome


def test_what_is_done_is_forgotten_after_a_month_and_beyond_a_thousand(endpoint, monkeypatch):
    monkeypatch.setattr(running, "LOG", 2)
    now = timezone.now()
    for day in (40, 3, 2, 1):
        made = now - dt.timedelta(days=day)
        Delivery.objects.create(endpoint=endpoint, state="sent", made_at=made)
    kept = Delivery.objects.create(endpoint=endpoint, made_at=now, due_at=now)
    old = Delivery.objects.create(endpoint=endpoint, made_at=now - dt.timedelta(days=31), due_at=None)
    running.forget()
    assert set(Delivery.objects.filter(state="waiting")) == {kept}
    assert Delivery.objects.exclude(state="waiting").count() == 2
    assert not Delivery.objects.filter(pk=old.pk).exists()
