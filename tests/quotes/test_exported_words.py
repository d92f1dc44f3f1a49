"""A row's words and notation are those of the record's own writers, also where a short cut is taken."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from quotes.exporting.cells import harmless
from quotes.exporting.forms import cell
from quotes.exporting.rows import wording
from quotes.notation import write
from quotes.spans import Span, render, to_json

TEXT = st.text(st.sampled_from("ab é“”\"«»[]\\‹„'(….\n"), min_size=1, max_size=8)
SPANS = st.lists(
    st.one_of(
        st.builds(Span, st.sampled_from(["direct", "indirect"]), TEXT),
        st.builds(Span, st.just("insertion"), TEXT, st.sampled_from(["source", "record"])),
        st.just(Span("omission")),
    ),
    max_size=4,
).map(tuple)


@given(SPANS)
def test_words_are_written_as_everywhere(spans):
    assert wording(to_json(spans)) == (render(spans), write(spans))


def test_touching_words_of_the_speaker_stand_in_one_pair_of_marks():
    assert wording([{"mode": "direct", "text": "a"}, {"mode": "direct", "text": "b"}]) == ("“ab”", "“ab”")


@given(st.text(st.characters(codec="utf-8")))
def test_a_cell_is_written_as_the_standard_library_writes_it(text):
    written = io.StringIO()
    csv.writer(written).writerow([harmless(text), ""])
    assert f"{cell(text)},\r\n" == written.getvalue()
