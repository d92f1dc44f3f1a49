import pytest

from quotes.boundaries import moved, parted, partings, resized

TEXT = "He said: “We must think. And act,” he added, “now.”"


def place(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("edge", "by", "words"),
    [
        ("start", -1, "“We must"),
        ("start", 1, "must"),
        ("end", -1, "We"),
        ("end", 1, "We must think"),
    ],
)
def test_an_end_moves_by_a_word_or_a_mark(edge, by, words):
    assert moved(TEXT, [place("We must")], edge, by) == [place(words)]


def test_an_end_stays_within_the_text():
    whole = [(0, len(TEXT))]
    assert moved(TEXT, whole, "start", -1) == whole
    assert moved(TEXT, whole, "end", 1) == whole


def test_a_suggestion_never_becomes_empty():
    word = [place("We")]
    assert moved(TEXT, word, "start", 1) == word
    assert moved(TEXT, word, "end", -1) == word


def test_a_word_with_an_apostrophe_or_a_number_with_a_comma_is_one_step():
    text = "it’s 1,000 or e.g. 3:30"
    assert moved(text, [(0, 2)], "end", 1) == [(0, 4)]
    assert moved(text, [(0, 4)], "end", 1) == [(0, 10)]


def test_a_text_without_spaces_moves_too():
    text = "字" * 1000
    assert moved(text, [(500, 600)], "start", -1)[0][0] < 500


def test_an_end_that_leaves_a_range_behind_drops_it():
    ranges = [place("We must think. And act"), place("now")]
    assert resized(ranges, *place("now")) == [place("now")]
    assert resized(ranges, *place("must think")) == [place("must think")]


def test_new_ends_reach_from_the_outermost_ranges():
    ranges = [place("We must think. And act"), place("now")]
    assert resized(ranges, TEXT.index("“We"), len(TEXT)) == [
        place("“We must think. And act"),
        place("now.”"),
    ]


def test_it_may_be_parted_between_ranges_and_sentences():
    ranges = [place("We must think. And act"), place("now")]
    assert partings(TEXT, ranges) == [TEXT.index("And act"), TEXT.index("now")]


def test_two_halves_hold_what_the_whole_held():
    ranges = [place("We must think. And act"), place("now")]
    assert parted(ranges, TEXT.index("And act")) == ([place("We must think. ")], [place("And act"), place("now")])
    assert parted(ranges, 0) == ([], ranges)
