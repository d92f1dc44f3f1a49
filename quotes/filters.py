"""The one way to narrow a list of statements: the same parameters on pages, in feeds, exports and the API.

Values of one parameter are alternatives, parameters narrow each other. All of them together are one demand of the
index, which answers it in bounded work however large the record is: see quotes.search.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import django_filters
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from quotes import dates
from quotes.dates_told import told
from quotes.languages import language_name
from quotes.meanings import Asked, asked_for
from quotes.models import Hop, Speaker, Statement, Topic
from quotes.parameters import (
    DayField,
    SlugsField,
    StatementFilterForm,
    ValuesField,
    read_language,
    read_mode,
    read_origins,
    read_year,
    readable,
)
from quotes.querysets import StatementQuerySet
from quotes.search import tokens
from quotes.search.demands import NONE, Demand, either
from quotes.search.engine import Look, StatementsOf
from quotes.search.expressions import EVERYTHING, Expression
from sources.models import Outlet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_SHOWN = 80

V = TypeVar("V")
M = TypeVar("M")
Spell = tuple[dt.date | None, dt.date | None]


def said_by(speakers: Iterable[Speaker]) -> Expression:
    """Ask for what one of `speakers` said."""
    return either(tokens.speaker(speaker.pk) for speaker in speakers)


def carried_by(outlets: Iterable[Outlet], *roles: str) -> Expression:
    """Ask for what one of `outlets` carried, in one of `roles` or in any."""
    return either(tokens.outlet(outlet.pk, role) for outlet in outlets for role in roles or [""])


def filed_under(topics: Iterable[Topic]) -> Expression:
    """Ask for what addresses one of `topics` or of those below them."""
    return either(tokens.topic(topic.pk) for topic in topics)


def said_in(years: Iterable[int]) -> Expression:
    """Ask for what can have been said in one of `years`."""
    return either(token for year in years for token in tokens.said_in(year))


class Condition(django_filters.Filter, Generic[V]):
    """One parameter: how it reads in a title (`phrase`), how its value is shown, and what it asks of a statement."""

    def __init__(self, *, phrase: "StrOrPromise", **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.phrase = phrase

    def asks(self, value: V) -> Expression:
        """Return what a cleaned value asks of a statement."""
        raise NotImplementedError

    def narrow(self, demand: Demand, value: V) -> Demand:
        """Narrow a demand by a cleaned value."""
        return demand.narrowed(self.asks(value))

    def shown(self, value: V) -> dict[str, str]:
        """Map the value as written in the address to how a reader reads it."""
        raise NotImplementedError

    def phrased(self, words: str) -> str:
        """Say the condition as a title does."""
        return str(self.phrase).replace("{}", words)


class RepeatableCondition(Condition[dict[str, M]]):
    """A parameter that takes several values, of which one must hold."""

    field_class: type[ValuesField] = ValuesField

    def shown(self, value: dict[str, M]) -> dict[str, str]:
        """Show what each value stands for."""
        return {written: str(meaning) for written, meaning in value.items()}


class SpeakerCondition(RepeatableCondition[Speaker]):
    """Whose words they are; not whom they speak for, nor who told them."""

    field_class = SlugsField

    def asks(self, value: dict[str, Speaker]) -> Expression:
        """Ask for one of the speakers."""
        return said_by(value.values())


class OutletCondition(RepeatableCondition[Outlet]):
    """Who carried them, in one role or in any."""

    field_class = SlugsField

    def __init__(self, *, phrase: "StrOrPromise", role: str = "", **kwargs: object) -> None:
        super().__init__(phrase=phrase, model=Outlet, **kwargs)
        self.role = role

    def asks(self, value: dict[str, Outlet]) -> Expression:
        """Ask for one of the outlets."""
        return carried_by(value.values(), *([self.role] if self.role else []))


class TopicCondition(RepeatableCondition[Topic]):
    """What they address."""

    field_class = SlugsField

    def asks(self, value: dict[str, Topic]) -> Expression:
        """Ask for one of the topics, or one below."""
        return filed_under(value.values())


class ChoiceCondition(RepeatableCondition[str]):
    """A value of a column that `token_of` writes as the index does, shown by its name."""

    def __init__(
        self, *, phrase: "StrOrPromise", token_of: Callable[[str], str], name_of: Callable[[str], str], **kwargs: object
    ) -> None:
        super().__init__(phrase=phrase, **kwargs)
        self.token_of = token_of
        self.name_of = name_of

    def asks(self, value: dict[str, str]) -> Expression:
        """Ask for one of the values."""
        return either(map(self.token_of, value.values()))

    def shown(self, value: dict[str, str]) -> dict[str, str]:
        """Show each value by its name."""
        return {written: self.name_of(meaning) for written, meaning in value.items()}


class ModeCondition(ChoiceCondition):
    """In what speech they are."""

    def phrased(self, words: str) -> str:
        """Say it in the middle of a title."""
        return super().phrased(words.lower())


class YearCondition(RepeatableCondition[int]):
    """The year they can have been said in."""

    def asks(self, value: dict[str, int]) -> Expression:
        """Ask for one of the years."""
        return said_in(value.values())


class DayCondition(Condition[dates.When]):
    """From a day on, or up to one; both inclusive."""

    field_class = DayField

    def __init__(self, *, phrase: "StrOrPromise", last: bool = False, **kwargs: object) -> None:
        super().__init__(phrase=phrase, **kwargs)
        self.last = last

    def narrow(self, demand: Demand, value: dates.When) -> Demand:
        """Ask for what can be from those days."""
        day = value.last if self.last else value.first
        narrowings = {
            "said": (demand.said_from, demand.said_until),
            "published": (demand.published_from, demand.published_until),
        }
        return narrowings[self.field_name][self.last](day) if day else demand

    def shown(self, value: dates.When) -> dict[str, str]:
        """Show the date in words."""
        return {value.text: told(value.text)}


class WordsCondition(Condition[str]):
    """Words that occur in them, or in their speaker's name, and fields; see quotes.search.query."""

    field_class = forms.CharField

    def __init__(self, *, phrase: "StrOrPromise", **kwargs: object) -> None:
        super().__init__(phrase=phrase, **kwargs)
        self._asked: dict[str, Asked] = {}

    def asked(self, value: str) -> Asked:
        """Return what the search asks for. At most three queries, however often it is asked."""
        if value not in self._asked:
            self._asked[value] = asked_for(value)
        return self._asked[value]

    def asks(self, value: str) -> Expression:
        """Ask for its words and fields, but for the times that all it finds can be from."""
        return self.asked(value).expression

    def narrow(self, demand: Demand, value: str) -> Demand:
        """Ask for all that the search asks for."""
        return self.asked(value).narrow(demand)

    def shown(self, value: str) -> dict[str, str]:
        """Show the query itself, in quotation marks."""
        return {value: gettext("“%(words)s”") % {"words": _shortened(value)}}


def mode_name(mode: str) -> str:
    """Name a speech mode."""
    return str(Statement.Mode(mode).label)


def origins_name(number: str) -> str:
    """Name a number of origins; the greatest stands for more, too."""
    if number == "0":
        return gettext("no known origin")
    shown = {"number": number}
    if int(number) == tokens.MOST_ORIGINS:
        return ngettext("%(number)s or more origins", "%(number)s or more origins", int(number)) % shown
    return ngettext("%(number)s origin", "%(number)s origins", int(number)) % shown


@dataclass(frozen=True)
class Chosen:
    """One value of one parameter: as written in the address, as a reader reads it, and what is wrong with it."""

    name: str
    label: str
    value: str
    words: str
    problem: str = ""


class StatementFilter(django_filters.FilterSet):
    """All parameters of a list of statements. Names it doesn't know are ignored."""

    q = WordsCondition(label=_("Words"), phrase=_("with {}"))
    speaker = SpeakerCondition(label=_("Speaker"), phrase=_("by {}"), model=Speaker)
    outlet = OutletCondition(label=_("Outlet"), phrase=_("carried by {}"))
    relay = OutletCondition(label=_("Relayed by"), phrase=_("relayed by {}"), role=Hop.Role.RELAYED_BY)
    spoken_to = OutletCondition(label=_("Spoken to"), phrase=_("to {}"), role=Hop.Role.SPOKEN_TO)
    issued_by = OutletCondition(label=_("Issued by"), phrase=_("issued by {}"), role=Hop.Role.ISSUED_BY)
    published_by = OutletCondition(label=_("Published by"), phrase=_("published by {}"), role=Hop.Role.PUBLISHED_BY)
    topic = TopicCondition(label=_("Topic"), phrase=_("on {}"), model=Topic)
    mode = ModeCondition(
        field_name="mode",
        label=_("Speech"),
        phrase=_("in {} speech"),
        read=read_mode,
        token_of=tokens.mode,
        name_of=mode_name,
    )
    language = ChoiceCondition(
        field_name="language",
        label=_("Language"),
        phrase=_("in {}"),
        read=read_language,
        token_of=tokens.language,
        name_of=language_name,
    )
    origins = ChoiceCondition(
        label=_("Origins"),
        phrase=_("from {}"),
        read=read_origins,
        token_of=lambda number: tokens.origins(int(number)),
        name_of=origins_name,
    )
    year = YearCondition(label=_("Year said"), phrase=_("said in {}"), read=read_year)
    said_after = DayCondition(field_name="said", label=_("Said from"), phrase=_("said from {}"))
    said_before = DayCondition(field_name="said", label=_("Said until"), phrase=_("said until {}"), last=True)
    published_after = DayCondition(field_name="published", label=_("Published from"), phrase=_("published from {}"))
    published_before = DayCondition(
        field_name="published", label=_("Published until"), phrase=_("published until {}"), last=True
    )

    class Meta:
        form = StatementFilterForm

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        queryset: StatementQuerySet | None = None,
        *,
        within: Expression = EVERYTHING,
    ) -> None:
        """Filter `queryset`, or all that is published, latest first; `within` narrows it as a parameter would."""
        everything = Statement.objects.published().latest_first() if queryset is None else queryset
        super().__init__(readable(data), everything)
        self.within = within
        self._narrowed: dict[frozenset[str], Demand] = {}

    def demand(self, *leaving_out: str) -> Demand:
        """Return what all parameters but those left out ask of the index; nothing where one of them is wrong."""
        if not self.is_valid():
            return NONE
        left_out = frozenset(name for name in leaving_out if name in self.used)
        if left_out not in self._narrowed:
            demand = Demand.of(self.within)
            for name, value in self.used.items():
                demand = demand if name in left_out else self._narrow(name, demand, value)
            self._narrowed[left_out] = demand
        return self._narrowed[left_out]

    def _narrow(self, name: str, demand: Demand, value: Any) -> Demand:
        narrowed: Demand = self.filters[name].narrow(demand, value)
        return narrowed

    def filter_queryset(self, queryset: StatementQuerySet, leaving_out: Collection[str] = ()) -> StatementQuerySet:
        """Return the statements that all parameters but those left out let through; none where one of them is wrong.

        All of them: a page takes its few by `quotes.pagination` in bounded work.
        """
        if not self.is_valid():
            return queryset.none()
        demand = self.demand(*leaving_out)
        return queryset if demand == Demand() else queryset.filter(pk__in=StatementsOf([Look(demand)]))

    @property
    def used(self) -> dict[str, Any]:
        """Return the parameters that ask for something, with their cleaned values."""
        return {name: value for name, value in self.form.cleaned_data.items() if value} if self.is_valid() else {}

    def meanings(self, name: str) -> list[Any]:
        """Return what the values of a repeatable parameter stand for."""
        return list(self.used.get(name, {}).values())

    def chosen(self) -> list[Chosen]:
        """Return every value in use, in the order of the parameters; where something is wrong, as typed."""
        return [chosen for name in self.filters for chosen in (self._right(name) or self._typed(name))]

    def _right(self, name: str) -> list[Chosen]:
        condition, value = self.filters[name], self.form.cleaned_data.get(name)
        shown = condition.shown(value) if value else {}
        return [Chosen(name, str(condition.label), written, words) for written, words in shown.items()]

    def _typed(self, name: str) -> list[Chosen]:
        errors = self.form.errors.as_data().get(name, [])
        problems = {(error.params or {}).get("value", ""): str(error.message) for error in errors}
        label, repeatable = self.filters[name].label, isinstance(self.form.fields[name], ValuesField)
        typed = [value.strip() for value in self.data.getlist(name) if value.strip()]
        typed = list(dict.fromkeys(typed)) if repeatable else typed[-1:]
        every = problems.get("", "")
        return [Chosen(name, str(label), value, _shortened(value), problems.get(value, every)) for value in typed]

    def mark_possible(self, statements: Iterable[Statement]) -> None:
        """Set `possibly` on each statement whose dates only overlap with those asked for."""
        said = [self._days("said"), *([_spells(self.meanings("year"))] if self.meanings("year") else [])]
        published = self._days("published")
        for statement in statements:
            certain = all(_lies_within(statement.said_min, statement.said_max, spells) for spells in said)
            certain &= _lies_within(statement.published_min, statement.published_max, published)
            statement.possibly = not certain

    def _days(self, date: str) -> list[Spell]:
        first, last = self.used.get(f"{date}_after"), self.used.get(f"{date}_before")
        return [(first.first if first else None, last.last if last else None)]


def _shortened(value: str) -> str:
    return value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"


def _lies_within(first: dt.date | None, last: dt.date, spells: Iterable[Spell]) -> bool:
    """Say whether the whole of an interval lies in one of `spells`."""
    return any((not start or bool(first and first >= start)) and (not end or last <= end) for start, end in spells)


def _spells(years: Iterable[int]) -> list[Spell]:
    """Join years that follow each other to one spell: what was said over a New Year was certainly said in the two."""
    spells: list[Spell] = []
    ended = 0
    for year in sorted(set(years)):
        first = spells.pop()[0] if ended == year - 1 and spells else dt.date(year, 1, 1)
        spells.append((first, dt.date(year, 12, 31)))
        ended = year
    return spells
