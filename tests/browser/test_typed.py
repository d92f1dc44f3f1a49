"""What is typed is not lost: by leaving, a crash, an expired session, or somebody else's change."""

import pytest
from playwright.sync_api import expect

from quotes.models import Statement
from tests import factories
from tests.review import TEXT, at, three

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/desk/statements/new/"
OFFER = "Something that you typed here was not saved"
ADD_TOPICS = "Add topics that are not on record yet"


@pytest.fixture
def signed_in(sign_in):
    """Give the browser a publisher's session, and the means to give it another."""
    sign_in(factories.publisher())
    return sign_in


def is_kept(page):
    """Wait until what was typed is kept in the browser."""
    expect(page.locator("form[data-kept]")).to_be_attached()


def names_kept(page):
    page.wait_for_load_state()
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('typed:'))")


def words(page, label="Words"):
    return page.get_by_label(label, exact=True)


def crash(page, address):
    """End the page without asking it, and open an address in another one."""
    page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })")
    other = page.context.new_page()
    other.set_viewport_size(page.viewport_size)
    page.close(run_before_unload=False)
    other.goto(address)
    return other


def test_after_a_crash_what_was_typed_is_offered_back(place, signed_in, axe):
    page, says, label = place.page, place.says, place.says("Words")
    page.goto(NEW)
    words(page, label).fill("“We must.”")
    page.get_by_label(says(ADD_TOPICS)).check()
    is_kept(page)
    page = crash(page, NEW)
    expect(words(page, label)).to_have_value("")
    offer = page.get_by_role("status").filter(has_text=says(f"{OFFER}:"))
    expect(offer).to_be_visible()
    axe(page)
    page.get_by_role("button", name=says("Restore it")).click()
    expect(words(page, label)).to_have_value("“We must.”")
    expect(words(page, label)).to_be_focused()
    expect(page.get_by_label(says(ADD_TOPICS))).to_be_checked()
    expect(offer).to_have_count(0)


def test_what_is_thrown_away_is_gone(page, signed_in):
    page.goto(NEW)
    words(page).fill("“We must.”")
    is_kept(page)
    page = crash(page, NEW)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text(OFFER)).to_have_count(0)
    assert not names_kept(page)
    page.reload()
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_what_was_saved_is_not_kept(page, signed_in):
    factories.speaker("Emmanuel Macron")
    document = factories.document()
    page.goto(f"{NEW}?document={document.pid}")
    words(page).fill("“We must.”")
    page.get_by_label("Language", exact=True).first.fill("en")
    page.get_by_role("region", name="Who said them").get_by_label("Speaker", exact=True).fill("Emmanuel Macron")
    page.get_by_label("Said", exact=True).fill("2022-12-03")
    is_kept(page)
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    assert not names_kept(page)


def test_what_was_refused_is_kept_on(page, signed_in):
    page.goto(NEW)
    words(page).fill("“We must.”")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator(".problems")).to_be_visible()
    assert names_kept(page)


def test_an_expired_session_loses_nothing(page, signed_in):
    account = factories.publisher()
    signed_in(account)
    page.goto(NEW)
    words(page).fill("“We must.”")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and preview").click()
    page.wait_for_url("**/signin/**")
    signed_in(account)
    page.goto(NEW)
    page.get_by_role("button", name="Restore it").click()
    expect(words(page)).to_have_value("“We must.”")


def test_another_account_is_offered_nothing(page, signed_in):
    page.goto(NEW)
    words(page).fill("“We must.”")
    is_kept(page)
    signed_in(factories.publisher())
    page = crash(page, NEW)
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_signing_out_forgets_it(page, signed_in):
    page.goto(NEW)
    words(page).fill("“We must.”")
    is_kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Editors sign in")).to_be_visible()
    assert not names_kept(page)


def test_leaving_with_changes_asks_first(place, signed_in):
    page = place.page
    page.goto(f"/desk/statements/{factories.publish().pid}/correct/")
    page.get_by_label(place.says("Reason")).fill("A slip")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name=place.says("Desk"), exact=True).first.click(no_wait_after=True)
    assert asked.value.type == "beforeunload"


def test_leaving_without_changes_does_not_ask(page, signed_in):
    page.goto(NEW)
    words(page).click()
    page.get_by_role("link", name="Desk", exact=True).first.click()
    page.wait_for_url("**/desk/")


def test_a_pasted_text_is_offered_back(page, signed_in):
    page.goto("/intake/")
    page.get_by_label("Text or HTML").fill(TEXT)
    is_kept(page)
    page = crash(page, "/intake/")
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label("Text or HTML")).to_have_value(TEXT)
    page.get_by_role("button", name="Read what I pasted").click()
    page.wait_for_url("**/intake/arrivals/**")
    assert not names_kept(page)


def test_what_was_typed_about_a_suggestion_is_offered_back_until_it_is_saved(page, signed_in):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.get_by_label("Said", exact=True).fill("2022-11")
    is_kept(page)
    page = crash(page, at(document))
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label("Said", exact=True)).to_have_value("2022-11")
    is_kept(page)
    page.locator(".decide").get_by_role("button", name="Save").click()
    expect(page.locator("body > [role=status]")).to_contain_text("Saved")
    assert not names_kept(page)
    two.refresh_from_db()
    assert two.entry["words"]["said"] == "2022-11"


def test_what_is_restored_does_not_overwrite_what_somebody_else_wrote_since(page, signed_in, complaints):
    draft = factories.draft()
    page.goto(f"/desk/statements/{draft.pid}/")
    words(page).fill("“Mine.”")
    is_kept(page)
    Statement.objects.filter(pk=draft.pk).update(touched=draft.touched + 5, text="Theirs.")
    page = crash(page, f"/desk/statements/{draft.pid}/")
    page.get_by_role("button", name="Restore it").click()
    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator("#changed")).to_contain_text("The draft as it stands now")
    draft.refresh_from_db()
    assert draft.text == "Theirs."
    complaints[:] = [one for one in complaints if "409" not in one]


def test_a_draft_saves_itself_while_it_is_typed(place, signed_in):
    page, label, draft = place.page, place.says("Words"), factories.draft()
    page.goto(f"/desk/statements/{draft.pid}/")
    page.locator("[data-autosave]").evaluate("form => { form.dataset.autosave = 50; }")
    words(page, label).fill("“We must think again.”")
    expect(page.locator("[data-saved]")).to_be_attached()
    draft.refresh_from_db()
    assert draft.text == "We must think again."
    assert not names_kept(page)
    words(page, label).fill("“We must think once more.”")
    page.get_by_role("button", name=place.says("Save and preview")).click()
    expect(page.get_by_role("button", name=place.says("Publish"), exact=True)).to_be_visible()


def test_a_discarded_draft_is_recorded_again_by_one_link(place, signed_in):
    page, says, draft = place.page, place.says, factories.draft()
    page.goto(f"/desk/statements/{draft.pid}/")
    page.get_by_role("link", name=says("Discard"), exact=True).click()
    page.get_by_role("button", name=says("Discard the draft")).click()
    assert not Statement.objects.exists()
    page.get_by_role("status").get_by_role("link").click()
    expect(words(page, says("Words"))).to_have_value("“We must think about security.”")
    page.get_by_role("button", name=says("Save and preview")).click()
    page.get_by_role("button", name=says("Publish"), exact=True).click()
    page.wait_for_url("**/q/*")
    assert Statement.objects.get().state == Statement.State.PUBLISHED


def test_a_retraction_is_taken_back_by_one_link(place, signed_in):
    page, says, made = place.page, place.says, factories.publish()
    page.goto(f"/desk/statements/{made.pid}/retract/")
    page.get_by_label(says("Reason")).fill("A wrong button")
    page.get_by_role("button", name=says("Retract it")).click()
    page.get_by_role("status").get_by_role("link").click()
    page.get_by_label(says("Reason")).fill("The wrong button")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("status").first).to_have_text(says("The statement is restored."))
    made.refresh_from_db()
    assert made.state == Statement.State.PUBLISHED


def test_it_stops_where_somebody_else_changed_the_draft(page, signed_in):
    draft = factories.draft()
    page.goto(f"/desk/statements/{draft.pid}/")
    page.locator("[data-autosave]").evaluate("form => { form.dataset.autosave = 50; }")
    Statement.objects.filter(pk=draft.pk).update(touched=draft.touched + 5)
    words(page).fill("“Mine.”")
    expect(page.get_by_role("alert")).to_contain_text("Somebody else")
    draft.refresh_from_db()
    assert draft.text != "Mine."
    expect(page.locator("[data-autosave]")).to_have_count(0)


def test_what_is_checked_is_never_kept(page, signed_in):
    page.goto("/check/")
    page.get_by_label("A quotation, or a whole article").fill("“We must.”")
    page.get_by_label("When").fill("2022")
    page.goto("/about/")
    assert "We must" not in page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
