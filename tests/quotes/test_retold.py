"""What workers and readers say in English, told again in the language of a page."""

import pytest
from django.utils import translation

from quotes.importing import remarks
from quotes.retold import retold
from sources.fetching.errors import NO_CONNECTION, PageGone, Unreachable
from sources.reading.errors import Damaged, TooLong, UnknownKind
from sources.reading.remarks import PICTURE, RECOGNISE, WORD
from sources.sayings import Saying, understood


@pytest.fixture
def french():
    with translation.override("fr"):
        yield


def test_english_is_told_as_it_was_said():
    assert retold("It is on record.") == "It is on record."


def test_a_refusal_is_told_with_its_values(french):
    assert retold(str(PageGone(404))).startswith("Cette page n’existe pas (ou plus)\u00a0: le site répond 404.")


def test_a_value_that_is_said_too_is_told_as_well(french):
    told = retold(str(UnknownKind(PICTURE, RECOGNISE)))
    assert "une image" in told
    assert "reconnaissance de texte" in told
    assert "document Word (.docx)" in retold(str(Damaged(WORD)))
    assert "il n’accepte aucune connexion" in retold(str(Unreachable("a.example", NO_CONNECTION)))


def test_a_number_is_grouped_as_the_language_groups(french):
    assert "1\u202f000\u202f000" in retold(str(TooLong(1_000_000)))


def test_a_day_is_told_in_the_language(french):
    told = retold(remarks.ANOTHER_DATE % {"date": "3 December 2022"})
    assert "3 décembre 2022" in told
    assert "December 2022" in retold(remarks.ANOTHER_DATE % {"date": "December 2022"})


def test_what_several_acts_are_called_is_told_of_each(french):
    assert "rétractée, fusionnée" in retold(remarks.WAS_SINCE % {"acts": "retracted, merged"})


def test_a_name_is_never_translated(french):
    assert "«\u00a0Draft\u00a0»" in retold(remarks.SAME_HEADS % {"head": "Draft"})


def test_what_nobody_knows_stays_as_it_is(french):
    assert retold("A sentence that nobody says here") == "A sentence that nobody says here"
    assert retold("") == ""


def test_the_pattern_that_says_most_itself_is_what_was_said():
    pattern, values = understood("Row 5 has it with the same words from the same document, and another date.")
    assert pattern == remarks.OTHER_DAY
    assert values == {"why": "Row 5 has it"}


def test_a_saying_finds_its_values_again():
    saying = Saying("Of %(one)s (%(other)s), a test alone speaks.")
    assert saying.values(saying % {"one": "a.b*c", "other": "(x)"}) == {"one": "a.b*c", "other": "(x)"}
    assert saying.values("Something else") is None
