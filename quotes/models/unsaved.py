"""Instances by the thousand: Django's own way of making one looks at each field by its name, which costs the most."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)


class _Fields(NamedTuple):
    """What a model's fields hold where nothing is said, and the columns of its relations."""

    plain: dict[str, Any]
    called: list[tuple[str, Callable[[], Any]]]
    columns: dict[str, str]


def unsaved(model: type[M], **values: Any) -> M:
    """An instance as `model(**values)` makes it: fields by their names or columns, relations by what they lead to.

    What isn't named has its default. No signal is sent.
    """
    fields = _fields(model)
    made = model.__new__(model)
    held = vars(made)
    held["_state"] = state = ModelState()
    held.update(fields.plain)
    for name, make in fields.called:
        if name not in values:
            held[name] = make()
    for name, value in values.items():
        if column := fields.columns.get(name):
            held[column] = value.pk if value is not None else None
            state.fields_cache[name] = value
        else:
            held[name] = value
    return made


@cache
def _fields(model: type[models.Model]) -> _Fields:
    own = [one for one in model._meta.concrete_fields if not one.generated]
    called = [(one.attname, one.default) for one in own if one.has_default() and callable(one.default)]
    return _Fields(
        {one.attname: one.get_default() for one in own if one.attname not in dict(called)},
        called,
        {one.name: one.attname for one in own if one.is_relation},
    )
