"""What holds for candidates of any text and any attributions, however wrong."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.dates import read
from quotes.extraction.attributions import Attribution
from quotes.extraction.candidates import candidates
from quotes.extraction.known import DocumentFacts, Known
from quotes.extraction.lines import boilerplate
from quotes.spans import clean
from tests.quotes.extraction.telling import COURIER, RECORD

PARTS = """“ ” " « » „ ‘ ’ ( ) [ ] […] . , ; : ? ! — - … \n said told that which and first second Thirdly he she they it
who Ada Larsen Jan Gruber Norway Oslo the a president minister ministry spokesman of for Reuters AFP TV interview with
reported also by according to words report boats leave noon quota fishing on Friday yesterday last month in March 2021
“We will “tough” considers replied denied Ministry Harbours - Advertisement - 🚢 Åse"""
WORDS = st.sampled_from([*PARTS.split(" "), "\u00a0", "\u2028", "\n"])
TEXTS = st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=120))
RANGE = st.tuples(st.integers(-5, 250), st.integers(-5, 250))
RANGES = st.lists(RANGE, max_size=3).map(tuple)
ATTRIBUTIONS = st.lists(st.builds(Attribution, RANGES, RANGES, RANGES, st.floats(0, 1), st.floats(0, 1)), max_size=5)
PUBLISHED = st.sampled_from(["2022-12-04", "2022-12", "2022", "/2022-12-04", "", "no date"])


def squeezed(text):
    return re.sub(r"\s+", "", text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, ATTRIBUTIONS, PUBLISHED)
@example("", [], "2022-12-04")
@example("\ud800", [], "2022-12-04")
@example("“”" * 50, [], "2022-12-04")
@example("“Ada Larsen said that ‘we will leave’ now.” she said", [Attribution((), (), ((0, 99),), 1.0)], "")
def test_candidates_of_anything_hold_together(text, attributions, published):
    found = candidates(text, attributions, RECORD, DocumentFacts(published, "en", COURIER))
    for place, candidate in enumerate(found):
        assert len(candidate.spans) == len(candidate.ranges) > 0
        for span, ranges in zip(candidate.spans, candidate.ranges, strict=True):
            assert all(0 <= start < end <= len(text) for start, end in ranges)
            assert list(ranges) == sorted(ranges)
            if span.mode != "omission":
                raw = "".join(text[start:end] for start, end in ranges)
                assert squeezed(span.text) == squeezed(clean(raw))
        start, end = candidate.place
        assert 0 <= start < end <= len(text)
        assert all(start <= a and b <= end for ranges in candidate.ranges for a, b in ranges)
        assert all(0 <= link.target < len(found) and link.target != place for link in candidate.links)
        parts = (candidate.speaker_range, candidate.label_range, candidate.cue_range, candidate.said.range)
        assert all(0 <= part[0] < part[1] <= len(text) for part in parts if part)
        assert all((hop.outlet is None) == (hop.role == "told_by") for hop in candidate.hops)
        assert candidate.hops[-1].role == "published_by"
        sure = candidate.confidences
        assert all(0 <= each <= 1 for each in (candidate.confidence, sure.words, sure.speaker, sure.said, sure.hops))
        if candidate.said.date:
            read(candidate.said.date)


@settings(max_examples=50, deadline=None)
@given(TEXTS, ATTRIBUTIONS)
def test_the_same_question_has_the_same_answer(text, attributions):
    facts = DocumentFacts("2022-12-04")
    assert candidates(text, attributions, Known(), facts) == candidates(text, attributions, Known(), facts)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(WORDS, st.just("\n- Advertisement -\n")), max_size=40).map(" ".join), ATTRIBUTIONS)
def test_no_line_of_an_advertisement_is_in_any_candidate(text, attributions):
    for candidate in candidates(text, attributions, Known(), DocumentFacts("2022-12-04")):
        used = [place for ranges in candidate.ranges for place in ranges]
        assert not any(start < end_ and start_ < end for start, end in used for start_, end_ in boilerplate(text))
