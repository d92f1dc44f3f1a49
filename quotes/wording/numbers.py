"""Numbers in words and digits, as values: “two million”, 2,000,000 and “2 million” are one."""

import re
from collections.abc import Sequence
from fractions import Fraction

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth"
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
_SMALL |= {word: value for value, word in enumerate(_ORDINALS.split(), start=3)}
_SMALL |= {"dozen": 12, "dozens": 12}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "millionen": 10**6,
    "milliarden": 10**9,
    "milliards": 10**9,
}
_NUMBER_WORDS = frozenset((*_SMALL, *_SCALES, "half"))
_ENDINGS = {"k": 1000, "m": 10**6, "bn": 10**9, "tn": 10**12}
_CURRENCIES = frozenset("$€£")
_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)(\D*)")
_LONGEST = 40
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_JOINER = "and"
ONE = "1"
"""As a value it may be a pronoun: “one of them”."""


def numbers_in(keys: Sequence[str]) -> list[str]:
    """The values of the numbers among words, in order, each with its sign: “3 percent”, “$ 3”."""
    found: list[str] = []
    if not any(key in _NUMBER_WORDS or key[:1].isdecimal() for key in keys):
        return found
    reader = _Reader(found)
    for at, key in enumerate(keys):
        value, scale = _read(key)
        if value is None and scale == 1:
            following = keys[at + 1] if at + 1 < len(keys) else ""
            if not (reader.reading and key == _JOINER and _read(following) != (None, 1)):
                reader.end()
                reader.sign(key)
        else:
            reader.take(value, scale)
    reader.end()
    return found


class _Reader:
    """Adds up the words of one number: `part` below the next scale, `whole` above it."""

    def __init__(self, found: list[str]) -> None:
        self.found, self.before = found, ""
        self.whole, self.part, self.reading = Fraction(0), Fraction(0), False

    def take(self, value: Fraction | None, scale: int) -> None:
        if value is not None and self.reading and not _goes_on(self.part, value):
            self.end()
        self.part += value or Fraction(0)
        if scale > 1:
            self.part = (self.part or Fraction(1)) * scale
            if scale > _SCALES["hundred"]:
                self.whole, self.part = self.whole + self.part, Fraction(0)
        self.reading = True

    def end(self) -> None:
        if self.reading:
            self.found.append(f"{self.before}{self.whole + self.part}")
        self.whole, self.part, self.reading, self.before = Fraction(0), Fraction(0), False, ""

    def sign(self, key: str) -> None:
        if key in _CURRENCIES:
            self.before = f"{key} "
        elif key == "percent" and self.found:
            self.found[-1] += " percent"


def _read(key: str) -> tuple[Fraction | None, int]:
    """The value of a word and the scale it multiplies by; (None, 1) for one that is no number."""
    if key in _SCALES:
        return None, _SCALES[key]
    if key == "half":
        return Fraction(1, 2), 1
    if key in _SMALL:
        return Fraction(_SMALL[key]), 1
    digits = _DIGITS.fullmatch(key) if len(key) <= _LONGEST and key[:1].isdecimal() else None
    if digits is None:
        return None, 1
    return _value(digits[1]), _ENDINGS.get(digits[2], 1)


def _value(digits: str) -> Fraction:
    """Of digits with stops or commas: groups of three are thousands, anything else is a fraction."""
    if _GROUPED.fullmatch(digits):
        return Fraction(re.sub(r"\D", "", digits))
    whole, *rest = re.split(r"[.,]", digits)
    return Fraction(f"{whole}.{''.join(rest) or 0}")


def _goes_on(part: Fraction, value: Fraction) -> bool:
    """Whether a value is the rest of a number: twenty-five, two hundred and six."""
    ten, hundred = 10, 100
    if part == 0 or value >= hundred:
        return part == 0
    return part % hundred == 0 or (2 * ten <= part < hundred and part % ten == 0 and value < ten)
