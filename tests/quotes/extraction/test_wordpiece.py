import pytest

from quotes.extraction.wordpiece import NoVocabulary, WordPiece

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rain", "##ing", "##s", "cafe", "日", "本", "_", "a", "b"]


def spelt(word):
    return [PIECES[number] for number in WordPiece(PIECES).spell(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("rain", ["rain"]),
        ("Raining", ["rain", "##ing"]),
        ("RAINS", ["rain", "##s"]),
        ("Café", ["cafe"]),
        ("日本", ["日", "本"]),
        ("a_b", ["a", "_", "b"]),
        ("snow", ["[UNK]"]),
        ("rain" * 30, ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
    ],
)
def test_a_word_is_spelt_by_the_longest_pieces_without_case_and_accents(word, pieces):
    assert spelt(word) == pieces


def test_a_vocabulary_without_its_signs_is_refused():
    with pytest.raises(NoVocabulary, match=r"\[MASK\]"):
        WordPiece(PIECES[:4])


def test_a_vocabulary_is_read_one_piece_a_line(tmp_path):
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES) + "\n", "utf-8")
    assert WordPiece.read(tmp_path / "vocab.txt").spell("rain") == (5,)
