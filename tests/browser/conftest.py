import pytest

from tests.browser.places import NARROW, PLACES, TELLS_WHAT_IS_TOO_WIDE, WIDE, Place
from tests.entering import freshly


@pytest.fixture
def judged(axe):
    """Check a page wide and light, narrow and dark: no barrier, no scrolling sideways."""

    def judge(page):
        for colours, (width, height) in (("light", WIDE), ("dark", NARROW)):
            page.emulate_media(color_scheme=colours)
            page.set_viewport_size({"width": width, "height": height})
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} scrolls sideways"

    return judge


@pytest.fixture(params=PLACES)
def place(request, page, live_server):
    """An empty page at each place in turn; one that grows wider than its screen fails the test."""
    language, (width, height) = request.param
    page.set_viewport_size({"width": width, "height": height})
    page.context.add_cookies([{"name": "lang", "value": language, "url": live_server.url}])
    page.context.add_init_script(TELLS_WHAT_IS_TOO_WIDE)
    yield Place(page, language, (width, height))
    for one in page.context.pages:
        assert one.evaluate("document.documentElement.scrollWidth") <= width, f"{one.url} scrolls sideways"


@pytest.fixture
def sign_in(page, client, live_server):
    """Give the browser an account's session, begun a moment ago, without the form; return the account."""

    def give(account):
        session = freshly(client, account).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return account

    return give


@pytest.fixture
def clipboard(page):
    """Let the page write the clipboard, and read what is in it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: page.evaluate("navigator.clipboard.readText()")
