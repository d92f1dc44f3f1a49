"""Texts as long as are read, in one paragraph: the work grows with their length, not with its square."""

import time

import pytest

from quotes.extraction.attributions import Attribution
from quotes.extraction.candidates import candidates
from quotes.extraction.known import DocumentFacts
from tests.quotes.extraction.telling import COURIER, RECORD

SENTENCE = "Harbours minister Ada Larsen spoke, and she said: “We must think of it.” "
LENGTH = 200_000


@pytest.mark.slow
def test_a_paragraph_of_two_hundred_thousand_characters_is_read_in_moments():
    text = SENTENCE * (LENGTH // len(SENTENCE))
    she, said, words, ends = (SENTENCE.index(part) for part in ("she", "said", "“", "”"))
    attributions = [
        Attribution(((at + she, at + she + 3),), ((at + said, at + said + 4),), ((at + words, at + ends + 1),), 0.9)
        for at in range(0, len(text), len(SENTENCE))
    ]
    started = time.process_time()
    found = candidates(text, attributions, RECORD, DocumentFacts("2022-12-04", "en", COURIER))
    assert time.process_time() - started < 20
    assert len(found) == len(attributions)
    assert {one.speaker.name for one in found} == {"Ada Larsen"}
