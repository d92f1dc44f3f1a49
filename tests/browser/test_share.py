"""A statement handed on: by the device's own means, by its link, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made():
    return factories.publish()


def share(page):
    return page.get_by_role("button", name="Share")


def test_a_device_that_shares_is_given_the_permalink(place, made):
    page = place.page
    page.add_init_script("navigator.share = async (told) => { window.told = told; };")
    page.goto(made.get_absolute_url())
    page.get_by_role("button", name=place.says("Share"), exact=True).click()
    told = page.evaluate("window.told")
    assert told["url"].endswith(made.get_absolute_url())
    assert told["title"].startswith("Emmanuel Macron: “We must think")


def test_a_device_that_does_not_is_given_the_link_to_paste(page, made):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share;")
    page.goto(made.version_url(1))
    page.keyboard.press("s")
    expect(page.locator("[data-share]")).to_have_text("Copied")
    expect(page.locator("#said-aloud")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(made.version_url(1))


def test_leaving_the_choice_again_does_nothing(page, made):
    page.add_init_script("navigator.share = async () => { throw new DOMException('no', 'AbortError'); };")
    page.goto(made.get_absolute_url())
    share(page).click()
    expect(share(page)).to_have_text("Share")


def test_paper_has_a_code_in_view_that_leads_to_the_permalink(place, made):
    page = place.page
    page.goto(made.get_absolute_url())
    code = page.locator("img.print-only")
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", value=True)
    expect(code).to_have_attribute("src", re.compile(rf"{made.version_url(1)}\.qr\.svg$"))
    box = code.bounding_box()
    assert 0 <= box["x"] <= place.size[0] - box["width"]


@pytest.mark.parametrize("scripted", [True, False])
def test_paper_has_the_permalink_as_a_code_and_the_screen_does_not_load_it(
    browser, live_server, made, groups, scripted
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripted)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(made.get_absolute_url(), wait_until="networkidle")
    expect(page.get_by_role("button", name="Share")).to_have_count(int(scripted))
    # Browsers put nothing off where scripts are off, lest that tell how far somebody reads.
    assert any(url.endswith(".qr.svg") for url in asked) is not scripted
    paper = page.pdf()
    assert [url for url in asked if url.endswith(f"{made.version_url(1)}.qr.svg")]
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    code = page.locator("img.print-only")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", value=True)
    context.close()


def test_terms_are_not_underlined_on_paper(page, made):
    page.goto(made.get_absolute_url())
    term = page.locator("a.term").first
    expect(term).to_have_css("text-decoration-line", "underline")
    page.emulate_media(media="print")
    expect(term).to_have_css("text-decoration-line", "none")
