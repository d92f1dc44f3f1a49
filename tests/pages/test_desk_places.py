"""A draft's place in the archived text, when an editor changes its words at the desk."""

import pytest

from quotes.notation import parse
from quotes.record import AppearanceSpec
from sources.documents import archive
from tests import factories
from tests.desk import at, typed_into

pytestmark = pytest.mark.django_db

TEXT = (
    "He said: “We must think about the security structure. It matters.” Then he left.\n"
    "A minister agreed: “It matters.” So did\nall the others who had come to Paris on that day."
)
WORDS = "“We must think about the security structure. It matters.”"
LONG = "So did all the others who had come to Paris on that day."
GONE, UNTOLD = "no archived text of the document says these words", "in more than one place"


def placed(words=WORDS, text=TEXT):
    """A draft of words that stand in the archived text of a document."""
    document = factories.document()
    snapshot = archive(document, text, factories.TAKEN_AT)
    start = text.index(words)
    place = {"snapshot": snapshot, "start": start, "end": start + len(words)}
    found = AppearanceSpec(document, factories.hops("spoken_to TF1"), parse(words), words, **place)
    return factories.draft(words, appearances=[found])


def saved(client, draft, words, **changes):
    """The page after a draft was saved with other words, and its appearance then."""
    draft.refresh_from_db()
    page = client.post(at(draft), typed_into(draft, words=words, **changes), follow=True)
    assert page.redirect_chain
    return page.text, draft.appearances.get()


@pytest.mark.parametrize(
    "words",
    [
        "“We must think about the security structure.",
        "It matters.”",
        "security",
        "He said: “We must think about the security structure. It matters.” Then he left.",
    ],
)
def test_words_that_were_shortened_or_lengthened_are_placed_where_they_stand_now(client, editor, words):
    draft = placed()
    page, found = saved(client, draft, "“Words.”", printed=words)
    assert found.snapshot.text[found.start : found.end] == found.printed == words
    assert found.start < TEXT.index(WORDS) + len(WORDS)
    assert GONE not in page
    assert UNTOLD not in page


def test_of_two_places_the_one_that_was_quoted_is_kept(client, editor):
    draft = placed()
    _, found = saved(client, draft, "It matters.", printed="It matters.")
    assert found.start == TEXT.index("It matters.")


def test_long_words_elsewhere_are_found_and_printed_with_the_sources_own_line_break(client, editor):
    _, found = saved(client, placed(), LONG)
    assert found.printed == LONG.replace("did all", "did\nall")
    assert found.snapshot.text[found.start : found.end] == found.printed


def test_a_place_that_the_archived_text_doesnt_have_is_given_up_and_the_editor_told(client, editor):
    page, found = saved(client, placed(), "“We have to think about security.”")
    assert (found.snapshot, found.start, found.end, found.prefix) == (None, None, None, "")
    assert GONE in page


@pytest.mark.parametrize("words", ["m", "agreed"])
def test_few_words_that_may_be_others_are_never_taken_for_the_quoted_ones(client, editor, words):
    page, found = saved(client, placed(), words)
    assert found.start is None
    assert UNTOLD in page


def test_words_that_get_their_own_characters_back_get_their_place_back(client, editor):
    draft = placed()
    saved(client, draft, "“We have to think about security.”")
    page, found = saved(client, draft, "“We have to think about security.”", printed=WORDS)
    assert TEXT[found.start : found.end] == WORDS
    assert GONE not in page


def test_words_of_another_document_are_looked_for_in_its_text(client, editor):
    draft = placed()
    other = archive(factories.document(published="2022-12-05"), f"Otherwise. {WORDS}", factories.TAKEN_AT)
    _, found = saved(client, draft, WORDS, document__existing=other.document.pid)
    assert (found.snapshot, found.start) == (other, len("Otherwise. "))


def test_words_of_a_document_without_an_archived_text_have_no_place_and_the_editor_is_told(client, editor):
    page, found = saved(client, placed(), WORDS, document__existing=factories.document().pid)
    assert found.start is None
    assert GONE in page


def test_what_never_had_a_place_is_no_loss_to_tell(client, editor):
    page, found = saved(client, factories.draft(), "“Another wording.”")
    assert found.start is None
    assert GONE not in page


def test_words_half_typed_lose_no_place_while_they_are_saved(client, editor):
    draft = placed()
    draft.refresh_from_db()
    answer = client.post(at(draft), {**typed_into(draft, words="“We have to thi”"), "act": "autosave"})
    assert answer.json() == {}
    assert draft.appearances.get().printed == WORDS
