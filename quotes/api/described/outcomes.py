"""What any answer can be: the headers that it has, and what goes wrong."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from quotes.api.described import answers
from quotes.api.problems import MEDIA_TYPE

Answers = dict[tuple[int, str], Any]
_NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 0}
_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}


def _header(
    name: str,
    told: str,
    on: list[int | str] | None = None,
    schema: Mapping[str, Any] = _NUMBER,
    *,
    always: bool = False,
) -> OpenApiParameter:
    """A header of the answers with some statuses, or of all."""
    return OpenApiParameter(
        name, dict(schema), OpenApiParameter.HEADER, required=always, description=told, response=on or True
    )


_LIMITS = [
    _header("RateLimit-Limit", "How many requests one address may make in a minute"),
    _header("RateLimit-Remaining", "How many are left of them"),
    _header("RateLimit-Reset", "In how many seconds they are given anew"),
    _header("Retry-After", "When to come back, in seconds", [429, 503], always=True),
]
OF_READS = [
    *_LIMITS,
    _header("ETag", "For If-None-Match: a copy that is still good costs 304", [200], _TEXT, always=True),
    _header("Link", "The pages around this one, as RFC 8288 has it", [200], _TEXT),
]
OF_CHECKS = _LIMITS
_TOKEN = _header("WWW-Authenticate", "What is the matter with the token", [401, 403], _TEXT, always=True)
OF_OWN = [*_LIMITS, OF_READS[-1], _TOKEN]
OF_WRITES = [
    *_LIMITS,
    _header("Location", "Where what came of it stands", [200, 201, 202], _TEXT, always=True),
    _header("Idempotent-Replayed", "There where this was done before", [200, 201, 202], {"const": "true"}),
    _TOKEN,
]
OF_DELETIONS = [
    *_LIMITS,
    _header("Idempotent-Replayed", "There where this was done before", [204], {"const": "true"}),
    _TOKEN,
]

_ALWAYS = {429: "Too many requests came from this address"}
_READ = {
    400: "Something in the address can’t be read",
    404: "What it names isn’t there",
    503: "It took too long: ask for less, or again later",
}
_WRITTEN = {
    400: "The body has another shape, or something in it names nothing on record",
    401: "There is no token, or none that works",
    403: "The token, or its account, may not do this",
    404: "What it names isn’t there",
    409: "It was changed or published since",
    413: "It is more than one request may carry",
    415: "It isn’t JSON",
    422: "The key was used for another request, or what was sent can’t be taken in",
}
_CHECKED = {400: "Something can’t be read", 503: _READ[503]}
_POSTED = {413: "The body is larger than is read at once", 415: "The body is no application/json"}


def _problems(told: Mapping[int, str]) -> Answers:
    return {(status, MEDIA_TYPE): OpenApiResponse(answers.ProblemTold, why) for status, why in told.items()}


_NOT_ACCEPTABLE = OpenApiResponse(answers.NotAcceptableTold, "None of the accepted types is there")
_TOO_LONG = OpenApiResponse(OpenApiTypes.STR, "The address is longer than a server reads: 8 KB")
_BY_ADDRESS: Answers = {(406, MEDIA_TYPE): _NOT_ACCEPTABLE, (414, "text/html"): _TOO_LONG}
UNREAD: Answers = {
    (304, "application/json"): OpenApiResponse(None, "The copy that If-None-Match tells of is still good"),
    **_problems({**_READ, **_ALWAYS}),
    **_BY_ADDRESS,
}
UNWRITTEN = _problems({**_WRITTEN, **_ALWAYS})
_KEYLESS = {status: _WRITTEN[status] for status in (401, 403)}
_UNFOUND = {status: _READ[status] for status in (400, 404)}
OWN_UNREAD: Answers = {**_problems({**_UNFOUND, **_KEYLESS, **_ALWAYS}), **_BY_ADDRESS}
_UNDELETED = {400: "There is no key for the act", **{status: _WRITTEN[status] for status in (404, 422)}}
UNDELETED = _problems({**_UNDELETED, **_KEYLESS, **_ALWAYS})
UNCHECKED: Answers = {**_problems({**_CHECKED, **_ALWAYS}), **_BY_ADDRESS}
UNCHECKED_POSTED = _problems({**_CHECKED, **_POSTED, **_ALWAYS})
GONE: Answers = {
    (410, MEDIA_TYPE): OpenApiResponse(answers.RemovedTold, "The statement was removed for good"),
    (301, "application/json"): OpenApiResponse(None, "It was merged into another, or its id is written otherwise"),
}
MOVED: Answers = {(301, "application/json"): OpenApiResponse(None, "It has another name now")}
