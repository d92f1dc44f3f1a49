"""Quotations made from what is on record, each with the verdict that it should have."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.wording.invented import PLACES, SPEAKERS, invent

_DENIERS = frozenset("""
not no never nothing without unless if only nobody none once until hardly cannot nor neither
""".split())  # fmt: skip  # noqa: SIM905
_NEUTRAL = "matter question garden letter music window paper colour corner summer evening table morning stone".split()  # noqa: SIM905
_HELPERS = frozenset("will must can should may would could shall is are was were has have".split())  # noqa: SIM905
_FEWEST = 7
_TRIES = 5_000


@dataclass(frozen=True)
class Case:
    """What is asked, of whom, what was done to it, and the verdict it should have; `fits` is one that fits as well."""

    kind: str
    text: str
    speaker: str
    expected: str
    fits: str = ""

    def is_answered_by(self, verdict: str, words: str, speaker: str) -> bool:
        """Whether a verdict with the words of a statement on record and their speaker is right.

        What was changed may have become what somebody is on record with, word for word: then that is right, too.
        """
        if verdict in (self.expected, self.fits):
            return True
        if verdict not in ("exact", "other_speaker") or not _stands_in(self.text, words):
            return False
        return verdict == "exact" if speaker == self.speaker else self.kind not in _OWN and verdict == "other_speaker"


_OWN = frozenset(("exact", "trivial", "elided"))
"""Kinds of which the words stay those of whoever is asked: that another speaker said them too is no answer."""

Known = tuple[str, str]
"""A statement on record: its words, and who said them."""


def cases(known: Sequence[Known], count: int, never_said: int, seed: int) -> list[Case]:
    """`count` quotations made from what is on record, in equal shares of each kind, and those that nobody said.

    A kind is left out that can't be made of the statements known: they may have no numbers, or none of our names.
    """
    chance = Random(seed)  # noqa: S311 - the same set for everybody
    made: list[Case] = []
    kinds = list(_KINDS)
    while kinds and len(made) < count:
        kind = kinds[len(made) % len(kinds)]
        case = next(filter(None, (_KINDS[kind](kind, chance, known) for _ in range(_TRIES))), None)
        if case:
            made.append(case)
        else:
            kinds.remove(kind)
    said = {words for words, _ in known}
    # Another row of sentences than the one that a scratch database is filled with.
    other = Random(f"never said {seed}")  # noqa: S311 - as above
    invented = (invent(other) for _ in range(never_said * 2))
    fresh = [text for text in invented if text not in said][:never_said]
    return made + [Case("never said", text, chance.choice(SPEAKERS), "not_found") for text in fresh]


def _pick(chance: Random, known: Sequence[Known]) -> tuple[list[str], str]:
    while True:
        words, speaker = chance.choice(known)
        if len(words.split()) >= _FEWEST:
            return words.split(), speaker


def _exact(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    return Case(kind, " ".join(_excerpt(chance, words)), speaker, "exact")


def _excerpt(chance: Random, words: list[str]) -> list[str]:
    width = chance.randint(min(_FEWEST, len(words)), len(words))
    start = chance.randrange(len(words) - width + 1)
    return words[start : start + width]


def _trivial(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    place = chance.randrange(1, len(words) - 1)
    words[place] = chance.choice((str.upper, str.title))(words[place]) + chance.choice((";", " –", ":", ","))
    return Case(kind, " ".join(words), speaker, "trivial")


def _elided(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    start = chance.randrange(2, len(words) - 4)
    end = min(start + chance.randint(1, 6), len(words) - 2)
    if _bare(words[start:end]) & _DENIERS:
        return None
    mark = chance.choice((["…"], ["[…]"], ["..."], []))
    return Case(kind, " ".join([*words[:start], *mark, *words[end:]]), speaker, "elided")


def _reworded(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    places = [at for at, word in enumerate(words) if at and word.islower() and len(word) > 3 and word.isalpha()]
    places = [at for at in places if words[at] not in _DENIERS]
    chosen = chance.sample(places, max(1, len(places) // 3)) if places else []
    for at in chosen:
        words[at] = chance.choice(_NEUTRAL)
    return Case(kind, " ".join(words), speaker, "altered") if chosen else None


def _denied(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    if "not" in words:
        words.remove("not")
        return Case(kind, " ".join(words), speaker, "turned")
    places = [at + 1 for at, word in enumerate(words) if word in _HELPERS]
    if not places:
        return None
    words.insert(chance.choice(places), chance.choice(("not", "never")))
    return Case(kind, " ".join(words), speaker, "turned")


def _number(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    places = [at for at, word in enumerate(words) if word.isdigit()]
    if not places:
        return None
    words[chance.choice(places)] = str(chance.randrange(1000, 5000))
    return Case(kind, " ".join(words), speaker, "turned")


def _name(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    places = [at for at, word in enumerate(words) if at and re.sub(r"\W", "", word) in PLACES]
    if not places:
        return None
    at = chance.choice(places)
    other = chance.choice([place for place in PLACES if place not in words[at]])
    words[at] = re.sub(r"\w+", other, words[at])
    return Case(kind, " ".join(words), speaker, "turned")


def _glued(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    (first, speaker), (second, _) = _pick(chance, known), _pick(chance, known)
    if first == second:
        return None
    (kept, left_out), put_in = _halves(first), _halves(second)[1]
    return Case(kind, " ".join([*kept, *put_in]), speaker, "altered", "turned" if _tell(left_out, put_in) else "")


def _halves(words: list[str]) -> tuple[list[str], list[str]]:
    return words[: len(words) // 2], words[len(words) // 2 :]


def _tell(*parts: list[str]) -> bool:
    """Whether to leave out words, or to put them in, may turn a meaning: a negation, a condition, a number, a name."""
    return any(word[0].isupper() or word.isdigit() or _bare([word]) & _DENIERS for part in parts for word in part)


def _misattributed(kind: str, chance: Random, known: Sequence[Known]) -> Case | None:
    words, speaker = _pick(chance, known)
    other = chance.choice([one for one in SPEAKERS if one != speaker])
    return Case(kind, " ".join(words), other, "other_speaker")


def _stands_in(part: str, whole: str) -> bool:
    """Whether words stand in a row in others, whatever their case and marks."""
    inner, outer = (" ".join(re.findall(r"\w+", text)).lower() for text in (part, whole))
    return f" {inner} " in f" {outer} "


def _bare(words: Sequence[str]) -> set[str]:
    return {re.sub(r"\W", "", word).lower() for word in words}


_KINDS: dict[str, Callable[[str, Random, Sequence[Known]], Case | None]] = {
    "exact": _exact,
    "trivial": _trivial,
    "elided": _elided,
    "reworded": _reworded,
    "negation": _denied,
    "number": _number,
    "name": _name,
    "glued": _glued,
    "misattributed": _misattributed,
}
