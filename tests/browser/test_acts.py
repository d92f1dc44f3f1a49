"""The history, the ledger, the tombstone and the desk's acts, by keyboard and eye: no barrier, no sideways scroll."""

import re

import pytest
from playwright.sync_api import expect

from quotes import record
from quotes.models import Statement
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(sign_in):
    return sign_in(factories.administrator())


@pytest.fixture
def acted_on(account):
    """A statement with all that can happen to one, and one that was removed."""
    one, twin, gone = (factories.publish(f"“We must think about security, {word}.”") for word in ("now", "soon", "not"))
    changes = record.Changes(
        spans=parse("“We must think about our security, now.”"), said="2022-12", hops=factories.hops("spoken_to BBC")
    )
    record.correct(one, changes, editor=account, reason="The recording has one word more, and was made for the BBC.")
    record.retract(one, editor=account, reason="The broadcaster has withdrawn the recording.")
    record.restore(one, editor=account, reason="The broadcaster stands by the recording.")
    record.merge(twin, one, editor=account, reason="One utterance, recorded twice.")
    record.remove(gone, editor=account, reason_code="court", reason="A ruling of the court.", replacement=one)
    return one, gone


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), pytest.param("dark", 390, marks=pytest.mark.slow)])
def test_no_page_about_acts_has_a_barrier_or_scrolls_sideways(page, axe, complaints, acted_on, theme, width):
    one, gone = acted_on
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    desk = [f"/desk/statements/{one.pid}/{act}/" for act in ("correct", "retract", "merge", "remove")]
    desk.append(f"/desk/statements/{gone.pid}/removed/")
    addresses = [f"/q/{one.pid}", f"/q/{one.pid}/v1", f"/q/{one.pid}/history", "/corrections/", f"/q/{gone.pid}", *desk]
    for address in addresses:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} scrolls sideways"
    page.wait_for_load_state("networkidle")
    complaints[:] = [one for one in complaints if "410 (Gone)" not in one]


def test_a_correction_from_the_form_to_the_versions_compared(place, account):
    page, says, statement = place.page, place.says, factories.publish()
    page.goto(f"/desk/statements/{statement.pid}/correct/")
    words, save = page.get_by_label(says("Words"), exact=True), says("Save as the next version")
    words.fill("“We must think about our security.”")
    page.get_by_role("button", name=save).click()
    expect(page.get_by_role("alert")).to_contain_text(says("Say why: the reason is public."))
    expect(words).to_have_value("“We must think about our security.”")
    page.get_by_label(says("Reason")).fill("The recording has one word more.")
    page.get_by_role("button", name=save).click()
    expect(page.locator("main")).to_contain_text("The recording has one word more.")
    page.get_by_role("link", name=says("The versions compared")).click()
    expect(page.locator("ins").first).to_contain_text("our")
    assert Statement.objects.get().revisions.count() == 2


def test_the_ledger_leads_from_a_correction_to_its_versions_and_is_narrowed_to_its_kind(place, acted_on):
    page, (one, _) = place.page, acted_on
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name=place.says("All corrections")).click()
    entries = page.get_by_role("main").locator(".history > li")
    expect(entries).to_have_count(5)
    page.get_by_label(place.says("Kind")).select_option("correct")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(entries).to_have_count(1)
    entries.locator("a[href*='from=1']").click()
    expect(page).to_have_url(re.compile(rf"/q/{one.pid}/history\?from=1&to=2$"))
    expect(page.locator("blockquote.difference ins")).to_contain_text("our")
    expect(page.locator("blockquote.difference")).to_have_css("direction", "ltr")
    expect(page.locator("dl.changes ins").first).to_be_visible()
