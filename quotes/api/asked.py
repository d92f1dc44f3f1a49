"""What an address asks for beside its filters: which fields, what of the surroundings, how many rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.http import QueryDict

from quotes.api.problems import Wrong, refuse
from quotes.parameters import is_slug, readable

SIZE, MOST = 50, 100
LISTED = ("after", "before", "size", "fields")
_LONGEST_SIZE = 4


@dataclass(frozen=True)
class Asked:
    """The fields to tell, in their own order, and the number of rows."""

    fields: tuple[str, ...]
    size: int


def read_asked(
    params: QueryDict,
    *,
    known: Collection[str],
    repeatable: Collection[str] = (),
    fields: Collection[str] = (),
    extra: Collection[str] = (),
) -> Asked:
    """Read `fields`, `expand` and `size`; refuse names that aren't `known`, and what is given twice.

    `extra` are the fields that a list tells on request alone: by `expand`, or by naming them in `fields`.
    """
    wrongs = [*_unknown(params, known), *_doubled(params, repeatable)]
    chosen = _names(params, "fields")
    wrongs += _no_such("fields", [name for name in chosen if name not in fields])
    expanded = _names(params, "expand")
    wrongs += _no_such("expand", [name for name in expanded if name not in extra])
    size = params.get("size") or str(SIZE)
    if not (size.isascii() and size.isdigit() and len(size) <= _LONGEST_SIZE and 1 <= int(size) <= MOST):
        wrongs.append(Wrong("size", size[:80], f"Between 1 and {MOST} rows fit in one answer."))
    refuse(wrongs)
    wanted = {*(chosen or (name for name in fields if name not in extra)), *expanded}
    return Asked(tuple(name for name in fields if name in wanted), int(size))


def read_slug(slug: str, parameter: str = "slug") -> str:
    """A slug as a path holds it. Raises Problem for what can be nothing's."""
    if not is_slug(slug):
        refuse([Wrong(parameter, _legible(slug), "A slug has letters, digits and hyphens, 120 at most.")])
    return slug


def _names(params: QueryDict, parameter: str) -> list[str]:
    listed = ",".join(readable(params).getlist(parameter))
    return [name.strip() for name in listed.split(",") if name.strip()]


def _no_such(parameter: str, names: Collection[str]) -> Iterator[Wrong]:
    for name in names:
        yield Wrong(parameter, _legible(name), "There is no such field here.")


def _unknown(params: QueryDict, known: Collection[str]) -> Iterator[Wrong]:
    for name in readable(params):
        if name not in known:
            yield Wrong(_legible(name), "", "There is no such parameter here: a misspelt filter would find everything.")


def _doubled(params: QueryDict, repeatable: Collection[str]) -> Iterator[Wrong]:
    for name, values in params.lists():
        if len(values) > 1 and name not in (*repeatable, "fields", "expand"):
            yield Wrong(_legible(name), _legible(values[-1]), "This parameter takes one value.")


def _legible(text: str) -> str:
    return readable({"text": text}).get("text", "")[:80]
