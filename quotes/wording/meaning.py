"""What may turn a meaning: a negation or a condition dropped or added, another number, another name.

No grammar, only words: what is found here *may* turn the meaning, and a person is asked to look. Of several languages
at once, because a quotation doesn't say in which one it is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from quotes.wording.common_words import COMMON
from quotes.wording.numbers import numbers_in
from quotes.wording.words import Word, Wording

_NEGATIONS_WORDS = """not no never none nobody nothing neither nor nowhere without hardly scarcely barely non
    ne pas jamais sans aucun aucune rien
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne
    nunca sin jamas nadie nada ningun ninguna tampoco mai senza nessuno niente
    bez nigdy nikt nic zadnych zaden
    не ни нет никогда никто ничего без нельзя ні ніколи ніхто нічого немає"""
NEGATIONS = frozenset(_NEGATIONS_WORDS.split())
_CONDITIONS_WORDS = """if unless only until till once provided except lest
    seulement sauf lorsque
    wenn falls nur sofern außer ausser bevor
    si solo salvo excepto se soltanto
    jesli jezeli tylko chyba dopiero
    если только лишь кроме пока якщо лише тільки крім поки"""
CONDITIONS = frozenset(_CONDITIONS_WORDS.split())
_LOOSE_WORDS = "when whenever after while whether quand quando cuando gdy kiedy когда коли"
_LOOSE = frozenset(_LOOSE_WORDS.split())
_PHRASES = frozenset(
    {("long", "as"), ("on", "condition"), ("in", "case"), ("a", "condition"), ("condition", "que"), ("au", "cas")}
)
_OPPOSITES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
_FEW_LETTERS = 4
_LONGEST_ACRONYM = 6
_GERMAN_WORDS = "der die das den dem des und ist nicht wir mit von auf fur eine einen einem einer"
_GERMAN = frozenset(_GERMAN_WORDS.split())


def denials(words: Iterable[Word]) -> int:
    """How many negations stand among words."""
    return sum(word.key in NEGATIONS for word in words)


def condition_changes(said: Sequence[Word], quoted: Sequence[Word]) -> bool:
    """Whether a condition was dropped or added; “when” may stand for one."""
    before, after = _conditions(said), _conditions(quoted)
    return before > after + _loose(quoted) or after > before + _loose(said)


def _conditions(words: Sequence[Word]) -> int:
    pairs = pairwise(words)
    return sum(word.key in CONDITIONS for word in words) + sum((a.key, b.key) in _PHRASES for a, b in pairs)


def _loose(words: Iterable[Word]) -> int:
    return sum(word.key in _LOOSE for word in words)


def is_opposite(said: Sequence[Word], quoted: Sequence[Word]) -> bool:
    """Whether a word became its own denial: possible, impossible."""
    return any(_opposed(one.key, other.key) for one in said for other in quoted)


def _opposed(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _FEW_LETTERS and long.endswith(short) and long.removesuffix(short) in _OPPOSITES


def names(wording: Wording, start: int, end: int, known: frozenset[str] = frozenset()) -> list[str]:
    """The names among the words from `start` to `end`, without genitives: by their capitals, or as known ones."""
    telling = _capitals_tell(wording)
    found = (word for word in wording.words[start:end] if _is_name(wording.text, word, known, telling=telling))
    return [word.key.removesuffix("'s").removesuffix("'") for word in found]


def _is_name(text: str, word: Word, known: frozenset[str], *, telling: bool) -> bool:
    printed = text[word.start : word.end]
    if word.key.removesuffix("'s") in known and (len(word.key) >= _FEW_LETTERS or printed[:1].isupper()):
        return word.key not in COMMON or printed.isupper()
    if not telling or not printed[:1].isupper() or word.key == "i":
        return False
    acronym = 1 < len(printed) <= _LONGEST_ACRONYM and printed.isupper()
    return acronym or (not word.opens and word.key not in COMMON)


def _capitals_tell(wording: Wording) -> bool:
    """Whether a capital marks a name: not in German, nor in a headline, where common words have capitals too."""
    common = [word for word in wording.words if not word.opens and word.key in COMMON and word.key != "i"]
    capitals = sum(wording.text[word.start].isupper() for word in common)
    german = sum(word.key in _GERMAN for word in wording.words)
    return capitals * 3 <= len(common) and german * 6 <= len(wording.words)


def new_among(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """What is among the first and not, or not as often, among the second."""
    return list((Counter(some) - Counter(others)).elements())


def amounts(words: Sequence[Word]) -> list[str]:
    """The numbers among words, as values with their units."""
    return numbers_in([word.key for word in words])
