"""Answers that are looked up and not asked for again."""

from quotes.remembering import Remembered


def table(most=10, longest=5):
    asked = []

    def answer(text):
        asked.append(text)
        return text.upper()

    return Remembered(answer, most, longest), asked


def test_what_was_asked_is_not_asked_again():
    known, asked = table()
    assert list(map(known.__getitem__, ["a", "b", "a"])) == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_what_is_long_is_answered_and_not_remembered():
    known, asked = table(longest=2)
    assert [known["abc"], known["abc"]] == ["ABC", "ABC"]
    assert asked == ["abc", "abc"]


def test_a_full_table_forgets_all():
    known, _ = table(most=2)
    assert [known[text] for text in "abca"] == ["A", "B", "C", "A"]
    assert set(known) == {"c", "a"}
