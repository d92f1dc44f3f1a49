"""What a page with a list of statements shows: the filters in use, the page, its count, its facets and all its links.

One definition for browsing and for the pages of speakers, outlets and topics; feeds and the API read the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from itertools import groupby
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from quotes.best import best
from quotes.exporting.forms import FORMS
from quotes.facets import FACETS, Spread, Tally, Total, key, spread, totals_without
from quotes.filters import Chosen, StatementFilter
from quotes.jump import Jump, jump
from quotes.models import Statement
from quotes.pagination import AFTER, BEFORE, PAGE_SIZE, BadCursor, Cursor, Page, read_cursor, turn
from quotes.querysets import StatementQuerySet
from quotes.search.expressions import EVERYTHING, Expression
from quotes.search.query import MAX_TEXT, Query
from quotes.searched import Searched, searched

Pair = tuple[str, str]

WORDS = "q"
SORT, BY_DATE = "sort", "date"
DATES = ("said_after", "said_before", "published_after", "published_before")
TITLE_LENGTH = 160


@dataclass(frozen=True)
class Links:
    """The addresses around a list: the same parameters with one put in or taken out, and always from the top."""

    path: str
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, path: str, params: QueryDict) -> Self:
        """Start from a request's parameters; empty ones and the cursor are dropped."""
        lists = [(name, values) for name, values in params.lists() if name not in (AFTER, BEFORE)]
        return cls(path, tuple((name, value) for name, values in lists for value in values if value.strip()))

    def to(self, pairs: Iterable[Pair]) -> str:
        """Return the address with these parameters."""
        query = urlencode(list(pairs))
        return f"{self.path}?{query}" if query else self.path or "?"

    @property
    def here(self) -> str:
        """Return the list's own address, from the top."""
        return self.to(self.pairs)

    @cached_property
    def _begun(self) -> str:
        """Begin an address that goes on with one more parameter: facets write seventy of them."""
        return f"{self.here}&" if self.pairs else f"{self.path}?"

    def adding(self, name: str, value: str) -> str:
        """Return the address with one more value."""
        return f"{self._begun}{urlencode([(name, value)])}"

    def without(self, name: str, values: Collection[str] | None = None) -> str:
        """Return the address without a parameter, or without some of its values."""
        return self.to(
            (other, value)
            for other, value in self.pairs
            if other != name or (values is not None and value.strip() not in values)
        )

    def replacing(self, name: str, value: str) -> str:
        """Return the address with another value in place of a parameter's; without it where there is none."""
        pairs = [(other, value if other == name else one) for other, one in self.pairs]
        return self.to(pair for pair in dict.fromkeys(pairs) if pair[1])

    def without_any(self, names: Collection[str]) -> str:
        """Return the address without these parameters."""
        return self.to(pair for pair in self.pairs if pair[0] not in names)

    def at(self, cursor: Cursor | None, parameter: str) -> str:
        """Return the address of the page after or before a cursor; none where there is none."""
        return self.to([*self.pairs, (parameter, str(cursor))]) if cursor else ""


@dataclass(frozen=True)
class ActiveFilter:
    """One value in use, what is wrong with it, and the address without it."""

    name: str
    label: str
    words: str
    problem: str
    url: str


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: choosing it, or letting go of it where it is chosen, leads to `url`."""

    id: str
    label: str
    count: str
    chosen: bool
    url: str


@dataclass(frozen=True)
class FacetShown:
    """One facet beside a list."""

    name: str
    label: str
    values: list[FacetValue]


@dataclass(frozen=True)
class TypedFilter:
    """A filter that is typed: what stands in its field, and what is wrong with it."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True)
class Loosening:
    """A parameter that can be dropped where nothing was found, and how many statements that would give."""

    label: str
    words: str
    total: Total
    url: str

    @property
    def found(self) -> str:
        """Say how many statements there are without it."""
        return _counted(self.total) if self.total.n else gettext("none either")


@dataclass(frozen=True)
class Order:
    """The order of a search's list, and the address of the other one."""

    by_rank: bool
    other_url: str


@dataclass(frozen=True)
class Listing:
    """A list of statements as a page shows it."""

    filterset: StatementFilter
    links: Links
    statements: list[Statement]
    total: Total
    facets: list[FacetShown]
    active: list[ActiveFilter]
    loosenings: list[Loosening]
    next_url: str
    previous_url: str
    misplaced: str
    is_near: bool = False
    jump: Jump | None = None
    order: Order | None = None
    search: Searched | None = None
    subject: Pair | None = None

    @property
    def status(self) -> HTTPStatus:
        """Return the status of a page with this list: a place that isn't one is the address's fault."""
        return HTTPStatus.BAD_REQUEST if self.misplaced else HTTPStatus.OK

    @property
    def is_valid(self) -> bool:
        """Say whether every filter and the place could be read."""
        return not self.misplaced and self.filterset.is_valid()

    @property
    def problems(self) -> list[ActiveFilter]:
        """Return the filters with something wrong."""
        return [active for active in self.active if active.problem]

    @property
    def first_url(self) -> str:
        """Return the address of the first page."""
        return self.links.here

    @property
    def path(self) -> str:
        """Return the address that the filter form goes to."""
        return self.links.path

    @property
    def clear_url(self) -> str:
        """Return the address without any filter."""
        return self.links.without_any(self.filterset.filters)

    @property
    def kept(self) -> list[Pair]:
        """Return the parameters that the filter form carries along unseen."""
        return [pair for pair in self.links.pairs if pair[0] not in (WORDS, *DATES)]

    @property
    def feed_query(self) -> str | None:
        """Return the parameters of the list's feed: its filters, and whose page it stands on.

        None where both name one parameter: on a list of its own the two would be alternatives.
        """
        pairs = [pair for pair in self.links.pairs if pair[0] in self.filterset.filters]
        if self.subject and self.subject[0] in dict(pairs):
            return None
        return urlencode([*([self.subject] if self.subject else []), *pairs])

    @property
    def downloads(self) -> list[Pair]:
        """Return the forms that the whole list can be had in, by their suffixes."""
        return [(suffix, form.label) for suffix, form in FORMS.items()]

    @property
    def words_field(self) -> TypedFilter:
        """Return the field for the words."""
        return self._typed(WORDS)

    @property
    def query(self) -> Query | None:
        """Return the search in use as it was read."""
        return self.search.query if self.search and self.search.query.parts else None

    @property
    def date_fields(self) -> list[TypedFilter]:
        """Return the fields for the dates."""
        return [self._typed(name) for name in DATES]

    @property
    def dates_in_use(self) -> bool:
        """Say whether a date is typed, so that its field must be seen."""
        return any(active.name in DATES for active in self.active)

    def _typed(self, name: str) -> TypedFilter:
        problem = next((active.problem for active in self.problems if active.name == name), "")
        return TypedFilter(name, str(self.filterset.filters[name].label), self.filterset.data.get(name, ""), problem)

    @property
    def count_words(self) -> str:
        """Say how many there are: No statements, 1 statement, More than 10,000 statements."""
        words = _counted(self.total) if self.total.n else gettext("no statements")
        return words[:1].upper() + words[1:]

    @property
    def title(self) -> str:
        """Name the list by its filters: Statements by Emmanuel Macron, to TF1."""
        return title_of(self.filterset)


def title_of(filterset: StatementFilter) -> str:
    """Name a list by its filters, in 160 characters."""
    right = (chosen for chosen in filterset.chosen() if not chosen.problem)
    groups = groupby(right, lambda chosen: chosen.name)
    phrases = [_phrase(filterset, name, group) for name, group in groups]
    title = gettext("Statements %(phrases)s") % {"phrases": gettext(", ").join(phrases)}
    title = title.strip()
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 2].rsplit(" ", 1)[0] + " …"


def listing(  # noqa: PLR0913  # each is what one kind of page asks for
    params: Mapping[str, Any],
    rows: StatementQuerySet | None = None,
    *,
    within: Expression = EVERYTHING,
    path: str = "",
    leaving_out: Collection[str] = (),
    subject: Pair | None = None,
    counted: bool = True,
    ranked: bool = False,
    size: int = PAGE_SIZE,
) -> Listing:
    """Return what a request's parameters ask for of the published statements, or of those that `within` asks for.

    `rows` says what else is read of each. `path` is the page's own address, where links should be whole; `leaving_out`
    names the facets that say nothing there; `subject` is the filter that the page itself stands for; what isn't
    `counted` has no facets either. Where it is `ranked` a search gives the best first, unless `sort=date` or a place
    asks for its place in time.

    At most six queries: one for all speakers, outlets and topics that are named, one for the names in a search, three
    for the cards, one for the count and all facets; one more where it is ranked, and one for every further merge in a
    chain that a name stands at the start of.
    """
    everything = (Statement.objects.all() if rows is None else rows).published().latest_first()
    asked = _asked(StatementFilter(params, everything, within=within), path, can_rank=ranked)
    page = _page(asked, size, is_of_cards=rows is None and size <= PAGE_SIZE)
    counts = spread(asked.filterset, leaving_out, page.places) if asked.is_valid and counted else None
    return _listing(asked, page, counts, subject)


@dataclass(frozen=True)
class _Asked:
    """What a request asks for: by which filters, from which place on, and whether the best come first."""

    filterset: StatementFilter
    links: Links
    place: Cursor | None
    misplaced: str
    can_rank: bool

    @property
    def is_valid(self) -> bool:
        return self.filterset.is_valid() and not self.misplaced

    @property
    def by_rank(self) -> bool:
        by_date = self.place or self.filterset.data.get(SORT) == BY_DATE
        return self.can_rank and self.is_valid and not by_date and WORDS in self.filterset.used


def _asked(filterset: StatementFilter, path: str, *, can_rank: bool) -> _Asked:
    place, misplaced = _place(filterset.data)
    return _Asked(filterset, _links(path, filterset), place, misplaced, can_rank)


def _listing(asked: _Asked, page: Page[Statement], counts: Spread | None, subject: Pair | None) -> Listing:
    """Put together what a page shows; `counts` is None where nothing was counted. At most three queries."""
    filterset, links, spread_out = asked.filterset, asked.links, counts or Spread()
    total = counts.total.n if counts else None
    return Listing(
        filterset=filterset,
        links=links,
        statements=page.rows,
        total=spread_out.total,
        facets=list(_facets(filterset, links, spread_out)),
        active=[_active(chosen, links) for chosen in filterset.chosen()],
        loosenings=_loosenings(filterset, links, spread_out) if total == 0 else [],
        next_url=links.at(page.after, AFTER),
        previous_url=links.at(page.before, BEFORE),
        misplaced=asked.misplaced,
        is_near=page.is_near,
        order=_order(asked),
        jump=_jump(spread_out.months, page, links),
        search=_search(filterset, links, total),
        subject=subject,
    )


def _links(path: str, filterset: StatementFilter) -> Links:
    """Return the addresses around a list; a search that was cut goes on as it was read."""
    links = Links.of(path, filterset.data)
    words = filterset.used.get(WORDS, "")
    if len(words) <= MAX_TEXT:
        return links
    read = str(filterset.filters[WORDS].asked(words).query)
    return Links(path, tuple((name, read if name == WORDS else value) for name, value in links.pairs))


def _search(filterset: StatementFilter, links: Links, found: int | None) -> Searched | None:
    """Say how the search in use was read. Two queries where it found nothing."""
    if not filterset.used.get(WORDS):
        return None
    asked = filterset.filters[WORDS].asked(filterset.used[WORDS])
    return searched(asked, lambda text: links.replacing(WORDS, text), found=found)


def _place(params: Mapping[str, Any]) -> tuple[Cursor | None, str]:
    try:
        return read_cursor(params), ""
    except BadCursor as error:
        return None, str(error)


def _page(asked: _Asked, size: int, *, is_of_cards: bool) -> Page[Statement]:
    if not asked.is_valid:
        return Page([])
    filterset = asked.filterset
    read = None if is_of_cards else filterset.queryset.for_cards()
    page = best(filterset, read, size) if asked.by_rank else turn(filterset.demand(), asked.place, read, size)
    filterset.mark_possible(page.rows)
    return page


def _order(asked: _Asked) -> Order | None:
    if not asked.can_rank or WORDS not in asked.filterset.used:
        return None
    pairs = [pair for pair in asked.links.pairs if pair[0] != SORT]
    return Order(asked.by_rank, asked.links.to([*pairs, (SORT, BY_DATE)] if asked.by_rank else pairs))


def _jump(months: list[int], page: Page[Statement], links: Links) -> Jump | None:
    """Offer where to go in a list that has more than a page."""
    if not months or not (page.after or page.before):
        return None
    return jump(months, page.rows[0].said_max.year if page.rows else None, lambda place: links.at(place, AFTER))


def _active(chosen: Chosen, links: Links) -> ActiveFilter:
    single = chosen.name in (WORDS, *DATES)
    url = links.without(chosen.name, None if single else [chosen.value])
    return ActiveFilter(chosen.name, chosen.label, chosen.words, chosen.problem, url)


def _facets(filterset: StatementFilter, links: Links, spread_out: Spread) -> Iterator[FacetShown]:
    for facet in FACETS:
        if tallies := spread_out.facets.get(facet.name):
            written = _written(filterset, facet.name)
            values = [_facet_value(facet.name, tally, written, links) for tally in tallies]
            yield FacetShown(facet.name, str(filterset.filters[facet.name].label), values)


def _written(filterset: StatementFilter, name: str) -> dict[str, list[str]]:
    """Return how each chosen value is written in the address: by today's slug or a former one, or by both."""
    written: dict[str, list[str]] = {}
    for value, meaning in filterset.used.get(name, {}).items():
        written.setdefault(key(meaning), []).append(value)
    return written


def _facet_value(name: str, tally: Tally, written: Mapping[str, list[str]], links: Links) -> FacetValue:
    values = written.get(tally.value)
    url = links.without(name, values) if values else links.adding(name, tally.value)
    return FacetValue(f"{name}-{tally.value}", tally.label, tally.number, bool(values), url)


def _loosenings(filterset: StatementFilter, links: Links, spread_out: Spread) -> list[Loosening]:
    """Say what dropping each parameter would give, the most first. One query at most."""
    if not filterset.used:
        return []
    totals = totals_without(filterset, spread_out.without)
    groups = groupby(filterset.chosen(), lambda chosen: chosen.name)
    loosenings = [
        Loosening(str(filterset.filters[name].label), _either(group), totals[name], links.without(name))
        for name, group in groups
    ]
    return sorted(loosenings, key=lambda loosening: -loosening.total.n)


def _counted(total: Total) -> str:
    return ngettext("%(number)s statement", "%(number)s statements", total.n) % {"number": total}


def _either(group: Iterable[Chosen | ActiveFilter]) -> str:
    return gettext(" or ").join(one.words for one in group)


def _phrase(filterset: StatementFilter, name: str, group: Iterable[Chosen]) -> str:
    phrase: str = filterset.filters[name].phrased(_either(group))
    return phrase
