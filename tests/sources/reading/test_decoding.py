import pytest

from sources.reading import Hints, read
from sources.reading.errors import CannotRead, UnknownKind
from tests.sources import files

FRENCH = "« Il faut réfléchir à la sécurité », a déclaré l’Élysée. C’était l’été dernier, à l’Assemblée."
RUSSIAN = "«Необходимо думать о безопасности», — сказал он в интервью. Это было в декабре, по его словам."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, "Plain words."])
def test_unicode_is_read_in_every_form(text, encoding):
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (FRENCH, "windows-1252", "iso-8859-1"),
        (FRENCH, "windows-1252", "windows-1252"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        ("Необходимо думать о безопасности, сказал он.", "koi8-r", "KOI8-R"),
        ("彼は「安全保障を考えるべきだ」と述べた。", "shift_jis", "Shift_JIS"),
    ],
)
def test_an_encoding_that_the_server_declares_is_believed(text, encoding, declared):
    reading = read(text.encode(encoding), Hints(charset=declared))
    assert reading.text == text
    assert reading.warnings == ()


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "utf-16", "no-such-encoding", "base64", "zip"])
def test_utf_8_that_declares_something_else_is_read_as_utf_8(declared):
    assert read(FRENCH.encode(), Hints(charset=declared)).text == FRENCH


def test_a_page_declares_its_encoding_itself():
    page = files.page(RUSSIAN, head='<meta charset="windows-1251">')
    assert read(page.encode("windows-1251")).text == RUSSIAN


def test_an_encoding_that_nobody_declares_is_guessed_and_the_guess_is_told():
    reading = read((RUSSIAN * 5).encode("windows-1251"))
    assert reading.text == RUSSIAN * 5
    assert "guess" in reading.warnings[0]


@pytest.mark.parametrize(
    "text", [FRENCH, "El señor Núñez declaró que la situación está mejorando, según informó ayer."]
)
def test_of_encodings_that_fit_alike_the_most_usual_is_guessed(text):
    reading = read(text.encode("windows-1252"))
    assert reading.text == text
    assert "guess (cp1252)" in reading.warnings[0]


def test_a_wrong_declaration_that_can_t_be_true_is_not_believed():
    reading = read((RUSSIAN * 5).encode("windows-1251"), Hints(charset="utf-8"))
    assert reading.text == RUSSIAN * 5


@pytest.mark.parametrize("data", [b"words \0 words", b"\xff\xfe\x00\xd8\x00\xd8", b"a\x01\x02\x03\x04b"])
def test_bytes_that_are_no_characters_are_refused(data):
    with pytest.raises(CannotRead):
        read(data)


def test_binary_data_after_a_page_s_beginning_is_refused():
    with pytest.raises(UnknownKind):
        read(b"<html><body><p>" + bytes(range(256)) * 10)


def test_the_text_has_one_kind_of_line_break_and_no_control_characters():
    assert read("One\r\ntwo\rthree\u2028four\x0cfive\x7f\ufeff".encode()).text == "One\ntwo\nthree\nfour\nfive"


def test_the_text_is_in_nfc_and_the_original_is_not_touched():
    data = "Cafe\u0301 de l’Élysée".encode()
    reading = read(data)
    assert reading.text == "Caf\u00e9 de l’Élysée"
    assert reading.original == data


def test_the_typesetter_s_ligatures_are_letters():
    assert read("the ﬁrst oﬃce".encode()).text == "the first office"


def test_bidirectional_and_joined_text_keeps_its_marks():
    text = "قال \u200f«الأمن»\u200e و می‌خواهم"
    assert read(text.encode()).text == text
