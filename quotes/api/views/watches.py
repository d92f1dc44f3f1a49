"""What the account of a token watches: told to nobody else, begun and ended by the rules of the pages."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from rest_framework.request import Request

from quotes.api import described, keys
from quotes.api.asked import read_asked
from quotes.api.described.sent import WatchSent
from quotes.api.once import Done, once
from quotes.api.paging import by_key, is_key
from quotes.api.problems import Problem, Wrong, refuse
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes.parties import address
from quotes.api.writes import Written, answered
from quotes.forms.watches import WatchForm
from quotes.models import Endpoint, Mailbox, Token, Watch
from quotes.watching import keeping

_MEMBERS = {"endpoint": "webhook", "__all__": "body"}


@described.watches
class Watches(Written, Resource):
    """The account's watches, the last begun first. Five queries beside the token's."""

    scope = Token.Scope.WATCH
    takes = WatchSent

    def get(self, request: Request, /, **_where: Any) -> HttpResponse:
        """One page of them."""
        token = keys.authorised(request, self.scope)
        asked = read_asked(request.GET, known=("after", "before", "size"))
        own = Watch.objects.filter(owner=token.owner).select_related("statement", "endpoint")
        shown = by_key(own, request.GET, request.path, asked.size)
        is_heard = _is_heard(token)
        told = [_watch(one, is_heard=is_heard) for one in shown.rows]
        response = json_page(self, page(told, onward=shown.onward, back=shown.back, total=shown.total))
        response["Cache-Control"] = "private, no-store"
        return response

    def act(self, token: Token, sent: dict[str, Any]) -> Done:
        """Begin to watch, or tell of the watch that is there; what is the matter is told by member."""
        form = _form(token, sent)
        what = {name: form.cleaned_data[name] for name in ("query", "statement")}
        there = keeping.watched(token.owner, **what)
        try:
            made = there or keeping.watch(token.owner, name=form.name, **form.cleaned_data)
        except keeping.TooManyWatches as refused:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from refused
        status = HTTPStatus.OK if there else HTTPStatus.CREATED
        return Done(status, _watch(made, is_heard=_is_heard(token)), address(made.get_absolute_url()))


@described.watch
class WatchById(Resource):
    """One of the account's watches."""

    http_method_names = ("options", "delete")
    scope = Token.Scope.WATCH

    def delete(self, request: Request, /, **_where: Any) -> HttpResponse:
        """End it, once."""
        token = keys.authorised(request, self.scope)
        return answered(once(request, token, lambda: self.act(token)))

    def act(self, token: Token) -> Done:
        """Delete it, with what it noticed. Raises Http404 for one that isn't there, and for another account's."""
        number = self.kwargs["id"]
        gone, _ = Watch.objects.filter(owner=token.owner, pk=number).delete() if is_key(number) else (0, {})
        if not gone:
            raise Http404
        return Done(HTTPStatus.NO_CONTENT, {})


def _form(token: Token, sent: dict[str, Any]) -> WatchForm:
    """The form of the page, filled in and valid. Raises Problem."""
    webhook = sent.get("webhook", "")
    endpoint = Endpoint.objects.filter(owner=token.owner, url=webhook).first() if webhook else None
    if webhook and endpoint is None:
        refuse([Wrong("webhook", webhook[:80], "The account has no webhook with this address.")])
    told = {name: sent.get(name, "") for name in ("query", "statement", "mail")}
    form = WatchForm(token.owner, {**told, "endpoint": endpoint.pk if endpoint else ""})
    # What programs are told is English, whatever their requests say of languages.
    with override("en"):
        refuse(_wrongs(form))
    return form


def _wrongs(form: WatchForm) -> Iterator[Wrong]:
    for name, messages in form.errors.items():
        for message in messages:
            yield Wrong(_MEMBERS.get(name, name), "", str(message))


def _is_heard(token: Token) -> bool:
    """Whether the account has confirmed where its e-mail goes. One query."""
    return Mailbox.objects.filter(owner=token.owner, confirmed_at__isnull=False).exists()


def _watch(one: Watch, *, is_heard: bool) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": str(one),
        "url": address(one.get_absolute_url()),
        "query": one.query or None,
        "statement": one.statement.pid if one.statement else None,
        "mail": one.mail or None,
        "webhook": one.endpoint.url if one.endpoint else None,
        "created": one.created_at.isoformat(),
        "paused": one.paused_at.isoformat() if one.paused_at else None,
        "confirm_url": address(reverse("mailbox")) if one.mail and not is_heard else None,
    }
