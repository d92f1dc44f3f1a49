"""Whom the index's tokens stand for: their names, and the filters that ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from quotes.charts.sample import key_of
from quotes.models import Speaker, Topic
from sources.models import Outlet

_KINDS: dict[str, tuple[str, type[models.Model]]] = {
    "_s": ("speaker", Speaker),
    "_t": ("topic", Topic),
    "_o": ("outlet", Outlet),
    "_c": ("spoken_to", Outlet),
    "_r": ("relay", Outlet),
    "_p": ("published_by", Outlet),
}


@dataclass(frozen=True)
class Thing:
    """What a token stands for: its name, and its filter, none where it has no page."""

    name: str
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def slug(self) -> str:
        """The word of its address; nothing where it has no page."""
        return self.filters[0][1] if self.filters else ""


def things(tokens: Iterable[str]) -> dict[str, Thing]:
    """What each token stands for, those that have a page alone. One query for each kind of thing."""
    wanted: dict[type[models.Model], dict[int, list[str]]] = {}
    for token in tokens:
        if token[:2] in _KINDS:
            wanted.setdefault(_KINDS[token[:2]][1], {}).setdefault(key_of(token), []).append(token)
    found: dict[str, Thing] = {}
    for model, keys in wanted.items():
        rows: Any = model._default_manager.filter(pk__in=list(keys), slug__isnull=False)
        for key, name, slug in rows.values_list("pk", "name", "slug"):
            for token in keys[key]:
                found[token] = Thing(name, ((_KINDS[token[:2]][0], slug),))
    return found
