import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from quotes import record
from quotes.embedding import embedded, snippet
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "“We must think about security, and then think again.” He added that it would take years."


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def elsewhere(tmp_path):
    """Another site: it serves what is put in its folder."""
    (tmp_path / "favicon.ico").touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield lambda html: (tmp_path / "index.html").write_text(html) and f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def article(statement, script=""):
    """Somebody's page with the snippet in it, as copied from the running site."""
    body = snippet(embedded(statement).cited)
    return f"<!DOCTYPE html><meta charset='utf-8'><title>Elsewhere</title>{body}<script>{script}</script>"


@pytest.fixture
def listener(project):
    """The script that our documentation gives to those who embed."""
    return (project / "docs/embedding.md").read_text().partition("```js\n")[2].partition("```")[0]


@pytest.fixture
def site(live_server, settings):
    settings.SITE_URL = live_server.url
    return live_server.url


def test_another_site_shows_the_words_in_a_frame_of_their_height(page, site, elsewhere, listener):
    statement = factories.publish(WORDS)
    page.goto(elsewhere(article(statement, listener)))
    frame = page.frame_locator("iframe")
    expect(frame.locator("blockquote")).to_contain_text("We must think about security")
    content = frame.locator("html").evaluate("html => Math.ceil(html.getBoundingClientRect().height)")
    expect(page.locator("iframe")).to_have_attribute("height", str(content))
    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator("iframe")).not_to_have_attribute("height", str(content))
    assert not frame.locator("html").evaluate("html => html.scrollHeight > innerHeight")


def test_a_correction_shows_where_the_statement_was_embedded_before(page, site, elsewhere):
    statement = factories.publish(WORDS)
    address = elsewhere(article(statement))
    changes = record.Changes(spans=parse("“We must think.”"))
    record.correct(statement, changes, editor=factories.publisher(), reason="Misheard")
    page.goto(address)
    expect(page.frame_locator("iframe").get_by_text("Corrected since")).to_be_visible()


def test_without_scripts_the_words_are_there_in_the_frame_and_in_the_text(browser, site, groups, elsewhere):
    statement = factories.publish(WORDS)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(elsewhere(article(statement)))
    expect(page.frame_locator("iframe").locator("blockquote")).to_contain_text("We must think about security")
    page.get_by_text("The statement as text").click()
    expect(page.locator("details blockquote")).to_contain_text("Emmanuel Macron")
    context.close()


def test_the_rest_of_the_site_refuses_to_be_framed(page, site, elsewhere, complaints):
    statement = factories.publish(WORDS)
    page.goto(elsewhere(f"<!DOCTYPE html><title>Elsewhere</title><iframe src='{site}/q/{statement.pid}'></iframe>"))
    expect(page.frame_locator("iframe").get_by_text("We must think")).to_have_count(0)
    assert any("frame-ancestors 'none'" in complaint for complaint in complaints)
    complaints.clear()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chosen_by", ["reader", "page"])
def test_the_embed_has_no_barrier_in_either_theme(page, axe, theme, chosen_by):
    statement = factories.publish(WORDS)
    record.retract(statement, editor=factories.publisher(), reason="The interview was invented")
    page.emulate_media(color_scheme=theme if chosen_by == "reader" else {"light": "dark", "dark": "light"}[theme])
    page.goto(f"/q/{statement.pid}/embed" + (f"?theme={theme}" if chosen_by == "page" else ""))
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == {"light": "rgb(255, 254, 251)", "dark": "rgb(30, 28, 26)"}[theme]
    axe(page)
