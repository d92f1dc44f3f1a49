from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.marks import Facing, State, read_marks


def quoted(text):
    return [text[run.start : run.end] for run in read_marks(text).runs]


def inner(text):
    return [text[run.inner_start : run.inner_end] for run in read_marks(text).runs]


def repaired(text):
    return [run.repaired for run in read_marks(text).runs]


@pytest.mark.parametrize(
    "text",
    [
        "She said “the bridge is safe” twice.",
        'She said "the bridge is safe" twice.',
        "She said «the bridge is safe» twice.",
        "She said « the bridge is safe » twice.",
        "She said „the bridge is safe“ twice.",
        "She said „the bridge is safe” twice.",
        "She said »the bridge is safe« twice.",
        "She said ”the bridge is safe” twice.",
        "She said ‘the bridge is safe’ twice.",
        "She said 'the bridge is safe' twice.",
    ],
)
def test_a_quotation_is_found_in_marks_of_any_kind(text):
    assert [words.strip() for words in inner(text)] == ["the bridge is safe"]


def test_a_run_names_its_marks_and_what_stands_between_them():
    (run,) = read_marks("He: “Yes.”").runs
    assert (run.start, run.inner_start, run.inner_end, run.end) == (4, 5, 9, 10)
    assert (run.depth, run.repaired, run.continues) == (1, False, False)


def test_an_interrupted_quotation_is_two_runs():
    assert inner("“We will stay,” she said, “as long as we can.”") == ["We will stay,", "as long as we can."]


def test_positions_count_code_points_of_the_raw_text():
    text = "🚂🚂 “Go” 🚂"
    assert quoted(text) == ["“Go”"]


@pytest.mark.parametrize(
    "text",
    [
        "“He called it ‘a plan’ yesterday,” she said.",
        "«Il a dit “un plan” hier», dit-elle.",
        "“He called it 'a plan' yesterday,” she said.",
    ],
)
def test_marks_of_another_kind_nest(text):
    outer, nested = read_marks(text).runs
    assert (outer.depth, nested.depth) == (1, 2)
    assert outer.start < nested.start < nested.end < outer.end


def test_every_character_knows_how_deep_it_stands():
    text = "a “b ‘cc’ d” e"
    marks = read_marks(text)
    states = [marks.state_at(text.index(letter)) for letter in "abcde"]
    assert states == [State.OUTSIDE, State.INSIDE, State.NESTED, State.INSIDE, State.OUTSIDE]


@pytest.mark.parametrize(
    "text",
    ["The voters’ anger and the mayor’s plan", "It's the boys' turn", "rock 'n' roll’s end", "in the ’90s they’d say"],
)
def test_an_apostrophe_is_no_mark(text):
    assert quoted(text) == []


def test_a_plural_possessive_does_not_end_a_single_quotation():
    assert inner("He said ‘the voters’ anger is real’ today") == ["the voters’ anger is real"]


def test_a_stray_closing_mark_flips_nothing_after_it():
    text = "“One is enough.” So he said.” Then “two” and “three”."
    assert inner(text)[-2:] == ["two", "three"]
    assert read_marks(text).facing[text.index(".” Then") + 1] is Facing.STRAY


def test_a_stray_mark_makes_its_neighbour_doubtful():
    assert repaired("“One is enough.” So he said.” Then “two”.") == [True, False]


def test_a_doubled_mark_counts_once():
    text = "““Twice”” and “once”"
    assert inner(text) == ["“Twice", "once"]
    assert repaired(text) == [True, False]


def test_a_missing_closing_mark_ends_where_the_next_quotation_begins_or_before():
    text = "He said “we are leaving. Then he smiled and added “now”."
    assert inner(text) == ["we are leaving.", "now"]
    assert repaired(text) == [True, False]


def test_a_missing_closing_mark_ends_with_its_paragraph():
    text = "He said “we are leaving.\nNobody asked “why” then."
    assert inner(text) == ["we are leaving.", "why"]
    assert repaired(text) == [True, False]


def test_a_missing_opening_mark_is_put_where_the_sentence_begins():
    text = "It rained. We are leaving now,” he said. “All of us.”"
    assert inner(text) == ["We are leaving now,", "All of us."]
    assert repaired(text) == [True, False]


def test_a_closing_mark_that_came_too_early_gives_way_to_the_next():
    text = "“We will meet once they return.” to the table.” So she said, and “soon”."
    assert inner(text) == ["We will meet once they return.” to the table.", "soon"]
    assert repaired(text) == [True, False]


def test_a_closing_mark_that_came_too_early_and_has_no_next_gives_way_to_the_end_of_the_sentence():
    text = "He fears “a change that could be sudden.” the mood in the city. It is cold."
    assert inner(text) == ["a change that could be sudden.” the mood in the city."]
    assert repaired(text) == [True]


def test_a_sentence_that_goes_on_with_its_speaker_is_not_quoted():
    assert inner("“It is over.” he said of the strike.") == ["It is over."]


def test_a_quotation_of_several_paragraphs_is_one_run_a_paragraph():
    text = "“First we eat.\n\n“Then we talk.\n\n“Then we sleep,” he said.\n\nNobody did."
    runs = read_marks(text).runs
    assert inner(text) == ["First we eat.", "Then we talk.", "Then we sleep,"]
    assert [run.continues for run in runs] == [True, True, False]
    assert not any(run.repaired for run in runs)


def test_paragraphs_joined_to_one_line_keep_their_quotations():
    assert inner("“First we eat. “Then we talk,” he said. “Now?” I asked.") == [
        "First we eat.",
        "Then we talk,",
        "Now?",
    ]


def test_inches_and_quotations_stand_apart():
    assert "the board" in " ".join(inner('He said "the board" is fine.'))


@pytest.mark.parametrize("text", ["", "”", "“", '"""""', "“”“”", "”“”“", "’’’‘‘‘", "«»»«", " \n\n ", "„„„„“"])
def test_marks_without_words_do_no_harm(text):
    for run in read_marks(text).runs:
        assert 0 <= run.start <= run.inner_start <= run.inner_end <= run.end <= len(text)


@pytest.mark.parametrize("part", ["“a” ", "“a.” b ", "a b c” ", "“a “b ", "a b c.” d” ", "‘a “b” ", "'abc' "])
def test_a_very_long_paragraph_of_marks_is_read_in_time(part):
    started = process_time()
    assert read_marks(part * 10_000).facing
    assert process_time() - started < 5


markish = st.text(alphabet="ab .,!?\n“”\"'‘’«»„A", max_size=80)


@given(markish)
def test_runs_stay_within_the_text_and_within_one_paragraph(text):
    for run in read_marks(text).runs:
        assert 0 <= run.start <= run.inner_start <= run.inner_end <= run.end <= len(text)
        assert "\n" not in text[run.start : run.end]


@given(markish)
def test_runs_of_one_depth_never_overlap(text):
    runs = sorted((run for run in read_marks(text).runs if run.depth == 1), key=lambda run: run.start)
    assert all(before.end <= after.start for before, after in pairwise(runs))


@given(markish)
def test_depths_lie_between_none_and_two(text):
    marks = read_marks(text)
    assert {marks.depth_at(position) for position in range(len(text))} <= {0, 1, 2}


plain_words = st.lists(st.sampled_from(["rain", "comes", "again", "now"]), min_size=1, max_size=5).map(" ".join)


@given(st.lists(st.tuples(plain_words, plain_words), min_size=1, max_size=5))
def test_straight_marks_are_read_as_curly_ones_are(parts):
    curly = " ".join(f"{before} “{words}”" for before, words in parts)
    assert read_marks(curly.replace("“", '"').replace("”", '"')).runs == read_marks(curly).runs


@given(markish, plain_words)
def test_no_fault_of_one_paragraph_reaches_the_next(fault, words):
    faulty = fault.replace("\n", " ")
    assert inner(f"{faulty}\nShe said “{words}” there.")[-1] == words


class Counted(str):
    """A text that counts how many of its characters were taken out of it."""

    __slots__ = ("taken",)

    def __getitem__(self, place):
        found = super().__getitem__(place)
        self.taken += len(found)
        return found


def taken(text):
    counted = Counted(text)
    counted.taken = 0
    read_marks(counted)
    return counted.taken


@pytest.mark.parametrize(
    "piece",
    ["”", "“”", "«“", " «a “b", "a” b ", "a”", "'", " ‘a b’s", "“a b c d ", "“One two three.” ", "“One,” she said. "],
)
def test_no_text_of_marks_takes_more_than_its_length(piece):
    once, twice = taken(f"one two three.” {piece * 400}"), taken(f"one two three.” {piece * 800}")
    assert twice <= 2.2 * once + 4_000
