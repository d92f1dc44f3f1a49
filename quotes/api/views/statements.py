"""Statements: lists with the pages' own filters, single ones with all that is known of them, and their numbers."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.utils.timezone import localdate
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import LISTED, MOST_WORDS, Asked, read_asked
from quotes.api.identifiers import canonical
from quotes.api.problems import Problem, Wrong, refuse
from quotes.api.reading import row, rows
from quotes.api.resource import Resource, json_page, link_pages, page
from quotes.api.shapes import acts
from quotes.api.shapes.statements import EXPANDED, FIELDS, told
from quotes.api.views.drafts import DraftWritten
from quotes.citing.file_names import file_name
from quotes.facets import FACETS, Spread, spread
from quotes.filters import StatementFilter
from quotes.history import tombstone
from quotes.listing import Listing, listing
from quotes.models import Statement
from quotes.parameters import SlugsField, ValuesField, is_slug
from quotes.revalidation import PUBLIC
from quotes.versions import Shown, find

FILTERS = tuple(StatementFilter.base_filters)
REPEATABLE = tuple(
    name for name, one in StatementFilter.base_filters.items() if issubclass(one.field_class, ValuesField)
)
_FREE = {"q": MOST_WORDS}
_SLUGS = {name for name, one in StatementFilter.base_filters.items() if issubclass(one.field_class, SlugsField)}
_NO_FACET = [facet.name for facet in FACETS]


def problems_of(filterset: StatementFilter, misplaced: str, params: QueryDict) -> Iterator[Wrong]:
    """What is wrong with the filters and the place in the list."""
    for name, errors in filterset.form.errors.as_data().items():
        for error in errors:
            value = str((error.params or {}).get("value", ""))
            is_unknown = name in _SLUGS and is_slug(value) and bool(value)
            yield Wrong(name, value[:80], str(error.message), "unknown" if is_unknown else "malformed")
    if misplaced:
        name = "after" if params.get("after") else "before"
        yield Wrong(name, params.get(name, "")[:80], misplaced)


@described.statements
class Statements(DraftWritten, Resource):
    """Published statements, latest said first. At most fifteen queries, ten without `expand`."""

    formats = formats.OF_STATEMENTS

    def identity(self, request: Request) -> tuple[str, ...]:
        """Citations name the day they were made."""
        return (*super().identity(request), localdate().isoformat())

    def answer(self, request: Request, /) -> HttpResponse:
        """One page of the list."""
        known = (*FILTERS, *LISTED, "expand")
        asked = read_asked(request.GET, known=known, repeatable=REPEATABLE, fields=FIELDS, extra=EXPANDED, free=_FREE)
        found = listing(request.GET, path=request.path, leaving_out=_NO_FACET, size=asked.size)
        refuse(problems_of(found.filterset, found.misplaced, found.filterset.data))
        return self.listed(found, asked)

    def listed(self, found: Listing, asked: Asked) -> HttpResponse:
        """The page in the client's format."""
        read = rows(found.statements, asked.fields, with_bodies=self.format.cites)
        listed = page(
            [told(one, asked.fields) for one in read] if self.format is formats.JSON else [],
            onward=found.next_url,
            back=found.previous_url,
            total=found.total,
        )
        if self.format is formats.JSON:
            return json_page(self, listed)
        content = formats.written(read, self.format, asked.fields)
        return link_pages(self.write(content, name=f"statements.{self.format.name}"), listed)


@described.search
class Search(Statements):
    """The list of statements that hold some words: `q` must be there."""

    http_method_names = Resource.http_method_names

    def answer(self, request: Request, /) -> HttpResponse:
        """One page of what was found."""
        if not request.GET.get("q", "").strip():
            refuse([Wrong("q", "", "What shall be looked for? Words, or an “exact phrase”.")])
        return super().answer(request)


@described.facets
class Facets(Resource):
    """How the statements of a list spread over speakers, outlets and so on. At most two queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """The count, and the first values of each facet."""
        read_asked(request.GET, known=FILTERS, repeatable=REPEATABLE, free=_FREE)
        filterset = StatementFilter(request.GET)
        refuse(problems_of(filterset, "", filterset.data))
        return self.write(formats.as_json(_spread(spread(filterset))))


def _spread(found: Spread) -> dict[str, Any]:
    facets = {
        name: [
            {"value": tally.value, "label": tally.label, "count": tally.n, "count_is_least": tally.is_least}
            for tally in tallies
        ]
        for name, tallies in found.facets.items()
    }
    counted = page([], total=found.total)
    return {"total": counted["total"], "total_is_more": counted["total_is_more"], "facets": facets}


@described.statement
class StatementById(Resource):
    """One statement, published or retracted. At most eleven queries."""

    formats = formats.OF_STATEMENTS

    def identity(self, request: Request) -> tuple[str, ...]:
        """Citations and the state name the day."""
        return (*super().identity(request), localdate().isoformat())

    def answer(self, request: Request, /) -> HttpResponse:
        """The statement; the way to it where it was merged or typed otherwise; what is left of a removed one."""
        typed = self.kwargs["id"]
        asked = read_asked(request.GET, known=("fields",), fields=FIELDS)
        shown = find(canonical(typed))
        if elsewhere := moved(request, shown, typed):
            return elsewhere
        read = row(shown.statement, asked.fields)
        if self.format is formats.JSON:
            return self.write(formats.as_json(told(read, asked.fields)))
        name = file_name(shown.cited, f".{self.format.name}")
        return self.write(formats.written([read], self.format, asked.fields), name=name)


def moved(request: Request, shown: Shown, typed: str, *, even_merged: bool = False) -> HttpResponse | None:
    """Where else a statement is, None where it is here. Raises Problem 410 where it was removed."""
    statement = shown.statement
    if shown.is_removed:
        raise Problem(410, "This statement was removed.", **acts.removal(statement, tombstone(statement)))
    merged = statement.state == Statement.State.MERGED and not even_merged
    pid = acts.kept_instead(statement) if merged else statement.pid
    if pid == typed:
        return None
    start, part, rest = request.get_full_path().partition("/statements/")
    response = HttpResponsePermanentRedirect(f"{start}{part}{pid}{rest[len(typed) :]}")
    response["Cache-Control"] = PUBLIC
    return response
