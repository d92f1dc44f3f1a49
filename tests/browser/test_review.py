import re

import pytest
from playwright.sync_api import expect

from quotes import intake, reviewing
from quotes.models import Candidate
from tests import factories, review
from tests.browser.selecting import select
from tests.review import FIRST, SECOND, TEXT, at, three

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(sign_in):
    return sign_in(factories.publisher())


def stay(page):
    """Leave a mark that a newly loaded page wouldn't have."""
    page.evaluate("window.stayed = true")


def stayed(page):
    return page.evaluate("window.stayed === true")


def heading(page):
    return page.locator("#candidate")


def words_of(candidate):
    candidate.refresh_from_db()
    return candidate.entry["words"]["words"]


def test_keys_decide_one_suggestion_after_another_on_one_page(page, account):
    document, (one, two, third) = three()
    page.goto(at(document))
    stay(page)
    expect(heading(page)).to_contain_text("Suggestion 2 of 3")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Not a statement")).to_be_focused()
    page.keyboard.press("1")
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    expect(heading(page)).to_be_focused()
    expect(page.get_by_text("1 of 3 decided", exact=True)).to_be_visible()
    page.keyboard.press("a")
    expect(heading(page)).to_contain_text("Suggestion 3 of 3")
    expect(page).to_have_url(at(document, third))
    page.keyboard.press("u")
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Suggestion 3 of 3")
    page.keyboard.press("k")
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    assert stayed(page)
    two.refresh_from_db()
    one.refresh_from_db()
    assert (two.state, one.state) == ("rejected", "open")


def test_what_was_decided_is_said_aloud(page, account):
    document, _ = three()
    page.goto(at(document))
    page.keyboard.press("a")
    expect(page.locator("body > [role=status]")).to_have_text("Accepted: it is a draft now. 1 of 3 decided")


def test_typing_is_no_deciding(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.keyboard.press("e")
    words = page.get_by_label("Words", exact=True)
    expect(words).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" araj")
    expect(words).to_have_value("alliance is near araj")
    two.refresh_from_db()
    assert two.state == "open"
    page.keyboard.press("Escape")
    expect(heading(page)).to_be_focused()


def test_keys_can_be_switched_off(page, account):
    document, _ = three()
    page.goto(at(document))
    page.keyboard.press("?")
    page.get_by_label("Single keys act").uncheck()
    page.keyboard.press("Escape")
    heading(page).focus()
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Suggestion 2 of 3")
    page.reload()
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Suggestion 2 of 3")


def test_going_on_saves_what_was_typed(page, account):
    document, (one, two, _) = three()
    page.goto(at(document))
    page.get_by_label("Said", exact=True).fill("2022-12")
    page.get_by_role("link", name="Next").click()
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    expect(page).to_have_url(at(document, one))
    two.refresh_from_db()
    assert two.entry["words"]["said"] == "2022-12"


def test_what_was_typed_is_kept_when_words_are_added(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.get_by_label("Said", exact=True).fill("2022-12")
    page.keyboard.press("Escape")
    select(page, "It matters to us all.")
    page.keyboard.press("n")
    expect(heading(page)).to_contain_text("of 4")
    two.refresh_from_db()
    assert two.entry["words"]["said"] == "2022-12"


def test_looking_around_changes_nothing(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.get_by_role("link", name="Next").click()
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    two.refresh_from_db()
    assert two.touched == 0


def test_a_suggestion_is_opened_from_the_text(page, account):
    document, (one, *_) = three()
    page.goto(at(document))
    stay(page)
    page.locator("#text").get_by_role("link", name="We must think").click()
    expect(page).to_have_url(f"{at(document, one)}#candidate")
    assert stayed(page)


def test_boundaries_move_word_by_word_with_keys(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    stay(page)
    words = page.get_by_label("Words", exact=True)
    for key, shown in (("[", "the alliance is near"), ("]", SECOND), ("}", f"{SECOND} the"), ("{", SECOND)):
        page.keyboard.press(key)
        expect(words).to_have_value(shown)
    for key in "}}[":
        page.keyboard.press(key)
    expect(words).to_have_value("the alliance is near the border")
    assert stayed(page)
    two.refresh_from_db()
    assert TEXT[two.start : two.end] == "the alliance is near the border"


def test_words_selected_in_the_text_are_used(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    select(page, "alliance is")
    page.get_by_role("button", name="Use selection").click()
    expect(page.get_by_label("Words", exact=True)).to_have_value("alliance is")
    assert words_of(two) == "alliance is"


def test_suggestions_are_mended_accepted_rejected_and_taken_back_by_pointer(place, account):
    document, (one, _, third) = three()
    page, says = place.page, place.says
    decide, decided = page.locator(".decide"), "%(decided)s of %(total)s decided"
    page.goto(at(document))
    stay(page)
    page.locator("#text").get_by_role("link", name="We must think").click()
    expect(heading(page)).to_contain_text(says("Suggestion %(number)s of %(total)s", number=1, total=3))
    select(page, "We must think about security")
    page.get_by_role("button", name=says("Use selection")).click()
    expect(page.get_by_label(says("Words"), exact=True)).to_have_value(re.compile("We must think about security.?$"))
    decide.get_by_role("button", name=says("Accept")).click()
    expect(page.get_by_text(says(decided, decided=1, total=3), exact=True)).to_be_visible()
    expect(heading(page)).to_contain_text(says("Suggestion %(number)s of %(total)s", number=3, total=3))
    decide.locator("summary[data-key=r]").click()
    decide.locator("[data-reason='1']").click()
    expect(page.get_by_text(says(decided, decided=2, total=3), exact=True)).to_be_visible()
    page.locator("button[data-key=u]").click()
    expect(page.get_by_text(says(decided, decided=1, total=3), exact=True)).to_be_visible()
    assert stayed(page)
    one.refresh_from_db()
    third.refresh_from_db()
    assert (one.state, third.state) == ("accepted", "open")


def test_selecting_by_mouse_within_a_suggestion_opens_nothing(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    run = page.locator("#text mark.chosen a").bounding_box()
    page.mouse.move(run["x"] + 3, run["y"] + run["height"] / 2)
    page.mouse.down()
    page.mouse.move(run["x"] + run["width"] / 2, run["y"] + run["height"] / 2, steps=5)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()").startswith("alliance")
    page.keyboard.press("w")
    expect(page.get_by_label("Words", exact=True)).not_to_have_value(SECOND)
    two.refresh_from_db()
    assert TEXT[two.start : two.end] in SECOND


def test_positions_are_counted_in_characters_beyond_the_basic_plane(page, account):
    factories.speaker("Emmanuel Macron")
    document = review.under_review("🎙🎙 He said: “We 🎙 must think.” Then he left.")
    one = review.suggested(document, "“We 🎙 must think.”")
    page.goto(at(document))
    select(page, "“We 🎙 must")
    page.keyboard.press("w")
    expect(page.locator("#id_place-end")).to_have_value(str(one.start + len("“We 🎙 must")))


def test_words_that_were_missed_are_added(page, account):
    document, _ = three()
    page.goto(at(document))
    select(page, "It matters to us all.")
    page.keyboard.press("n")
    expect(heading(page)).to_contain_text("of 4")
    made = Candidate.objects.latest("pk")
    assert TEXT[made.start : made.end].startswith("It matters")


def test_a_suggestion_is_split_where_a_word_is_selected(page, account):
    factories.speaker("Emmanuel Macron")
    document = review.under_review()
    review.suggested(document, FIRST)
    page.goto(at(document))
    select(page, "think")
    page.keyboard.press("x")
    expect(heading(page)).to_contain_text("Suggestion 1 of 2")
    expect(page.get_by_label("Words", exact=True)).to_have_value("“We must”")
    page.keyboard.press("m")
    expect(heading(page)).to_contain_text("Suggestion 1 of 1")


def test_another_reason_is_asked_for(page, account):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.keyboard.press("r")
    page.keyboard.press("6")
    expect(page.get_by_role("alert")).to_contain_text("Which reason is it?")
    page.get_by_label("Remark").fill("An old recording")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    two.refresh_from_db()
    assert (two.rejected_for, two.remark) == ("other", "An old recording")


def test_two_reviewers_see_what_the_other_did(page, account, complaints):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.get_by_label("Said", exact=True).fill("2022-11")
    other = factories.editor()
    reviewing.save_entry(two, {"words": {**two.entry["words"], "said": "2022-10"}}, seen=0, reviewer=other)
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#changed")).to_contain_text("2022-10")
    expect(page.locator("#changed")).to_be_focused()
    expect(page.get_by_label("Said", exact=True)).to_have_value("2022-11")
    page.keyboard.press("s")
    expect(page.locator("#changed")).to_have_count(0)
    two.refresh_from_db()
    assert two.entry["words"]["said"] == "2022-11"
    complaints[:] = [one for one in complaints if "409" not in one]


def test_a_failing_site_is_told_and_what_was_typed_stays(page, account, complaints):
    document, _ = three()
    page.goto(at(document))
    page.get_by_label("Said", exact=True).fill("2022-11")
    page.route("**/intake/documents/**", lambda route: route.abort())
    page.locator(".decide").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(page.get_by_label("Said", exact=True)).to_have_value("2022-11")
    complaints.clear()


def test_names_are_offered_on_the_next_suggestion_too(page, account):
    document, _ = three()
    page.goto(at(document))
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Suggestion 1 of 3")
    page.get_by_label("Speaker", exact=True).fill("")
    page.get_by_label("Speaker", exact=True).press_sequentially("vlad")
    page.locator("#id_speaker-name-names option").wait_for(state="attached")


def test_the_whole_review_works_without_javascript(browser, live_server, client, groups):
    document, (one, *_) = three()
    client.force_login(factories.publisher())
    session = client.cookies["sessionid"].value
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    page = context.new_page()
    page.goto(at(document))
    page.get_by_role("button", name="Start one word earlier").click()
    expect(page.get_by_label("Words", exact=True)).to_have_value("the alliance is near")
    page.locator("summary[data-key=r]").click()
    page.get_by_role("button", name="Too little to keep").click()
    expect(page).to_have_url(f"{at(document)}?candidate={one.pk}#candidate")
    page.locator("#text").get_by_role("link", name="Suggestion 1").click()
    page.locator(".decide").get_by_role("button", name="Accept").click()
    expect(page.get_by_text("2 of 3 decided", exact=True)).to_be_visible()
    page.get_by_role("button", name="Publish what was accepted").click()
    expect(page.get_by_text("1 statement published.")).to_be_visible()
    context.close()
    one.refresh_from_db()
    assert one.statement.state == "published"


def test_from_a_pasted_text_to_its_review(page, account):
    factories.outlet("Le Monde", kind="newspaper")
    page.goto("/intake/")
    page.get_by_label("Text or HTML").fill(TEXT)
    page.get_by_role("button", name="Read what I pasted").click()
    page.get_by_role("button", name="Take it in").click()
    alert = page.get_by_role("alert")
    assert "When was it published?" in alert.inner_text()
    page.get_by_label("Outlet", exact=True).fill("Le Monde")
    page.get_by_label("Published", exact=True).fill("2022-12-04")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="The document", exact=True)).to_be_visible()
    assert "/intake/documents/" in page.url


def test_a_text_too_long_for_a_forms_field_is_sent_as_a_file(page, account, settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = tmp_path, 1_000
    page.goto("/intake/")
    page.get_by_label("Text or HTML").fill(f"{TEXT}\n" * 5)
    page.get_by_role("button", name="Read what I pasted").click()
    expect(page.get_by_role("heading", name="Take in a document")).to_be_visible()
    expect(page.get_by_role("region", name="The text as it was read")).to_contain_text("It matters to us all")


def test_what_is_too_long_to_be_read_is_not_sent_and_not_lost(page, account):
    page.goto("/intake/")
    page.get_by_label("Text or HTML").fill(TEXT)
    # Millions of characters would take the browser long to show.
    page.evaluate("document.querySelector('[data-most]').dataset.most = 100")
    page.get_by_role("button", name="Read what I pasted").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent")
    expect(page.get_by_label("Text or HTML")).to_have_value(TEXT)


def test_the_review_has_no_barrier(page, account, judged):
    factories.publish(FIRST, by="Emmanuel Macron")
    document, (one, two, _) = three()
    one.entry["between"] = [{"kind": "responds_to", "candidate": two.pk}]
    one.save()
    page.goto(at(document, one))
    judged(page)
    page.locator("summary[data-key=r]").click()
    page.locator("summary[data-key=x]").click()
    for summary in page.locator(".missed > summary, .all-suggestions > summary, .ends summary").all():
        summary.click()
    judged(page)


def test_what_was_decided_and_refused_has_no_barrier(page, account, judged):
    document, (_, two, _) = three()
    page.goto(at(document))
    page.get_by_label("Words", exact=True).fill("")
    page.locator(".decide").get_by_role("button", name="Accept").click()
    expect(page.locator("#problems")).to_be_focused()
    judged(page)
    page.goto(at(document, two))
    page.keyboard.press("a")
    expect(page.get_by_text("1 of 3 decided", exact=True)).to_be_visible()
    page.goto(at(document, two))
    judged(page)


def test_the_intake_has_no_barrier(page, account, judged):
    review.three()
    arrived = intake.arrive_pasted(TEXT, editor=account)
    page.goto("/intake/")
    judged(page)
    page.get_by_role("button", name="Fetch the page").click()
    expect(page.get_by_text("Which page? Write its whole address: https://…", exact=True)).to_be_visible()
    judged(page)
    page.goto(f"/intake/arrivals/{arrived.pk}/")
    judged(page)
