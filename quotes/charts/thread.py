"""Who answered whom as a drawing: statements down the page in the order they were said, a line from each to its answer.

Each speaker has a lane; of many, those who come later share the last one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotes.charts.figures import Cell, Figure, Table, number, shortened
from quotes.exchange import Turn
from quotes.models import Link, Statement

MOST = 60
LANES = 6
_ROW, _LANE, _EDGE, _TEXT = 46, 22, 14, 18
_ROOM, _WORDS = 30, 120


@dataclass(frozen=True)
class Point:
    """A statement: where it stands, what is written beside it, and its page."""

    x: int
    y: int
    text_x: int
    first_y: int
    second_y: int
    who: str
    when: str
    told: str
    url: str
    number: int
    top: int
    is_answer: bool
    height: int = _ROW


@dataclass(frozen=True)
class Line:
    """From what was said to what was said to it; `kind` is the link's."""

    path: str
    kind: str


@dataclass(frozen=True)
class Thread:
    """All points and lines."""

    height: int
    lines: list[Line]
    points: list[Point]


@dataclass(frozen=True)
class _Answer:
    source: int
    target: int
    kind: str


def thread(turns: Iterable[Turn], most: int = MOST) -> Figure:
    """The figure of a page's exchanges: of the first of them, as many as there is room for, each whole. No query."""
    statements, answers, left = _flat(turns, most)
    ordered = sorted(statements.values(), key=lambda one: (one.said_max, one.pk))
    numbers = {one.pk: place + 1 for place, one in enumerate(ordered)}
    does = {key: _does(key, answers, numbers) for key in numbers}
    lanes: dict[int, int] = {}
    for one in ordered:
        lanes.setdefault(one.speaker_id, min(len(lanes), LANES - 1))
    points = [_point(one, numbers[one.pk], lanes, does[one.pk]) for one in ordered]
    where = {one.pk: point for one, point in zip(ordered, points, strict=True)}
    drawn = Thread(
        height=len(ordered) * _ROW,
        lines=[Line(_path(where[one.target], where[one.source]), one.kind) for one in answers],
        points=points,
    )
    told = ngettext(
        "%(n)s statement that answers another or was answered, in the order they were said.",
        "%(n)s statements that answer another or were answered, in the order they were said.",
        len(ordered),
    ) % {"n": number(len(ordered))}
    if left:
        told += " " + _("The exchanges further down the page aren’t drawn.")
    return Figure("thread", _("The exchange, drawn"), told, "thread", drawn, _table(ordered, numbers, does))


def _flat(turns: Iterable[Turn], most: int) -> tuple[dict[int, Statement], list[_Answer], bool]:
    """The statements of whole exchanges, each once, what answers what, and whether some were left out."""
    statements: dict[int, Statement] = {}
    answers: dict[_Answer, None] = {}
    for turn in turns:
        if not turn.turns:
            continue
        found = {one.statement.pk: one.statement for one, _above in _walk(turn)}
        if statements and len(statements.keys() | found.keys()) > most:
            return statements, list(answers), True
        statements |= found
        pairs = ((one, above) for one, above in _walk(turn) if above)
        answers |= {_Answer(one.statement.pk, above.statement.pk, one.kind): None for one, above in pairs}
    return statements, list(answers), False


def _walk(turn: Turn, above: Turn | None = None) -> Iterator[tuple[Turn, Turn | None]]:
    yield turn, above
    for one in turn.turns:
        yield from _walk(one, turn)


def _does(key: int, answers: Iterable[_Answer], numbers: dict[int, int]) -> str:
    kinds = dict(Link.Kind.choices)
    return _(", ").join(f"{kinds[one.kind]} {numbers[one.target]}" for one in answers if one.source == key)


def _point(statement: Statement, place: int, lanes: dict[int, int], does: str) -> Point:
    top = (place - 1) * _ROW
    said = " · ".join(filter(None, [does, statement.said_words]))
    return Point(
        x=_EDGE + lanes[statement.speaker_id] * _LANE,
        y=top + _ROW // 2,
        text_x=_EDGE + max(lanes.values()) * _LANE + _TEXT,
        first_y=top + 20,
        second_y=top + 37,
        who=shortened(f"{place}. {statement.speaker}", _ROOM),
        when=shortened(said, _ROOM + 4),
        told=_("%(n)s. %(speaker)s, %(said)s: %(words)s")
        % {"n": place, "speaker": statement.speaker, "said": said, "words": statement.text[:_WORDS]},
        url=statement.get_absolute_url(),
        number=place,
        top=top,
        is_answer=bool(does),
    )


def _path(above: Point, below: Point) -> str:
    middle = (above.y + below.y) // 2
    return f"M{above.x} {above.y}C{above.x} {middle} {below.x} {middle} {below.x} {below.y}"


def _table(ordered: list[Statement], numbers: dict[int, int], does: dict[int, str]) -> Table:
    rows = [
        [
            Cell(str(numbers[one.pk])),
            Cell(one.said_words),
            Cell(one.speaker.name),
            Cell(does[one.pk]),
            Cell(shortened(one.words, _WORDS), one.get_absolute_url()),
        ]
        for one in ordered
    ]
    return Table([_("Number"), _("Said"), _("Speaker"), _("What it does"), _("Words")], rows)
