import numpy as np

from quotes.extraction.features import PLACES, QUOTES, SHAPES, describe, shown
from quotes.extraction.marks import read_marks
from quotes.extraction.pairing import NOT_QUOTED, ONLY_CUE_QUOTED, OTHER_RUN, SAME_RUN, views
from quotes.extraction.words import read_words


def place(*rows):
    return np.array(rows)


def test_slots_are_the_words_around_an_anchor_in_order():
    seen = views(np.array([0, 3]), place(*[(0, 0, 0)] * 6), reach=2, distances=8)
    assert seen.lengths.tolist() == [3, 5]
    assert seen.slots[0, :3].tolist() == [0, 1, 2]
    assert seen.slots[1].tolist() == [1, 2, 3, 4, 5]
    assert seen.mask.sum(1).tolist() == [3, 5]


def test_distances_are_cut_at_their_ends():
    seen = views(np.array([4]), place(*[(0, 0, 0)] * 9), reach=4, distances=2)
    assert (seen.distance[0] - 2).tolist() == [-2, -2, -2, -1, 0, 1, 2, 2, 2]


def test_sentences_and_paragraphs_count_from_the_anchor():
    seen = views(np.array([1]), place((0, 0, 0), (5, 1, 0), (6, 4, 0)), reach=5, distances=8)
    assert (seen.sentence[0] - 3).tolist() == [-3, 0, 1]
    assert (seen.paragraph[0] - 2).tolist() == [-1, 0, 2]


def test_marks_relate_a_word_to_its_cue():
    rows = place((0, 0, 0), (0, 0, 1), (0, 0, 2))
    assert views(np.array([0]), rows, 5, 8).quoted[0].tolist() == [NOT_QUOTED, OTHER_RUN, OTHER_RUN]
    assert views(np.array([1]), rows, 5, 8).quoted[0].tolist() == [ONLY_CUE_QUOTED, SAME_RUN, OTHER_RUN]


def described(text):
    marks, words = read_marks(text), read_words(text)
    features = describe(words, marks)
    return {
        word.text: (SHAPES[features.shape[n]], QUOTES[features.quote[n]], PLACES[features.place[n]])
        for n, word in enumerate(words)
    }, [shown(word, marks) for word in words]


def test_a_word_is_described_by_its_shape_its_marks_and_its_place():
    features, _ = described("Rain. NATO’s 2 «boats\nsink» I")
    assert features["Rain"] == ("capital", "outside", "begins a paragraph")
    assert features["NATO"] == ("upper", "outside", "begins a sentence")
    assert features["2"][0] == "digits"
    assert features["boats"][:2] == ("lower", "inside")
    assert features["I"][0] == "letter"


def test_marks_are_shown_as_what_they_do():
    for text in ("She said “rain” today", 'She said "rain" today', "She said «rain» today"):
        assert described(text)[1] == ["She", "said", "“", "rain", "”", "today"]
