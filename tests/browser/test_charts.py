"""Figures in a browser: no barrier, nothing cut off, every number told to whoever points, tabs or has no script."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from quotes import record
from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MACRON = "/speakers/emmanuel-macron/overview/"
BOTH = "/compare/?topic=war-in-ukraine&speaker=emmanuel-macron&speaker=government-of-russia"


@pytest.fixture
def founding(groups):
    """The founding record, and what strains a drawing: long names, right-to-left names, many bars, a relay."""
    call_command("load_founding_record", verbosity=0)
    by, topic = factories.publisher(), factories.topic(LONG[:60])
    where = {"document": factories.document(published="2023-06-01"), "topics": [topic], "editor": by}
    said = [
        factories.publish(f"“{year}”", f"relayed_by {LONG[:60]}", "published_by الجزيرة", said=str(year), **where)
        for year in (2004, 2016, 2019)
    ]
    factories.publish("“Word.”", by=f"Ann {LONG[:60]}", said="/2022-12-01", **where)
    record.link(said[2], said[1], "contradicts", editor=by)
    return Statement.objects.get(text__startswith="This issue will be part")


def test_no_figure_has_a_barrier_or_scrolls_sideways(page, judged, founding):
    addresses = [
        MACRON,
        f"/topics/{factories.topic(LONG[:60]).slug}/overview/",
        "/outlets/tass/overview/",
        "/coverage/",
        "/topics/war-in-ukraine/exchange/",
        BOTH,
        "/compare/",
        "/on-this-day/?day=12-03",
        founding.get_absolute_url(),
    ]
    for address in addresses:
        page.goto(address)
        for details in page.locator("details.numbers").all():
            details.evaluate("one => one.open = true")
        judged(page)


def touch(page, mark):
    """Tap on a mark of a drawing with a finger."""
    box, fingers = mark.bounding_box(), page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_bar_tells_its_number_when_it_is_pointed_at_reached_or_touched_and_leads_to_what_it_counts(place, founding):
    page = place.page
    page.goto(MACRON)
    bar = page.locator("#over-time .all a[aria-label$='2022: 3']")
    told, hit = bar.locator(".told"), bar.locator(".hit")
    expect(told).to_have_css("opacity", "0")
    hit.hover()
    expect(told).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(told).to_have_css("opacity", "0")
    bar.focus()
    expect(told).to_have_css("opacity", "1")
    bar.blur()
    expect(told).to_have_css("opacity", "0")
    touch(page, hit)
    expect(told).to_have_css("opacity", "1")
    expect(told).to_have_text("2022: 3")
    expect(page).to_have_url(MACRON)
    touch(page, hit)
    page.wait_for_url("**/statements/?**")
    expect(page.locator("[data-card]")).to_have_count(3)


def test_the_table_beside_a_drawing_has_its_numbers_and_leads_where_its_bars_do(place, founding):
    page = place.page
    page.goto(MACRON)
    bar = page.locator("#over-time .all a[aria-label$='2022: 3']").get_attribute("href")
    twin = page.locator("#over-time-table")
    year = twin.locator(f"a[href='{bar}']")
    expect(year).to_be_hidden()
    twin.get_by_text(place.says("As a table")).click()
    expect(year).to_have_text("2022")
    expect(
        twin.get_by_role("row").filter(has=page.locator(f"a[href='{bar}']")).get_by_role("cell", name="3", exact=True)
    ).to_be_visible()
    year.click()
    expect(page.locator("[data-card]")).to_have_count(3)


def test_a_bar_leads_to_the_statements_it_counts_without_javascript(browser, live_server, founding):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(MACRON)
    page.get_by_role("link", name="Security guarantees, 2022: 2").first.click()
    expect(page.locator("[data-card]")).to_have_count(2)
    context.close()


def test_the_keyboard_goes_past_a_drawing(page, founding):
    page.goto(MACRON)
    past = page.get_by_role("link", name="Past the drawing, to the table").first
    past.focus()
    expect(past).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{MACRON}#over-time-table")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_words_of_a_drawing_are_cut_off_at_its_edges(page, founding, width):
    page.set_viewport_size({"width": width, "height": 900})
    drawn = (MACRON, "/coverage/", "/topics/war-in-ukraine/exchange/", founding.get_absolute_url())
    for address in [f"{one}?lang={language}" for one in drawn for language in ("en", "ar")]:
        page.goto(address)
        beyond = page.evaluate(
            """() => [...document.querySelectorAll(".chart svg text")].filter(one => {
                const box = one.getBoundingClientRect(), page = document.documentElement.clientWidth;
                return box.left < -1 || box.right > page + 1;
            }).map(one => one.textContent)"""
        )
        assert not beyond, address


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2


def test_a_drawing_begins_where_the_lines_of_its_page_do(page, founding):
    page.set_viewport_size({"width": 1280, "height": 900})
    places = [("/topics/war-in-ukraine/exchange/", ".thread"), ("/coverage/", ".matrix"), (MACRON, ".bars")]
    for address, figure in [*places, (founding.get_absolute_url(), ".tree")]:
        for language in ("en", "ar"):
            page.goto(f"{address}?lang={language}")
            drawing = page.locator(f"{figure} > svg").first
            name = drawing.locator("a > .label").first
            assert (middle(name) < middle(drawing)) == (language == "en"), (address, language)


def test_time_runs_from_the_left_in_every_language(page, founding):
    for language in ("en", "ar"):
        page.goto(f"{MACRON}?lang={language}")
        earliest, latest = page.locator("#over-time .tick").last, page.locator("#over-time .tick").first
        assert middle(earliest) < middle(latest)
        last = page.locator("#over-time rect.n").last
        assert middle(last) > middle(page.locator("#over-time > svg")), "What was said last stands at the last date."
