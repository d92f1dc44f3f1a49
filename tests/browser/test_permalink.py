import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def founding():
    """The founding record; the second passage of Macron's interview with TF1."""
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


def test_a_reader_finds_the_interview_and_copies_its_citation(page, founding, clipboard):
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Statements").click()
    filters = page.get_by_role("navigation", name="Narrow this list")
    filters.get_by_role("link", name="Emmanuel Macron").click()
    expect(page.locator("[data-card]")).to_have_count(3)
    filters.get_by_role("list", name="Outlet").get_by_role("link", name="TF1").click()
    expect(page).to_have_url("/statements/?speaker=emmanuel-macron&outlet=tf1")
    filters.get_by_role("list", name="Relayed by").get_by_role("link", name="TASS").click()
    expect(page.locator("[data-card]")).to_have_count(1)
    page.get_by_role("link", name="This issue will be part").click()
    expect(page.get_by_role("heading", name="How it reached us")).to_be_visible()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard().startswith("Macron, E. (2022, December 3). “This issue will be part of the discussions")
    assert clipboard().endswith(f"/q/{founding.pid}/v1")


def test_the_chosen_style_is_the_one_copied(page, founding, clipboard):
    page.goto(founding.get_absolute_url())
    page.get_by_text("BibLaTeX", exact=True).click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard().startswith("@online{")


def test_c_copies_the_citation(page, founding, clipboard):
    page.goto(founding.get_absolute_url())
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard().startswith("Macron, E.")


def test_slash_goes_to_the_search(page):
    page.goto("/about/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the record")).to_be_focused()


def test_j_and_k_walk_the_cards(page):
    factories.publish("“First.”", said="2022-12-03")
    factories.publish("“Second.”", said="2022-12-02")
    page.goto("/statements/")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="“First.”")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="“Second.”")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="“First.”")).to_be_focused()


def test_every_style_can_be_read_without_javascript(browser, live_server, founding):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(founding.get_absolute_url())
    page.get_by_text("MLA", exact=True).click()
    expect(page.locator("#cite-mla")).to_be_visible()
    expect(page.locator("#cite-apa")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy citation")).to_have_count(0)
    context.close()


def test_a_quotation_leads_to_its_place_in_the_document(page, founding):
    page.goto(founding.get_absolute_url())
    page.get_by_role("link", name="Reconstruction of an article").first.click()
    expect(page.locator(f"[id='{founding.pid}']")).to_be_in_viewport()
    expect(page.get_by_text("This is a reconstruction.")).to_be_visible()
