from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.search.analysis import analyse, terms_of
from quotes.search.entries import spoken
from quotes.spans import Span

TEXTS = st.text(st.one_of(st.sampled_from("aZé\u0301й核安ガｶﾞ\u0e01½.'’ﷺ  "), st.characters()), min_size=1, max_size=30)
WORDINGS = st.lists(
    TEXTS.map(lambda text: Span("direct", text))
    | TEXTS.map(lambda text: Span("indirect", text))
    | st.just(Span("omission")),
    max_size=4,
)


@settings(deadline=None)
@given(WORDINGS)
@example([Span("indirect", "He said, "), Span("direct", "never."), Span("omission"), Span("direct", " Not ever.")])
@example([Span("indirect", "他说，"), Span("insertion", "原文", "source"), Span("direct", "如此")])
def test_a_word_is_of_the_span_that_it_begins_in(wording):
    texts = [span.text or " " for span in wording]
    whose = "".join(
        ("d" if span.mode == "direct" else "r") * len(text) for span, text in zip(wording, texts, strict=True)
    )
    found = analyse("".join(texts))
    words, voices = spoken(tuple(wording))
    assert words.split() == [token.term for token in found]
    said = "".join(whose[token.start] for token in found)
    runs = "".join(f"{len(run)}{run[0]}" for run in said.replace("dr", "d r").replace("rd", "r d").split())
    assert voices == runs


@settings(deadline=None)
@given(st.text(st.one_of(st.sampled_from("aZé\u0301й核安ガｶﾞ\u0e01½.'’S U.N \n"), st.characters())))
def test_the_terms_of_a_text_are_those_that_its_analysis_places(text):
    assert terms_of(text).split() == [token.term for token in analyse(text)]
