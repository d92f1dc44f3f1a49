"""What every address that is written to does alike: who may, what was sent, once, and what came of it."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from quotes.api import keys
from quotes.api.formats import as_json
from quotes.api.once import Done, once
from quotes.api.sending import JSON, read_body
from quotes.models import Token

AGAIN = "Idempotent-Replayed"


def answered(done: Done) -> HttpResponse:
    """What an act answers, for nobody but whoever sent it."""
    response = HttpResponse(status=done.status)
    if done.status == HTTPStatus.NO_CONTENT:
        del response["Content-Type"]
    else:
        response = HttpResponse(as_json(done.body), content_type=JSON, status=done.status)
    if done.location:
        response["Location"] = done.location
    if done.is_again:
        response[AGAIN] = "true"
    response["Cache-Control"] = "private, no-store"
    return response


class Written:
    """Beside a resource: something is made here by POST. `act` does it, `takes` describes what it is told."""

    scope: ClassVar[Token.Scope]
    takes: ClassVar[type[Serializer]]
    http_method_names: tuple[str, ...] = ("get", "head", "options", "post")

    def post(self, request: Request, /, **_where: Any) -> HttpResponse:
        """Do it once, in one transaction, and answer what came of it."""
        token = keys.authorised(request, self.scope)
        sent = read_body(request, self.takes)
        return answered(once(request, token, lambda: self.act(token, sent)))

    def act(self, token: Token, sent: dict[str, Any]) -> Done:
        """Do it. Raises Problem."""
        raise NotImplementedError
