"""The faults of real pages, put into clean examples: marks lost, straightened, moved or doubled, lines joined."""

import random
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from quotes.extraction.attributions import Range
from quotes.extraction.brat import Annotated, Event

_MARK = re.compile('[“”"«»„]')
_STRAIGHT = str.maketrans("“”„‘’", '"""\'\'')
_BREAK = re.compile(r"\s*\n\s*")
STRANGERS = (
    "- Advertisement -",
    "ADVERTISEMENT",
    "Story continues below",
    "Read also: what we know so far",
    "Sign up for our morning briefing",
    "Photo: archive",
    "Share this article",
    "RELATED: the week in pictures",
    "Click here to watch the video",
)


@dataclass(frozen=True)
class Edit:
    """`removed` characters at `position` give way to `inserted`."""

    position: int
    removed: int
    inserted: str


def edited(example: Annotated, edits: list[Edit]) -> Annotated:
    """The example with non-overlapping edits made, its events moved along."""
    edits = sorted(edits, key=lambda edit: edit.position)
    pieces, places, shifts, last, shift = [], [0], [0], 0, 0
    for edit in edits:
        pieces += [example.text[last : edit.position], edit.inserted]
        last = edit.position + edit.removed
        shift += len(edit.inserted) - edit.removed
        places.append(last)
        shifts.append(shift)
    text = "".join([*pieces, example.text[last:]])

    def moved(position: int) -> int:
        return min(max(position + shifts[bisect_right(places, position) - 1], 0), len(text))

    def move(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
        both = ((moved(start), min(moved(end - 1) + 1, len(text))) for start, end in ranges)
        return tuple((start, end) for start, end in both if start < end)

    events = tuple(Event(move(e.source), move(e.cue), move(e.content)) for e in example.events)
    return replace(example, text=text, events=events)


def straightened(example: Annotated, _: random.Random) -> Annotated:
    return replace(example, text=example.text.translate(_STRAIGHT))


def joined(example: Annotated, _: random.Random) -> Annotated:
    """All lines in one."""
    return edited(example, [Edit(m.start(), len(m.group()), " ") for m in _BREAK.finditer(example.text)])


def joined_here_and_there(example: Annotated, chance: random.Random) -> Annotated:
    breaks = [m for m in _BREAK.finditer(example.text) if chance.random() < 0.4]
    return edited(example, [Edit(m.start(), len(m.group()), " ") for m in breaks])


def unmarked(example: Annotated, _: random.Random) -> Annotated:
    """Without any quotation mark."""
    return edited(example, [Edit(m.start(), 1, "") for m in _MARK.finditer(example.text)])


def some_marks_lost(example: Annotated, chance: random.Random) -> Annotated:
    return edited(example, [Edit(m.start(), 1, "") for m in _MARK.finditer(example.text) if chance.random() < 0.12])


def some_marks_doubled(example: Annotated, chance: random.Random) -> Annotated:
    marks = [m for m in _MARK.finditer(example.text) if chance.random() < 0.08]
    return edited(example, [Edit(m.start(), 0, m.group()) for m in marks])


def closing_marks_moved(example: Annotated, chance: random.Random) -> Annotated:
    """As in `… the parties return.” to the table.”`: a closing mark, with a full stop, some words too early."""
    edits = []
    for run in re.finditer("“[^“”\n]{30,}[.,]”", example.text):
        if chance.random() < 0.2:
            spaces = [run.start() + m.start() for m in re.finditer(r"(?<=\w) (?=[a-z])", run.group())]
            if spaces:
                edits.append(Edit(chance.choice(spaces[-6:]), 0, ".”"))
                if chance.random() < 0.5:
                    edits.append(Edit(run.end() - 1, 1, ""))
    return edited(example, edits)


def strangers_let_in(example: Annotated, chance: random.Random) -> Annotated:
    """Lines that belong to the page, not to the article."""
    breaks = [m for m in re.finditer(r"\n+", example.text) if chance.random() < 0.15]
    return edited(example, [Edit(m.start(), 0, "\n" + chance.choice(STRANGERS)) for m in breaks])


def lowered(example: Annotated, _: random.Random) -> Annotated:
    """Without capitals; letters whose small form is longer stay."""
    small = "".join(c.lower() if len(c.lower()) == 1 else c for c in example.text)
    return replace(example, text=small)


NOISES: tuple[tuple[Callable[[Annotated, random.Random], Annotated], float], ...] = (
    (straightened, 0.1),
    (joined, 0.2),
    (joined_here_and_there, 0.08),
    (unmarked, 0.04),
    (some_marks_lost, 0.08),
    (some_marks_doubled, 0.05),
    (closing_marks_moved, 0.1),
    (strangers_let_in, 0.08),
    (lowered, 0.02),
)
"""Each kind of fault with its chance; an example may get several."""


def noisy(example: Annotated, chance: random.Random) -> Annotated:
    """The example with the faults that chance gives it; half of all examples stay as they are."""
    if chance.random() < 0.5:
        return example
    for make, likelihood in NOISES:
        if chance.random() < 2 * likelihood:
            example = make(example, chance)
    return example
