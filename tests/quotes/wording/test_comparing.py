from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quotes.notation import parse
from quotes.wording.comparing import Verdict, compare, first_of, likeness_at_most
from quotes.wording.meaning import CONDITIONS, NEGATIONS
from quotes.wording.words import read_spans, read_wording

SAID = (
    "This issue will be part of the discussions about peace, and we must prepare for what will come after, and think "
    "about how we can protect our allies and at the same time how to provide Russia with guarantees regarding its "
    "security once the parties return to the negotiating table. Spending rose by 20 percent in two years."
)
NAMES = frozenset({"russia", "ukraine"})


def judged(quoted, said=SAID):
    return compare(read_wording(said), read_wording(quoted), NAMES)


def verdict(quoted, said=SAID):
    return judged(quoted, said).verdict


# Exact and trivial


def test_the_whole_is_exact():
    assert verdict(SAID) == Verdict.EXACT


def test_an_excerpt_is_exact():
    assert verdict("how we can protect our allies") == Verdict.EXACT


def test_an_excerpt_between_ellipses_and_marks_is_exact():
    assert verdict("“…how we can protect our allies…”") == Verdict.EXACT


def test_a_line_broken_elsewhere_is_exact():
    assert verdict("how we can\nprotect our allies") == Verdict.EXACT


@pytest.mark.parametrize(
    "quoted",
    [
        "How we can protect our allies",
        "peace and we must prepare",
        "peace — and we must prepare",
        "peace, and we  must prepare",
        "peace, and “we must” prepare",
        "20% in two years",
    ],
)
def test_case_marks_punctuation_and_spacing_are_trivial(quoted):
    assert verdict(quoted) == Verdict.TRIVIAL


def test_full_words_for_a_contraction_are_trivial():
    assert verdict("We do not know", "We don’t know") == Verdict.TRIVIAL


def test_of_two_places_the_one_printed_alike_counts():
    assert verdict("peace now", "Peace now, they said; peace now.") == Verdict.EXACT


# Elided


def test_words_left_out_and_marked_are_elided():
    found = judged("we must prepare […] and think about how we can protect our allies")
    assert found.verdict == Verdict.ELIDED
    left_out = next(one for one in found.differences if one.kind == "delete")
    assert left_out.said == "for what will come after, "
    assert left_out.marked


def test_words_cut_out_silently_are_elided_and_not_marked():
    found = judged("we must prepare and think about how we can protect our allies")
    assert found.verdict == Verdict.ELIDED
    assert not any(one.marked for one in found.differences)


def test_a_word_explained_in_brackets_is_elided():
    assert verdict("with guarantees regarding its [Russia’s] security once") == Verdict.ELIDED


def test_leaving_out_what_a_reporter_added_changes_nothing():
    said = read_spans(parse("“what will come after [(the Ukrainian conflict)], and think”"))
    assert compare(said, read_wording("what will come after, and think")).verdict == Verdict.EXACT


# Altered


@pytest.mark.parametrize(
    "quoted",
    [
        "how we can defend our allies and at the same time",
        "think about how we can protect our good allies",
        "how to provide Russia with a guarantee regarding its security when the parties return",
        "about how we can protect our allies how to provide it with guarantees",
    ],
)
def test_other_words_are_altered(quoted):
    assert verdict(quoted) == Verdict.ALTERED


def test_other_words_at_an_end_stand_beside_what_they_replace():
    found = judged("helping to provide Russia with guarantees")
    first = found.differences[0]
    assert (first.kind, first.said, first.quoted) == ("replace", "how ", "helping ")


# Turned


@pytest.mark.parametrize(
    ("said", "quoted", "turns"),
    [
        ("We will not send troops there", "We will send troops there", "negation"),
        ("We will send troops there", "We will never send troops there", "negation"),
        ("We won’t send troops there", "We will send troops there", "negation"),
        ("We can hardly send troops there", "We can send troops there", "negation"),
        ("We go there without our troops", "We go there with our troops", "negation"),
        ("It is possible to send troops", "It is impossible to send troops", "negation"),
        ("Nous ne voulons pas la guerre", "Nous voulons la guerre", "negation"),
        ("Мы не хотим этой войны", "Мы хотим этой войны", "negation"),
        ("We will leave unless they stop firing", "We will leave, they stop firing", "condition"),
        ("We will talk only if they stop firing", "We will talk if they stop firing", "condition"),
        ("We will talk to them, so long as they stop firing", "We will talk to them, they stop firing", "condition"),
        ("We need 300 tanks this year", "We need 3000 tanks this year", "number"),
        ("We need three hundred tanks this year", "We need 30 tanks this year", "number"),
        ("We need three million this year", "We need three this year", "number"),
        ("We need three tanks this year", "We need several tanks this year", "number"),
        ("It costs $300 a year to us", "It costs €300 a year to us", "number"),
        ("It grew by 3 percent in a year", "It grew by 3 in a year", "number"),
        ("They met Putin in the town", "They met Macron in the town", "name"),
        ("They met on Saturday in the town", "They met on Sunday in the town", "name"),
        ("Russia must be given guarantees", "Ukraine must be given guarantees", "name"),
        ("then russia must be given guarantees", "then ukraine must be given guarantees", "name"),
        ("it is said that Russia attacked Ukraine today", "it is said that Ukraine attacked Russia today", "name"),
    ],
)
def test_what_may_turn_the_meaning_is_turned(said, quoted, turns):
    found = judged(quoted, said)
    assert found.verdict == Verdict.TURNED
    assert turns in found.turns


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("We need two hundred tanks this year", "We need 200 tanks this year"),
        ("It grew by 2.5 million last year", "It grew by 2,500,000 last year"),
        ("We never wanted a war at our borders", "We did not want a war at our borders"),
        ("we talk once the guns are silent there", "we talk when the guns are silent there"),
        ("Die Regierung will den Frieden sichern", "Die Regierung will den Vertrag sichern"),
        ("One of them will come to the table", "Some of them will come to the table"),
    ],
)
def test_what_says_the_same_otherwise_is_only_altered(said, quoted):
    assert verdict(quoted, said) == Verdict.ALTERED


def test_an_ellipsis_may_stand_for_a_sentence_of_its_own_that_denies():
    said = "We will talk about peace. We will not talk about land. We will go to the table."
    assert verdict("We will talk about peace … We will go to the table", said) == Verdict.ELIDED
    assert verdict("We will talk about peace. We will go to the table", said) == Verdict.TURNED


def test_an_ellipsis_does_not_excuse_a_dropped_negation():
    assert verdict("We will … send troops there", "We will not send troops there") == Verdict.TURNED


def test_names_in_a_headline_are_not_told_by_capitals():
    said = "We Must Think About The New Security Structure Of Europe"
    assert verdict("We Must Think About The New Security Order Of Europe", said) == Verdict.ALTERED


# Not found


@pytest.mark.parametrize(
    "quoted",
    ["The weather will be fine on the coast", "and the of", "", "…", "\x00", "Мы должны думать", "我们必须考虑安全"],
)
def test_other_sentences_are_not_found(quoted):
    assert verdict(quoted, "We must think about the security structure") == Verdict.NOT_FOUND


def test_a_few_words_in_common_do_not_make_it_found():
    assert verdict("Guarantees for tenants are the issue the parties disagree on in parliament") == Verdict.NOT_FOUND


# Precedence


def test_the_first_in_order_counts():
    assert first_of([Verdict.EXACT, Verdict.ALTERED, Verdict.ELIDED]) == Verdict.ALTERED
    assert first_of([Verdict.TURNED, Verdict.OTHER_SPEAKER]) == Verdict.OTHER_SPEAKER
    assert first_of([Verdict.NOT_FOUND, Verdict.PARAPHRASED]) == Verdict.PARAPHRASED
    assert first_of([]) == Verdict.NOT_FOUND


# Whatever the text

WORDS = ["we", "must", "think", "about", "security", "Russia", "guarantees", "tomorrow", "peace", "allies", "20", "мир"]
DENIERS = sorted(NEGATIONS | CONDITIONS)
sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30)


@given(st.text())
@example("we must [not] go")
def test_a_text_is_exactly_itself(text):
    assert verdict(text, text) == Verdict.EXACT


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1), st.data())
def test_whole_words_of_a_text_are_exact(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quoted = " ".join(words[start:end])
    assume(any(symbol.isalnum() for symbol in quoted))
    assert verdict(quoted, " ".join(words)) == Verdict.EXACT


@given(sentences, st.sampled_from([str.upper, str.title, str.swapcase]), st.sampled_from([", ", " – ", "”, “", "\n"]))
def test_other_case_and_marks_are_never_worse_than_trivial(words, cased, mark):
    assert verdict(mark.join(map(cased, words)), " ".join(words)) in (Verdict.TRIVIAL, Verdict.EXACT)


@given(sentences, st.sampled_from(DENIERS), st.data())
def test_a_dropped_negation_or_condition_is_always_turned(words, denier, data):
    place = data.draw(st.integers(1, len(words) - 1))
    said = " ".join([*words[:place], denier, *words[place:]])
    assume(" ".join(words) not in said)
    assert verdict(" ".join(words), said) == Verdict.TURNED


@given(sentences, st.sampled_from(DENIERS), st.data())
def test_an_added_negation_or_condition_is_never_word_for_word(words, denier, data):
    place = data.draw(st.integers(0, len(words)))
    quoted = " ".join([*words[:place], denier, *words[place:]])
    assert verdict(quoted, " ".join(words)) not in (Verdict.TRIVIAL, Verdict.EXACT, Verdict.ELIDED)


texts = st.text() | sentences.map(" ".join)


@given(texts, texts)
def test_the_ranges_of_the_differences_cover_both_texts_without_a_gap(said, quoted):
    found = judged(quoted, said)
    assert 0 <= found.likeness <= 1
    for text, ranges, printed in (
        (said, [one.said_range for one in found.differences], [one.said for one in found.differences]),
        (quoted, [one.quoted_range for one in found.differences], [one.quoted for one in found.differences]),
    ):
        assert [text[slice(*place)] for place in ranges] == printed
        assert all(before[1] == after[0] for before, after in pairwise(ranges))
    if found.differences:
        assert "".join(one.quoted for one in found.differences) == quoted


@given(texts, texts)
def test_equal_runs_have_equal_words(said, quoted):
    for one in judged(quoted, said).differences:
        if one.kind == "equal":
            assert read_wording(one.said).keys[:1] == read_wording(one.quoted).keys[:1]


changed = st.lists(st.sampled_from([*WORDS, *(f"{word}ed" for word in WORDS)]), max_size=30).map(" ".join)


@given(texts, texts | changed)
def test_a_glance_never_says_less_than_the_likeness(said, quoted):
    assert likeness_at_most(read_wording(said), read_wording(quoted)) >= judged(quoted, said).likeness - 1e-9
