"""The documentation's pictures: each is made here, and shows what its caption names, so that none goes stale.

`make screenshots` keeps them in docs/pictures.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page

from quotes import record
from quotes.founding import load
from quotes.models import Statement
from quotes.notation import parse
from quotes.touring import MISQUOTED
from tests import factories, review
from tests.browser.waiting import until

SIZE = {"width": 1280, "height": 960}
LARGEST = 120_000
"""Bytes of a picture."""
COLOURS = 96
BY_THE_MINISTRY = (
    "“guarantees that NATO will not expand eastward at the expense of Ukraine and any other countries,”",
    (
        "“limiting military activities in Europe and excluding the increase in the so-called forward stationed forces "
        "groups.”"
    ),
)
# How README.md and docs/*.md show a picture: its caption, and its name.
_SHOWN = re.compile(r"!\[([^\]]+)\]\((?:docs/)?pictures/([\w-]+)\.png\)")


# Whether a text stands in the part of the page that is seen, larger than what is there for screen readers alone.
_IS_SEEN = """text => [...document.querySelectorAll("main *")].some((one) => {
  if (!one.textContent.includes(text)) return false;
  if ([...one.children].some((inner) => inner.textContent.includes(text))) return false;
  const { top, bottom, height } = one.getBoundingClientRect();
  return height > 1 && top >= 0 && bottom <= innerHeight;
})"""


@dataclass(frozen=True)
class Picture:
    """What a caption names, all of which is seen in the picture, and how the page comes to show it."""

    named: tuple[str, ...]
    show: Callable[[Page], None]


def interview():
    return Statement.objects.get(text__startswith="This issue will be part")


def permalink(page):
    page.goto(interview().get_absolute_url())


def filtered(page):
    page.goto("/statements/?speaker=emmanuel-macron&relay=tass")


def checked(page):
    page.goto("/check/")
    page.get_by_label("A quotation, or a whole article").fill(MISQUOTED)
    page.get_by_role("button", name="Check", exact=True).click()


def words(page):
    page.goto("/desk/statements/new/")
    page.get_by_label("Words", exact=True).fill("in Kyiv’s view this is “interfering with its sovereignty.”")
    page.get_by_label("Language", exact=True).first.fill("en")
    page.get_by_text("Whose words are whose?").click()


def stops(page):
    page.goto("/desk/statements/new/")
    for number, (role, name) in enumerate([("spoken_to", "TF1"), ("relayed_by", "TASS")]):
        page.locator(".stops [name$='-role']").nth(number).select_option(role)
        page.locator("ol.stops [name$='-name']").nth(number).fill(name)
    page.get_by_text("What is a stop?").click()
    page.get_by_role("heading", name="The road it travelled").evaluate('one => one.closest("section").scrollIntoView()')


def reviewed(page):
    text = (load.FOLDER / "reconstruction.txt").read_text(encoding="utf-8")
    where = {"outlet_name": "Unidentified website", "published": "2022-12", "title": "Reconstruction of an article"}
    document, ministry = review.under_review(text, **where), "Ministry of Defense of Russia"
    chosen, _ = [review.suggested(document, words, by=ministry) for words in BY_THE_MINISTRY]
    page.goto(review.at(document, chosen))
    page.get_by_text("What is decided here?").click()


def corrected(page):
    printed = "“the installation of such weapons could lead to a radical deterioration {}the security situation.”"
    one = factories.publish(printed.format(""), by="Ministry of Defense of Russia", said="2021-12?")
    changes = record.Changes(spans=parse(printed.format("[of] ")))
    record.correct(one, changes, editor=factories.publisher(), reason="A word is missing in the source.")
    page.goto(f"{one.get_absolute_url()}/history")


PICTURES = {
    "permalink": Picture(("Emmanuel Macron", "How it reached us", "Cite this record"), permalink),
    "filters": Picture(("Emmanuel Macron", "Relayed by: TASS", "Outlet"), filtered),
    "check": Picture(("On record in other words",), checked),
    "words": Picture(("Whose words are whose?",), words),
    "stops": Picture(("The road it travelled", "What is a stop?"), stops),
    "review": Picture(("Suggestion 1 of 2", "What is decided here?"), reviewed),
    "history": Picture(("Two versions compared", "What happened, newest first"), corrected),
}


def captions(project):
    """Every picture that the documentation shows, as (page, caption, name)."""
    for path in [project / "README.md", *sorted((project / "docs").glob("*.md"))]:
        for caption, name in _SHOWN.findall(path.read_text(encoding="utf-8")):
            yield path.name, caption, name


def test_the_documentation_shows_every_picture_there_is_and_no_other(project):
    kept = {path.stem: path.stat().st_size for path in (project / "docs" / "pictures").iterdir()}
    assert {name for _, _, name in captions(project)} == set(PICTURES) == set(kept)
    assert not {name: size for name, size in kept.items() if size > LARGEST}


def test_every_caption_names_what_is_made_sure_to_be_seen(project):
    unnamed = [
        (page, name, one)
        for page, caption, name in captions(project)
        for one in PICTURES[name].named
        if one not in caption
    ]
    assert unnamed == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_its_caption_names(page, client, settings, project, name):
    settings.SITE_URL = "https://record.example"
    call_command("load_founding_record", verbosity=0)
    client.force_login(factories.publisher())
    if name in {"words", "stops", "review"}:
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    page.set_viewport_size(SIZE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    PICTURES[name].show(page)
    for one in PICTURES[name].named:
        until(page, _IS_SEEN, one)
    taken = small(page.screenshot(animations="disabled", caret="hide"))
    assert len(taken) <= LARGEST
    if os.environ.get("KEEP_SCREENSHOTS"):
        folder = project / "docs" / "pictures"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.png").write_bytes(taken)


def small(picture):
    """The same as a PNG of few colours, a third as large."""
    file = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()
