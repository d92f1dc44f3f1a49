"""The pages of a speaker, an outlet and a topic, one after the other, and on to two speakers side by side."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(place, groups):
    """The founding record, and the way by the site's own links to the page of a name."""
    call_command("load_founding_record", verbosity=0)
    page = place.page
    page.goto("/")

    def open_page(section, name):
        page.get_by_role("navigation", name=place.says("Site")).get_by_role("link", name=place.says(section)).click()
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)

    return open_page


def test_each_name_leads_to_its_page_whose_list_is_narrowed_there(place, site):
    page, cards = place.page, place.page.locator("[data-card]")
    site("Speakers", "Emmanuel Macron")
    expect(cards).to_have_count(3)
    site("Topics", "Peace negotiations")
    expect(cards).to_have_count(2)
    site("Outlets", "TF1")
    expect(cards.first).to_be_visible()
    if place.is_narrow:
        page.locator("#filters").click()
    page.get_by_role("list", name=place.says("Speaker"), exact=True).get_by_role("link", name="Vladimir Putin").click()
    expect(cards).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("TF1")


def test_two_speakers_on_a_topic_stand_in_columns_that_follow_the_lines(place, site):
    page, main = place.page, place.page.get_by_role("main")
    site("Topics", "Security guarantees")
    main.get_by_role("link", name=place.says("At a glance: figures, answers, corrections")).click()
    main.get_by_role("link", name=place.says("Compare two speakers")).click()
    main.get_by_role("link", name="Emmanuel Macron").click()
    main.get_by_role("link", name="Ministry of Defense of Russia").click()
    sides = page.locator(".sides > section")
    expect(sides.get_by_role("heading", level=2)).to_have_text(["Emmanuel Macron", "Ministry of Defense of Russia"])
    first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    if place.is_narrow:
        assert first["y"] + first["height"] <= second["y"]
    else:
        assert (first["x"] < second["x"]) == (place.direction == "ltr")
    for number in (0, 1):
        expect(sides.nth(number).locator("[data-card]").first).to_be_visible()
