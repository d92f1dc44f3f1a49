"""Links between statements."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from rest_framework.request import Request

from quotes.api import described
from quotes.api.asked import read_asked
from quotes.api.identifiers import canonical
from quotes.api.paging import by_key
from quotes.api.problems import Wrong, refuse
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes.parties import address
from quotes.models import Link, Statement


@described.links
class Links(Resource):
    """What published statements do to one another, the last made first. At most six queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """One page, of one statement's links or of one kind where that is asked for."""
        asked = read_asked(request.GET, known=("statement", "kind", "after", "before", "size"))
        found = Link.objects.in_public()
        if typed := request.GET.get("statement"):
            key = _key(typed)
            found = found.filter(Q(source=key) | Q(target=key))
        if kind := request.GET.get("kind"):
            if kind not in Link.Kind.values:
                refuse([Wrong("kind", kind[:80], f"A link is one of {', '.join(Link.Kind.values)}.")])
            found = found.filter(kind=kind)
        shown = by_key(found, request.GET, request.path, asked.size)
        told = [_link(one) for one in shown.rows]
        return json_page(self, page(told, onward=shown.onward, back=shown.back, total=shown.total))


def _key(typed: str) -> int:
    pid = canonical(typed, "statement")
    public = [Statement.State.PUBLISHED, Statement.State.RETRACTED]
    key = Statement.objects.filter(pid=pid, state__in=public).values_list("pk", flat=True).first()
    if key is None:
        refuse([Wrong("statement", pid, "There is no public statement with this id.", "unknown")])
    return key or 0


def _link(link: Link) -> dict[str, Any]:
    return {"id": link.pk, "kind": link.kind, "source": _end(link.source), "target": _end(link.target)}


def _end(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.pid,
        "url": address(statement.get_absolute_url()),
        "speaker": statement.speaker.name,
        "words": statement.words,
    }
