"""What a program sends, as the desk's own form takes it: one set of rules and messages, whoever fills it in."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from quotes.api.problems import Problem, Wrong, refuse
from quotes.forms.statements import StatementForms

JSON = "application/json"
_SAME = ("words", "language", "said", "said_phrase", "said_reasoning", "printed")
_PARTS = {
    "speaker": "speaker",
    "principal": "speaks_for",
    "document": "document",
    "document-outlet": "document.outlet",
}
_NAMES = {
    "choice": "new",
    "existing": "id",
    "target": "statement",
    "translated_from": "translation.from",
    "translator": "translation.translator",
    "is_translation": "translation",
}
_ROW = re.compile(r"(stop|link)(\d+)")


def read_body(request: Request, shape: type[Serializer]) -> dict[str, Any]:
    """The body of a request, which has the shape. Raises Problem 400, 413 or 415; members are named by their path."""
    sent = shape(data=read_json(request))
    if not sent.is_valid():
        refuse(_misshapen(sent.errors))
    return dict(sent.validated_data)


def read_json(request: Request) -> Any:
    """The body of a request, whatever it says. Raises Problem 400, 413 or 415."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != JSON:
        raise Problem(415, f"The body is to be JSON: send it as Content-Type {JSON}.")
    try:
        return json.loads(request.body)
    except RequestDataTooBig as error:
        raise Problem(413, "This is more than is read at once: send it in parts.") from error
    except (ValueError, RecursionError) as error:
        raise Problem(400, "The body can’t be read: it is no JSON in UTF-8.") from error


def _misshapen(errors: Any, path: str = "") -> Iterator[Wrong]:
    """The errors of nested members, one by one, each by its path: `road.0.role`."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            whole = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _misshapen(inner, whole)
    elif errors and isinstance(errors[0], Mapping):
        for place, inner in enumerate(errors):
            yield from _misshapen(inner, f"{path}.{place}")
    else:
        for message in errors:
            yield Wrong(_legible(path) or "body", "", str(message))


def _legible(path: str) -> str:
    return "".join(symbol if symbol.isprintable() else "\N{REPLACEMENT CHARACTER}" for symbol in path[:120])


def form_of(sent: Mapping[str, Any]) -> StatementForms:
    """The desk's form, filled in with a statement as it was sent."""
    return StatementForms({key: value for key, value in _filled(sent) if value not in ("", None, False)})


def _filled(sent: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in _SAME:
        yield name, sent.get(name)
    yield "said_basis", sent.get("said_basis") or "stated"
    yield "topics", ", ".join(sent.get("topics", ()))
    yield "add_topics", sent.get("add_topics")
    if "translation" in sent:
        yield "is_translation", "on"
        yield "translated_from", sent["translation"].get("from")
        yield "translator", sent["translation"].get("translator")
    yield from _party("speaker", sent["speaker"])
    yield from _party("principal", sent.get("speaks_for") or {})
    yield from _document(sent["document"])
    for row, stop in enumerate(sent.get("road", ()), start=1):
        yield from _party(f"stop{row}", stop)
    for row, link in enumerate(sent.get("links", ()), start=1):
        yield f"link{row}-kind", link["kind"]
        yield f"link{row}-target", link["statement"]


def _party(prefix: str, party: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in party.items():
        yield (f"{prefix}-choice", "new" if value else None) if name == "new" else (f"{prefix}-{name}", value)


def _document(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "document-existing", document.get("id")
    yield "document-kind", document.get("kind") or "article"
    yield from _party("document-outlet", document.get("outlet") or {})
    for name in ("title", "author", "url", "published", "language", "unknown_outlet"):
        yield f"document-{name}", document.get(name)


def wrongs(form: StatementForms) -> Iterator[Wrong]:
    """What is the matter with what was sent, each by the path of its member."""
    for problem in form.problems():
        yield Wrong(path_of(problem.anchor.removeprefix("id_")), "", problem.message)


def path_of(key: str) -> str:
    """The path of the member that filled in a field of the form: `stop1-role` is `road.0.role`."""
    prefix, _, name = key.rpartition("-")
    if row := _ROW.fullmatch(prefix):
        where = "road" if row[1] == "stop" else "links"
        prefix = f"{where}.{int(row[2]) - 1}"
    name = {"problems": "body"}.get(name, _NAMES.get(name, name))
    return f"{_PARTS.get(prefix, prefix)}.{name}".lstrip(".")
