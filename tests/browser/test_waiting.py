"""Waiting for a document or an import: what became of it is said once, and nothing while nothing happens."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quotes.models import Import
from sources.models import Arrival
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

# The texts that a page's live region was given, in their order.
LISTENING = """() => {
  const region = [...document.querySelectorAll("body > [role=status]")].at(-1);
  window.heard = [];
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true });
}"""


@pytest.fixture
def editor(page, client):
    """Give the browser an editor's session."""
    account = factories.editor()
    client.force_login(account)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return account


@pytest.fixture
def arrival(editor):
    return Arrival.objects.create(by=editor, arrived_at=timezone.now(), url="https://paper.example/a", name="A report")


def looked_again(page):
    """Wait till the page has asked once more how things stand."""
    with page.expect_response(lambda response: "/intake/" in response.url or "/imports/" in response.url):
        pass
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def heard(page):
    return page.evaluate("window.heard")


def read(arrival):
    Arrival.objects.filter(pk=arrival.pk).update(state="ready", text="Macron said: “We must think.”", sha256="a" * 64)


def test_the_list_says_once_that_a_document_was_read(page, arrival):
    page.goto("/intake/")
    page.evaluate(LISTENING)
    looked_again(page)
    assert heard(page) == []
    read(arrival)
    expect(page.locator("body > [role=status]").last).to_have_text("A report: To be confirmed.")
    assert heard(page) == ["A report: To be confirmed."]


def test_the_page_of_an_arrival_says_once_that_it_was_read(page, arrival):
    page.goto(f"/intake/arrivals/{arrival.pk}/")
    page.evaluate(LISTENING)
    looked_again(page)
    assert heard(page) == []
    read(arrival)
    told = "It is read: check its particulars, then take it in."
    expect(page.locator("body > [role=status]").last).to_have_text(told)
    assert heard(page) == [told]


def test_it_says_politely_why_a_document_could_not_be_read(page, arrival):
    page.goto(f"/intake/arrivals/{arrival.pk}/")
    Arrival.objects.filter(pk=arrival.pk).update(state="failed", problem="No answer.")
    expect(page.get_by_role("status").last).to_have_text("It could not be read: No answer.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_it_is_said_in_the_language_of_the_page(page, arrival):
    page.goto(f"/intake/arrivals/{arrival.pk}/?lang=fr")
    read(arrival)
    expect(page.get_by_role("status").last).to_have_text("Il est lu : vérifiez ses indications, puis recevez-le.")


def test_an_import_says_once_that_its_rows_were_read(page, editor):
    now = timezone.now()
    of = Import.objects.create(by=editor, created_at=now, moved_at=now, kind="csv", name="Week.csv", state="checking")
    page.goto(f"/desk/imports/{of.pk}/")
    page.evaluate(LISTENING)
    looked_again(page)
    assert heard(page) == []
    Import.objects.filter(pk=of.pk).update(state="failed", problem="There is nothing in it.")
    expect(page.locator("body > [role=status]").last).to_have_text("Could not be read")
    assert heard(page) == ["Could not be read"]
