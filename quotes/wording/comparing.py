"""What is different between what was said and what is quoted, and what that makes of the quotation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quotes.wording.aligning import Kind, Step, aligned, printed_alike, weight
from quotes.wording.meaning import names
from quotes.wording.turning import Names, Turn, is_marked, turns_of
from quotes.wording.words import Wording


class Verdict(StrEnum):
    """What a quotation is, in the order of precedence: where several fit, the first counts."""

    OTHER_SPEAKER = "other_speaker"
    TURNED = "turned"
    ALTERED = "altered"
    ELIDED = "elided"
    TRIVIAL = "trivial"
    EXACT = "exact"
    PARAPHRASED = "paraphrased"
    NOT_FOUND = "not_found"


_ORDER = list(Verdict)


def first_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that counts where several fit."""
    return min(verdicts, key=_ORDER.index, default=Verdict.NOT_FOUND)


@dataclass(frozen=True)
class Difference:
    """A run of both texts, or of one; `said_range` and `quoted_range` are code points of the two texts.

    The ranges of all differences follow each other without a gap, in both texts. `turns` says what it may turn;
    `marked` that the quotation shows the change itself, by an ellipsis or brackets.
    """

    kind: Kind
    said: str
    quoted: str
    said_range: tuple[int, int]
    quoted_range: tuple[int, int]
    turns: tuple[Turn, ...] = ()
    marked: bool = False


@dataclass(frozen=True)
class Comparison:
    """How a quotation differs from a wording; `likeness` is the share of its telling words found there, 0 to 1."""

    verdict: Verdict
    likeness: float
    differences: tuple[Difference, ...] = ()
    said_words: tuple[int, int] = (0, 0)
    unmatched: tuple[tuple[int, int], ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All that the differences may turn."""
        return tuple(dict.fromkeys(turn for one in self.differences for turn in one.turns))


LIKE = 0.58
"""From this likeness on a wording is taken for the one that is quoted."""
_FEWEST = 2
_SPREAD, _SPREAD_MORE = 3, 12
_STEM, _BENT = 5, 0.7


def compare(said: Wording, quoted: Wording, known_names: frozenset[str] = frozenset()) -> Comparison:
    """What became of the words on record in a quotation. Never raises.

    Where too few of the quotation's words stand there the verdict is `not_found`, whatever the differences.
    `known_names` are names in lower case that are to be recognised without their capitals.
    """
    if not quoted.words:
        same = said.text.strip() == quoted.text.strip()
        return Comparison(Verdict.EXACT if same else Verdict.NOT_FOUND, float(same))
    steps = aligned(said, quoted)
    if not steps:
        return Comparison(Verdict.NOT_FOUND, 0.0, unmatched=((0, len(quoted.words)),))
    differences = tuple(_differences(said, quoted, steps, known_names))
    likeness = _likeness(said, quoted, steps)
    found = likeness >= LIKE and _enough(said, quoted, steps)
    return Comparison(
        _verdict(said, quoted, steps, differences) if found else Verdict.NOT_FOUND,
        likeness,
        differences,
        (steps[0].said_start, steps[-1].said_end),
        tuple((step.quoted_start, step.quoted_end) for step in steps if step.kind in ("insert", "replace")),
    )


def likeness_at_most(said: Wording, quoted: Wording) -> float:
    """What `compare` can say of their likeness at most, by which words both have, wherever. Far faster."""
    everything = weight(quoted.words)
    if not everything:
        return 1.0
    keys = set(said.keys)
    stems = _stems(keys)
    bent = ((word, _BENT if _is_bent(word.key, stems) else 0.0) for word in quoted.words)
    return sum(max(likeness, weight((word,)) if word.key in keys else 0.0) for word, likeness in bent) / everything


def _likeness(said: Wording, quoted: Wording, steps: list[Step]) -> float:
    """The share of the quotation's telling words that match; little where they are gathered from far and wide."""
    everything = weight(quoted.words)
    matched = sum(weight(quoted.words[step.quoted_start : step.quoted_end]) for step in steps if step.kind == "equal")
    matched += _BENT * sum(_bent(said, quoted, step) for step in steps if step.kind == "replace")
    width = steps[-1].said_end - steps[0].said_start
    telling = [step for step in steps if step.kind == "equal" and step.quoted_end - step.quoted_start > 1]
    if width > _SPREAD * len(quoted.words) + _SPREAD_MORE and len(telling) > 1:
        longest = max(weight(quoted.words[step.quoted_start : step.quoted_end]) for step in steps)
        matched = max(longest, matched * min(1.0, (_SPREAD * len(quoted.words) + _SPREAD_MORE) / width))
    return matched / everything


def _bent(said: Wording, quoted: Wording, step: Step) -> int:
    """How many telling words are other forms of those they replace: want, wanted."""
    stems = _stems(said.keys[step.said_start : step.said_end])
    return sum(_is_bent(key, stems) for key in quoted.keys[step.quoted_start : step.quoted_end])


def _stems(keys: Iterable[str]) -> set[str]:
    return {key[:_STEM] for key in keys if len(key) >= _STEM - 1}


def _is_bent(key: str, stems: set[str]) -> bool:
    return key[:_STEM] in stems or key[: _STEM - 1] in stems


def _enough(said: Wording, quoted: Wording, steps: list[Step]) -> bool:
    """Whether what matches tells anything: the whole quotation does, else two telling words do."""
    if all(step.kind in ("equal", "delete") for step in steps):
        return True
    matched = sum(weight(said.words[step.said_start : step.said_end]) for step in steps if step.kind == "equal")
    return matched + sum(_bent(said, quoted, step) for step in steps if step.kind == "replace") >= _FEWEST


def _verdict(said: Wording, quoted: Wording, steps: list[Step], differences: tuple[Difference, ...]) -> Verdict:
    return first_of(_fitting(said, quoted, steps, differences))


def _fitting(
    said: Wording, quoted: Wording, steps: list[Step], differences: tuple[Difference, ...]
) -> Iterator[Verdict]:
    """All verdicts that a difference alone would have."""
    yield Verdict.EXACT
    if any(one.turns for one in differences):
        yield Verdict.TURNED
    for step in steps:
        left_out = said.words[step.said_start : step.said_end]
        put_in = quoted.words[step.quoted_start : step.quoted_end]
        if step.kind == "equal":
            yield Verdict.EXACT if printed_alike(said, quoted, step) else Verdict.TRIVIAL
        elif not all(word.added for word in put_in):
            yield Verdict.ALTERED
        elif put_in or not all(word.added for word in left_out):
            yield Verdict.ELIDED


def _differences(said: Wording, quoted: Wording, steps: list[Step], known: frozenset[str]) -> Iterator[Difference]:
    edges = list(_edges(said, quoted, steps))
    window = (steps[0].said_start, steps[-1].said_end)
    told = Names(names(said, *window, known), names(quoted, 0, len(quoted.words), known))
    for step, (start, quoted_start), (end, quoted_end) in zip(steps, edges, edges[1:], strict=False):
        turns = () if step.kind == "equal" else tuple(turns_of(said, quoted, step, told, known))
        yield Difference(
            step.kind,
            said.text[start:end],
            quoted.text[quoted_start:quoted_end],
            (start, end),
            (quoted_start, quoted_end),
            turns,
            step.kind != "equal" and is_marked(quoted, step),
        )


def _edges(said: Wording, quoted: Wording, steps: list[Step]) -> Iterator[tuple[int, int]]:
    """Where each step's text begins: with its first word, whatever stands before that; the first with the text."""
    yield _start(said, steps[0].said_start), 0
    for step in steps[1:]:
        yield _start(said, step.said_start), _start(quoted, step.quoted_start)
    last = steps[-1].said_end
    yield (said.words[last - 1].end if last else 0), len(quoted.text)


def _start(wording: Wording, place: int) -> int:
    words = wording.words
    return words[place].start if place < len(words) else (words[-1].end if words else 0)
