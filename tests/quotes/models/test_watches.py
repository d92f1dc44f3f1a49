"""What the database itself refuses of watches, and of what they tell."""

import pytest
from django.utils import timezone

from quotes.models import Act, Delivery, Digest, Discarded, Endpoint, Mailbox, Notice, Watch
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db

breaks = Attempts()


def watch(**fields):
    owner = fields.pop("owner", None) or factories.user()
    return Watch.objects.create(**({"owner": owner, "query": "q=a", "created_at": timezone.now()} | fields))


def mailbox(**fields):
    return Mailbox.objects.create(**({"owner": factories.user(), "address": "ann@paper.example"} | fields))


def endpoint(**fields):
    owner = fields.pop("owner", None) or factories.user()
    known = {"owner": owner, "url": "https://hook.example/", "salt": "0" * 32, "created_at": timezone.now()}
    return Endpoint.objects.create(**(known | fields))


def digest(**fields):
    known = {"owner": factories.user(), "cadence": "daily", "made_at": timezone.now()}
    return Digest.objects.create(**(known | fields))


def act():
    return Act.objects.create(verb="rename", actor=factories.editor(), at=timezone.now())


def notice(**fields):
    known = {"watch": fields.get("watch") or watch(), "act": fields.get("act") or act(), "at": timezone.now()}
    return Notice.objects.create(**(known | fields))


def delivery(**fields):
    return Delivery.objects.create(**({"endpoint": endpoint(), "made_at": timezone.now()} | fields))


@breaks("discarded_kind_is_known")
def discarded_of_no_kind():
    Discarded.objects.create(owner=factories.user(), kind="planet", name="Mars", row={}, at=timezone.now())


@breaks("watch_is_of_a_list_or_a_statement")
def watch_of_nothing():
    watch(query="")


@breaks("watch_is_of_a_list_or_a_statement")
def watch_of_a_list_and_a_statement():
    watch(statement=factories.publish())


@breaks("watch_mail_is_known")
def watch_that_tells_hourly():
    watch(mail="hourly")


@breaks("list_is_watched_once")
def list_watched_twice():
    owner = factories.user()
    watch(owner=owner)
    watch(owner=owner)


@breaks("statement_is_watched_once")
def statement_watched_twice():
    owner, statement = factories.user(), factories.publish()
    watch(owner=owner, query="", statement=statement)
    watch(owner=owner, query="", statement=statement)


@breaks("mailbox_has_an_address")
def mailbox_without_an_address():
    mailbox(address="")


@breaks("mailbox_hour_is_of_the_day")
def mailbox_at_the_hour_24():
    mailbox(hour=24)


@breaks("endpoint_has_an_address")
def endpoint_without_an_address():
    endpoint(url="")


@breaks("endpoint_has_a_secret")
def endpoint_without_a_secret():
    endpoint(salt="")


@breaks("endpoint_is_paused_for_a_reason")
def endpoint_with_a_reason_that_is_not_paused():
    endpoint(pause_reason="It failed.")


@breaks("endpoint_is_told_once")
def two_endpoints_at_one_address():
    owner = factories.user()
    endpoint(owner=owner)
    endpoint(owner=owner)


@breaks("digest_cadence_is_known")
def digest_of_no_cadence():
    digest(cadence="")


@breaks("digest_is_done_at_a_time")
def digest_that_was_sent_at_no_time():
    digest(state="sent")


@breaks("digest_is_done_at_a_time")
def digest_that_waits_and_is_done():
    digest(done_at=timezone.now())


@breaks("watch_is_told_once_of_an_act")
def watch_told_twice():
    one = notice()
    notice(watch=one.watch, act=one.act)


@breaks("notice_waits_or_is_told")
def notice_that_waits_and_is_told():
    notice(waits_for="daily", digest=digest())


@breaks("notice_waits_for_a_mail")
def notice_that_waits_for_an_hourly_mail():
    notice(waits_for="hourly")


@breaks("endpoint_is_told_once_of_an_act")
def endpoint_told_twice():
    one = delivery(act=act())
    delivery(endpoint=one.endpoint, act=one.act)


@breaks("delivery_done_is_not_due")
def delivery_that_is_done_and_due():
    delivery(state="sent", due_at=timezone.now())


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_two_accounts_watch_the_same_and_an_endpoint_is_tried_out_often():
    assert watch().query == watch().query
    where = endpoint()
    assert {delivery(endpoint=where).act, delivery(endpoint=where).act} == {None}
