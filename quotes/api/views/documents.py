"""Documents that statements were found in, and those that are brought."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.request import Request

from quotes import intake, limits
from quotes.api import described, formats
from quotes.api.asked import LONGEST_ADDRESS, read_asked, read_slug
from quotes.api.described.sent import DocumentTextSent
from quotes.api.identifiers import canonical
from quotes.api.once import Done
from quotes.api.paging import by_key
from quotes.api.problems import Problem, Wrong, refuse
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes.parties import address, speaker_named
from quotes.api.shapes.roads import document
from quotes.api.writes import Written
from quotes.intake.bringing import Givens, NoSuchOutlet, Outcome, bring_text, outlet_called
from quotes.models import Appearance, Token
from quotes.querysets import documents_on_record
from quotes.versions import around
from sources.documents import at
from sources.models import Outlet
from sources.reading import CannotRead
from sources.slugs import resolve


@described.documents
class Documents(Written, Resource):
    """Every document that a published statement was found in, the last taken in first. At most seven queries."""

    scope = Token.Scope.INTAKE
    takes = DocumentTextSent

    def act(self, token: Token, sent: dict[str, Any]) -> Done:
        """Take in a text, or ask for an address to be fetched; what doesn't tell enough waits to be confirmed."""
        if bool(sent.get("text", "").strip()) == bool(sent.get("address", "").strip()):
            refuse([Wrong("text", "", "Send the document’s text, or the address to fetch it from: one of the two.")])
        limits.spend("documents", f"account {token.owner_id}", settings.INTAKES_PER_HOUR, limits.HOUR)
        try:
            return _fetched(token, sent) if sent.get("address", "").strip() else _brought(token, sent)
        except CannotRead as refusal:
            name = "address" if sent.get("address") else "text"
            raise Problem(422, str(refusal), errors=[asdict(Wrong(name, "", str(refusal)))]) from refusal

    def answer(self, request: Request, /) -> HttpResponse:
        """One page, of one outlet's or of one address where that is asked for."""
        known = ("outlet", "url", "after", "before", "size")
        asked = read_asked(request.GET, known=known, free={"url": LONGEST_ADDRESS})
        found = documents_on_record()
        if slug := request.GET.get("outlet"):
            found = found.filter(outlet=_outlet(slug))
        if url := request.GET.get("url"):
            if "\x00" in url:
                refuse([Wrong("url", url[:80].replace("\x00", ""), "No address holds this.")])
            found = found.filter(at([url]))
        shown = by_key(found, request.GET, request.path, asked.size, "pid")
        told = [document(one) for one in shown.rows]
        return json_page(self, page(told, onward=shown.onward, back=shown.back, total=shown.total))


def _fetched(token: Token, sent: dict[str, Any]) -> Done:
    """A page is fetched by the worker and waits to be confirmed; what else is told of it is left for that."""
    if others := [name for name in sent if name != "address" and sent[name]]:
        refuse([Wrong(name, "", "A page that is fetched tells this itself: leave it out.") for name in others])
    arrival = intake.arrive_address(sent["address"].strip(), editor=token.owner)
    page = address(reverse("arrival", args=[arrival.pk]))
    return Done(202, {"state": "waiting", "id": None, "review_url": page, "detail": ""}, page)


def _brought(token: Token, sent: dict[str, Any]) -> Done:
    names = ("title", "author", "url", "published")
    told = {name: sent[name].strip() for name in names if sent.get(name, "").strip()}
    try:
        outlet = outlet_called(sent["outlet"].strip()) if sent.get("outlet", "").strip() else None
    except NoSuchOutlet as refusal:
        refuse([Wrong("outlet", sent["outlet"][:80], str(refusal), "unknown")])
    givens = Givens(token.owner, outlet, language=sent.get("language", "").strip())
    brought = bring_text(sent["text"], givens, told)
    if brought.outcome == Outcome.FAILED:
        raise Problem(422, brought.message)
    if brought.document is None:
        page = address(reverse("intake"))
        return Done(202, {"state": "waiting", "id": None, "review_url": page, "detail": brought.message}, page)
    page = address(reverse("review", args=[brought.document.pid]))
    is_known = brought.outcome == Outcome.KNOWN
    state = "known" if is_known else "taken in"
    body = {"state": state, "id": brought.document.pid, "review_url": page, "detail": brought.message}
    return Done(200 if is_known else 201, body, page)


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
