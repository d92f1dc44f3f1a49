"""What an address asks for beside its filters: which fields, what of the surroundings, how many rows."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import QueryDict

from quotes.api.problems import Wrong, refuse
from quotes.parameters import MAX_VALUES, is_slug, readable

SIZE, MOST = 50, 100
LISTED = ("after", "before", "size", "fields")
MOST_WORDS, LONGEST_ADDRESS = 1_000, 2_000
LETTER = r"^[^\x00-\x20\x7f]$"
_LISTS = ("fields", "expand")
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
    free: Mapping[str, int] = MappingProxyType({}),
) -> Asked:
    """Read `fields`, `expand` and `size`; refuse names that aren't `known`, what is empty, and what is given twice.

    `extra` are the fields that a list tells on request alone: by `expand`, or by naming them in `fields`. `free` are
    the parameters that hold any text, with the most characters that are read of each.
    """
    wrongs = [*_unknown(params, known), *_many(params, repeatable), *_hollow(params, free), *_overlong(params, free)]
    chosen = _names(params, "fields")
    wrongs += _no_such("fields", [name for name in chosen if name not in fields])
    expanded = _names(params, "expand")
    wrongs += _no_such("expand", [name for name in expanded if name not in extra])
    size = params.get("size", str(SIZE))
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


def is_letter(text: str) -> bool:
    """Whether names can begin with this."""
    return re.fullmatch(LETTER, text) is not None


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


def _many(params: QueryDict, repeatable: Collection[str]) -> Iterator[Wrong]:
    for name, values in params.lists():
        if len(values) > 1 and name not in (*repeatable, *_LISTS):
            yield Wrong(_legible(name), _legible(values[-1]), "This parameter takes one value.")
        elif len(values) > MAX_VALUES:
            yield Wrong(_legible(name), "", f"At most {MAX_VALUES} values can be chosen at once.")


def _hollow(params: QueryDict, free: Collection[str]) -> Iterator[Wrong]:
    """What is there and says nothing: a program that forgot to fill it in would be given everything."""
    for name, values in params.lists():
        bare = [value.strip() for value in values]
        if not all(bare):
            yield Wrong(_legible(name), "", "There is nothing in this: fill it in, or leave it out.")
        elif bare != values and name not in (*free, *_LISTS):
            yield Wrong(_legible(name), _legible(values[0]), "There are spaces around this: take them off.")


def _overlong(params: QueryDict, free: Mapping[str, int]) -> Iterator[Wrong]:
    for name, most in free.items():
        if len(value := params.get(name, "")) > most:
            yield Wrong(name, _legible(value), f"At most {most:,} characters are read.")


def _legible(text: str) -> str:
    return readable({"text": text}).get("text", "")[:80]
