"""Public ids: ten symbols that can be cited, typed from paper, and never guessed or counted.

Nine random symbols of Crockford's base 32 and a check symbol, as in ``7K2M9QX4TA``. The check symbol is the nine
read as a number modulo 37; ids whose check would fall outside the 32-symbol alphabet are redrawn. As the weights
32**8 … 32**0 are distinct and nonzero modulo the prime 37, every single wrong symbol and every swap of two is caught.
With 32**9 ids, a well-formed guess against 200 million statements hits less than seven times in a million.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10

_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SHIFTS = range(5 * (LENGTH - 2), -1, -5)
_SHAPE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


class Mistyped(ValueError):
    """The text is no public id: the wrong length, a symbol outside the alphabet, or a check symbol that doesn't fit."""


def check_number(body: str) -> int:
    """The nine symbols' check number, 0 to 36; only those below 32 have a symbol."""
    number = 0
    for symbol in body:
        number = number * 32 + ALPHABET.index(symbol)
    return number % 37


def new_pid() -> str:
    """A fresh random public id; the caller's UNIQUE constraint has the last word."""
    while True:
        # Nine symbols of five bits each, drawn at once: their number is what the check is of.
        number = secrets.randbits(5 * (LENGTH - 1))
        check = number % 37
        if check < len(ALPHABET):
            return "".join([ALPHABET[number >> shift & 31] for shift in _SHIFTS]) + ALPHABET[check]


def read_pid(typed: str) -> str:
    """The canonical form of an id as somebody typed it: any case, hyphens anywhere, I and L for 1, O for 0.

    Raises Mistyped when no such id can exist; never guesses at a near one.
    """
    pid = typed.upper().replace("-", "").translate(_LOOKALIKES)
    if not _SHAPE.fullmatch(pid) or check_number(pid[:-1]) != ALPHABET.index(pid[-1]):
        raise Mistyped(typed)
    return pid
