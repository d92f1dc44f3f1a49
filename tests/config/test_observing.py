"""Every request has an id, is counted by its route, and is told in the log without what was sent."""

import json
import logging
import re

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from prometheus_client.registry import REGISTRY

from config.logs import Json, Line, exception_told
from quotes import record
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "nobody may ever read these words"


@pytest.fixture
def log(settings):
    """All that is logged while a test runs, as the lines that a site writes."""
    settings.LOG_REQUESTS = True
    lines = []

    class Keep(logging.Handler):
        def emit(self, entry):
            lines.append(self.format(entry))

    handler = Keep()
    handler.setFormatter(Json())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def answered(log):
    return [told for told in map(json.loads, log) if told["logger"] == "onrecord.requests"]


def counted(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


def test_an_answer_names_its_request_and_so_does_the_log(client, log):
    answer = client.get("/about/")
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])
    assert [told["request"] for told in answered(log)] == [answer["X-Request-ID"]]
    assert client.get("/about/")["X-Request-ID"] != answer["X-Request-ID"]


def test_an_id_is_taken_from_trusted_proxies_alone(client, settings):
    given = "d3f1-one.of_theirs"
    assert client.get("/about/", headers={"X-Request-ID": given})["X-Request-ID"] != given
    settings.TRUSTED_PROXY_COUNT = 1
    assert client.get("/about/", headers={"X-Request-ID": given})["X-Request-ID"] == given
    for bad in ("short", "x" * 65, 'a"b" c{d}=123', "line\u2028break"):
        assert client.get("/about/", headers={"X-Request-ID": bad})["X-Request-ID"] != bad


def test_a_request_is_told_by_route_status_and_time(client, log):
    at = factories.publish().get_absolute_url()
    client.get(f"{at}?secret=yes")
    client.get(f"{at}?secret=yes")
    client.get("/nothing-here")
    first, again, none = answered(log)
    assert (first["route"], first["method"], first["status"], first["copy"]) == ("statement", "GET", 200, False)
    assert (again["route"], again["queries"], again["copy"]) == ("statement", 1, True)
    assert first["queries"] > 1
    assert first["ms"] > 0
    assert (none["route"], none["status"]) == ("none", 404)
    assert "secret" not in "".join(log)
    assert "127.0.0.1" not in "".join(log)
    assert at not in "".join(log)


def test_what_is_posted_to_be_checked_never_reaches_the_log(log, monkeypatch):
    visitor = Client(raise_request_exception=False)
    assert visitor.post("/check/", {"text": f"“{SECRET}”"}).status_code == 200
    assert visitor.get("/check/", {"text": f"“{SECRET}”"}).status_code == 200
    assert visitor.get(f"/{SECRET}/").status_code == 404
    monkeypatch.setattr("quotes.views.check.check", lambda text, **_: int(text))
    assert visitor.post("/check/", {"text": SECRET, "act": "x"}).status_code == 200

    def fail(text, **_):
        raise KeyError(text)

    monkeypatch.setattr("quotes.views.check.check", fail)
    assert visitor.post("/check/", {"text": SECRET}).status_code == 500
    assert SECRET not in "\n".join(log)
    [error] = [told for told in map(json.loads, log) if told["level"] == "ERROR"]
    assert error["message"] == "Internal Server Error: check"
    assert error["exception"]["type"] == "builtins.KeyError"
    assert any("in _answer" in frame for frame in error["exception"]["frames"])


def test_the_words_of_what_is_removed_never_reach_the_log(log):
    by = factories.publisher()
    made = factories.publish(f"“{SECRET}.”", editor=by)
    visitor = Client(raise_request_exception=False)
    for address in (made.get_absolute_url(), f"/statements/?q={SECRET}", f"{made.version_url(1)}.bib"):
        assert visitor.get(address).status_code == 200
    record.remove(made, editor=by, reason_code="court", reason="An order")
    assert visitor.get(made.get_absolute_url()).status_code == 410
    assert len(answered(log)) == 4
    assert SECRET not in "\n".join(log)


def test_an_exception_is_told_by_kind_and_place_and_its_message_only_where_it_speaks_of_the_machine():
    def told(error):
        try:
            try:
                raise error
            except type(error) as inner:
                raise RuntimeError(SECRET) from inner
        except RuntimeError as outer:
            return exception_told(outer)

    found = told(OperationalError("disk full"))
    assert found["cause"]["message"] == "disk full"
    assert "message" not in found
    undecodable = UnicodeDecodeError("utf8", SECRET.encode(), 0, 1, "")
    for error in (ValueError(SECRET), SuspiciousOperation(SECRET), undecodable):
        assert SECRET not in str(told(error)).replace("raise error", "")


@pytest.mark.parametrize("form", [Json(), Line()])
def test_a_query_string_in_a_message_is_cut_off(form):
    entry = logging.makeLogRecord(
        {"name": "gunicorn.error", "msg": f"Error handling request /check/?text={SECRET[:6]}"}
    )
    assert "/check/?…" in form.format(entry)
    assert SECRET[:6] not in form.format(entry)


def int_of(text):
    raise ValueError(text)


def test_a_line_for_people_tells_the_same():
    with pytest.raises(ValueError, match=SECRET) as caught:
        int_of(SECRET)
    made = {"name": "x", "msg": "broke", "facts": {"status": 500}}
    entry = logging.makeLogRecord({**made, "exc_info": (ValueError, caught.value, caught.tb)})
    line = Line().format(entry)
    assert "broke" in line
    assert "status=500" in line
    assert "builtins.ValueError" in line
    assert SECRET not in line


def test_queries_and_their_parameters_are_never_logged():
    assert django_settings.LOGGING["loggers"]["django.db.backends"] == {"level": "INFO"}


def test_requests_are_counted_by_route_and_status_never_by_path(client):
    at = factories.publish().get_absolute_url()
    labels = {"route": "statement", "method": "GET", "status": "200"}
    before = counted("onrecord_requests_total", **labels), counted("onrecord_copies_total", answer="copy")
    client.get(at)
    client.get(at)
    client.generic("BREW", "/nothing")
    assert counted("onrecord_requests_total", **labels) == before[0] + 2
    assert counted("onrecord_copies_total", answer="copy") == before[1] + 1
    assert counted("onrecord_requests_total", route="none", method="OTHER", status="404") >= 1
    names = {sample.labels.get("route", "") for metric in REGISTRY.collect() for sample in metric.samples}
    assert not [name for name in names if "/" in name]


def test_searches_are_timed_where_they_are_made(client):
    before = counted("onrecord_search_seconds_count")
    for _ in range(2):
        client.get("/statements/?q=peace")
    assert counted("onrecord_search_seconds_count") == before + 1
