"""The parameters of addresses, with the patterns of what can be read."""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter

from quotes import dates
from quotes.api.asked import LETTER, MOST, MOST_WORDS, SIZE
from quotes.api.identifiers import PATTERN
from quotes.filters import DayCondition, StatementFilter, WordsCondition
from quotes.indexes import MAX_FILTER
from quotes.ledger import KINDS
from quotes.models import Statement
from quotes.parameters import MAX_VALUES, ORIGINS, SlugsField, ValuesField

SLUG: Mapping[str, Any] = {"type": "string", "pattern": r"^[-\w]{1,120}$"}
_YEAR = "(?!0000)[0-9]{4}"
_LEAP = "(?!0000)([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
# The days that there are: a program that holds its question against the schema finds out before it asks.
_DAY = (
    f"({_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|{_YEAR}-(0[13-9]|1[0-2])-(29|30)"
    f"|{_YEAR}-(0[13578]|1[02])-31|{_LEAP}-02-29)"
)
DAY: Mapping[str, Any] = {"type": "string", "pattern": f"^({_YEAR}(-(0[1-9]|1[0-2]))?|{_DAY})$"}
PLACE: Mapping[str, Any] = {"type": "string", "pattern": f"^{_DAY}(\\.[0-9]{{1,18}})?$"}
EDTF: Mapping[str, Any] = {"type": "string", "maxLength": 50, "pattern": dates.PATTERN}
KEY: Mapping[str, Any] = {"type": "string", "pattern": "^[0-9]{1,18}$"}
PID: Mapping[str, Any] = {"type": "string", "pattern": PATTERN}
_VALUES: Mapping[str, Mapping[str, Any]] = {
    "mode": {"type": "string", "enum": list(Statement.Mode.values)},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    "origins": {"type": "string", "enum": list(ORIGINS)},
    "year": {"type": "string", "pattern": f"^{_YEAR}$"},
}
_TOLD = {
    "q": "Words, “exact phrases” and fields, as docs/searching.md has them",
    "outlet": "Slugs of who carried it, in any role",
    "topic": "Slugs of topics; those below each count too",
    "origins": "How many origins it comes from: the first outlets of its roads; 5 stands for more, too",
}


def query(name: str, schema: Mapping[str, Any], told: str, **options: Any) -> OpenApiParameter:
    """A parameter of the query."""
    return OpenApiParameter(name, dict(schema), OpenApiParameter.QUERY, description=told, **options)


def path(name: str, schema: Mapping[str, Any], told: str) -> OpenApiParameter:
    """A part of the address."""
    return OpenApiParameter(name, dict(schema), OpenApiParameter.PATH, required=True, description=told)


def filters() -> list[OpenApiParameter]:
    """Every parameter of the pages' own filters."""
    return [_filter(name, condition) for name, condition in StatementFilter.base_filters.items()]


def _filter(name: str, condition: Any) -> OpenApiParameter:
    if isinstance(condition, WordsCondition):
        return query(name, {"type": "string", "minLength": 1, "maxLength": MOST_WORDS}, _TOLD[name])
    if isinstance(condition, DayCondition):
        return query(name, DAY, f"{condition.label}: a day, a month or a year, inclusive")
    if not issubclass(condition.field_class, ValuesField):
        return query(name, {"type": "string", "minLength": 1}, condition.label)
    value = SLUG if issubclass(condition.field_class, SlugsField) else _VALUES.get(name, {"type": "string"})
    schema = {"type": "array", "items": dict(value), "maxItems": MAX_VALUES}
    told = _TOLD.get(name, condition.label)
    return query(name, schema, f"{told}; of several one must hold", style="form", explode=True)


def names(name: str, values: Iterable[str], told: str) -> OpenApiParameter:
    """Names, parted by commas."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(values)}, "minItems": 1}
    return query(name, schema, told, style="form", explode=False)


def places(schema: Mapping[str, Any]) -> list[OpenApiParameter]:
    """Where a page begins, and how long it is."""
    return [
        query("after", schema, "The place that the page comes after, as `next` gives it"),
        query("before", schema, "The place that it comes before, as `previous` gives it; not both"),
        size(),
    ]


def size() -> OpenApiParameter:
    """How many rows."""
    return query("size", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}, "How many rows at most")


def ledger() -> list[OpenApiParameter]:
    """The filters of the ledger of corrections."""
    kinds = {"type": "string", "enum": [str(verb.value) for verb in KINDS]}
    return [
        query("kind", kinds, "What was done"),
        query("speaker", SLUG, "The slug of whose statements"),
        query("since", DAY, "From a day, a month or a year on"),
        query("until", DAY, "Up to one, inclusive"),
    ]


def index() -> list[OpenApiParameter]:
    """The parameters of an index by name."""
    return [
        query("q", {"type": "string", "minLength": 1, "maxLength": MAX_FILTER}, "What a word of a name begins with"),
        query("letter", {"type": "string", "pattern": LETTER}, "What names begin with, where there is no q"),
        query("after", SLUG, "The slug that the page comes after, as `next` gives it"),
    ]
