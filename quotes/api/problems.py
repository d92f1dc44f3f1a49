"""What went wrong, as application/problem+json (RFC 9457). Errors of an address name the parameter."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, Literal

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.exceptions import APIException, MethodNotAllowed

from quotes.limits import TooMany

MEDIA_TYPE = "application/problem+json"
_NOT_FOUND = {
    "mistyped": "No id reads like this: its last symbol, which catches typing errors, doesn’t fit.",
    "version": "The statement has no such version.",
}


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one value of one parameter: it can't be read, or what it names isn't there."""

    parameter: str
    value: str
    detail: str
    code: Literal["malformed", "unknown"] = "malformed"


class Problem(Exception):
    """An answer other than what was asked for; `facts` are further members of it."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **facts: Any) -> None:
        self.status, self.detail, self.facts, self.headers = HTTPStatus(status), detail, facts, headers or {}
        super().__init__(detail)


def refuse(wrongs: Iterable[Wrong]) -> None:
    """Raise the Problem that an address has, if it has one: 400 where something can't be read, else 404."""
    listed = list(wrongs)
    if not listed:
        return
    malformed = any(one.code == "malformed" for one in listed)
    detail = "; ".join(f"{one.parameter}: {one.detail}" for one in listed[:3])
    raise Problem(400 if malformed else 404, detail, errors=[asdict(one) for one in listed])


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response."""
    body = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        **problem.facts,
    }
    options = {"ensure_ascii": False}
    response = JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE, json_dumps_params=options)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def respond(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What the framework asks for when a view raised something; None for what is a fault of ours."""
    problem = _problem(exception, context)
    return answer(problem) if problem else None


def _problem(exception: Exception, context: Mapping[str, Any]) -> Problem | None:
    problem = None
    match exception:
        case Problem():
            problem = exception
        case TooMany():
            problem = Problem(429, str(exception), headers=exception.headers)
        case Http404():
            reason = str(exception.args[0]) if exception.args else ""
            problem = Problem(404, _NOT_FOUND.get(reason, "Nothing public has this address."))
        case SuspiciousOperation():
            problem = Problem(400, "The address can’t be read: it has too many parameters, or is malformed.")
        case MethodNotAllowed():
            problem = Problem(405, f"What this address answers is {context['view'].methods}.")
        case APIException():
            problem = Problem(exception.status_code, str(exception.detail))
    return problem
