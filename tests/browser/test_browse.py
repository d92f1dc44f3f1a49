from functools import partial

import pytest
from playwright.sync_api import expect

from quotes.limits import Allowance
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview():
    """Macron to TF1 and by TASS; Macron to the BBC; Putin to TF1."""
    factories.publish("“Guarantees.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    factories.publish("He spoke elsewhere.", "spoken_to BBC")
    factories.publish("“Nyet.”", "spoken_to TF1", by="Vladimir Putin", said="2021-12")


@pytest.fixture
def plain(browser, live_server, groups):
    """A page of a browser without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def choose(page, facet, name):
    """Choose a value of a facet, by what its link says."""
    page.get_by_role("list", name=facet, exact=True).get_by_role("link", name=name).click()


def cards(page):
    return page.locator("[data-card]")


def stay(page):
    """Leave a mark that a newly loaded page wouldn't have."""
    page.evaluate("window.stayed = true")


def test_filtering_by_clicks_stays_on_the_page(page, interview):
    page.goto("/statements/")
    stay(page)
    choose(page, "Speaker", "Emmanuel Macron 2")
    expect(cards(page)).to_have_count(2)
    choose(page, "Relayed by", "TASS 1")
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron&relay=tass")
    expect(page).to_have_title("Statements by Emmanuel Macron, relayed by TASS — On Record")
    assert page.evaluate("window.stayed")


def test_filtering_by_clicks_without_javascript(plain, interview):
    plain.goto("/statements/")
    choose(plain, "Speaker", "Emmanuel Macron")
    choose(plain, "Relayed by", "TASS")
    expect(cards(plain)).to_have_count(1)
    expect(plain).to_have_url("/statements/?speaker=emmanuel-macron&relay=tass")
    plain.get_by_role("link", name="Remove Relayed by: TASS").click()
    expect(cards(plain)).to_have_count(2)
    plain.get_by_label("Words", exact=True).fill("guarantees")
    plain.get_by_role("button", name="Apply").click()
    expect(cards(plain)).to_have_count(1)


def test_on_a_phone_without_javascript_the_filters_unfold(plain, interview):
    plain.set_viewport_size({"width": 390, "height": 800})
    plain.goto("/statements/")
    speaker = plain.get_by_role("link", name="Vladimir Putin 1")
    expect(speaker).to_be_hidden()
    plain.get_by_text("Filters", exact=True).click()
    speaker.click()
    expect(cards(plain)).to_have_count(1)


def test_back_and_forward_show_what_was_listed_there(page, interview):
    page.goto("/statements/")
    choose(page, "Speaker", "Emmanuel Macron")
    expect(cards(page)).to_have_count(2)
    choose(page, "Relayed by", "TASS")
    expect(cards(page)).to_have_count(1)
    page.go_back()
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron")
    expect(cards(page)).to_have_count(2)
    page.go_back()
    expect(page).to_have_url("/statements/")
    expect(cards(page)).to_have_count(3)
    page.go_forward()
    expect(cards(page)).to_have_count(2)
    expect(page).to_have_title("Statements by Emmanuel Macron — On Record")


def test_back_from_a_statement_shows_the_filtered_list(page, interview):
    page.goto("/statements/")
    choose(page, "Speaker", "Emmanuel Macron")
    expect(cards(page)).to_have_count(2)
    cards(page).first.get_by_role("link").first.click()
    page.wait_for_url("**/q/*")
    page.go_back()
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron")
    expect(cards(page)).to_have_count(2)


def test_the_new_count_is_announced_and_the_focus_stays(place, interview):
    page, counts = place.page, partial(place.counts, "%(number)s statement", "%(number)s statements")
    page.goto("/statements/")
    announcement = page.locator("#browse-status")
    expect(announcement).to_have_text("")
    expect(announcement).to_have_role("status")
    if place.is_narrow:
        page.locator("#filters").click()
    choose(page, place.says("Speaker"), "Vladimir Putin")
    expect(announcement).to_have_text(counts(1))
    expect(page.locator("#speaker-vladimir-putin")).to_be_focused()
    page.get_by_role("list", name=place.says("Filters in use")).get_by_role("link", name="Vladimir Putin").click()
    expect(announcement).to_have_text(counts(3))
    expect(page.locator("#results")).to_be_focused()


def test_the_form_filters_on_the_page_and_leaves_out_what_is_empty(page, interview):
    page.goto("/statements/?speaker=emmanuel-macron")
    stay(page)
    page.get_by_text("Dates", exact=True).click()
    page.get_by_label("Said from").fill("2022-12")
    page.get_by_label("Words", exact=True).fill("elsewhere")
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron&q=elsewhere&said_after=2022-12")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    assert page.evaluate("window.stayed")


def test_a_wrong_date_is_told_beside_its_field(page, interview):
    page.goto("/statements/")
    page.get_by_text("Dates", exact=True).click()
    page.get_by_label("Said until").fill("soon")
    page.get_by_role("button", name="Apply").click()
    field = page.get_by_label("Said until")
    expect(field).to_have_accessible_description(
        "2022, 2022-12 or 2022-12-03; both days count. This is no date. Write 2022, 2022-12 or 2022-12-03."
    )
    expect(cards(page)).to_have_count(0)
    expect(page.locator("#browse-status")).to_contain_text("not every filter could be read")
    page.get_by_role("link", name="Remove this filter").click()
    expect(cards(page)).to_have_count(3)


def test_the_next_page_starts_at_its_top(page, interview):
    for number in range(21):
        factories.publish(f"“Number {number}.”", said="2020-01-01")
    page.goto("/statements/")
    page.get_by_role("link", name="Earlier statements").click()
    expect(cards(page)).to_have_count(4)
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#results")).to_be_in_viewport()
    page.get_by_role("link", name="Later statements").click()
    expect(cards(page)).to_have_count(20)


def test_on_a_phone_the_unfolded_filters_stay_unfolded(page, interview):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/statements/")
    page.get_by_text("Filters", exact=True).click()
    choose(page, "Speaker", "Vladimir Putin")
    expect(cards(page)).to_have_count(1)
    expect(page.locator("#speaker-vladimir-putin")).to_be_focused()
    expect(page.locator("#speaker-vladimir-putin")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        pytest.param("dark", 390, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(
    "query", ["", "?speaker=emmanuel-macron&outlet=tf1", "?speaker=nobody&said_after=soon", "?q=nothing&relay=tass"]
)
def test_the_page_has_no_barriers_and_no_sideways_scrolling(page, interview, axe, query, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/statements/{query}")
    if width < 900 and not page.locator(".facets[open]").count():
        axe(page)
        page.get_by_text("Filters", exact=True).click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_filter_that_is_asked_too_often_shows_why_nothing_comes(page, interview, monkeypatch, complaints):
    monkeypatch.setattr("quotes.limits.counted", lambda *_asked: Allowance(limit=1, used=2, resets_in=30))
    page.goto("/statements/")
    choose(page, "Outlet", "TF1")
    expect(page.get_by_role("heading", name="Too many requests")).to_be_visible()
    assert all("429" in one for one in complaints)
    complaints.clear()
