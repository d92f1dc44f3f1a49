"""Chromium, led to a long page by an address of ours, marks the words: those all, those only, and in view."""

import io
from html import escape

import pytest
from django.utils import timezone
from PIL import Image, ImageChops
from playwright.sync_api import expect

from quotes.citing import text_fragment
from quotes.record.draft import CONTEXT
from sources.documents import archive
from tests import factories
from tests.browser.waiting import until

PRESS = "https://press.example/story"
MARK = (0, 200, 0)
STYLE = f"""
    p {{ margin: 2000px 20px; font: 16px serif }}
    div {{ width: max-content; margin: 2000px 20px }}
    div p {{ margin: 0 }}
    ::target-text {{ background: rgb{MARK}; color: rgb{MARK} }}
"""
PLACE = """([number, words]) => {
    const text = document.querySelectorAll("p")[number].firstChild;
    const range = new Range();
    range.setStart(text, text.data.indexOf(words));
    range.setEnd(text, text.data.indexOf(words) + words.length);
    const {left, top, right, bottom} = range.getBoundingClientRect();
    return [left, top, right, bottom];
}"""
BOX = """selector => {
    const {left, top, right, bottom} = document.querySelector(selector).getBoundingClientRect();
    return [left, top, right, bottom];
}"""

SAID = {
    "a comma": ("He told them: “First, peace, then trade,” and he left the room.", "First, peace, then trade"),
    "a dash": ("He told them that the well-known talks—as he put it—must go on.", "well-known talks—as he put it"),
    "a dash beside it": ("He told them that we must think—and then he left the room.", "we must think"),
    "signs of addresses": (
        "He told them: “50 % & more #now? a=b;c/d+e (f) – yes.” He left.",
        "50 % & more #now? a=b;c/d+e (f) – yes.",
    ),
    "curly quotes beside it": (
        "He told them: “We will not go on like this,” and he left.",
        "We will not go on like this",
    ),
    "curly quotes in it": ("He told them: “We can’t ‘go on’.” Then he left the room.", "“We can’t ‘go on’.”"),
    "guillemets and wide spaces": (
        "Il leur a dit\u00a0: «\u00a0Nous devons y penser\u00a0!\u00a0» et il est parti.",
        "Nous devons y penser\u00a0!",
    ),
    "guillemets and narrow spaces": (
        "Il leur a dit\u202f: «\u202fNous devons\u202f: y penser\u202f» et il est parti.",
        "Nous devons\u202f: y penser",
    ),
    "narrow spaces where a paragraph begins": ("«\u202fNous devons y penser.\u202f» Il part.", "Nous devons y penser."),
    "a note's mark beside it": ("He told them: “We will not go”[1] and he left the room.", "We will not go"),
    "Arabic": (
        "وقال الرئيس لهم: «لن نعود إلى طاولة المفاوضات، قبل أن تتوقف الحرب» ثم غادر القاعة.",
        "لن نعود إلى طاولة المفاوضات، قبل أن تتوقف الحرب",
    ),
    "Hebrew": ("והנשיא אמר להם: „לא נחזור לשם” והלך הביתה עכשיו.", "לא נחזור לשם"),
    "Chinese": ("总统星期六说：“我们必须为冲突之后的一切做好准备。”随后离开。", "我们必须为冲突之后的一切做好准备。"),
    "beyond the basic plane": (
        "He told them: “We go 🎙 on 👩‍👩‍👧 air.” And he left the room.",
        "We go 🎙 on 👩‍👩‍👧 air.",
    ),
    "a long speech": (
        "He told them: “First we think, " + "then we think again, " * 15 + "and at last we go.” He left.",
        "First we think, " + "then we think again, " * 15 + "and at last we go.",
    ),
}
ONE_THEN_OTHER = {
    "what stands before": (
        "The mayor said at noon: “We will not go.” They clapped.",
        "The clerk said at six: “We will not go.” They clapped.",
    ),
    "what stands behind": (
        "He told them: “We will not go.” The room was full.",
        "He told them: “We will not go.” Nobody listened then.",
    ),
}


@pytest.fixture
def tab(browser):
    context = browser.new_context(viewport={"width": 1000, "height": 600})
    yield context.new_page()
    context.close()


def print_story(page, body):
    """Let the newspaper print a story; its paragraphs stand so far apart that no screen holds two."""
    head = f"<!DOCTYPE html><meta charset='utf-8'><title>Story</title><style>{STYLE}</style>"
    html = f"{head}<p>Headline.</p>{body}<p>The end.</p>"
    page.route("https://press.example/**", lambda route: route.fulfill(body=html, content_type="text/html"))


def paragraphs(*texts):
    return "".join(f'<p dir="auto">{escape(text)}</p>' for text in texts)


def address(text, words):
    """The address as made from the archived story, whose context is cut wherever it ends."""
    story = f"Headline.\n{text}\nThe end."
    start = story.rindex(words)
    end = start + len(words)
    return text_fragment.address(PRESS, words, story[max(0, start - CONTEXT) : start], story[end : end + CONTEXT])


def marked(page):
    """The box around all that is marked on the screen, once that is scrolled; empty where nothing is."""
    until(page, "() => scrollY > 0")
    bands = Image.open(io.BytesIO(page.screenshot())).convert("RGB").split()
    same = [band.point([255 * (value == want) for value in range(256)]) for band, want in zip(bands, MARK, strict=True)]
    return ImageChops.darker(ImageChops.darker(*same[:2]), same[2]).getbbox() or ()


def stand_at(page, words, number=1):
    """The box around the words in a paragraph of the page."""
    return page.evaluate(PLACE, [number, words])


@pytest.mark.parametrize("name", SAID)
def test_the_words_alone_are_marked_and_in_view(tab, name):
    text, words = SAID[name]
    print_story(tab, paragraphs(text))
    tab.goto(address(text, words))
    assert marked(tab) == pytest.approx(stand_at(tab, words), abs=2)


@pytest.mark.parametrize("what", ONE_THEN_OTHER)
def test_of_a_sentence_that_stands_twice_the_context_tells_which(tab, what):
    one, other = ONE_THEN_OTHER[what]
    print_story(tab, paragraphs(one, other))
    tab.goto(address(other, "We will not go."))
    assert marked(tab) == pytest.approx(stand_at(tab, "We will not go.", 2), abs=2)
    tab.goto("about:blank")
    tab.goto(text_fragment.address(PRESS, "We will not go."))
    assert marked(tab) == pytest.approx(stand_at(tab, "We will not go.", 1), abs=2)


def test_words_that_a_page_sets_in_bold_or_links_are_found(tab):
    text = "He told them: “We will not go on like this,” and he left the room."
    print_story(
        tab,
        "<p>He told them: “<span>We <b>will not</b> go on <a href='/'>like</a> this</span>,” and he left the room.</p>",
    )
    tab.goto(address(text, "We will not go on like this"))
    assert marked(tab) == pytest.approx(tab.evaluate(BOX, "p span"), abs=2)


def test_words_of_two_paragraphs_are_marked_from_the_first_to_the_last(tab):
    words = "“We will not go on like this, whatever they say.\nThe bridge stays where it is, for all of us.”"
    print_story(tab, "".join(["<div>", *(f"<p>{line}</p>" for line in words.split("\n")), "</div>"]))
    tab.goto(address(f"And then he told them:\n{words}\nHe left the room.", words))
    assert marked(tab) == pytest.approx(tab.evaluate(BOX, "div"), abs=2)


def test_of_words_that_a_page_does_not_say_nothing_is_marked(tab):
    print_story(tab, paragraphs("He told them: “We will go.” And he left the room."))
    tab.goto(f"{text_fragment.address(PRESS, 'We will not go.')}&text=The%20end.")
    assert marked(tab) == pytest.approx(stand_at(tab, "The end.", 2), abs=2)


@pytest.mark.django_db(transaction=True)
def test_the_link_on_a_statement_leads_to_its_words(page):
    words, after = "“We will not go.”", " Nobody asked."
    before = f"The mayor said so too: {words}\nThe clerk told us: "
    story = factories.document(url=PRESS)
    snapshot = archive(story, f"{before}{words}{after}", timezone.now())
    place = {"snapshot": snapshot, "start": len(before), "end": len(before) + len(words)}
    found = factories.appearance(words, "spoken_to TF1", document=story, **place)
    statement = factories.publish(words, appearances=[found])
    print_story(page, paragraphs(*f"{before}{words}{after}".split("\n")))
    page.goto(statement.get_absolute_url())
    page.get_by_role("link", name="show the words at the source").click()
    expect(page).to_have_title("Story")
    assert marked(page) == pytest.approx(stand_at(page, words, 2), abs=2)
