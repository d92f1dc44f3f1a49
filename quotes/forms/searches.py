"""Naming a list to keep it."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.filters import StatementFilter
from quotes.forms.bundles import PlainForm
from quotes.models import SavedSearch

MAX_NAME = SavedSearch._meta.get_field("name").max_length or 0
MAX_QUERY = SavedSearch._meta.get_field("query").max_length or 0


class FiltersField(forms.CharField):
    """The filters of a list as its address has them, carried along unseen."""

    def __init__(self) -> None:
        too_long = _("These filters are longer than the %(limit_value)s characters that are kept.")
        super().__init__(
            required=False,
            widget=forms.HiddenInput,
            max_length=MAX_QUERY,
            error_messages={"max_length": too_long},
        )


class SearchNameForm(PlainForm):
    """The name of a saved search."""

    name = forms.CharField(
        max_length=MAX_NAME,
        label=_("Name"),
        error_messages={
            "required": _("Give it a name."),
            "max_length": _("This is %(show_value)s characters long; the limit is %(limit_value)s."),
        },
    )

    def clean_name(self) -> str:
        """Return it with single spaces."""
        return " ".join(self.cleaned_data["name"].split())


class SaveSearchForm(SearchNameForm):
    """A list's filters, as its address has them, and a name for it."""

    query = FiltersField()
    proposed_name = ""
    """What the filters may be called, once they are checked."""

    def clean_query(self) -> str:
        """Return the filters alone. Refuses those that can't be read, and none at all. One query."""
        filterset, query = filters_in(self.cleaned_data["query"])
        self.proposed_name = ", ".join(chosen.words for chosen in filterset.chosen())[:MAX_NAME]
        return query


def filters_in(text: str) -> tuple[StatementFilter, str]:
    """The filters in the address of a list, and how they are kept. Raises ValidationError. One query."""
    filterset = StatementFilter(QueryDict(text))
    if not filterset.is_valid():
        wrong = [chosen for chosen in filterset.chosen() if chosen.problem]
        raise ValidationError([f"{chosen.label}, “{chosen.words}”: {chosen.problem}" for chosen in wrong])
    if not filterset.used:
        raise ValidationError(gettext("Filter the list first: all statements are at hand without a saved search."))
    pairs = [(name, value) for name, values in filterset.data.lists() for value in values]
    return filterset, urlencode([(name, value) for name, value in pairs if name in filterset.filters and value.strip()])
