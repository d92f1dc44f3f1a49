import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_checks_a_draft_and_keeps_the_result(page, judged):
    factories.publish("“We must think about the security structure under which we will live tomorrow.”")
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Was this said?").click()
    draft = "“We must never think about the security structure,” Macron said. “Trees grow on the moon,” he added."
    page.get_by_label("A quotation, or a whole article").fill(draft)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=3)).to_have_text(
        ["On record otherwise, and the meaning may have turned", "Not found in this record"]
    )
    expect(page.locator("ins").first).to_contain_text("never")
    judged(page)
    page.get_by_role("button", name="Save this result").click()
    expect(page.get_by_text("This page is kept until")).to_be_visible()
    judged(page)
