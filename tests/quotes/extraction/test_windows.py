from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.windows import cut

sizes = st.lists(st.integers(1, 6), min_size=1, max_size=120)


def test_what_fits_is_one_window():
    (window,) = cut([1] * 10, [0] * 10, 12, 3)
    assert (window.start, window.end, window.core_start, window.core_end) == (0, 10, 0, 10)


def test_cores_end_where_sentences_do():
    windows = cut([1] * 30, [0] * 9 + [1] * 9 + [2] * 12, 14, 2)
    assert [window.core_end for window in windows][:2] == [9, 18]


@given(sizes, st.integers(12, 40), st.integers(0, 5))
def test_cores_cover_every_word_once(sizes, longest, context):
    windows = cut(sizes, list(range(len(sizes))), longest, context)
    assert [place for window in windows for place in range(window.core_start, window.core_end)] == list(
        range(len(sizes))
    )


@given(sizes, st.integers(12, 40), st.integers(0, 3))
def test_no_window_is_longer_than_asked(sizes, longest, context):
    for window in cut(sizes, [0] * len(sizes), longest, context):
        assert sum(sizes[window.start : window.end]) <= longest
        assert window.start <= window.core_start < window.core_end <= window.end
