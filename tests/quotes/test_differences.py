import json
import time

import pytest
from django.conf import settings

from quotes.citing.record import read
from quotes.differences import Part, compare_fields, compare_words
from quotes.record import Changes, correct
from tests import factories


def shown(old, new):
    marks = {"same": "{}", "deleted": "[-{}]", "inserted": "[+{}]"}
    return "".join(marks[part.kind].format(part.text) for part in compare_words(old, new))


def test_the_same_words_are_one_part():
    assert compare_words("“Peace.”", "“Peace.”") == [Part("same", "“Peace.”")]


def test_added_words_are_inserted_before_the_closing_mark():
    assert shown("“once the parties return”", "“once the parties return to the table”") == (
        "“once the parties return[+ to the table]”"
    )


def test_a_replaced_word_is_deleted_and_then_inserted():
    assert shown("we must think", "we should think") == "we[- must][+ should] think"


def test_a_mark_changes_without_its_word():
    assert shown("of peace.", "of peace!") == "of peace[-.][+!]"


@pytest.mark.parametrize(("old", "new"), [("", "words"), ("words", ""), ("", "")])
def test_nothing_can_be_compared_with_something(old, new):
    parts = compare_words(old, new)
    assert "".join(part.text for part in parts if part.kind != "inserted") == old
    assert "".join(part.text for part in parts if part.kind != "deleted") == new


def test_scripts_without_spaces_are_compared_symbol_by_symbol():
    assert shown("我们要和平", "我们要战争") == "我们要[-和平][+战争]"


def test_vowel_signs_stay_with_their_letters():
    assert shown("शांति", "शांत") == "[-शांति][+शांत]"


def test_paragraphs_are_kept():
    assert shown("One.\n\nTwo.", "One.\n\nThree.") == "One.[-\n\nTwo][+\n\nThree]."


@pytest.mark.parametrize("words", ["a b ", "word other ", "和平战争"])
def test_the_longest_statements_are_compared_within_two_seconds(words):
    long = words * (20_000 // len(words))
    start = time.monotonic()
    parts = compare_words(long, "x " + long[::-1])
    assert time.monotonic() - start < 2
    assert "".join(part.text for part in parts if part.kind != "inserted") == long


@pytest.mark.django_db
def test_other_fields_are_told_before_and_after():
    statement = factories.publish()
    changes = Changes(speaker=factories.speaker("Olaf Scholz"), said="2022-12", hops=factories.hops("spoken_to BBC"))
    correct(statement, changes, editor=factories.publisher(), reason="Misattributed")
    old, new = (read(json.loads(one.body), settings.SITE_URL) for one in statement.revisions.all())
    told = {change.label: (change.before, change.after) for change in compare_fields(old, new)}
    assert told == {
        "Speaker": ("Emmanuel Macron", "Olaf Scholz"),
        "Said": ("3 December 2022", "December 2022"),
        "Road": ("spoken to TF1", "spoken to BBC"),
    }
