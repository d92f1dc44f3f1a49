"""What a screen reader is given: whose words are whose, what was left out, what changed, and what just happened."""

import re

import pytest
from playwright.sync_api import expect

from quotes import record
from quotes.notation import parse
from tests import factories
from tests.review import at, three

pytestmark = pytest.mark.django_db(transaction=True)

DIRECT = "“We must think about security.”"
INDIRECT = "He wants peace."
MIXED = "“We must,” he said, “prepare [(for what comes)] […] [soon] enough.”"
MIXED_ALOUD = (
    "speaker’s words: “We must,” reporter’s words: he said, speaker’s words: “prepare "
    "inserted by the source: [for what comes] words left out: […] inserted by this record: [soon] "
    "speaker’s words: enough.”"
)


def card(words, attribution):
    return f"""
      - article:
        - paragraph:
          - 'link "{words}"'
        - list:
          - listitem:
            - strong:
              - link "Emmanuel Macron"
          - listitem:
            - text: {attribution}
            - link "TF1"
            - text: ", 3 December 2022"
        - list:
          - listitem: 1 origin (TF1, stated)
          - listitem:
            - link /^.q.[0-9A-Z]+$/
    """


@pytest.mark.parametrize(
    ("words", "aloud", "attribution"),
    [
        pytest.param(DIRECT, DIRECT, "to", id="direct"),
        pytest.param(INDIRECT, f"reporter’s words: {INDIRECT}", "as reported, to", id="indirect"),
        pytest.param(MIXED, MIXED_ALOUD, "to", id="mixed"),
    ],
)
def test_a_card_says_whose_words_they_are(page, words, aloud, attribution):
    factories.publish(words, "spoken_to TF1")
    page.goto("/statements/")
    expect(page.locator("[data-card]")).to_match_aria_snapshot(card(aloud, attribution))


def test_the_hidden_words_are_in_the_language_of_the_page(page):
    factories.publish(MIXED)
    page.goto("/statements/?lang=fr")
    spoken = page.locator("[data-card] .visually-hidden[lang=fr]").all_inner_texts()
    told = [one.replace("\u00a0", " ").strip() for one in spoken[:3]]
    assert told == ["propos du locuteur :", "mots du journaliste :", "propos du locuteur :"]


def test_a_permalink_is_read_in_the_order_of_what_matters(page):
    made = factories.publish(MIXED, "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    page.goto(made.get_absolute_url())
    expect(page.locator("main")).to_match_aria_snapshot(f"""
      - article:
        - heading "What Emmanuel Macron said, 3 December 2022" [level=1]
        - blockquote: "{MIXED_ALOUD}"
        - list:
          - listitem:
            - strong:
              - link "Emmanuel Macron"
          - listitem:
            - text: said to
            - link "TF1"
            - text: on 3 December 2022
          - listitem: relayed by TASS
        - list "Topics":
          - listitem:
            - link "Security guarantees"
        - region "How it reached us"
        - region "As printed"
        - complementary "Cite and check":
          - region "Cite this record":
            - group "Citation style":
              - radio "APA" [checked]
    """)


def test_what_a_correction_changed_is_said_to_be_deleted_or_inserted(page):
    made = factories.publish("“We must prepare.”")
    changes = record.Changes(spans=parse("“We should prepare.”"))
    record.correct(made, changes, editor=factories.publisher(), reason="A slip")
    page.goto(f"{made.get_absolute_url()}/history")
    expect(
        page.get_by_role("region", name="Two versions compared").get_by_role("blockquote")
    ).to_match_aria_snapshot("""
      - blockquote:
        - text: “We
        - deletion: "[deleted: must ]"
        - insertion: "[inserted: should ]"
        - text: prepare.”
    """)


def test_what_a_checked_quotation_left_out_is_said(page):
    factories.publish("“We must think very hard about security.”")
    page.goto("/check/?text=“We+must+think+about+security.”")
    expect(page.get_by_role("article").get_by_role("blockquote").first).to_match_aria_snapshot("""
      - blockquote:
        - text: “We must think
        - deletion: "[on record, left out: very hard ]"
        - text: about security.”
    """)


def test_the_review_reads_as_a_text_with_suggestions_and_one_to_decide(page, client):
    client.force_login(factories.publisher())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    document, _ = three()
    page.goto(at(document))
    expect(page.locator("main")).to_match_aria_snapshot("""
      - progressbar "0 of 3 decided"
      - region "The document":
        - region "The document’s text":
          - text: On Saturday, Emmanuel Macron spoke of Russia.
          - mark:
            - 'link "Suggestion 1, open: “We must think about security,”"'
          - text: he said. “It matters to us all.” - Advertisement - Vladimir Putin answered that the
          - mark:
            - 'link "Suggestion 2, open, doubtful: alliance is near"'
          - text: the border.
          - mark:
            - 'link "Suggestion 3, open: “We will see,”"'
          - text: he added.
      - region "Suggestion 2 of 3 open, doubtful":
        - region "The words":
          - textbox "Words": alliance is near
        - 'region "Who said them speaker: doubtful"':
          - combobox "Speaker": Vladimir Putin
        - region "When":
          - textbox "Said": 2022-12-03
        - group "Decide":
          - button "Accept"
          - button "Save"
          - group: Reject
          - group: Split
          - button "Merge with 3"
    """)


def test_that_a_citation_was_copied_is_said(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(factories.publish().get_absolute_url())
    page.keyboard.press("c")
    expect(page.locator("#said-aloud")).to_have_text("Copied")
    expect(page.locator("#said-aloud")).to_have_role("status")


@pytest.mark.parametrize(("wish", "how"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_wants_no_motion(page, wish, how):
    page.emulate_media(reduced_motion=wish)
    page.goto("/about/")
    expect(page.locator("html")).to_have_css("scroll-behavior", how)


def test_no_style_moves_anything_but_where_motion_is_welcome(project):
    for sheet in sorted((project / "static").glob("*.css")):
        still = re.sub(
            r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", sheet.read_text(), flags=re.DOTALL
        )
        assert not re.findall(r"\b(?:transition|animation|scroll-behavior: smooth)[-:]?", still), sheet.name
