"""Documents that statements were found in."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import read_asked, read_slug
from quotes.api.identifiers import canonical
from quotes.api.paging import by_key
from quotes.api.problems import Wrong, refuse
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes.parties import address, speaker_named
from quotes.api.shapes.roads import document
from quotes.models import Appearance
from quotes.querysets import documents_on_record
from quotes.versions import around
from sources.models import Outlet
from sources.slugs import resolve


@described.documents
class Documents(Resource):
    """Every document that a published statement was found in, the last taken in first. At most seven queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """One page, of one outlet's or of one address where that is asked for."""
        asked = read_asked(request.GET, known=("outlet", "url", "after", "before", "size"))
        found = documents_on_record()
        if slug := request.GET.get("outlet"):
            found = found.filter(outlet=_outlet(slug))
        if url := request.GET.get("url"):
            if "\x00" in url:
                refuse([Wrong("url", url[:80].replace("\x00", ""), "No address holds this.")])
            found = found.filter(url=url)
        shown = by_key(found, request.GET, request.path, asked.size, "pid")
        told = [document(one) for one in shown.rows]
        return json_page(self, page(told, onward=shown.onward, back=shown.back, total=shown.total))


def _outlet(slug: str) -> Outlet:
    found = resolve(Outlet, [read_slug(slug, "outlet")])
    if slug not in found:
        refuse([Wrong("outlet", slug, "No outlet goes by this name.", "unknown")])
    return found[slug]


@described.document
class DocumentById(Resource):
    """A document and what was found in it. Three queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """Its particulars, and each published statement with what anybody may see around it."""
        typed = self.kwargs["id"]
        read_asked(request.GET, known=())
        pid = canonical(typed)
        found = documents_on_record().filter(pid=pid).first()
        if found is None:
            raise Http404("unknown")
        if pid != typed:
            start, _, end = request.path.rpartition(typed)
            return HttpResponsePermanentRedirect(f"{start}{pid}{end}")
        statements = [_found(one) for one in Appearance.objects.in_document(found)]
        return self.write(formats.as_json({**document(found), "note": found.note or None, "statements": statements}))


def _found(one: Appearance) -> dict[str, Any]:
    before, after = around(one)
    return {
        "id": one.statement.pid,
        "url": address(one.statement.get_absolute_url()),
        "speaker": speaker_named(one.statement.speaker),
        "printed": one.printed or None,
        "prefix": before or None,
        "suffix": after or None,
        "start": one.start,
        "end": one.end,
    }
