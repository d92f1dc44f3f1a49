import random

import pytest

from quotes.extraction.brat import Annotated, Event
from quotes.extraction.training import noise
from quotes.extraction.training.noise import Edit, edited, noisy

TEXT = "Rain came.\n\n“We will all go to the old harbour, for good,” said Marta. “Soon.”\n\nNobody else spoke."
CONTENT = "We will all go to the old harbour, for good"


def example():
    start = TEXT.index(CONTENT)
    cue = TEXT.index("said")
    source = TEXT.index("Marta")
    event = Event(((source, source + 5),), ((cue, cue + 4),), ((start, start + len(CONTENT)),))
    return Annotated("harbour", TEXT, (event,))


def words(made, role):
    return " ".join(made.text[start:end] for start, end in getattr(made.events[0], role))


def test_an_edit_moves_what_comes_after_it():
    made = edited(example(), [Edit(0, 5, ""), Edit(TEXT.index("said"), 0, "then ")])
    assert made.text.startswith("came.")
    assert (words(made, "source"), words(made, "cue"), words(made, "content")) == ("Marta", "said", CONTENT)


@pytest.mark.parametrize("make", [make for make, _ in noise.NOISES], ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_a_fault_leaves_source_and_cue_where_they_are(make, seed):
    made = make(example(), random.Random(seed))
    assert words(made, "cue").lower() == "said"
    assert words(made, "source").lower() == "marta"


def test_joined_lines_are_one():
    assert "\n" not in noise.joined(example(), random.Random(1)).text


def test_a_text_without_marks_keeps_its_words():
    made = noise.unmarked(example(), random.Random(1))
    assert not set("“”") & set(made.text)
    assert words(made, "content") == CONTENT


def test_a_closing_mark_moved_too_early_stays_in_the_content():
    made = next(m for m in (noise.closing_marks_moved(example(), random.Random(seed)) for seed in range(200))
                if ".” " in words(m, "content"))  # fmt: skip
    assert words(made, "content").endswith("for good")


def test_half_of_all_examples_stay_as_they_are():
    same = sum(noisy(example(), random.Random(seed)).text == TEXT for seed in range(400))
    assert 180 < same < 320
