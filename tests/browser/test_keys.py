"""The keys of the site: whole paths without a mouse, the sheet of those in force, and how they are switched off."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quotes.models import Statement
from tests import factories
from tests.review import at, three

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [1280, pytest.param(390, marks=pytest.mark.slow)]
TABS = 80


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


@pytest.fixture
def publisher(sign_in):
    return sign_in(factories.publisher())


@pytest.fixture(params=WIDTHS)
def sized(request, page):
    page.set_viewport_size({"width": request.param, "height": 844})
    return page


def walk_to(page, place):
    """Press Tab until a place has the focus."""
    for _ in range(TABS):
        if place.evaluate("place => place === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab doesn't reach {place}")


def sheet(page, name="Keyboard"):
    return page.get_by_role("dialog", name=name)


def test_the_founding_statement_is_found_and_its_citation_copied_by_keys_alone(place, founding, clipboard):
    page = place.page
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("dir", place.direction)
    page.keyboard.press("/")
    page.keyboard.type("speaker:emmanuel-macron outlet:tf1 discussions")
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]")).to_have_count(1)
    # Keys are heard once their script has run, which is before the page counts as loaded.
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator("[data-card] .words a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{founding.get_absolute_url()}**")
    page.keyboard.press("c")
    expect(page.locator("[data-copy='cite-apa']")).to_have_text(place.says("Copied"))
    copied = clipboard()
    assert copied.startswith("Macron, E. (2022, December 3).")
    assert copied.endswith(f"{founding.get_absolute_url()}/v1")


def test_a_suggestion_is_reviewed_and_accepted_by_keys_alone(place, publisher):
    page, decided = place.page, "%(decided)s of %(total)s decided"
    document, (_, two, _) = three()
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/desk/")
    walk_to(page, page.get_by_role("main").get_by_role("link", name=place.says("Bring a document")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/")
    walk_to(page, page.locator(f"#review-{document.pid}"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(document)}")
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_text(place.says(decided, decided=1, total=3), exact=True)).to_be_visible()
    two.refresh_from_db()
    assert two.state == "accepted"
    assert two.statement.text.endswith("!")


def test_the_sheet_lists_what_works_on_the_page_and_gives_the_focus_back(place, axe):
    page, says = place.page, place.says
    page.goto(factories.publish().get_absolute_url())
    history = page.locator("[data-key=h]")
    history.focus()
    page.keyboard.press("?")
    dialog = sheet(page, says("Keyboard"))
    expect(dialog).to_be_visible()
    expect(dialog).to_have_css("direction", place.direction)
    expect(dialog.get_by_role("row", name=says("Copy the citation, in the style that is chosen"))).to_be_visible()
    expect(dialog.get_by_role("row", name=says("The next statement"))).to_have_count(0)
    expect(dialog.get_by_role("row", name=says("Go to the desk"))).to_have_count(0)
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(history).to_be_focused()


def test_in_a_list_it_lists_the_keys_of_lists(page, founding):
    page.goto("/statements/")
    page.keyboard.press("?")
    expect(sheet(page).get_by_role("row", name="The next statement")).to_be_visible()
    expect(sheet(page).get_by_role("row", name="The next page")).to_have_count(0)
    expect(sheet(page).get_by_role("row", name="Copy the citation")).to_have_count(0)


def test_the_footer_opens_it_and_a_button_closes_it(sized, axe):
    page = sized
    page.emulate_media(color_scheme="dark")
    page.goto("/about/")
    link = page.get_by_role("link", name="Keyboard")
    link.click()
    expect(sheet(page)).to_be_visible()
    axe(page)
    sheet(page).get_by_role("button", name="Close").click()
    expect(link).to_be_focused()
    expect(page).to_have_url("/about/")


def test_where_it_cannot_be_fetched_the_page_of_all_keys_opens(page):
    page.goto("/about/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('Failed to fetch')); }")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard")
    expect(page).to_have_url("/keys/")


def test_without_javascript_the_link_leads_to_all_keys(browser, live_server, groups):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/about/")
    page.get_by_role("link", name="Keyboard").click()
    expect(page.get_by_role("row", name="Copy the citation")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    context.close()


def test_nothing_acts_while_typing_or_with_a_modifier(page, founding):
    page.goto("/statements/")
    page.get_by_label("Search the record").fill("")
    page.keyboard.type("gs?jkn/")
    expect(page.get_by_label("Search the record")).to_have_value("gs?jkn/")
    expect(sheet(page)).to_have_count(0)
    page.locator("#results").focus()
    page.keyboard.press("Alt+j")
    expect(page.locator("#results")).to_be_focused()


def test_nothing_acts_below_an_open_sheet(page, founding):
    page.goto("/statements/")
    page.keyboard.press("?")
    expect(sheet(page)).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-card]')") is None


def test_keys_are_switched_off_for_good_and_on_again(page, founding):
    page.goto("/statements/")
    page.keyboard.press("?")
    sheet(page).get_by_label("Single keys act").uncheck()
    page.keyboard.press("Escape")
    page.goto("/speakers/")
    for key in ("/", "?", "g", "s"):
        page.keyboard.press(key)
    expect(page.get_by_label("Search the record")).not_to_be_focused()
    expect(page).to_have_url("/speakers/")
    page.get_by_role("link", name="Keyboard").click()
    sheet(page).get_by_label("Single keys act").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the record")).to_be_focused()


def test_a_first_key_alone_is_forgotten_and_a_wrong_second_one_does_nothing(page, publisher):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(sheet(page)).to_be_visible()
    two.refresh_from_db()
    assert two.state == "open"


def test_the_sheet_of_the_review_has_its_keys_and_those_of_the_site_once_each(page, publisher, axe):
    document, _ = three()
    page.goto(at(document))
    page.keyboard.press("?")
    expect(sheet(page)).to_be_visible()
    shown = [row.strip() for row in sheet(page).locator("th[scope=row]").all_inner_texts()]
    assert {"a", "g s", "j k", "?"} <= set(shown)
    assert len(shown) == len(set(shown))
    axe(page)
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.get_by_text("0 of 3 decided", exact=True)).to_be_visible()


def test_letters_of_another_keyboard_are_taken_by_their_place(page, founding):
    page.goto("/statements/?lang=ar")
    page.dispatch_event("body", "keydown", {"key": "ت", "code": "KeyJ"})
    expect(page.locator("[data-card] .words a").first).to_be_focused()
