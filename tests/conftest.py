"""What every test may ask for that isn't about statements: a database file, a browser, a judge of accessibility."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.apps import apps
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.emptying import empty_whatever_is_append_only
from tests.servers import chromium

CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--headless",
    # A page of the record loads nothing from elsewhere: an address outside this machine is an error in the console.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--no-first-run",
    # Chromium's sandbox refuses root, which containers often are.
    "--no-sandbox",
]


TESTS = Path(__file__).parent
BROAD = {
    "admin/test_merge.py", "api/test_bad_input.py", "api/test_docs.py", "api/test_formats.py", "api/test_headers.py",
    "api/test_hostile_bodies.py", "api/test_schema.py", "api/test_writing.py", "api/test_wrong_values.py",
    "config/test_settings.py", "config/test_static.py", "pages/test_copies.py", "pages/test_coverage.py",
    "pages/test_data.py", "pages/test_data_docs.py", "pages/test_downloads.py", "pages/test_drawn.py",
    "pages/test_exchange.py",
    "pages/test_hostile_forms.py", "pages/test_hostile_queries.py", "pages/test_indexes.py", "pages/test_intake.py",
    "pages/test_kept_counts.py", "pages/test_overviews.py", "pages/test_page_cache.py", "pages/test_protection.py",
    "pages/test_read_only.py", "pages/test_touched.py", "quotes/extracting/test_child.py",
    "quotes/generating/test_generate.py", "quotes/generating/test_generated_record.py",
    "quotes/record/test_at_once.py",
}  # fmt: skip
"""What asks every address, every format or many processes for one thing: `make test-all` does, or `pytest -m ""`."""
# What they look at stands above the code that asks a database.
EDGES = {"admin", "api", "clients", "config", "pages"}
EDGES_OF_QUOTES = {
    "backups",
    "checking",
    "dumping",
    "extracting",
    "importing",
    "intake",
    "reviewing",
    "sealing",
    "watching",
}


def pytest_configure() -> None:
    # The slowness of real password hashing protects nothing in a test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # All tests come from one address; those of limits set them.
    settings.SEARCHES_PER_MINUTE = settings.SIGNINS_PER_HOUR = settings.INTAKES_PER_HOUR = 0
    # The log's key and its last checkpoint are this run's alone.
    settings.LOG_FOLDER = Path(tempfile.mkdtemp(prefix="onrecord-var-"))
    atexit.register(shutil.rmtree, settings.LOG_FOLDER, ignore_errors=True)
    empty_whatever_is_append_only()


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """Hold no record against the last checkpoint of another test's."""
    yield
    (Path(settings.LOG_FOLDER) / "log-checkpoint").unlink(missing_ok=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "axe" in fixtures:
            item.add_marker(pytest.mark.alike)
        if not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.pure)
        place = item.path.relative_to(TESTS)
        if place.as_posix() in BROAD:
            item.add_marker(pytest.mark.slow)
        room, below, *_ = (*place.parts, "")
        if room in EDGES or (room == "quotes" and below in EDGES_OF_QUOTES):
            item.add_marker(pytest.mark.edge)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give SQLite a file: a server thread can't share a database in memory, nor can two runs share one file."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("Browser tests need Chromium: apt-get install chromium")
    # Playwright's own event loop makes Django think that views run inside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def groups(transactional_db: None) -> None:
    """Put the groups back that the test before may have flushed away with everything else."""
    import_module("quotes.migrations.0020_roles").create(apps, None)


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Collect what the browser complains of; a test that provokes an error on purpose clears it."""
    heard: list[str] = []
    yield heard
    assert not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def page(browser: Browser, live_server: Any, complaints: list[str], groups: None) -> Iterator[Page]:
    """Open an empty page on the running site; paths alone are addresses. Anything in a console of it fails the test."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    context = browser.new_context(base_url=live_server.url)
    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Return a check that fails with a readable list where axe-core finds a barrier on a page."""

    def check(page: Page) -> None:
        # Where readers have chosen the colours, axe reads some that nobody sees.
        are_chosen = page.evaluate("matchMedia('(forced-colors: active)').matches")
        rules = {"color-contrast": {"enabled": not are_chosen}}
        # To tell what is right about every element takes axe nearly as long as to find what is wrong.
        options = {"rules": rules, "resultTypes": ["violations"]}
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        barriers = page.evaluate("async (options) => (await axe.run(options)).violations", options)
        lines = [f"{barrier['id']}: {barrier['help']}\n{places(barrier)}" for barrier in barriers]
        assert not lines, f"axe-core on {page.url}:\n" + "\n".join(lines)

    def places(barrier: dict[str, Any]) -> str:
        return "\n".join(f"    {node['target']}: {node['html'][:200]}" for node in barrier["nodes"])

    return check


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder that holds everything."""
    return Path(__file__).parent.parent
