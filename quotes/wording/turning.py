"""Which differences may turn the meaning of what was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes.wording.aligning import Step
from quotes.wording.meaning import amounts, condition_changes, denials, is_opposite, names, new_among
from quotes.wording.numbers import ONE
from quotes.wording.words import Word, Wording

Turn = Literal["negation", "condition", "number", "name"]


@dataclass(frozen=True)
class Names:
    """The names in what was said, and in the whole quotation, in their order."""

    said: list[str]
    quoted: list[str]

    @property
    def change_places(self) -> bool:
        """Whether the same names come in another order: who attacked whom."""
        shared = [name for name in self.quoted if name in self.said]
        return shared != [name for name in self.said if name in self.quoted] and len(set(shared)) > 1


def is_marked(quoted: Wording, step: Step) -> bool:
    put_in = quoted.words[step.quoted_start : step.quoted_end]
    gap = any(place in quoted.gaps for place in range(step.quoted_start, step.quoted_end + 1))
    return gap if not put_in else all(word.added for word in put_in)


def turns_of(said: Wording, quoted: Wording, step: Step, told: Names, known: frozenset[str]) -> Iterator[Turn]:
    """What one difference may turn."""
    left_out = said.words[step.said_start : step.said_end]
    put_in = quoted.words[step.quoted_start : step.quoted_end]
    if step.kind == "delete" and is_marked(quoted, step):
        left_out = tuple(_of_quoted_sentences(left_out, said, step))
    if denials(left_out) != denials(put_in) or is_opposite(left_out, put_in):
        yield "negation"
    if condition_changes(left_out, put_in):
        yield "condition"
    if _changes_number(said, quoted, step):
        yield "number"
    if (
        step.kind != "delete"
        and any(not word.added for word in put_in)
        and _changes_name(said, quoted, step, told, known)
    ):
        yield "name"


def _of_quoted_sentences(left_out: tuple[Word, ...], said: Wording, step: Step) -> Iterator[Word]:
    """Of what an ellipsis stands for, the words in sentences of which something is quoted; whole sentences are not."""
    starts = [place for place, word in enumerate(left_out) if word.opens]
    after = step.said_end >= len(said.words) or said.words[step.said_end].opens
    first, last = (starts[0], starts[-1]) if starts else (len(left_out), 0)
    yield from left_out[:first]
    if starts and not after:
        yield from left_out[last:]


def _changes_name(said: Wording, quoted: Wording, step: Step, told: Names, known: frozenset[str]) -> bool:
    """Whether a difference brings a new name, puts one in another's place, or moves one past another."""
    after = names(quoted, step.quoted_start, step.quoted_end, known)
    if not after:
        return False
    before = names(said, step.said_start, step.said_end, known)
    return bool(new_among(after, told.said)) or bool(before and set(after) - set(before)) or told.change_places


def _changes_number(said: Wording, quoted: Wording, step: Step) -> bool:
    """Whether a number, with what stands directly beside it, is another one, is new, or became vague."""
    before = _amounts_round(said, step.said_start, step.said_end)
    after = _amounts_round(quoted, step.quoted_start, step.quoted_end)
    inside = amounts(said.words[step.said_start : step.said_end])
    if step.kind == "replace" and any(value != ONE for value in new_among(inside, after)):
        return True
    return any(value != ONE or inside for value in new_among(after, before))


def _amounts_round(wording: Wording, start: int, end: int) -> list[str]:
    """The numbers among words, and one that begins before them or ends after."""
    return amounts(wording.words[max(0, start - 3) : end + 3])
