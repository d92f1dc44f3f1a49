import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from quotes import reports
from quotes.addresses import address_key, client_address
from quotes.models import Act, Report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return factories.publish()


def send(statement, address="192.0.2.1"):
    return reports.send(statement, "The date is wrong", address=address)


def test_a_report_keeps_no_address(statement):
    report = send(statement)
    assert "192.0.2.1" not in report.address
    assert report.address == address_key("192.0.2.1") != address_key("192.0.2.2")


def test_the_hash_means_nothing_without_the_key(settings):
    before = address_key("192.0.2.1")
    settings.SECRET_KEY = "x" * 60
    assert address_key("192.0.2.1") != before


def test_over_the_limit_an_address_is_told_when_to_come_back(statement, settings):
    settings.REPORTS_PER_HOUR = 2
    first = send(statement)
    send(statement)
    with pytest.raises(reports.TooManyReports) as refusal:
        send(statement)
    assert refusal.value.again_at == first.sent_at + dt.timedelta(hours=1)
    send(statement, "192.0.2.2")


def test_after_an_hour_there_is_room_again(statement, settings):
    settings.REPORTS_PER_HOUR = 1
    Report.objects.filter(pk=send(statement).pk).update(sent_at=timezone.now() - dt.timedelta(minutes=61))
    send(statement)


def test_a_limit_of_nothing_is_none_as_elsewhere(statement, settings):
    settings.REPORTS_PER_HOUR = 0
    for _ in range(7):
        send(statement)
    assert Report.objects.count() == 7


def test_an_answer_is_in_the_audit_trail_without_the_texts(statement):
    report, editor = send(statement), factories.editor()
    reports.answer(report, "Nothing was wrong", editor=editor)
    report.refresh_from_db()
    assert (report.answer, report.answered_by) == ("Nothing was wrong", editor)
    act = Act.objects.get(verb="answer_report")
    assert (act.statement, act.actor, act.detail, act.reason) == (statement, editor, {"report": report.pk}, "")


def test_the_second_of_two_answers_is_told(statement):
    report = send(statement)
    reports.answer(report, "First", editor=factories.editor())
    with pytest.raises(reports.AlreadyAnswered):
        reports.answer(report, "Second", editor=factories.editor())
    report.refresh_from_db()
    assert report.answer == "First"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_tell_the_address(settings, proxies, forwarded, client):
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == client
