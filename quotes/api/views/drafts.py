"""What programs write: drafts, and their publication."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from quotes import drafting, record
from quotes.api import described
from quotes.api.described.sent import PublishSent, StatementSent
from quotes.api.identifiers import canonical
from quotes.api.once import Done
from quotes.api.problems import Problem, Wrong, refuse
from quotes.api.resource import Resource
from quotes.api.sending import form_of, path_of, wrongs
from quotes.api.shapes.parties import address
from quotes.api.writes import Written
from quotes.models import Statement, Token


class DraftWritten(Written):
    """A statement is recorded as a draft, by the rules of the desk's form."""

    scope = Token.Scope.RECORD
    takes = StatementSent

    def act(self, token: Token, sent: dict[str, Any]) -> Done:
        """Make the draft with whatever is new in it, or refuse it with what is the matter in each member."""
        form = form_of(sent)
        if not form.is_valid():
            refuse(wrongs(form))
        try:
            statement = drafting.start(form.entry(), editor=token.owner)
        except record.RecordError as refusal:
            refuse([Wrong(path_of(refusal.field or "problems"), "", str(refusal))])
        return Done(201, _draft(statement), address(reverse("desk_preview", args=[statement.pid])))


@described.publish
class PublishStatement(Written, Resource):
    """A draft is published: version 1, for ever."""

    http_method_names = ("options", "post")
    scope = Token.Scope.PUBLISH
    takes = PublishSent

    def act(self, token: Token, sent: dict[str, Any]) -> Done:
        """Publish it as it was seen."""
        statement = Statement.objects.filter(pid=canonical(self.kwargs["id"])).first()
        if statement is None:
            raise Http404("unknown")
        try:
            with transaction.atomic():
                revision = record.publish(statement, editor=token.owner, seen=sent["touched"])
        except record.RecordError as refusal:
            why = _CHANGED if isinstance(refusal, record.DraftChanged) else str(refusal)
            raise Problem(409, why, id=statement.pid) from refusal
        page = address(statement.get_absolute_url())
        told = {"id": statement.pid, "state": statement.state, "url": page, "version_url": f"{page}/v{revision.number}"}
        told["api_url"] = address(f"/api/v1/statements/{statement.pid}")
        return Done(200, told, page)


_CHANGED = "Somebody changed this draft since: look at it again, and publish it with its present counter."


def _draft(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.pid,
        "state": statement.state,
        "touched": statement.touched,
        "preview_url": address(reverse("desk_preview", args=[statement.pid])),
        "publish_url": address(f"/api/v1/statements/{statement.pid}/publish"),
    }
