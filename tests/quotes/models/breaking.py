"""Trying to break what the database holds of itself."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction


class Attempts:
    """Attempts to break constraints, by the constraint's name: `@breaks("name")` registers one."""

    def __init__(self):
        self.made = []

    def __call__(self, name):
        def register(attempt):
            self.made.append((name, attempt))
            return attempt

        return register

    @property
    def names(self):
        return {name for name, _ in self.made}

    @property
    def each(self):
        """The mark that runs a test once for every attempt."""
        ids = [attempt.__name__ for _, attempt in self.made]
        return pytest.mark.parametrize(("name", "attempt"), self.made, ids=ids)


def update(thing, **fields):
    type(thing)._default_manager.filter(pk=thing.pk).update(**fields)


def assert_refused(name, attempt):
    """The database refuses, and says by which constraint."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        attempt()
    on_sqlite = connection.vendor == "sqlite" and CONSTRAINTS[name]
    assert (CONSTRAINTS[name] if on_sqlite else name) in str(refused.value)


def models():
    return [*apps.get_app_config("quotes").get_models(), *apps.get_app_config("sources").get_models()]


def _declared():
    """The names of all constraints, with what SQLite calls a broken UNIQUE instead of its name."""
    for model in models():
        for constraint in model._meta.constraints:
            columns = [model._meta.get_field(name).column for name in getattr(constraint, "fields", ())]
            yield constraint.name, ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


CONSTRAINTS = dict(_declared())
