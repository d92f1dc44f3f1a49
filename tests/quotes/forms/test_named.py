"""Every field of a form has a name that can be said in any language."""

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.utils.functional import Promise

import quotes.forms
from quotes.forms.bundles import PlainForm


def all_forms():
    for module in pkgutil.iter_modules(quotes.forms.__path__):
        found = vars(import_module(f"quotes.forms.{module.name}")).values()
        yield from {one for one in found if isinstance(one, type) and issubclass(one, PlainForm)}


FIELDS = {
    f"{form.__name__}.{name}": field
    for form in all_forms()
    for name, field in form.base_fields.items()
    if not isinstance(field.widget, forms.HiddenInput)
}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_is_named_by_a_message(name):
    field = FIELDS[name]
    assert isinstance(field.label, Promise), "its label isn't marked for translation"
    assert not field.help_text or isinstance(field.help_text, Promise)
