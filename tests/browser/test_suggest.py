import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on_record():
    """Macron and Merkel, to TF1."""
    factories.publish("“Guarantees.”", "spoken_to TF1")
    factories.publish("“Wir schaffen das.”", "spoken_to TF1", by="Angela Merkel")


def options(page):
    return page.get_by_role("listbox", name="Names on record").get_by_role("option")


def type_into(page, name, text):
    field = page.get_by_role("combobox", name=name)
    page.get_by_label(name).focus()
    field.press_sequentially(text)
    return field


def test_a_name_is_chosen_from_the_keyboard_and_opens_its_page(page, axe, on_record):
    page.goto("/about/")
    field = type_into(page, "Search the record", "m")
    expect(options(page)).to_have_count(0)
    field.press_sequentially("a")
    expect(options(page)).to_have_text(["Emmanuel Macron Person"])
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-1")
    axe(page)
    field.press("Enter")
    expect(page).to_have_url("/speakers/emmanuel-macron/")


def test_escape_closes_the_names_and_enter_searches_for_what_was_typed(page, on_record):
    page.goto("/about/")
    field = type_into(page, "Search the record", "merk")
    expect(options(page)).to_have_count(1)
    field.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field).to_have_value("merk")
    field.press("Enter")
    expect(page).to_have_url("/statements/?q=merk")


def test_a_name_chosen_in_the_filters_narrows_the_list(page, on_record):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/statements/?outlet=tf1")
    type_into(page, "Words", "merk")
    options(page).first.click()
    expect(page).to_have_url("/statements/?outlet=tf1&speaker=angela-merkel")
    expect(page.locator("[data-card]")).to_have_count(1)
