"""Pages in the states that few readers meet: empty, refused, retracted, removed, broken. No barrier in any theme."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from quotes import record
from quotes.notation import parse
from tests import factories
from tests.browser.places import NARROW, WIDE
from tests.review import three

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ERRORS = ("400.html", "403.html", "404.html", "500.html", "503.html", "too_long.html", "too_many.html")


@pytest.fixture(
    params=[("light", "none", WIDE), ("dark", "none", NARROW), ("dark", "active", NARROW)],
    ids=["light", "dark", "forced"],
)
def themed(request, page):
    colours, forced, (width, height) = request.param
    page.emulate_media(color_scheme=colours, forced_colors=forced)
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.fixture
def look(themed, axe, complaints):
    """Judge a page; an answer that is an error is one on purpose."""

    def judge(address):
        themed.goto(address)
        axe(themed)
        is_whole = themed.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert is_whole, f"{address} scrolls sideways"
        themed.wait_for_load_state("networkidle")
        complaints[:] = [one for one in complaints if "Failed to load resource" not in one]

    return judge


@pytest.fixture
def administrator(page, client):
    """Give the browser an administrator's session."""
    account = factories.administrator()
    client.force_login(account)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return account


def test_an_empty_record_has_no_barrier(look):
    lists = ("/statements/", "/speakers/", "/outlets/", "/topics/", "/corrections/", "/coverage/", "/on-this-day/")
    for address in ("/", *lists, "/compare/", "/log/", "/data/", "/check/", "/keys/"):
        look(address)


def test_statements_that_do_not_stand_have_no_barrier(look):
    by = factories.administrator()
    retracted, merged, gone, stays = (factories.publish(f"“Peace, {word}.”") for word in ("now", "soon", "not", "yes"))
    record.correct(stays, record.Changes(spans=parse("“Peace, yes [indeed].”")), editor=by, reason="A slip")
    record.retract(retracted, editor=by, reason="The broadcaster has withdrawn it.")
    record.merge(merged, stays, editor=by, reason="One utterance.")
    record.remove(gone, editor=by, reason_code="court", reason="A ruling.")
    for address in (
        retracted.get_absolute_url(),
        retracted.version_url(1),
        f"{retracted.get_absolute_url()}/history",
        f"{retracted.get_absolute_url()}/embed",
        merged.version_url(1),
        stays.version_url(1),
        gone.get_absolute_url(),
        f"{gone.get_absolute_url()}/embed",
        "/corrections/",
    ):
        look(address)


def test_what_was_asked_wrongly_has_no_barrier(look):
    made = factories.publish()
    for address in (
        "/speakers/?name=nobody",
        "/check/?text=“Nobody+said+this.”",
        "/on-this-day/?day=13-41",
        f"{made.get_absolute_url()}/history?from=7&to=9",
        f"{made.get_absolute_url()}/v9",
        "/watches/stop/none/",
        "/password/reset/none/none/",
        "/signin/?next=/desk/",
    ):
        look(address)


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_that_tells_of_an_error_has_no_barrier(look, page, name):
    context = {"sent": True, "fields": [], "address": "/check/", "told": "30 a minute.", "wait": 30}
    body = render_to_string(name, context, request=RequestFactory().get("/broken/"))
    page.route("**/broken/", lambda route: route.fulfill(status=200, content_type="text/html", body=body))
    look("/broken/")


def test_what_an_account_keeps_has_no_barrier_while_it_is_empty(look, administrator):
    desk = ("/desk/", "/desk/imports/", "/desk/reports/", "/desk/audit/", "/desk/tokens/")
    for address in ("/searches/", "/watches/", "/intake/", *desk):
        look(address)


def test_what_an_account_keeps_has_no_barrier(look, administrator):
    made, other = factories.publish(), factories.publish("“No.”", by="Olaf Scholz")
    record.link(other, made, "denies", editor=administrator)
    record.retract(other, editor=administrator, reason="Withdrawn.")
    three()
    desk = f"/desk/statements/{made.pid}"
    for address in (
        "/searches/new/?q=security",
        "/searches/new/?speaker=nobody",
        f"{desk}/links/",
        f"{desk}/copies/",
        f"/desk/statements/{other.pid}/restore/",
        "/intake/",
    ):
        look(address)


def test_what_an_account_may_not_do_has_no_barrier(look, page, client):
    client.force_login(factories.user("Contributor"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    look(f"/desk/statements/{factories.publish().pid}/retract/")
