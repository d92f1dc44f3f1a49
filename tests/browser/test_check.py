import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_checks_a_draft_and_keeps_the_result(place, axe):
    page, says = place.page, place.says
    factories.publish("“We must think about the security structure under which we will live tomorrow.”")
    page.goto("/")
    page.get_by_role("navigation", name=says("Site")).get_by_role("link", name=says("Was this said?")).click()
    draft = "“We must never think about the security structure,” Macron said. “Trees grow on the moon,” he added."
    page.get_by_label(says("A quotation, or a whole article")).fill(draft)
    page.get_by_role("button", name=says("Check"), exact=True).click()
    expect(page.get_by_role("heading", level=3)).to_have_text(
        [says("On record otherwise, and the meaning may have turned"), says("Not found in this record")]
    )
    expect(page.locator("ins").first).to_contain_text("never")
    axe(page)
    page.get_by_role("button", name=says("Save this result for 90 days")).click()
    expect(page.get_by_role("link", name=says("Check another text"))).to_be_visible()
    axe(page)
