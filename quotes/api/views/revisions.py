"""The versions of a statement."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import read_asked
from quotes.api.identifiers import canonical
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes import acts
from quotes.api.views.statements import moved
from quotes.facets import Total
from quotes.models import Revision
from quotes.versions import find


@described.revisions
class Revisions(Resource):
    """Every version of a statement, the last first; of one that was merged away too. Five queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """All of them: each costs an editor an act and a reason."""
        typed = self.kwargs["id"]
        read_asked(request.GET, known=())
        shown = find(canonical(typed))
        if elsewhere := moved(request, shown, typed, even_merged=True):
            return elsewhere
        versions: QuerySet[Revision] = shown.statement.revisions.defer("body").order_by("-number")
        told = [acts.revision_listed(shown.statement, one) for one in versions]
        return json_page(self, page(told, total=Total(len(told))))


@described.revision
class RevisionByNumber(Resource):
    """One version: the very text that was hashed. Four queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """The version, which never changes."""
        typed, number = self.kwargs["id"], self.kwargs["number"]
        read_asked(request.GET, known=())
        if not number.strip("0"):
            raise Http404("version")
        shown = find(canonical(typed), int(number))
        if elsewhere := moved(request, shown, typed, even_merged=True):
            return elsewhere
        return self.write(formats.as_json(acts.revision_whole(shown.statement, shown.revision)))
