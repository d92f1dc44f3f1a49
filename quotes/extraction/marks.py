"""Quotation marks, repaired paragraph by paragraph by the direction each one faces.

Marks are never paired by counting them through a document: one that is missing would turn everything after it inside
out. Each mark is asked which way it faces, by its neighbours first and by its glyph where they leave it open, so that
straight and curly marks are read alike. What cannot be right is repaired, and said to be: a stray mark makes its
neighbourhood doubtful and changes nothing that is quoted after it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice

OPENING_GLYPHS = "“„«‟〝‹‘‚"
CLOSING_GLYPHS = "”»〞›’"
STRAIGHT_GLYPHS = '"＂'
SINGLE_GLYPHS = "‘’‚'"
DOUBLE_GLYPHS = "“”„‟«»〝〞‹›" + STRAIGHT_GLYPHS
_ANGLES = "«»‹›"
_MARKS = DOUBLE_GLYPHS + SINGLE_GLYPHS
_MARK = re.compile(f"[{_MARKS}]")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…]['’)\]]*(?=\s)")
_GOES_ON = re.compile(
    r"\s+(?!(?:he|she|they|it|we|i|who|which|said|says|say|told|wrote|added|and|but|or|as|in|at|on|to|for|from|with"
    r"|by|of|is|was|were|are|has|had|have|will|would|according|while|when|after|before|during|because|then|that)\b)[a-z]"
)
_BEFORE_OPENING = set("([{-–—/:")
_AFTER_CLOSING = set(".,;:!?)]}-–—/…")
FEWEST_WORDS = 3
"""What a sentence needs to be taken for a quotation whose opening mark is missing."""
LONGEST_SINGLE = 600
"""Characters within which a single mark must be closed to be more than an apostrophe."""
LONGEST_SENTENCE = 2_000
"""Characters after which nothing is a sentence any more, so that a text without stops takes no longer than others."""
_MOST_SINGLES = 40
"""Marks among which that one must be."""
_DEEPEST = 4
"""Marks that may be open at once: more than any writer nests."""
_MOST_TOGETHER = 8
"""Marks that may stand together; what is beyond tells no more."""


class Facing(Enum):
    """What a mark does, once read."""

    OPENS = "opens"
    CLOSES = "closes"
    STRAY = "stray"


class State(Enum):
    """Where a character stands."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    NESTED = "nested"


@dataclass(frozen=True)
class QuotedRun:
    """Words between marks. All positions are code points of the raw text, ends exclusive.

    `start` and `end` take in the marks, `inner_start` and `inner_end` leave them out; they are equal where a mark is
    missing. `depth` is 1 for what stands directly in the text, 2 for a quotation within one. A quotation of several
    paragraphs is one run a paragraph: all but the last have `continues`. `repaired` says that the marks were not as
    they should be: one missing, misplaced or facing the wrong way.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 1
    repaired: bool = False
    continues: bool = False


@dataclass(frozen=True)
class Marks:
    """All quotation marks of a text as read: `facing` by position, and the quoted runs in order of their start."""

    facing: dict[int, Facing]
    runs: tuple[QuotedRun, ...]
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _depths: tuple[int, ...] = field(default=(), repr=False)

    def depth_at(self, position: int) -> int:
        """How many quotations the character at `position` stands in: 0, 1 or 2. A mark stands in its own."""
        place = bisect_right(self._starts, position) - 1
        return self._depths[place] if place >= 0 else 0

    def state_at(self, position: int) -> State:
        return (State.OUTSIDE, State.INSIDE, State.NESTED)[self.depth_at(position)]

    def runs_over(self, start: int, end: int) -> tuple[QuotedRun, ...]:
        """The runs that share a character with the range from `start` to `end`."""
        return tuple(run for run in self.runs if run.start < end and start < run.end)


def read_marks(text: str) -> Marks:
    """Every quotation mark of `text`, read and repaired. Takes time in proportion to the text's length."""
    facing: dict[int, Facing] = {}
    runs: list[QuotedRun] = []
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text) if not match.group().isspace()]
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reader = _Paragraph(text, start, end, carried=bool(runs) and runs[-1].continues)
        reader.read(next_opens=following is not None and _opens_paragraph(text, *following))
        facing.update(reader.facing)
        runs += sorted(reader.runs, key=lambda run: (run.start, -run.end))
    starts, depths = _levels(runs)
    return Marks(facing, tuple(runs), starts, depths)


def _opens_paragraph(text: str, start: int, end: int) -> bool:
    first = re.compile(r"\s*").match(text, start, end)
    if first is None or first.end() >= end or text[first.end()] not in DOUBLE_GLYPHS:
        return False
    return _faces(text, first.end()) is Facing.OPENS


def _levels(runs: list[QuotedRun]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the depth changes, and to what; at most 2."""
    changes: dict[int, int] = {}
    for run in runs:
        changes[run.start] = changes.get(run.start, 0) + 1
        changes[run.end] = changes.get(run.end, 0) - 1
    depth, starts, depths = 0, [], []
    for position in sorted(changes):
        depth += changes[position]
        starts.append(position)
        depths.append(min(depth, 2))
    return tuple(starts), tuple(depths)


def _faces(text: str, position: int) -> Facing | None:
    """Which way the mark at `position` faces by its neighbours, None where they don't tell."""
    before, after = position - 1, position + 1
    while before >= 0 and position - before <= _MOST_TOGETHER and text[before] in _MARKS:
        before -= 1
    while after < len(text) and after - position <= _MOST_TOGETHER and text[after] in _MARKS:
        after += 1
    left = text[before] if before >= 0 else " "
    right = text[after] if after < len(text) else " "
    free_left = left.isspace() or left in _BEFORE_OPENING
    free_right = right.isspace() or right in _AFTER_CLOSING
    if left.isspace() != right.isspace():
        return Facing.OPENS if left.isspace() else Facing.CLOSES
    if free_left != free_right:
        return Facing.OPENS if free_left else Facing.CLOSES
    return None


def _glyph_faces(glyph: str) -> Facing | None:
    if glyph in OPENING_GLYPHS:
        return Facing.OPENS
    return Facing.CLOSES if glyph in CLOSING_GLYPHS else None


def _is_apostrophe(text: str, position: int) -> bool:
    left, right = text[position - 1 : position], text[position + 1 : position + 2]
    return left.isalnum() and right.isalnum()


@dataclass
class _Open:
    """A mark waiting to be closed."""

    position: int
    glyph: str
    repaired: bool = False

    @property
    def single(self) -> bool:
        return self.glyph in SINGLE_GLYPHS


class _Paragraph:
    """Reads the marks of one paragraph from left to right, keeping those that are open on a stack."""

    def __init__(self, text: str, start: int, end: int, *, carried: bool) -> None:
        self.text, self.start, self.end, self.carried = text, start, end, carried
        self.facing: dict[int, Facing] = {}
        self.runs: list[QuotedRun] = []
        self.outermost = -1
        self.stack: list[_Open] = []

    def read(self, *, next_opens: bool) -> None:
        for position in self.positions():
            glyph = self.text[position]
            if glyph in SINGLE_GLYPHS:
                self.read_single(position, glyph)
            elif self.doubled(position, glyph):
                self.facing[position] = Facing.STRAY
                self.doubt_latest()
            elif self.direction(position, glyph) is Facing.OPENS:
                self.open(position, glyph)
            else:
                self.close(position)
        self.finish(next_opens=next_opens)
        starts = sorted(run.start for run in self.runs)
        ends = [*starts, self.end]
        self.runs = [self.extended(run, ends[bisect_right(starts, run.end - 1)]) for run in self.runs]

    def positions(self) -> Iterator[int]:
        for match in _MARK.finditer(self.text, self.start, self.end):
            yield match.start()

    def doubled(self, position: int, glyph: str) -> bool:
        """Whether the same mark stands directly before, so that this one adds nothing."""
        return position - 1 in self.facing and self.text[position - 1] == glyph

    def doubt_latest(self) -> None:
        if self.stack:
            self.stack[-1].repaired = True
        elif self.runs:
            self.runs[-1] = replace(self.runs[-1], repaired=True)

    def direction(self, position: int, glyph: str) -> Facing:
        """By the neighbours; where they leave it open by the glyph, then by whether anything is open."""
        near = _faces(self.text, position)
        waiting = next((each for each in reversed(self.stack) if not each.single), None)
        if waiting and (waiting.glyph + glyph in {"„“", "»«", "›‹", "””"} and near is not Facing.OPENS):
            return Facing.CLOSES
        if glyph in _ANGLES:
            return near or _glyph_faces(glyph) or Facing.OPENS
        if near is None:
            near = _glyph_faces(glyph)
        elif near is Facing.OPENS and _glyph_faces(glyph) is Facing.CLOSES and waiting:
            return Facing.CLOSES
        if near is None:
            return Facing.CLOSES if waiting else Facing.OPENS
        return near

    def read_single(self, position: int, glyph: str) -> None:
        """A single mark counts only where it is neither an apostrophe nor without its fellow."""
        if _is_apostrophe(self.text, position) or self.text[position - 1 : position + 2] == glyph * 3:
            return
        near = _faces(self.text, position)
        inner = bool(self.stack) and self.stack[-1].single
        if inner and near is not Facing.OPENS and glyph != "‘" and not self.possessive(position):
            self.facing[position] = Facing.CLOSES
            self.take(self.stack.pop(), position)
        elif not inner and glyph != "’" and near is not Facing.CLOSES and self.single_closes(position):
            self.facing[position] = Facing.OPENS
            self.stack.append(_Open(position, glyph))

    def possessive(self, position: int) -> bool:
        """`the voters’ anger’`: a plural's apostrophe, if a closing mark still follows."""
        if self.text[position - 1 : position] != "s" or not re.match(
            r"\s[a-z]", self.text[position + 1 : position + 3]
        ):
            return False
        return self.single_closes(position)

    def single_closes(self, position: int) -> bool:
        """Whether a closing single mark follows before the quotation around it ends."""
        limit = min(self.end, position + LONGEST_SINGLE)
        following = re.compile("[’'”\"“‘]").finditer(self.text, position + 1, limit)
        for match in islice(following, _MOST_SINGLES):
            if match.group() not in "’'":
                return False
            at = match.start()
            if at > position + 2 and not _is_apostrophe(self.text, at) and _faces(self.text, at) is Facing.CLOSES:
                return True
        return False

    def open(self, position: int, glyph: str) -> None:
        self.facing[position] = Facing.OPENS
        waiting = next((each for each in self.stack if not each.single), None)
        if waiting and (len(self.stack) >= _DEEPEST or not self.may_nest(waiting.glyph, glyph)):
            self.close_missing(position)
        self.stack.append(
            _Open(position, glyph, repaired=_glyph_faces(glyph) is Facing.CLOSES and glyph not in _ANGLES)
        )

    def may_nest(self, outer: str, inner: str) -> bool:
        """Whether marks of one kind may stand within the other: «… “…” …» may, “… “…” …” is a mark forgotten."""
        return (outer in _ANGLES) != (inner in _ANGLES)

    def close_missing(self, limit: int) -> None:
        """Close what is open before another quotation begins at `limit`.

        If a sentence ends right before it, paragraphs were joined and all of it is quoted; else its first sentence.
        """
        while self.stack:
            mark = self.stack.pop()
            before = self.text[mark.position : limit].rstrip()
            ends = [match.end() for match in _SENTENCE_END.finditer(before + " ")]
            whole = bool(ends) and ends[-1] == len(before)
            length = len(before) if whole or not ends else ends[0]
            self.run(mark, mark.position + length, mark.position + length, repaired=True)

    def close(self, position: int) -> None:
        while self.stack and self.stack[-1].single:
            self.stack.pop()
        if self.stack:
            self.facing[position] = Facing.CLOSES
            self.take(self.stack.pop(), position)
        elif not self.extend_misplaced(position) and not self.open_missing(position):
            self.facing[position] = Facing.STRAY
            self.doubt_latest()

    def take(self, mark: _Open, position: int) -> None:
        misused = self.text[position] in "“‘" and mark.glyph not in "„‚"
        self.run(mark, position, position + 1, repaired=misused)

    def run(self, mark: _Open, inner_end: int, end: int, *, repaired: bool, continues: bool = False) -> None:
        depth = min(len(self.stack) + 1, 2)
        start = mark.position
        self.add(QuotedRun(start, end, start + 1, inner_end, depth, mark.repaired or repaired, continues))

    def add(self, run: QuotedRun) -> None:
        self.runs.append(run)
        if run.depth == 1:
            self.outermost = len(self.runs) - 1

    def extend_misplaced(self, position: int) -> bool:
        """`“We will win.” in the end.”`: the first closing mark stood too early, so this one closes."""
        latest = self.latest()
        if latest is None or latest.inner_end == latest.end or self.text[latest.inner_end - 1] not in ".!?":
            return False
        if position - latest.end > LONGEST_SENTENCE:
            return False
        between = self.text[latest.end : position]
        if not re.match(r"\s+[a-z]", between) or _SENTENCE_END.search(between):
            return False
        self.facing[latest.end - 1] = Facing.STRAY
        self.facing[position] = Facing.CLOSES
        self.runs[self.outermost] = replace(latest, end=position + 1, inner_end=position, repaired=True)
        return True

    def latest(self) -> QuotedRun | None:
        """The last run that stands within none."""
        return self.runs[self.outermost] if self.outermost >= 0 else None

    def extended(self, run: QuotedRun, limit: int) -> QuotedRun:
        """`“… could worsen.” the situation here.`: a stop, a mark, and the sentence goes on: it is quoted whole."""
        closed = run.inner_end < run.end and self.text[run.inner_end - 1] == "."
        if run.depth > 1 or not closed or not _GOES_ON.match(self.text, run.end, self.end):
            return run
        rest = _SENTENCE_END.search(self.text[run.end : limit] + " ")
        if rest is None:
            return run
        self.facing[run.end - 1] = Facing.STRAY
        return replace(run, end=run.end + rest.end(), inner_end=run.end + rest.end(), repaired=True)

    def open_missing(self, position: int) -> bool:
        """`We will win,” he said`: a sentence that only lacks its opening mark, if nothing was quoted before it."""
        if self.runs:
            return False
        first = max(self.start, position - LONGEST_SENTENCE)
        before = self.text[first:position]
        ends = [match.end() for match in _SENTENCE_END.finditer(before.rstrip()[:-1] + " ")]
        if first > self.start and not ends and not self.carried:
            return False
        begin = 0 if self.carried or not ends else ends[-1]
        begin += len(before[begin:]) - len(before[begin:].lstrip())
        if len(before[begin:].split()) < FEWEST_WORDS:
            return False
        begin += self.start if self.carried else first
        self.facing[position] = Facing.CLOSES
        self.add(QuotedRun(begin, position + 1, begin, position, repaired=not self.carried))
        return True

    def finish(self, *, next_opens: bool) -> None:
        """Close what is still open where the paragraph ends; it goes on if the next one opens with a mark."""
        end = self.start + len(self.text[self.start : self.end].rstrip())
        while self.stack:
            mark = self.stack.pop()
            if mark.single:
                self.facing.pop(mark.position)
                continue
            self.run(mark, end, end, repaired=not next_opens, continues=next_opens)
