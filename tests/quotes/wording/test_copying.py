"""How much of one text stands in another."""

from hypothesis import given
from hypothesis import strategies as st

from quotes.wording.copying import FEWEST, own_words, shared

WIRE = """The ministers met on Tuesday in the old palace by the lake, and left it without a word to those who had waited
in the rain since the early morning. Nobody came out again before the lamps were lit."""
OTHER = """A week of talks has ended where it began: with two delegations, two drafts, and a table too long for either
of them to reach the other side, as one who was in the room describes it."""
words = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def test_a_text_stands_in_itself_and_another_one_doesnt():
    assert shared(own_words(WIRE, ()), own_words(WIRE, ())) == 1
    assert shared(own_words(WIRE, ()), own_words(OTHER, ())) == 0


def test_a_shortened_copy_stands_in_the_longer_text():
    copy = WIRE.partition(". ")[0] + ", our correspondent reports."
    assert shared(own_words(copy, ()), own_words(WIRE + OTHER, ())) > 0.8


def test_marks_and_case_make_no_other_text():
    assert shared(own_words(WIRE.upper().replace(",", " –"), ()), own_words(WIRE, ())) == 1


def test_what_both_quote_is_left_out():
    quoted = "“We shall meet again before the winter, and then we shall see what the others have to say to all of it.”"
    one, other = f"{quoted} {WIRE}", f"{quoted} {OTHER}"
    assert shared(own_words(one, [(0, len(quoted))]), own_words(other, [(0, len(quoted))])) == 0


def test_of_a_few_words_nothing_can_be_told():
    assert shared(own_words("He said on Tuesday that", ()), own_words("He said on Tuesday that", ())) == 0


@given(words, words)
def test_it_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0 <= shared(one, other) <= 1
    assert shared(one, other) == shared(other, one)
    assert shared(one, one) == (1 if len({tuple(one[at : at + 4]) for at in range(len(one) - 3)}) >= FEWEST else 0)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_any_text_and_any_ranges_can_be_read(text, ranges):
    assert isinstance(own_words(text, [tuple(sorted(one)) for one in ranges]), list)
