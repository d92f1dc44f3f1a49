import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.search.expressions import EVERYTHING, NOTHING, All, Attribute, Phrase, Prefix, Word
from quotes.search.expressions import Any as AnyOf
from quotes.search.expressions import Not as Without
from quotes.search.query import (
    MAX_LENGTH,
    MAX_PARTS,
    MAX_TEXT,
    Beginning,
    Either,
    Every,
    Field,
    Not,
    Query,
    Words,
    parse,
    read_spell,
)

SNIPPETS = [
    '"',
    "“",
    "”",
    "(",
    ")",
    "-",
    "--",
    "*",
    "OR",
    "AND",
    " ",
    "\n",
    ":",
    "speaker:",
    "said:",
    "BY:",
    "..",
    "'s",
]
SNIPPETS += [
    "a",
    "Macron",
    "U.N.",
    "l'Ukraine",
    "核",
    "大西洋",
    "é\u0301",
    "½",
    "_",
    "\x00",
    "\ud800",
    "{",
    "\\",
    "^",
    "NEAR(",
]
queries = st.one_of(
    st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join),
    st.lists(st.sampled_from(SNIPPETS), max_size=40).map(" ".join),
    st.text(max_size=80),
)
MACRON = Attribute("_s1")


def read(text):
    return parse(text).parts


def asked(text, **meanings):
    named = {Field(*name.split("_")): meaning for name, meaning in meanings.items()}
    return parse(text).expression(named)


@settings(deadline=None)
@given(queries)
@example('"' * 50 + "(" * 50)
@example("-OR -- OR")
@example("'speaker:mac* 'speaker:mac")
@example('"OR" "AND" AND')
@example("a OR (b OR (c d)) -(-(e))")
@example("\u017faid:2022")
def test_any_text_is_a_query_that_is_printed_as_it_was_read(text):
    query = parse(text)
    assert parse(str(query)) == query
    assert not parse(str(query)).notes or not query.parts
    query.expression({})


@settings(deadline=None)
@given(queries)
def test_each_part_can_be_taken_off(text):
    query = parse(text)
    for part in query.parts:
        rest = query.without(part)
        assert part not in rest.parts
        assert parse(str(rest)) == rest


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=6).map("".join), st.sampled_from(["", " "]))
def test_a_query_of_any_length_is_read_within_bounds(text, gap):
    query = parse((text + gap) * (MAX_LENGTH // len(text) + 1))
    assert len(query.parts) <= MAX_PARTS
    assert len(str(query)) < MAX_LENGTH
    assert parse(str(query)) == query


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("peace talks", (Words("peace"), Words("talks"))),
        ("“security guarantees”, «garanties»", (Words("security guarantees"), Words("garanties"))),
        ('"not closed', (Words("not closed"),)),
        ('"Macron,"', (Words("Macron"),)),
        ("peace peace", (Words("peace"),)),
        ("-sanctions", (Not(Words("sanctions")),)),
        ("so-called - war", (Words("so-called"), Words("war"))),
        ('-"tough sanctions"', (Not(Words("tough sanctions")),)),
        ("--war -(-peace)", (Not(Words("war")), Words("peace"))),
        ("-— war", (Words("war"),)),
        ("peace OR war now", (Either((Words("peace"), Words("war"))), Words("now"))),
        ("peace AND war", (Words("peace"), Words("war"))),
        ("peace or war", (Words("peace"), Words("or"), Words("war"))),
        ("OR peace OR", (Words("peace"),)),
        ("a (b c) OR d", (Words("a"), Either((Every((Words("b"), Words("c"))), Words("d"))))),
        ("(a b", (Words("a"), Words("b"))),
        ("a) b", (Words("a"), Words("b"))),
        ("negotiat*", (Beginning("negotiat"),)),
        ("(negotiat*)", (Beginning("negotiat"),)),
        ("核*", (Words("核"),)),
        ("speaker:macron", (Field("speaker", "macron"),)),
        ("Speaker:Macron", (Field("speaker", "Macron"),)),
        ('by:"French  President"', (Field("by", "French President"),)),
        ("language:fr", (Field("lang", "fr"),)),
        ("origins:2..", (Field("origins", "2.."),)),
        ("-topic:nato", (Not(Field("topic", "nato")),)),
        ("speaker: macron", (Words("speaker"), Words("macron"))),
        ('speaker:"" x', (Words("speaker"), Words("x"))),
        ("colour:red http://a.b/c", (Words("colour:red"), Words("http://a.b/c"))),
        ('"speaker:macron"', (Words("speaker:macron"),)),
    ],
)
def test_words_phrases_operators_and_fields_are_told_apart(text, parts):
    assert read(text) == parts


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("  peace,   talks! ", "peace talks"),
        ("“security guarantees”", '"security guarantees"'),
        ('"OR" -"AND"', '"OR" -"AND"'),
        ('"speaker:macron"', '"speaker:macron"'),
        ("(a OR b) (c d)", "a OR b c d"),
        ("(a b) OR -(c OR d)", "(a b) OR -(c OR d)"),
        ("by:'x'  by:“French President”", "by:'x' by:\"French President\""),
        ("negotiat* Russia’s", "negotiat* Russia"),
    ],
)
def test_a_query_is_printed_in_the_language_it_is_typed_in(text, printed):
    assert str(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("word " * 2001, "This is 10,005 characters long; the first 10,000 were read."),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7", "at most 32 words"),
        (f'"{"words " * 200}"', "at most 1,000 characters"),
        ("n*", "“n*” is too short a beginning: write 2 letters at least."),
        ("OR - ( “”", "There is no word in this to look for."),
        ("\x00\ud800", "There is no word in this to look for."),
    ],
)
def test_what_is_left_out_is_said(text, note):
    assert any(note in str(said) for said in parse(text).notes)


def test_a_plain_query_has_no_notes():
    assert parse('peace -"tough sanctions" negotiat* speaker:macron').notes == ()
    assert parse(" ").notes == ()


def test_a_phrase_that_is_too_long_is_looked_for_by_its_beginning():
    (words,) = read(f'"{"words " * 200}"')
    assert words.text == ("words " * 200)[:MAX_TEXT].rpartition(" ")[0]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("", EVERYTHING),
        ("Negotiations", Word("negoti")),
        ('"peace talks"', Phrase(("peac", "talk"))),
        ("so-called", Phrase(("so", "call"))),
        ("peace -war", All((Word("peac"), Without(Word("war"))))),
        ("-war", Without(Word("war"))),
        ("peace OR war", AnyOf((Word("peac"), Word("war")))),
        ("mac*", Prefix("mac")),
        ("skie*", AnyOf((Prefix("skie"), Word("ski"), Word("sky")))),
        ("well-kno*", All((Word("well"), Prefix("kno")))),
        ("核", Prefix("核")),
        ("大西洋", Phrase(("大西", "西洋"))),
        ("NATO核", All((Word("nato"), Prefix("核")))),
        ("speaker:nobody", NOTHING),
        ("-speaker:nobody", EVERYTHING),
    ],
)
def test_an_index_is_asked_for_terms(text, expression):
    assert asked(text) == expression


def test_a_field_asks_for_what_its_value_stands_for():
    assert asked("peace speaker:macron", speaker_macron=MACRON) == All((Word("peac"), MACRON))


def test_a_word_may_name_a_speaker_as_well():
    expression = parse("Macron -war").expression({Words("Macron"): MACRON})
    assert expression == All((AnyOf((Word("macron"), MACRON)), Without(Word("war"))))


def test_the_fields_of_a_query_are_known_wherever_they_stand():
    query = parse("(a OR speaker:macron) -topic:nato speaker:macron")
    assert query.fields == (Field("speaker", "macron"), Field("topic", "nato"))


def test_what_is_refused_is_not_wanted():
    assert parse('ab* OR b -c -(d OR e) speaker:f "g h"').wanted == (Beginning("ab"), Words("b"), Words("g h"))


def test_a_query_without_a_part_reads_as_one():
    query = parse("peace OR war -now")
    assert str(query.without(query.parts[0])) == "-now"
    assert query.without(Words("never")) == query
    assert query == Query(query.parts)


@pytest.mark.parametrize(
    ("value", "spell"),
    [
        ("2022", (dt.date(2022, 1, 1), dt.date(2022, 12, 31))),
        ("2021-12..2022-02", (dt.date(2021, 12, 1), dt.date(2022, 2, 28))),
        ("2022-12-03", (dt.date(2022, 12, 3), dt.date(2022, 12, 3))),
        ("2022..", (dt.date(2022, 1, 1), None)),
        ("..2022-12", (None, dt.date(2022, 12, 31))),
        ("", None),
        ("..", None),
        ("2022..2021", None),
        ("2022-13", None),
        ("yesterday", None),
        ("2021..2022..2023", None),
        ("2022~", None),
    ],
)
def test_a_time_is_a_date_or_runs_from_one_to_another(value, spell):
    assert read_spell(value) == spell
