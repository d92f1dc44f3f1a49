"""What a first visit may cost: bytes, styles, shifts; a page that grows past its budget fails here, not on a telephone.

Bytes are told as they go out, compressed. How soon something is painted is no matter for a test: `bench/paint.py`
tells. What the policy forbids, and whatever else the console hears, fails each of these as every test of `page`.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, Response, Route

from quotes.models import Statement

pytestmark = pytest.mark.django_db(transaction=True)

STYLES, ALL = 15 * 1024, 120 * 1024
"""Bytes."""
SHIFTS = """() => new Promise((tell) => {
  let moved = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(moved), 0)));
})"""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint").length > 0"""
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking").map((one) => new URL(one.name).pathname)"""

HOSTS = """() => [...new Set(performance.getEntriesByType("resource").map((one) => new URL(one.name).origin))]"""


@dataclass(frozen=True)
class Loaded:
    """What a browser that knew nothing loaded."""

    page: Page
    answers: list[Response]

    def sizes(self) -> dict[str, int]:
        """Each path's size in bytes, compressed."""
        return {urlsplit(one.url).path: len(gzip.compress(one.body())) for one in self.answers}


@pytest.fixture(params=["home", "browse", "permalink"])
def visit(request, page):
    """Load a page of the founding record at a width; the first time with nothing cached."""
    call_command("load_founding_record", verbosity=0)
    statement = Statement.objects.get(text__startswith="This issue will be part")
    address = {"home": "/", "browse": "/statements/", "permalink": statement.get_absolute_url()}[request.param]

    def load(width: int, then: Callable[[], None] = lambda: None) -> Loaded:
        heard: list[Response] = []

        def hear(answer: Response) -> None:
            heard.append(answer)

        page.set_viewport_size({"width": width, "height": 844})
        page.on("response", hear)
        page.goto(address, wait_until="commit")
        then()
        page.wait_for_load_state("networkidle")
        page.remove_listener("response", hear)
        return Loaded(page, heard)

    return load


@pytest.fixture
def scripts_come_late(page):
    """Hold back what the page's scripts are until it is painted; then let them come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.js", hold)

    def let_them_come() -> None:
        page.wait_for_function(PAINTED)
        assert held
        while held:
            held.pop().continue_()

    return let_them_come


def test_a_first_visit_is_light_and_waits_for_our_few_styles_alone(visit, live_server):
    loaded = visit(390)
    sizes = loaded.sizes()
    assert sum(sizes.values()) <= ALL, sizes
    assert sum(size for path, size in sizes.items() if path.endswith(".css")) <= STYLES, sizes
    blocking = loaded.page.evaluate(BLOCKING)
    assert blocking
    assert all(path.startswith("/static/") and path.endswith(".css") for path in blocking), blocking
    assert loaded.page.evaluate(HOSTS) == [live_server.url]


def test_nothing_moves_when_the_scripts_come_after_the_page_is_painted(visit, scripts_come_late):
    for width in (320, 390, 1280):
        assert visit(width, then=scripts_come_late).page.evaluate(SHIFTS) == 0, width


def test_nothing_moves_once_it_is_painted_and_nothing_scrolls_sideways(visit):
    for width in (320, 390, 1280):
        page = visit(width).page
        assert page.evaluate(SHIFTS) == 0, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
