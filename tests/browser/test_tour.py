"""The tour as a newcomer takes it, by mouse and by keyboard; and the offer on the first page, made once."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quotes.touring import STEPS
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = "Take the tour: seven steps, two minutes"


@pytest.fixture
def founding():
    call_command("load_founding_record", verbosity=0)


def shown(page):
    """Whether the offer can be seen; it is there in any case, so that nothing moves."""
    return page.locator("#tour-offer").evaluate("one => getComputedStyle(one).visibility") == "visible"


def test_a_newcomer_tours_from_the_first_page_to_a_copied_citation_by_the_keyboard(place, founding, clipboard):
    page, says = place.page, place.says
    page.goto("/")
    page.get_by_role("link", name=says(OFFER)).focus()
    page.keyboard.press("Enter")
    for step in STEPS[:-1]:
        expect(page.get_by_role("heading", level=1)).to_have_text(says(step.title))
        page.get_by_role("link", name=says("Next step")).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Cite it"))
    page.get_by_role("button", name=says("Copy citation")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=says("Copied"))).to_be_visible()
    copied = clipboard()
    assert copied.startswith("Macron, E. (2022, December 3). “This issue will be part of the discussions")
    assert copied.endswith("/v1")


def test_the_tour_is_walked_without_javascript(browser, live_server, groups, founding):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name="No, thanks")).to_have_count(0)
    page.get_by_role("link", name=OFFER).click()
    for _ in STEPS[:-1]:
        page.get_by_role("link", name="Next step").click()
    expect(page.locator("#cite-apa")).to_be_visible()
    context.close()


def test_the_offer_is_made_while_a_first_visit_lasts_and_not_again(page, browser, live_server, founding):
    page.goto("/")
    expect(page.locator("#tour-offer")).to_have_class("tour-offer shown")
    page.goto("/statements/")
    page.goto("/")
    assert shown(page)
    later = browser.new_context(base_url=live_server.url, storage_state=page.context.storage_state())
    again = later.new_page()
    again.goto("/")
    again.wait_for_load_state("load")
    assert not shown(again)
    assert not page.context.cookies()
    later.close()


def test_who_declines_it_is_not_asked_again_and_nothing_moves(page, founding):
    page.goto("/")
    below = page.locator("#new").bounding_box()
    page.get_by_role("button", name="No, thanks").click()
    assert not shown(page)
    assert page.locator("#new").bounding_box() == below
    page.reload()
    assert not shown(page)
    assert page.locator("#new").bounding_box() == below
    page.get_by_role("link", name="Tour", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What a statement is")


def test_the_offer_waits_for_no_script_to_have_its_place(page, founding):
    page.goto("/")
    moved = page.evaluate(
        """() => new Promise((tell) => {
          const seen = new PerformanceObserver((list) => tell(list.getEntries().length));
          seen.observe({ type: "layout-shift", buffered: true });
          setTimeout(() => tell(0), 300);
        })"""
    )
    assert moved == 0


def test_a_term_leads_to_its_entry(place):
    page, made = place.page, factories.publish()
    page.goto(made.get_absolute_url())
    page.locator(".origins strong a").click()
    expect(page).to_have_url("/glossary/#origin")
    expect(page.locator("#origin")).to_be_in_viewport()


def test_a_facets_term_leads_away_from_the_list(page, founding):
    page.goto("/statements/")
    page.get_by_role("link", name="Origins", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


def test_the_forms_questions_open_to_their_answers(place, sign_in, axe):
    page = place.page
    sign_in(factories.publisher())
    page.goto("/desk/statements/new/")
    question = page.get_by_text(place.says("What is a stop?"))
    answer = page.locator("details.what").filter(has=question).get_by_role("paragraph")
    expect(answer).to_be_hidden()
    question.press("Enter")
    expect(answer).to_be_visible()
    expect(answer.locator("a[href='/glossary/#stop']")).to_be_visible()
    axe(page)
