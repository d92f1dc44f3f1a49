"""What a statement's page shows, read once: for its permalink, its versions and an editor's preview."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.models import Appearance, Hop, Link, Statement
from quotes.models.origins import origins_in
from quotes.prepared import Prepared, keep
from sources.models import Outlet

ROADS_SHOWN = 3

_FROM_THE_OTHER_END = {
    "responds_to": _("answered by"),
    "reports": _("told by"),
    "repeats": _("repeated by"),
    "confirms": _("confirmed by"),
    "denies": _("denied by"),
    "contradicts": _("contradicted by"),
}
_FROM_THIS_END = {**dict(Link.Kind.choices), "reports": _("tells of")}
_HOW = {"spoken_to": _("said to"), "told_by": _("as told by"), "published_by": _("published by")}


@dataclass(frozen=True)
class Stop:
    """One stop of a road: how the words got there (“said to”), who that is, the address of their page, and when."""

    how: str
    who: str
    address: str
    when: str


@dataclass(frozen=True)
class Road:
    """One appearance and the named stops it came by."""

    appearance: Appearance
    stops: list[Stop]


@dataclass(frozen=True)
class Around:
    """A linked statement and what the link says, read from this side."""

    relation: str
    statement: Statement
    kind: str = ""
    is_outward: bool = True


@dataclass(frozen=True)
class StatementPage:
    """A statement, the roads it came by, primary first, and what is linked to it."""

    statement: Statement
    roads: list[Road]
    around: list[Around]

    @property
    def first_roads(self) -> list[Road]:
        """The roads that a reader sees at once."""
        return self.roads[:ROADS_SHOWN]

    @property
    def more_roads(self) -> list[Road]:
        """The roads behind a fold."""
        return self.roads[ROADS_SHOWN:]


def statement_page(statement: Statement) -> StatementPage:
    """What a statement's page shows beside its frozen version. At most three queries."""
    roads = roads_of(statement)
    appearances = [road.appearance for road in roads]
    statement.carried, statement.origins = carried_in(appearances), origins_in(appearances)
    return StatementPage(statement, roads, [seen_from(statement, link) for link in _LINKS(statement.pk)])


def roads_of(statement: Statement) -> list[Road]:
    """Every appearance with its stops, the primary one first. Two queries."""
    appearances = sorted(
        _with_hops(statement),
        key=lambda appearance: (appearance.pk != statement.primary_appearance_id, appearance.pk),
    )
    for appearance in appearances:
        appearance.statement = statement
    return [Road(appearance, _stops(statement, appearance)) for appearance in appearances]


_APPEARANCES = Prepared(lambda key: Appearance.objects.with_places().filter(statement=key), int)
_HOPS = Prepared(
    lambda key: Hop.objects.filter(appearance__statement=key).select_related("outlet", "speaker", "document"), int
)
_LINKS = Prepared(lambda key: Link.objects.around_keys([key]), int)


def _with_hops(statement: Statement) -> list[Appearance]:
    """What `with_roads` finds of a statement. Two queries."""
    appearances = _APPEARANCES(statement.pk)
    hops: dict[int, list[Hop]] = {appearance.pk: [] for appearance in appearances}
    for hop in _HOPS(statement.pk) if appearances else ():
        hops[hop.appearance_id].append(hop)
    for appearance in appearances:
        keep(appearance, "hops", hops[appearance.pk], Hop)
    return appearances


def carried_in(appearances: list[Appearance]) -> dict[str, list[Outlet]]:
    """Who carried it by role, as carriage has it, from the hops: a draft has no carriage yet."""
    by_role: dict[str, dict[Outlet, None]] = defaultdict(dict)
    for appearance in appearances:
        for hop in appearance.hops.all():
            if hop.outlet:
                by_role[hop.role][hop.outlet] = None
    return {role: list(outlets) for role, outlets in by_role.items()}


def _stops(statement: Statement, appearance: Appearance) -> list[Stop]:
    speaker = statement.speaker
    first = Stop(gettext("said by"), speaker.name, speaker.get_absolute_url() if speaker.has_page else "", "")
    return [first, *(_stop(hop, appearance) for hop in appearance.hops.all())]


def _stop(hop: Hop, appearance: Appearance) -> Stop:
    when = hop.date_words
    if not when and hop.role == Hop.Role.PUBLISHED_BY and hop.outlet_id == appearance.document.outlet_id:
        when = appearance.document.published_words
    carrier = hop.carrier
    linked = not hop.speaker or hop.speaker.has_page
    return Stop(
        str(_HOW.get(hop.role) or hop.get_role_display()),
        carrier.name,
        carrier.get_absolute_url() if linked else "",
        when,
    )


def seen_from(statement: Statement, link: Link) -> Around:
    """A link as it reads from one of its ends."""
    if link.source_id == statement.pk:
        return Around(str(_FROM_THIS_END[link.kind]), link.target, link.kind)
    return Around(str(_FROM_THE_OTHER_END[link.kind]), link.source, link.kind, is_outward=False)
