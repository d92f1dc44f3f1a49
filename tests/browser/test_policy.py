"""The policy as a browser takes it: it holds, and what breaks it fails a test."""

import pytest
from playwright.sync_api import expect

from tests import factories


@pytest.fixture
def housekeeper(page, client):
    """Give the browser the session of somebody who keeps house."""
    account = factories.publisher()
    account.is_staff = account.is_superuser = True
    account.save()
    client.force_login(account)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return page


def test_a_script_or_style_in_the_page_never_runs_and_is_told(page, complaints):
    page.goto("/about/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          document.body.setAttribute("style", "color: red");
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert len([one for one in complaints if "Content Security Policy" in one]) == 2
    complaints.clear()


def test_a_form_that_would_be_sent_elsewhere_stays(page, complaints):
    page.goto("/about/")
    refused = page.evaluate(
        """() => new Promise((tell) => {
          document.addEventListener("securitypolicyviolation", (event) => tell(event.effectiveDirective));
          const form = document.createElement("form");
          form.action = "https://elsewhere.example/";
          document.body.append(form);
          form.submit();
        })"""
    )
    assert refused == "form-action"
    assert len(complaints) == 1
    complaints.clear()


def test_the_admin_works_under_it(housekeeper):
    speaker = factories.speaker("Emmanuel Macron")
    factories.topic()
    page = housekeeper
    for address in ("/admin/", "/admin/quotes/topic/", f"/admin/quotes/speaker/{speaker.pk}/change/"):
        page.goto(address)
        expect(page.locator("#content")).to_be_visible()
    page.fill("[name=given]", "Emmanuel Jean-Michel")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
