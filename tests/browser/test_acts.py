"""The history, the ledger, the tombstone and the desk's acts, by keyboard and eye: no barrier, no sideways scroll."""

import pytest
from playwright.sync_api import expect

from quotes import record
from quotes.models import Statement
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(page, client):
    """Give the browser an administrator's session."""
    account = factories.administrator()
    client.force_login(account)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    return account


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


def test_a_correction_from_the_form_to_the_versions_compared(page, account):
    statement = factories.publish()
    page.goto(f"/desk/statements/{statement.pid}/correct/")
    page.get_by_label("Words", exact=True).fill("“We must think about our security.”")
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why: the reason is public.")
    expect(page.get_by_label("Words", exact=True)).to_have_value("“We must think about our security.”")
    page.get_by_label("Reason").fill("The recording has one word more.")
    page.get_by_role("button", name="Save as the next version").click()
    expect(page.locator("main")).to_contain_text("The recording has one word more.")
    page.get_by_role("link", name="The versions compared").click()
    expect(page.locator("ins").first).to_contain_text("our")
    assert Statement.objects.get().revisions.count() == 2
