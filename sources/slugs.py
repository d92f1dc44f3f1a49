"""Slugs: the readable part of an address, and what it led to before."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.text import slugify

from sources.models import SlugRedirect

Sluggable = TypeVar("Sluggable", bound=models.Model)


def kind_of(model: type[models.Model]) -> str:
    """The kind under which a model's former slugs are kept: speaker, outlet or topic."""
    return SlugRedirect.Kind(model._meta.model_name or "").value


def new_slug(model: type[models.Model], name: str) -> str:
    """A slug for `name` that none of its kind has or had: ASCII where the name allows, numbered where it is taken.

    Two queries.
    """
    base = (slugify(name) or slugify(name, allow_unicode=True) or kind_of(model))[:100].strip("-")
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(SlugRedirect.objects.filter(kind=kind_of(model), slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def resolve(model: type[Sluggable], slugs: Iterable[str]) -> dict[str, Sluggable]:
    """What each slug leads to today: through renames and merges, slug by slug. Unknown slugs are left out.

    One query; two more where a slug is a former one, one more for every further merge in a chain.
    """
    wanted = set(slugs)
    found: dict[str, Any] = {}
    for thing in model._default_manager.filter(slug__in=wanted):
        found[thing.slug] = thing  # type: ignore[attr-defined]  # every model with a page has one
    if missing := wanted - found.keys():
        found |= _by_former_slug(model, missing)
    if any(_survivor_id(thing) for thing in found.values()):
        found = {slug: survivor(thing) for slug, thing in found.items()}
    return found


def _by_former_slug(model: type[Sluggable], slugs: set[str]) -> dict[str, Sluggable]:
    leads = dict(SlugRedirect.objects.filter(kind=kind_of(model), slug__in=slugs).values_list("slug", "target_id"))
    things = model._default_manager.in_bulk(leads.values())
    return {slug: things[key] for slug, key in leads.items() if key in things}


def survivor(thing: Any) -> Any:
    """The one that `thing` was merged into, at the end of the chain; itself where it was not."""
    while _survivor_id(thing):
        thing = thing.merged_into
    return thing


def _survivor_id(thing: Any) -> int | None:
    return getattr(thing, "merged_into_id", None)
