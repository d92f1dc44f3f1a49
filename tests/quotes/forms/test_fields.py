import pytest
from django.core.exceptions import ValidationError

from quotes.forms import fields
from quotes.spans import Span


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-x-private", "de-x-private"),
        (" pt-br ", "pt-BR"),
    ],
)
def test_language_tags_are_kept_in_their_usual_case(typed, kept):
    assert fields.LanguageField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["e", "english language", "en_GB", "en-", "12", "-en", "тат", "en--GB"])
def test_what_is_no_language_tag_is_refused(typed):
    with pytest.raises(ValidationError, match="is no language tag"):
        fields.LanguageField().clean(typed)


@pytest.mark.parametrize("typed", ["2022-12-03", "2021-12?", "/2022-12-04", "2022-12-03/2022-12-05", "2022-12-XX"])
def test_dates_are_kept_as_typed(typed):
    assert fields.DateField(ends=True).clean(f" {typed} ") == typed


def test_a_date_that_must_end_needs_a_last_day():
    assert fields.DateField().clean("2022-12-03/..") == "2022-12-03/.."
    with pytest.raises(ValidationError, match="needs a last day"):
        fields.DateField(ends=True).clean("2022-12-03/..")


def test_words_become_spans_and_faults_have_a_position():
    assert fields.WordsField().clean("“Yes”, he said") == (Span("direct", "Yes"), Span("indirect", ", he said"))
    with pytest.raises(ValidationError, match="never closed, at character 5"):
        fields.WordsField().clean("Yes “no")


def test_a_line_has_single_spaces_and_composed_letters():
    assert fields.LineField().clean("  Cafe\u0301 \t de  Flore ") == "Café de Flore"


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://x.example/a", "x.example", "http://", "https://a b"])
def test_addresses_are_http_or_https(typed):
    with pytest.raises(ValidationError, match="Write a whole address"):
        fields.AddressField().clean(typed)
