"""All roads of a statement as one tree: from the speaker by outlets and agencies to the documents it was found in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotes.charts.figures import Cell, Figure, Table, number, shortened
from quotes.pages import Road, Stop

MOST = 40
_ROW, _STEP, _EDGE, _TEXT = 44, 22, 8, 16
_ROOM, _DEEPEST = 40, 6


@dataclass
class _Node:
    stop: Stop
    below: dict[tuple[str, str, str], "_Node"] = field(default_factory=dict)


@dataclass(frozen=True)
class Branch:
    """A stop of the tree, and the line that leads to it from the one above."""

    x: int
    y: int
    text_x: int
    first_y: int
    second_y: int
    how: str
    who: str
    told: str
    url: str
    line: str
    top: int
    is_first: bool
    height: int = _ROW


@dataclass(frozen=True)
class Tree:
    """All stops, each below the one that it came from."""

    height: int
    branches: list[Branch]


def tree_of_roads(roads: Sequence[Road]) -> Figure:
    """The figure of a statement's roads; what several share is drawn once. No query where the roads are loaded."""
    root = _Node(Stop("", "", "", ""))
    for road in roads:
        node = root
        for stop in [*road.stops, _end(road)]:
            node = node.below.setdefault((stop.how, stop.who, stop.address), _Node(stop))
    walked = _walk(root)
    branches = [_branch(*one) for one in walked[:MOST]]
    told = ngettext(
        "%(n)s printing or mention, by the road that it came.",
        "%(n)s printings and mentions, by the roads that they came; what several share is drawn once.",
        len(roads),
    ) % {"n": number(len(roads))}
    drawn = Tree(len(branches) * _ROW, branches)
    return Figure("roads-drawn", _("All roads"), told, "tree", drawn, _table(walked))


def _end(road: Road) -> Stop:
    """The document that the statement stands in, or that attests it."""
    document = road.appearance.document
    how = _("attested by") if road.appearance.attested else _("found in")
    return Stop(how, str(document), document.get_absolute_url(), document.published_words)


_Walked = tuple[int, int, Stop, "tuple[int, int] | None", Stop | None]
"""A stop's row and depth, the stop, and the row and depth of the one above it, with that one."""


def _walk(root: _Node) -> list[_Walked]:
    """Every stop, each above those that it led to."""
    walked: list[_Walked] = []

    def below(node: _Node, above: tuple[int, int] | None, before: Stop | None) -> None:
        for one in node.below.values():
            here = len(walked), above[1] + 1 if above else 0
            walked.append((*here, one.stop, above, before))
            below(one, here, one.stop)

    below(root, None, None)
    return walked


def _branch(row: int, depth: int, stop: Stop, above: tuple[int, int] | None, _before: Stop | None) -> Branch:
    x, y, top = _x(depth), row * _ROW + _ROW // 2, row * _ROW
    how = _(", ").join(filter(None, [stop.how, stop.when]))
    line = f"M{_x(above[1])} {above[0] * _ROW + _ROW // 2}V{y}H{x}" if above else ""
    return Branch(
        x=x,
        y=y,
        text_x=x + _TEXT,
        first_y=top + 17,
        second_y=top + 35,
        how=shortened(how, _ROOM),
        who=shortened(stop.who, _ROOM - 3 * depth),
        told=_("%(how)s: %(who)s") % {"how": how, "who": stop.who},
        url=stop.address,
        line=line,
        top=top,
        is_first=above is None,
    )


def _x(depth: int) -> int:
    return _EDGE + min(depth, _DEEPEST) * _STEP


def _table(walked: list[_Walked]) -> Table:
    rows = [
        [Cell(before.who if before else ""), Cell(stop.how), Cell(stop.who, stop.address), Cell(stop.when)]
        for _row, _depth, stop, _above, before in walked
    ]
    return Table([_("From"), _("How"), _("Who"), _("When")], rows)
