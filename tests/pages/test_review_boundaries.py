"""Where a suggestion begins and ends: moved, split, merged, and words that were missed."""

import pytest

from quotes.models import Candidate
from tests import factories
from tests.review import TEXT, at, refreshed, sent, suggested, three, under_review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("start-back", "the alliance is near"),
        ("start-on", "is near"),
        ("end-back", "alliance is"),
        ("end-on", "alliance is near the"),
    ],
)
def test_boundaries_move_by_a_word(client, editor, act, words):
    document, (_, two, _) = three()
    client.post(at(document), sent(two, act=act, said="2022-11"))
    assert TEXT[refreshed(two).start : two.end] == words
    assert two.entry["words"]["words"] == words
    assert two.entry["words"]["said"] == "2022-11"


def test_boundaries_are_set_by_position(client, editor):
    document, (_, two, _) = three()
    start = TEXT.index("the alliance")
    client.post(at(document), sent(two, act="move", place__start=start - 1, place__end=start + 13))
    assert TEXT[refreshed(two).start : two.end] == "the alliance"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (0, 10_000, "The text has"),
        (20, 20, "no words between"),
        (20, 10, "no words between"),
        ("", "", "This field is required"),
        ("x", 5, "whole number"),
    ],
)
def test_boundaries_that_hold_nothing_are_refused(client, editor, start, end, message):
    document, (_, two, _) = three()
    page = client.post(at(document), sent(two, act="move", place__start=start, place__end=end))
    assert message in page.text
    assert refreshed(two).touched == 0


def test_a_suggestion_is_split_and_merged_again(client, editor):
    factories.speaker("Emmanuel Macron")
    document = under_review("He said “We must think. We must act.” and left.")
    one = suggested(document, "“We must think. We must act.”")
    cut = one.snapshot.text.index("We must act")
    assert "We must act." in client.get(at(document)).text
    client.post(at(document), sent(one, act="split", split__at=cut))
    first, second = Candidate.objects.filter(state="open").order_by("start")
    assert (first.entry["words"]["words"], second.entry["words"]["words"]) == ("“We must think.”", "“We must act.”")
    assert client.get(at(document, one)).headers["Location"] == f"{at(document, first)}#candidate"
    client.post(at(document), sent(first, act="merge"))
    merged = Candidate.objects.get(state="open")
    assert merged.entry["words"]["words"] == "“We must think. We must act.”"


@pytest.mark.parametrize("position", ["0", "5000", ""])
def test_a_split_outside_the_suggestion_is_refused(client, editor, position):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="split", split__position=position))
    assert page.status_code == 200
    assert "Please look at this again" in page.text
    assert refreshed(one).state == "open"


def test_the_last_one_has_nothing_to_merge_with(client, editor):
    document, (_, _, third) = three()
    assert "No open suggestion follows" in client.post(at(document), sent(third, act="merge")).text


def test_words_that_were_missed_become_a_suggestion(client, editor):
    document, _ = three()
    start = TEXT.index("It matters")
    response = client.post(at(document), {"act": "add", "missed-start": start, "missed-end": start + 21})
    made = Candidate.objects.latest("pk")
    assert response.headers["Location"] == f"{at(document, made)}#candidate"
    assert TEXT[made.start : made.end] == "It matters to us all."
    page = client.post(at(document), {"act": "add", "missed-start": "9", "missed-end": "2"})
    assert "no words between" in page.text
