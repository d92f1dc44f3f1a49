import pytest

from quotes.wording.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty five tanks", ["25"]),
        ("two million three hundred thousand", ["2300000"]),
        ("2 million", ["2000000"]),
        ("3.5 million", ["3500000"]),
        ("3,500,000", ["3500000"]),
        ("1.5 or 1,5", ["3/2", "3/2"]),
        ("5bn", ["5000000000"]),
        ("two hundred and six", ["206"]),
        ("two or three", ["2", "3"]),
        ("three percent of half", ["3 percent", "1/2"]),
        ("$ 5 million and € 6", ["$ 5000000", "€ 6"]),
        ("in 2022 5 came", ["2022", "5"]),
        ("millions", ["1000000"]),
        ("٣", ["3"]),
        ("9" * 5000, []),
        ("none at all", []),
    ],
)
def test_numbers_are_read_as_values(text, values):
    assert numbers_in(text.split()) == values
