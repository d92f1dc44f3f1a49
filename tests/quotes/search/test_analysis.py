import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.search.analysis import LONGEST, MOST, Token, analyse, folded, is_unspaced, sought, stems_of, terms_of

SCRIPTS = "aZé\u0301ßłİыйЁїאָلْأहिন্กำ核ガｶﾞ한\u1112\u1161ﬁ½²٣_'’.-\u00ad\u200c\x00\ud800🎈 \n"
texts = st.text(st.one_of(st.sampled_from(SCRIPTS), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The parties returned to the negotiating table.", "the parti return to the negoti tabl"),
        ("Élysée, Łukasz, Erdoğan, Kılıçdaroğlu", "elyse lukasz erdogan kilicdaroglu"),
        ("ISTANBUL İstanbul", "istanbul istanbul"),
        ("Straße ﬁle ＮＡＴＯ", "strass file nato"),
        ("Russia’s “tough” sanctions", "russia tough sanction"),
        ("the parties’ will", "the parti will"),
        ("d’accord, l'Ukraine", "d accord l ukrain"),
        ("a so-called forward–looking act", "a so call forward look act"),
        ("the U.S. and the U.N.’s, not e.g.this", "the us and the un not e g this"),
        ("10,000 men in 2022", "10 000 men in 2022"),
        ("½ of 2²", "1 2 of 22"),
        ("_s12 __init__ a_b", "s12 init a b"),
        ("co\u00adopera\u200btion", "cooper"),
        ("", ""),
        ("“…” — ?! 🎈", ""),
        ("nul\x00and\ud800lone\udfff", "nul and lone"),
    ],
)
def test_words_lose_case_accents_marks_and_english_endings(text, terms):
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Путина Путину Путин", "путин путин путин"),
        ("санкции санкций", "санкц санкц"),
        ("ёлка елка", "елк елк"),
        ("Мо\u0301сква йод їжак", "москв йод їжак"),
        ("كِتَابٌ الكتـــاب", "كتاب الكتاب"),
        ("إسلام أمن آمن", "اسلام امن امن"),
        ("مكتبة ایران", "مكتبه ايران"),
        ("שָׁלוֹם", "שלום"),
        ("Αθήνα ΑΘΉΝΑΣ", "αθηνα αθηνασ"),
        ("हिन्दी भाषा", "हिन्दी भाषा"),
        ("١٢٣ १२३", "123 123"),
    ],
)
def test_other_scripts_are_found_as_their_readers_write_them(text, terms):
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("北大西洋", "北大 大西 西洋 洋"),
        ("核", "核"),
        ("NATO首脳、核", "nato 首脳 脳 核"),
        ("ｶﾞﾝ ガン", "ガン ン ガン ン"),
        ("우크라이나는", "우크 크라 라이 이나 나는 는"),
        ("สวัสดี", "สวั วัส สดี ดี"),
    ],
)
def test_scripts_without_spaces_become_pairs_and_the_last_character_of_a_run(text, terms):
    assert terms_of(text) == unicodedata.normalize("NFKC", terms)


def test_a_term_knows_where_it_stands():
    text = "L’Élysée: “Russia’s 北大西”"
    assert [(term, text[start:end]) for term, start, end in analyse(text)] == [
        ("l", "L"),
        ("elyse", "Élysée"),
        ("russia", "Russia"),
        ("北大", "北大"),
        ("大西", "大西"),
        ("西", "西"),
    ]


def test_decomposed_letters_are_marked_with_their_accents():
    text = unicodedata.normalize("NFD", "à la crème")
    assert [text[start:end] for _, start, end in analyse(text)] == text.split(" ")


def test_long_words_and_texts_are_cut():
    assert analyse("x" * 1000) == [Token("x" * LONGEST, 0, 1000)]
    assert len(analyse("two words " * MOST)) == MOST
    assert terms_of("two words " * MOST).count(" ") == MOST - 1


@settings(deadline=None)
@given(texts)
@example("ŉ ʼ.ʼ")
@example("\u0301a\u0640")
def test_any_text_gives_terms_of_letters_marks_and_digits_alone(text):
    for term, start, end in analyse(text):
        assert 0 < len(term) <= LONGEST
        assert 0 <= start < end <= len(text)
        assert all(symbol.isalnum() or unicodedata.category(symbol)[0] == "M" for symbol in term)
        term.encode()


@settings(deadline=None)
@given(texts)
def test_an_index_holds_what_the_analyser_finds(text):
    assert terms_of(text).split() == [token.term for token in analyse(text)]


@settings(deadline=None)
@given(texts)
def test_places_follow_the_text(text):
    places = [(token.start, token.end) for token in analyse(text)]
    assert places == sorted(places)


@settings(deadline=None)
@given(texts, texts, texts)
@example("北", "大西洋", "条")
def test_a_run_is_found_wherever_its_words_stand_alone(before, text, after):
    terms, looked_for = [token.term for token in analyse(f"{before} {text} {after}")], sought(text)
    assert any(terms[n : n + len(looked_for)] == [*looked_for] for n in range(len(terms) + 1))


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyzéàüжйё' -"))
def test_case_does_not_matter(text):
    assert terms_of(text.upper()) == terms_of(text)


def test_part_of_a_run_of_characters_is_looked_for_without_its_last():
    assert sought("大西洋") == ("大西", "西洋")
    assert sought("NATO 首脳") == ("nato", "首脳")
    assert sought("核") == ("核",)
    assert sought("½") == ("1", "2")


def test_folding_keeps_endings():
    assert folded("L’Élysée negotiates") == "l elysee negotiates"


@pytest.mark.parametrize(("term", "is_one"), [("核", True), ("ก", True), ("한국", True), ("nato", False), ("", False)])
def test_scripts_without_spaces_are_told(term, is_one):
    assert is_unspaced(term) is is_one


@pytest.mark.parametrize("word", ["negotiations", "skies", "communities", "relational", "happiness", "presidency"])
def test_every_beginning_of_a_word_finds_it(word):
    term = terms_of(word)
    for length in range(2, len(word) + 1):
        assert term.startswith(word[:length]) or term in stems_of(word[:length])


def test_a_beginning_in_another_script_has_no_further_stems():
    assert stems_of("путин") == ()
