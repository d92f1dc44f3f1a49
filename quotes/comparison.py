"""Two speakers side by side, on a topic or by any filters: each column is a list of its own with its own pages."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import QueryDict

from quotes.facets import FACETS
from quotes.filters import StatementFilter
from quotes.listing import FacetShown, Listing, listing
from quotes.models import Speaker
from quotes.pagination import AFTER, BEFORE

SIDES = (1, 2)
SIZE = 10
_CHOSEN_FROM = ("topic", "speaker")


@dataclass(frozen=True)
class Column:
    """One speaker's statements, and the addresses that turn this column alone."""

    speaker: Speaker
    listing: Listing
    next_url: str
    previous_url: str


@dataclass(frozen=True)
class Comparison:
    """What was asked for (`listing`), and both columns; none until two speakers are chosen from the facets."""

    listing: Listing
    columns: list[Column]
    facets: list[FacetShown]
    left_out: list[Speaker]

    @property
    def status(self) -> int:
        """400 where a place can't be read."""
        return max([self.listing.status, *(column.listing.status for column in self.columns)])


def compared(params: QueryDict, path: str) -> Comparison:
    """The lists of the first two speakers that are named, narrowed by all other filters. Fifteen queries at most."""
    asked = params.copy()
    for name in (AFTER, BEFORE, *(_place(name, side) for side in SIDES for name in (AFTER, BEFORE))):
        asked.pop(name, None)
    speakers = _named(asked)
    whole = listing(asked, path=path, counted=len(speakers) < len(SIDES), size=1)
    pairs = zip(SIDES, speakers, strict=False) if len(speakers) >= len(SIDES) and whole.is_valid else ()
    return Comparison(
        listing=whole,
        columns=[_column(params, asked, side, speaker, path) for side, speaker in pairs],
        facets=[facet for facet in whole.facets if facet.name in _CHOSEN_FROM],
        left_out=speakers[len(SIDES) :],
    )


def _named(asked: QueryDict) -> list[Speaker]:
    """Whom the address names, each once, in its order. One query."""
    filterset = StatementFilter(asked)
    return list({speaker.pk: speaker for speaker in filterset.meanings("speaker")}.values())


def _column(params: QueryDict, asked: QueryDict, side: int, speaker: Speaker, path: str) -> Column:
    own = asked.copy()
    own.setlist("speaker", [str(speaker.slug)])
    for name in (AFTER, BEFORE):
        if place := params.get(_place(name, side), ""):
            own[name] = place
    found = listing(own, path=path, leaving_out=[facet.name for facet in FACETS], size=SIZE)
    kept = [
        (name, value)
        for name, values in params.lists()
        for value in values
        if value and name not in (_place(AFTER, side), _place(BEFORE, side))
    ]

    def turned(name: str, address: str) -> str:
        place = parse_qs(urlsplit(address).query).get(name, [""])[0]
        return f"{path}?{urlencode([*kept, (_place(name, side), place)])}#side-{side}" if place else ""

    return Column(speaker, found, turned(AFTER, found.next_url), turned(BEFORE, found.previous_url))


def _place(name: str, side: int) -> str:
    """The parameter of a column's place: after_1, before_2."""
    return f"{name}_{side}"
