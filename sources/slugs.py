"""Slugs: the readable part of an address, and what it led to before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.models import Value
from django.utils.text import slugify

from sources.models import SlugRedirect

Sluggable = TypeVar("Sluggable", bound=models.Model)
Kind = type[models.Model]

# What a list needs of a thing that is named in its address; what else is asked of it is read then.
_COLUMNS: "dict[str, models.Field[Any, Any]]" = {
    "id": models.BigIntegerField(),
    "slug": models.CharField(),
    "name": models.CharField(),
    "path": models.CharField(),
    "merged_into_id": models.BigIntegerField(),
}

_OFTEN = 20
"""So many slugs, and fewer, are asked for again and again; more only in bulk."""


def kind_of(model: type[models.Model]) -> str:
    """The kind under which a model's former slugs are kept: speaker, outlet or topic."""
    return SlugRedirect.Kind(model._meta.model_name or "").value


def new_slug(model: type[models.Model], name: str) -> str:
    """A slug for `name` that none of its kind has or had: ASCII where the name allows, numbered where it is taken.

    Two queries.
    """
    base = base_slug(model, name)
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(SlugRedirect.objects.filter(kind=kind_of(model), slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def base_slug(model: type[models.Model], name: str) -> str:
    """The slug of `name` where nobody else has it."""
    return (slugify(name) or slugify(name, allow_unicode=True) or kind_of(model))[:100].strip("-")


def resolve(model: type[Sluggable], slugs: Iterable[str]) -> dict[str, Sluggable]:
    """What each slug leads to today: through renames and merges, slug by slug. Unknown slugs are left out.

    Two queries; one more for every further merge in a chain.
    """
    found = look_up({model: set(slugs)})[model]
    whole = model._default_manager.in_bulk({thing.pk for thing in found.values()})
    return {slug: whole[thing.pk] for slug, thing in found.items()}


def look_up(wanted: Mapping[Kind, Collection[str]]) -> dict[Kind, dict[str, Any]]:
    """What slugs of several models lead to today, as `resolve` says it, each with its names alone.

    One query for all models, with former slugs and who the merged were merged into; one more for every further merge
    in a chain.
    """
    things: dict[Kind, dict[int, Any]] = defaultdict(dict)
    leads: dict[Kind, dict[str, int]] = defaultdict(dict)
    models_by_kind = {kind_of(model): model for model in wanted}
    for kind, is_former, *values in _rows(wanted):
        model, (key, slug, *_) = models_by_kind[kind], values
        if is_former:
            leads[model].setdefault(slug, key)
        else:
            leads[model][slug] = key
            things[model][key] = _thing(model, values)
    return {model: _lead_on(things[model], leads[model], slugs) for model, slugs in wanted.items()}


def _rows(wanted: Mapping[Kind, Collection[str]]) -> list[tuple[Any, ...]]:
    slugs = [slug for some in wanted.values() for slug in some]
    shape = tuple((model, len(some)) for model, some in wanted.items() if some)
    if not shape:
        return []
    using = router.db_for_read(SlugRedirect)
    sql, asked, places = (_compiled if len(slugs) <= _OFTEN else _compiled.__wrapped__)(shape, using)
    values = list(asked)
    for place, slug in places:
        values[place] = slugs[slug]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@lru_cache(maxsize=128)
def _compiled(shape: tuple[tuple[Kind, int], ...], using: str) -> tuple[str, list[Any], list[tuple[int, int]]]:
    """SQL for so many slugs of each model, its values, and which of them stand for which slug.

    Every list with a filter asks, and Django takes longer to write this query than any database to answer it.
    """
    marks = [f"\x02{place}\x03" for place in range(sum(count for _, count in shape))]
    left = iter(marks)
    parts = [part for model, count in shape for part in _named_and_former(model, list(islice(left, count)))]
    sql, values = parts[0].union(*parts[1:], all=True).query.get_compiler(using).as_sql()
    place_of = {mark: place for place, mark in enumerate(marks)}
    return sql, list(values), [(at, place_of[value]) for at, value in enumerate(values) if value in place_of]


def _named_and_former(model: Kind, slugs: Collection[str]) -> Iterator[models.QuerySet[Any, Any]]:
    """The rows that go or went by `slugs` or that these are merged into; the former slugs and the ids they lead to."""
    own = {field.attname for field in model._meta.concrete_fields}
    columns = [name if name in own else Value(None, field) for name, field in _COLUMNS.items()]
    absent = [Value(None, field) for name, field in _COLUMNS.items() if name not in ("id", "slug")]
    former = SlugRedirect.objects.filter(kind=kind_of(model), slug__in=slugs)
    rows = model._default_manager.order_by()
    # Apart, and not joined by OR, for which PostgreSQL would read the whole table.
    named = [rows.filter(slug__in=slugs), rows.filter(pk__in=former.values("target_id"))]
    if "merged_into_id" in own:
        named += [rows.filter(pk__in=some.filter(merged_into__isnull=False).values("merged_into")) for some in named]
    for some in named:
        yield some.values_list(Value(kind_of(model)), Value(0), *columns)
    yield former.order_by().values_list(Value(kind_of(model)), Value(1), "target_id", "slug", *absent)


def _thing(model: type[Sluggable], values: list[Any]) -> Sluggable:
    """One of `model` from the columns read; its others are read when they are asked for."""
    read = dict(zip(_COLUMNS, values, strict=True))
    names = [field.attname for field in model._meta.concrete_fields if field.attname in read]
    return model.from_db(None, names, [read[name] for name in names])


def _lead_on(things: dict[int, Any], leads: dict[str, int], slugs: Collection[str]) -> dict[str, Any]:
    for thing in things.values():
        if survivor_read := things.get(_survivor_id(thing) or 0):
            thing.merged_into = survivor_read
    found = {slug: things[leads[slug]] for slug in slugs if leads.get(slug) in things}
    return {slug: survivor(thing) for slug, thing in found.items()}


def survivor(thing: Any) -> Any:
    """The one that `thing` was merged into, at the end of the chain; itself where it was not."""
    while _survivor_id(thing):
        thing = thing.merged_into
    return thing


def _survivor_id(thing: Any) -> int | None:
    return getattr(thing, "merged_into_id", None)
