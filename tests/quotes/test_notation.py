import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.notation import MAX_LENGTH, BadNotation, parse, write
from quotes.spans import Span, clean, joined, render

CUT = Span("omission")
TRICKY = "“”\"«»„[]()\\….'‘’ \n"
LETTERS = "aé\u0301שلا🎈👩\u200d中\u202e"

texts = st.text(st.one_of(st.sampled_from(TRICKY + LETTERS), st.characters()), min_size=1, max_size=30)
kept = texts.map(clean)
trimmed = kept.map(str.strip).filter(bool)
spans = st.one_of(
    kept.filter(str.strip).map(lambda text: Span("direct", text)),
    kept.filter(bool).map(lambda text: Span("indirect", text)),
    st.builds(Span, st.just("insertion"), trimmed, st.sampled_from(["source", "record"])),
    st.just(CUT),
)
notations = st.text(st.one_of(st.sampled_from(TRICKY * 3 + LETTERS), st.characters()), max_size=60)


def trim(wording):
    """Drop what no editor could type: blank text at either end, where it is the reporter's."""
    wording = list(joined(wording))
    while wording and wording[0].mode == "indirect" and wording[0].text != wording[0].text.lstrip():
        text = wording[0].text.lstrip()
        wording[:1] = [Span("indirect", text)] if text else []
    while wording and wording[-1].mode == "indirect" and wording[-1].text != wording[-1].text.rstrip():
        text = wording[-1].text.rstrip()
        wording[-1:] = [Span("indirect", text)] if text else []
    return tuple(wording)


wordings = st.lists(spans, min_size=1, max_size=7).map(trim).filter(bool)


def direct(text):
    return Span("direct", text)


def indirect(text):
    return Span("indirect", text)


def refusal_if_any(text):
    try:
        parse(text)
    except BadNotation as refused:
        return refused
    return None


def refusal(text):
    with pytest.raises(BadNotation) as refused:
        parse(text)
    return refused.value


@settings(deadline=None)
@given(wordings)
@example((direct("the parties return.” to the table"),))
@example((direct("“nested” and “twice “deep””"), Span("insertion", "(x", "record"), direct('„low“ «angle» "straight"')))
@example((Span("insertion", "…", "record"), Span("insertion", "...", "source"), Span("insertion", "(a)", "source")))
@example((indirect("a \\[ b \\"), direct("\\"), Span("insertion", "\\", "source")))
@example((direct("first\n\nsecond"), indirect("\n\nthird")))
def test_what_is_written_is_read_back_the_same(wording):
    assert parse(write(wording)) == wording


@settings(deadline=None)
@given(notations)
@example("“a ”“ b”")
@example("“a”“\u0301”")
@example("[\\ x]")
@example("[e\\\u0301]")
@example("[(x\\)]")
def test_what_is_read_is_written_once_and_for_all(text):
    try:
        written = write(parse(text))
    except BadNotation:
        return
    assert write(parse(written)) == written
    assert parse(written) == parse(text)


@settings(deadline=None)
@given(st.one_of(notations, st.text()))
def test_any_text_is_read_or_refused_at_a_position_in_it(text):
    refused = refusal_if_any(text)
    assert refused is None or 0 <= refused.position <= max(0, len(text) - 1)


@pytest.mark.parametrize("typed", ["“we must”", '"we must"', "«we must»", "»we must«", "„we must“", "„we must”"])
def test_all_kinds_of_marks_are_understood(typed):
    assert parse(f"He said {typed} again") == (indirect("He said "), direct("we must"), indirect(" again"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("“a “forward” force”", "a “forward” force"),
        ("“a “very “deep”” nest”", "a “very “deep”” nest"),
        ("“a «forward» force”", "a «forward» force"),
        ('“a "forward" force”', 'a "forward" force'),
        ("«a “forward” force»", "a “forward” force"),
        ("«a «forward» force»", "a «forward» force"),
        ('"a “forward” force"', "a “forward” force"),
        ('"a \\"forward\\" force"', 'a "forward" force'),
        ("“it’s ‘forward’”", "it’s ‘forward’"),
    ],
)
def test_marks_inside_a_quotation_are_the_speakers(typed, said):
    assert parse(typed) == (direct(said),)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("[of]", Span("insertion", "of", "record")),
        ("[ of ]", Span("insertion", "of", "record")),
        ("[(the conflict)]", Span("insertion", "the conflict", "source")),
        ("[( the conflict )]", Span("insertion", "the conflict", "source")),
        ("[…]", CUT),
        ("[...]", CUT),
        ("[ … ]", CUT),
        ("[\\…]", Span("insertion", "…", "record")),
        ("[\\(aside)]", Span("insertion", "(aside)", "record")),
        ("[a \\[b\\]]", Span("insertion", "a [b]", "record")),
        ("[()", None),
    ],
)
def test_brackets_hold_an_insertion_or_an_omission(typed, span):
    if span is None:
        assert refusal(typed).position == 0
    else:
        assert parse(f"“before {typed} after”") == (direct("before "), span, direct(" after"))


def test_a_bare_ellipsis_is_the_sources_own():
    assert parse("“We must … think”") == (direct("We must … think"),)


def test_the_founding_example_is_read_with_an_omission_the_records_insertion_and_the_sources_ellipsis():
    assert parse("“…return [of] … [(the conflict)] […]”") == (
        direct("…return "),
        Span("insertion", "of", "record"),
        direct(" … "),
        Span("insertion", "the conflict", "source"),
        direct(" "),
        CUT,
    )


def test_an_interrupted_quotation_is_two_runs_with_the_reporters_words_between():
    wording = parse("“We must,” he said, “think.”")
    assert wording == (direct("We must,"), indirect(" he said, "), direct("think."))
    assert render(wording) == "“We must,” he said, “think.”"


def test_quotations_that_touch_are_one():
    assert parse("“We must ”“think.”") == (direct("We must think."),)


def test_a_stray_mark_is_kept_where_a_backslash_says_so():
    assert parse("“the parties return.\\” to the table.”") == (direct("the parties return.” to the table."),)


def test_paragraphs_are_kept():
    assert parse("“First.\r\n\r\n\r\nSecond.”") == (direct("First.\n\nSecond."),)


@pytest.mark.parametrize(
    ("typed", "position", "why"),
    [
        ("He said “we must", 8, "never closed"),
        ('He said "we must', 8, "never closed"),
        ("“a” “b", 4, "never closed"),
        ("“a “forward force”", 0, "never closed"),
        ("He said we must”", 15, "never opened"),
        ("“the parties return.” to the table.”", 35, "never opened"),
        ("we [must", 3, "never closed"),
        ("we [must [not]]", 3, "holds another one"),
        ("we must]", 7, "never opened"),
        ("we [] must", 3, "empty"),
        ("we [()] must", 3, "empty"),
        ("say “” or", 4, "no words"),
        ("say “ ” or", 4, "no words"),
        ("“[of]” no", 0, "no words"),
        ("", 0, "no words"),
        (" \n\x00 ", 0, "no words"),
    ],
)
def test_what_does_not_match_is_refused_with_its_position(typed, position, why):
    refused = refusal(typed)
    assert refused.position == position
    assert why in refused.why


def test_the_position_counts_what_was_typed_before_it_was_cleaned():
    assert refusal("  \n a   “b”\x00\n\n\n\n  c”").position == 19


def test_a_refusal_shows_the_text_around_the_place():
    assert "we must" in str(refusal("He said “we must"))


def test_a_wording_of_the_greatest_length_is_read():
    assert len(parse("a" * MAX_LENGTH)[0].text) == MAX_LENGTH


def test_a_longer_one_is_refused_with_the_limit():
    assert "20,001 characters long; the limit is 20,000" in str(refusal("a" * (MAX_LENGTH + 1)))


@pytest.mark.parametrize("symbol", ["a", "“", "[", "\\", "🎈", " "])
def test_a_hundred_thousand_characters_are_refused_whatever_they_are(symbol):
    assert "100,000" in str(refusal(symbol * 100_000))


@pytest.mark.parametrize("symbol", ["“", "[", "]", "\\", "\n", '"', "«“", "[x"])
def test_marks_alone_up_to_the_limit_are_read_or_refused_in_time(symbol):
    refused = refusal_if_any((symbol * MAX_LENGTH)[:MAX_LENGTH])
    assert refused is None or refused.position < MAX_LENGTH


def test_characters_that_no_database_keeps_are_left_out():
    assert parse("“we\x00 mu\ud800st\x9f”") == (direct("we must"),)
