"""What may be typed into a list's address: each parameter read, or refused with a message that says what to do.

Everything is read before anything is filtered. A value that is refused keeps its name in the error, so that a page
can put the message beside it and take just that value off.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext

from quotes import dates
from quotes.models import Statement
from quotes.search import tokens
from sources.slugs import kind_of, look_up

MAX_VALUES = 50
MAX_SLUG_LENGTH = 120
ORIGINS = tuple(str(number) for number in range(tokens.MOST_ORIGINS + 1))

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SLUG = re.compile(r"[-\w]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)


def readable(params: Mapping[str, Any] | None) -> QueryDict:
    """Copy a request's parameters so that what no text holds (NUL, lone surrogates) shows as U+FFFD."""
    copy = QueryDict(mutable=True)
    for name, values in _lists(params or {}):
        copy.setlist(name, [_NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", value) for value in values])
    return copy


def _lists(params: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    pairs = params.lists() if isinstance(params, QueryDict) else params.items()
    for name, value in pairs:
        yield name, [str(one) for one in (value if isinstance(value, list | tuple) else [value])]


def refuse(message: str, value: str) -> ValidationError:
    """Make the error for one value; it remembers the value, so that a page can take just that one off."""
    return ValidationError(message, params={"value": value})


class ValuesField(forms.Field):
    """Any number of values; cleaned, they map each value as written to what `read` makes of it."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, label: str, required: bool = False, read: Callable[[str], Any] = str) -> None:
        super().__init__(label=label, required=required)
        self.read = read

    def clean(self, value: Iterable[str] | None) -> dict[str, Any]:
        """Raise one error for every value that can't be read."""
        written = list(dict.fromkeys(one.strip() for one in value or () if one.strip()))
        if len(written) > MAX_VALUES:
            raise refuse(gettext("At most %(most)s values can be chosen at once.") % {"most": MAX_VALUES}, "")
        meanings, errors = {}, []
        for one in written:
            try:
                meanings[one] = self.read(one)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return meanings


class SlugsField(ValuesField):
    """Slugs of one model; the form resolves them, those of all its fields for one model at once."""

    def __init__(self, *, label: str, required: bool = False, model: type[models.Model]) -> None:
        super().__init__(label=label, required=required)
        self.model = model


class DayField(forms.CharField):
    """A day, or the first or last one of a month or a year."""

    def clean(self, value: str | None) -> dates.When | None:
        """Raise ValidationError for anything but YYYY, YYYY-MM and YYYY-MM-DD."""
        text = super().clean(value)
        if not text:
            return None
        try:
            when = dates.read(text)
        except dates.BadDate:
            when = None
        if when is None or not when.is_simple:
            raise refuse(gettext("This is no date. Write 2022, 2022-12 or 2022-12-03."), text)
        return when


def read_mode(value: str) -> str:
    """Return a speech mode. Raises ValidationError."""
    if value not in Statement.Mode.values:
        told = gettext("There is no such mode of speech; choose %(modes)s.")
        raise refuse(told % {"modes": ", ".join(Statement.Mode.values)}, value)
    return value


def read_language(value: str) -> str:
    """Return a BCP 47 tag in the case it is written in: pt-BR, zh-Hant. Raises ValidationError."""
    if not _LANGUAGE.fullmatch(value):
        raise refuse(gettext("This is no language tag. Write en, fr or pt-BR."), value)
    first, *rest = value.lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in rest)])


def read_year(value: str) -> int:
    """Return a year. Raises ValidationError."""
    if not _YEAR.fullmatch(value):
        raise refuse(gettext("This is no year. Write four digits, like 2022."), value)
    return int(value)


def read_origins(value: str) -> str:
    """Return a number of origins, of which the greatest stands for more, too. Raises ValidationError."""
    if value not in ORIGINS:
        told = gettext("Choose how many origins: %(numbers)s; the last stands for more, too.")
        raise refuse(told % {"numbers": ", ".join(ORIGINS)}, value)
    return value


class StatementFilterForm(forms.Form):
    """Validates all parameters before anything is filtered."""

    def clean(self) -> dict[str, Any]:
        """Replace slugs by what they lead to, in one query, and compare the dates with one another."""
        self._follow_slugs()
        self._check_order("said_after", "said_before")
        self._check_order("published_after", "published_before")
        return self.cleaned_data

    def _follow_slugs(self) -> None:
        kinds = {name: field.model for name, field in self.fields.items() if isinstance(field, SlugsField)}
        written = {name: self.cleaned_data[name] for name in kinds if self.cleaned_data.get(name)}
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for name, values in written.items():
            wanted[kinds[name]].update(filter(is_slug, values))
        found = look_up(wanted)
        for name, values in written.items():
            self.cleaned_data[name] = {slug: found[kinds[name]].get(slug) for slug in values}
            if missing := [slug for slug in values if slug not in found[kinds[name]]]:
                unknown = [refuse(_unknown(kind_of(kinds[name])), slug) for slug in missing]
                self.add_error(name, ValidationError(unknown))

    def _check_order(self, after: str, before: str) -> None:
        first, last = self.cleaned_data.get(after), self.cleaned_data.get(before)
        if first and last and first.first > last.last:
            self.add_error(before, refuse(gettext("The last day comes before the first."), last.text))


def _unknown(kind: str) -> str:
    return {
        "speaker": gettext("No speaker goes by this name."),
        "outlet": gettext("No outlet goes by this name."),
        "topic": gettext("No topic goes by this name."),
    }[kind]


def is_slug(value: str) -> bool:
    """Say whether a value can be anything's slug; what can't is not looked for."""
    return len(value) <= MAX_SLUG_LENGTH and bool(_SLUG.fullmatch(value))
