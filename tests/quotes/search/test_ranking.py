from quotes.search.expressions import All, Any, Attribute, Not, Phrase, Prefix, Word
from quotes.search.ranking import Candidate, ranked

FILLER = " ".join(f"w{n}" for n in range(20))


def entry(place, words, voices=None, terms=""):
    return Candidate(place, words, voices or f"{len(words.split())}d", terms)


def order(expression, *entries):
    return ranked(expression, entries)


def test_the_speakers_own_words_come_before_the_reporters():
    assert order(Word("peac"), entry(2, "peac", "1r"), entry(1, "peac", "1d")) == [1, 2]
    assert order(Word("peac"), entry(2, "he want peac", "2d1r"), entry(1, "he want peac", "2r1d")) == [1, 2]


def test_of_equals_the_latest_comes_first():
    assert order(Word("peac"), entry(1, "peac"), entry(3, "peac"), entry(2, "peac")) == [3, 2, 1]


def test_a_word_said_twice_and_a_short_text_come_first():
    assert order(Word("peac"), entry(2, "peac now"), entry(1, "peac peac")) == [1, 2]
    assert order(Word("peac"), entry(2, f"peac {FILLER}"), entry(1, "peac")) == [1, 2]


def test_a_phrase_counts_more_than_its_words_apart():
    either = Any((Phrase(("a", "b")), All((Word("a"), Word("b")))))
    assert order(either, entry(2, "b and a"), entry(1, "a b and")) == [1, 2]


def test_a_rare_word_counts_more_than_one_that_most_have():
    either = Any((Word("peac"), Word("xylophon")))
    entries = [entry(place, "peac talk") for place in range(2, 12)]
    assert order(either, *entries, entry(1, "xylophon talk"))[0] == 1


def test_a_beginning_and_a_name_count_too():
    assert order(Prefix("negot"), entry(2, "talk"), entry(1, "negoti")) == [1, 2]
    named = Any((Word("macron"), Attribute("_s12")))
    assert order(named, entry(3, "talk"), entry(2, "talk", terms="_s12"), entry(1, "macron")) == [1, 2, 3]


def test_what_is_refused_counts_for_nothing():
    asked = All((Word("peac"), Not(Word("war"))))
    assert order(asked, entry(2, "peac"), entry(1, "peac")) == [2, 1]


def test_nothing_is_ranked_where_nothing_was_found():
    assert order(Word("peac")) == []
