"""Was this said? The quotations of a text, each held against the record."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import read_asked
from quotes.api.problems import Problem, Wrong, refuse
from quotes.api.resource import Resource
from quotes.api.sending import read_json
from quotes.checking import MOST_CHARACTERS, MOST_IN_ADDRESS, check_json
from quotes.dates import BadDate
from quotes.parameters import readable

ASKED = ("text", "speaker", "said")
MOST_OF = {"text": MOST_CHARACTERS, "speaker": 200, "said": 50}
_SHOWN = 80


@described.check
class Check(Resource):
    """What the record has of each quotation of a text: by address for short texts, posted as JSON for long ones.

    Nothing of it is kept, and no copy of the answer either. For its cost see `quotes.checking.check`.
    """

    http_method_names = (*Resource.http_method_names, "post")
    parser_classes = (JSONParser,)

    def get(self, request: Request, /, **_where: Any) -> HttpResponse:
        """The answer about a text that stands in the address."""
        read_asked(request.GET, known=ASKED, free=MOST_OF)
        typed = readable(request.GET)
        told = {name: str(typed[name]) for name in ASKED if name in typed}
        if len(told.get("text", "")) > MOST_IN_ADDRESS:
            long = f"An address holds at most {MOST_IN_ADDRESS:,} characters: post a longer text as JSON."
            refuse([Wrong("text", told["text"][:_SHOWN], long)])
        return self.checked(told)

    def post(self, request: Request, /, **_where: Any) -> HttpResponse:
        """The answer about a text that is posted."""
        read_asked(request.GET, known=())
        return self.checked(_posted(request))

    def checked(self, told: Mapping[str, str]) -> HttpResponse:
        """The answer. Raises Problem 400 that names the parameter."""
        refuse(_wrong(told))
        try:
            found = check_json(told["text"], speaker=told.get("speaker", ""), date=told.get("said", ""))
        except BadDate as error:
            refuse([Wrong("said", told["said"], str(error))])
            raise
        return self.write(formats.as_json(found))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nobody keep or list what was asked."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "private, no-store"
        final["X-Robots-Tag"] = "noindex"
        return final


def _posted(request: Request) -> dict[str, str]:
    """The members of a posted object. Raises Problem."""
    told = read_json(request)
    if not isinstance(told, dict):
        raise Problem(400, 'Post an object with a member "text".')
    refuse(_misshapen(told))
    return {name: _readable(value) for name, value in told.items() if value is not None}


def _misshapen(told: Mapping[str, Any]) -> Iterator[Wrong]:
    for name, value in told.items():
        if name not in ASKED:
            yield Wrong(_shown(name), "", "There is no such parameter here; there are text, speaker and said.")
        elif not isinstance(value, str | None):
            yield Wrong(name, _shown(json.dumps(value)), "This must be a text.")


def _wrong(told: Mapping[str, str]) -> Iterator[Wrong]:
    if not told.get("text", "").strip():
        yield Wrong("text", "", "There is nothing to check: give a quotation or an article.")
    for name, value in told.items():
        if len(value) > MOST_OF[name]:
            yield Wrong(name, _shown(value), f"At most {MOST_OF[name]:,} characters are read: ask in parts.")


def _shown(value: str) -> str:
    return _readable(value)[:_SHOWN]


def _readable(value: str) -> str:
    return str(readable({"value": value})["value"])
