"""Finding archived words again: there, moved, ambiguous or gone; never a lookalike."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sources.anchoring import Anchored, Place, locate, locate_changed, words_at

WORDS = "“We must think about the security structure under which we will live tomorrow.”"
SHORT = "“It is over.”"
OLD = f"Macron spoke on Saturday. {WORDS} That was all he said to the reporters there."
BEFORE, AFTER = "The minister was asked about the talks and answered: ", " Then she left the room without another word."


def find(old, words, new):
    start = old.index(words)
    return locate(words_at(old, start, start + len(words)), new)


def test_words_in_an_unchanged_text_are_there():
    assert find(OLD, WORDS, OLD) == Anchored(Place.THERE, OLD.index(WORDS), OLD.index(WORDS) + len(WORDS))


def test_words_after_an_inserted_paragraph_have_moved():
    new = f"Update: corrected.\n{OLD}"
    found = find(OLD, WORDS, new)
    assert found.place == Place.MOVED
    assert new[found.start : found.end] == WORDS


def test_words_that_were_cut_or_changed_are_gone():
    for new in ("", "Nothing is left.", OLD.replace("must", "should"), OLD.replace("“We", "“we")):
        assert find(OLD, WORDS, new) == Anchored(Place.GONE)


def test_long_words_are_found_in_new_surroundings():
    assert find(OLD, WORDS, f"Else. {WORDS} Otherwise.").place == Place.MOVED


def test_few_words_in_new_surroundings_may_be_somebody_else_s():
    old = f"{BEFORE}{SHORT}{AFTER}"
    assert find(old, SHORT, f"A player said about the match: {SHORT} It rained.") == Anchored(Place.AMBIGUOUS)


@pytest.mark.parametrize(
    "new",
    [
        f"News. {BEFORE}{SHORT} And more.",
        f"News of the day, he said. {SHORT}{AFTER}",
        f"{SHORT} {BEFORE}{SHORT}{AFTER}",
    ],
)
def test_few_words_are_known_by_what_stands_around_them(new):
    old = f"{BEFORE}{SHORT}{AFTER}"
    found = find(old, SHORT, new)
    assert found.place == Place.MOVED
    assert new[found.start : found.end] == SHORT
    assert (BEFORE + SHORT in new and found.start == new.index(BEFORE) + len(BEFORE)) or new[found.end :] == AFTER


def test_two_alike_in_alike_surroundings_are_ambiguous():
    old = f"{BEFORE}{SHORT}{AFTER}"
    assert find(old, SHORT, f"{old}\n{old}") == Anchored(Place.AMBIGUOUS)


def test_two_that_agree_on_one_side_each_are_ambiguous():
    old = f"{BEFORE}{SHORT}{AFTER}"
    assert find(old, SHORT, f"{BEFORE}{SHORT} No more.\nElse: {SHORT}{AFTER}") == Anchored(Place.AMBIGUOUS)


def test_long_words_that_stand_twice_elsewhere_are_ambiguous():
    assert find(OLD, WORDS, f"One: {WORDS} Two.\nThree: {WORDS} Four.") == Anchored(Place.AMBIGUOUS)


def test_the_same_place_with_a_lookalike_in_it_is_not_there():
    old = f"{BEFORE}{SHORT}{AFTER}"
    new = f"{'x' * len(BEFORE)}{SHORT}{'y' * len(AFTER)}"
    assert find(old, SHORT, new).place == Place.AMBIGUOUS


def test_white_space_may_differ():
    new = OLD.replace("security structure", "security\nstructure").replace("Saturday. ", "Saturday.\n\n")
    found = find(OLD, WORDS, new)
    assert found.place == Place.MOVED
    assert new[found.start : found.end].split() == WORDS.split()


def test_a_whole_text_is_found_at_its_own_ends():
    assert find(SHORT, SHORT, SHORT).place == Place.THERE


def test_words_that_overlap_themselves_are_counted_each_time():
    old = "He said no no no, and that was it for the day."
    assert find(old, "no no", old).place in (Place.THERE, Place.AMBIGUOUS)


@given(some.text(alphabet="ab “”.\n", max_size=60), some.data())
def test_words_are_never_placed_where_they_are_not(new, data):
    old = data.draw(some.text(alphabet="ab “”.\n", min_size=1, max_size=60))
    start = data.draw(some.integers(0, len(old) - 1))
    end = data.draw(some.integers(start + 1, len(old)))
    found = locate(words_at(old, start, end), new)
    if found.start is None:
        assert found.place in (Place.GONE, Place.AMBIGUOUS)
    else:
        assert new[found.start : found.end].split() == old[start:end].split()
        assert (found.place == Place.THERE) == (found.start == start)


def test_changed_words_are_at_the_one_match_that_overlaps_where_they_stood():
    text = f"{SHORT} {OLD} {SHORT}"
    assert locate_changed("It is", text, (2, len(SHORT))) == Anchored(Place.MOVED, 1, 6)


def test_of_two_matches_where_words_stood_neither_is_taken():
    assert locate_changed("no", "He said no no.", (8, 13)) == Anchored(Place.AMBIGUOUS)


def test_changed_words_that_are_only_elsewhere_are_taken_where_they_are_long():
    text = f"{SHORT} {OLD}"
    assert locate_changed(WORDS, text, (0, len(SHORT))).start == text.index(WORDS)
    assert locate_changed("to the reporters", text, (0, len(SHORT))) == Anchored(Place.AMBIGUOUS)
    assert locate_changed("nobody said this", text, (0, len(SHORT))) == Anchored(Place.GONE)


@given(some.text(alphabet="ab \n", max_size=60), some.text(alphabet="ab ", max_size=8), some.data())
def test_changed_words_are_never_placed_where_they_are_not(text, words, data):
    start = data.draw(some.integers(0, len(text)))
    found = locate_changed(words, text, (start, data.draw(some.integers(start, len(text)))))
    if found.start is not None:
        assert text[found.start : found.end].split() == words.split()
