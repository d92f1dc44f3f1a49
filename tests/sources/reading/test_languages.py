import pytest

from sources.reading import Hints, read
from sources.reading.languages import decide, guess, tag

TEXTS = {
    "en": "The minister said that it was not the time for this, and that he will be with them from the start of it.",
    "fr": "Le ministre a dit que ce n’est pas le moment, et qu’il est avec eux dans la salle pour une heure au plus.",
    "de": "Der Minister sagte, dass es nicht die Zeit ist und er mit den anderen auf eine Lösung für das Land warte.",
    "es": "El ministro dijo que no es el momento de la paz y que los otros no están en una situación como la del país.",
    "pt": "O ministro disse que não é o momento da paz e que os outros não estão em uma situação como a dele.",
    "it": "Il ministro ha detto che non è il momento della pace e che gli altri sono in una situazione come questa.",
    "ru": "Министр сказал, что это не время для мира и что он не был на месте, но его люди из города как все.",
    "uk": "Міністр сказав, що це не час для миру і що він не був на місці, але його люди з міста та як усі за нього.",
    "ar": "قال الوزير إن هذا ليس الوقت الذي كان في الحسبان من أجل السلام بعد ذلك مع هذا كما قال.",
    "ja": "大臣は、これは平和のための時ではないと述べた。彼は最初から彼らと共にいるだろう。",
    "zh": "部长说，现在不是和平的时候，他将从一开始就和他们在一起。",
    "he": "השר אמר שזה לא הזמן לשלום ושהוא יהיה איתם מההתחלה.",
    "ko": "장관은 지금은 평화의 때가 아니라고 말했다.",
    "el": "Ο υπουργός είπε ότι δεν είναι η ώρα για ειρήνη.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_by_its_script_or_its_little_words(language):
    assert guess(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Yes.", "12345", "xyzzy plugh", "OK TF1"])
def test_a_language_that_can_t_be_told_is_left_open(text):
    assert guess(text) == ""


@pytest.mark.parametrize(
    ("declared", "kept"),
    [("en_GB", "en-GB"), ("EN", "en"), ("zh-hant-tw", "zh-Hant-TW"), ("fr, en", "fr"), ("english", ""), ("", "")],
)
def test_a_declared_language_becomes_a_tag(declared, kept):
    assert tag(declared) == kept


def test_a_declared_language_that_fits_is_kept_with_its_region():
    assert decide("fr_CA", TEXTS["fr"]) == ("fr-CA", "")


def test_a_declared_language_that_is_plainly_wrong_is_replaced_with_a_warning():
    language, warning = decide("en-US", TEXTS["fr"])
    assert language == "fr"
    assert "en-US" in warning


def test_a_server_s_word_counts_where_a_document_says_nothing():
    assert read(b"Yes.", Hints(language="nl")).language == "nl"
