"""The one way to narrow a list of statements: the same parameters on pages, in feeds, exports and the API.

Values of one parameter are alternatives, parameters narrow each other. Every condition is a subquery or stands on the
statement itself, so that no statement is found twice and the index of the list's order stays usable.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

import django_filters
from django.db.models import Exists, OuterRef, Q

from quotes import dates
from quotes.languages import language_name
from quotes.models import Carriage, Hop, Speaker, Statement, Topic
from quotes.parameters import (
    DayField,
    SlugsField,
    StatementFilterForm,
    ValuesField,
    WordsField,
    read_language,
    read_mode,
    read_year,
    readable,
    terms,
)
from quotes.querysets import StatementQuerySet
from quotes.text import fold
from sources.models import Outlet

MAX_SHOWN = 80

V = TypeVar("V")
M = TypeVar("M")
Spell = tuple[dt.date | None, dt.date | None]


def carried_by(outlets: Iterable[Outlet], *roles: str) -> Exists:
    """Ask that a statement was carried by one of `outlets`, in one of `roles` or in any."""
    carriage = Carriage.objects.filter(statement=OuterRef("pk"), outlet__in=[outlet.pk for outlet in outlets])
    return Exists(carriage.filter(role__in=roles) if roles else carriage)


def filed_under(topics: Iterable[Topic]) -> Exists:
    """Ask that a statement addresses one of `topics` or of those below them."""
    below = reduce(or_, (Q(topic__path__startswith=topic.path) for topic in topics))
    return Exists(Statement.topics.through.objects.filter(below, statement=OuterRef("pk")))


def said_in(years: Iterable[int]) -> Q:
    """Ask that a statement can have been said in one of `years`."""
    return reduce(or_, (_overlaps("said", dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years))


def _overlaps(date: str, first: dt.date, last: dt.date) -> Q:
    return Q(**{f"{date}_max__gte": first}) & (Q(**{f"{date}_min": None}) | Q(**{f"{date}_min__lte": last}))


def holds(text: str) -> Q:
    """Ask that every word and phrase of a query occurs in a statement's words, or in a name of its speaker."""
    found = Q()
    for term in terms(text):
        named = Q()
        # SQLite compares only ASCII without case, and names aren't folded: so try how a name is likely written.
        for form in {term, term.title(), fold(term)}:
            named |= Q(name__icontains=form) | Q(aliases__name__icontains=form)
        found &= Q(folded__contains=fold(term)) | Q(speaker__in=Speaker.objects.filter(named).values("pk"))
    return found


class Condition(django_filters.Filter, Generic[V]):
    """One parameter: how it reads in a title (`phrase`), how its value is shown, and what it asks of a statement."""

    def __init__(self, *, phrase: str, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.phrase = phrase

    def asks(self, value: V) -> Q | Exists:
        """Return the condition for a cleaned value."""
        raise NotImplementedError

    def shown(self, value: V) -> dict[str, str]:
        """Map the value as written in the address to how a reader reads it."""
        raise NotImplementedError

    def phrased(self, words: str) -> str:
        """Say the condition as a title does."""
        return self.phrase.replace("{}", words)

    def filter(self, qs: StatementQuerySet, value: V | None) -> StatementQuerySet:
        """Return the statements that meet the condition; all where the parameter is empty."""
        return qs.filter(self.asks(value)) if value else qs


class RepeatableCondition(Condition[dict[str, M]]):
    """A parameter that takes several values, of which one must hold."""

    field_class: type[ValuesField] = ValuesField

    def shown(self, value: dict[str, M]) -> dict[str, str]:
        """Show what each value stands for."""
        return {written: str(meaning) for written, meaning in value.items()}


class SpeakerCondition(RepeatableCondition[Speaker]):
    """Whose words they are; not whom they speak for, nor who told them."""

    field_class = SlugsField

    def asks(self, value: dict[str, Speaker]) -> Q:
        """Ask for one of the speakers."""
        return Q(speaker__in=[speaker.pk for speaker in value.values()])


class OutletCondition(RepeatableCondition[Outlet]):
    """Who carried them, in one role or in any."""

    field_class = SlugsField

    def __init__(self, *, phrase: str, role: str = "", **kwargs: object) -> None:
        super().__init__(phrase=phrase, model=Outlet, **kwargs)
        self.role = role

    def asks(self, value: dict[str, Outlet]) -> Exists:
        """Ask for one of the outlets."""
        return carried_by(value.values(), *([self.role] if self.role else []))


class TopicCondition(RepeatableCondition[Topic]):
    """What they address."""

    field_class = SlugsField

    def asks(self, value: dict[str, Topic]) -> Exists:
        """Ask for one of the topics, or one below."""
        return filed_under(value.values())


class ChoiceCondition(RepeatableCondition[str]):
    """A column's value, shown by its name."""

    def __init__(self, *, phrase: str, name_of: Callable[[str], str], **kwargs: object) -> None:
        super().__init__(phrase=phrase, **kwargs)
        self.name_of = name_of

    def asks(self, value: dict[str, str]) -> Q:
        """Ask for one of the values."""
        return Q(**{f"{self.field_name}__in": list(value.values())})

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

    def asks(self, value: dict[str, int]) -> Q:
        """Ask for one of the years."""
        return said_in(value.values())


class DayCondition(Condition[dates.When]):
    """From a day on, or up to one; both inclusive."""

    field_class = DayField

    def __init__(self, *, phrase: str, last: bool = False, **kwargs: object) -> None:
        super().__init__(phrase=phrase, **kwargs)
        self.last = last

    def filter(self, qs: StatementQuerySet, value: dates.When | None) -> StatementQuerySet:
        """Return the statements that can be from those days."""
        if not value:
            return qs
        within = qs.said_within if self.field_name == "said" else qs.published_within
        return within(None, value.last) if self.last else within(value.first, None)

    def shown(self, value: dates.When) -> dict[str, str]:
        """Show the date in words."""
        return {value.text: str(value)}


class WordsCondition(Condition[str]):
    """Words that occur in them, or in their speaker's name."""

    field_class = WordsField

    def asks(self, value: str) -> Q:
        """Ask for all of the words."""
        return holds(value)

    def shown(self, value: str) -> dict[str, str]:
        """Show the query itself, in quotation marks."""
        return {value: f"“{_shortened(value)}”"}


def mode_name(mode: str) -> str:
    """Name a speech mode."""
    return str(Statement.Mode(mode).label)


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

    q = WordsCondition(label="Words", phrase="with {}")
    speaker = SpeakerCondition(label="Speaker", phrase="by {}", model=Speaker)
    outlet = OutletCondition(label="Outlet", phrase="carried by {}")
    relay = OutletCondition(label="Relayed by", phrase="relayed by {}", role=Hop.Role.RELAYED_BY)
    spoken_to = OutletCondition(label="Spoken to", phrase="to {}", role=Hop.Role.SPOKEN_TO)
    issued_by = OutletCondition(label="Issued by", phrase="issued by {}", role=Hop.Role.ISSUED_BY)
    published_by = OutletCondition(label="Published by", phrase="published by {}", role=Hop.Role.PUBLISHED_BY)
    topic = TopicCondition(label="Topic", phrase="on {}", model=Topic)
    mode = ModeCondition(field_name="mode", label="Speech", phrase="in {} speech", read=read_mode, name_of=mode_name)
    language = ChoiceCondition(
        field_name="language", label="Language", phrase="in {}", read=read_language, name_of=language_name
    )
    year = YearCondition(label="Year said", phrase="said in {}", read=read_year)
    said_after = DayCondition(field_name="said", label="Said from", phrase="said from {}")
    said_before = DayCondition(field_name="said", label="Said until", phrase="said until {}", last=True)
    published_after = DayCondition(field_name="published", label="Published from", phrase="published from {}")
    published_before = DayCondition(
        field_name="published", label="Published until", phrase="published until {}", last=True
    )

    class Meta:
        form = StatementFilterForm

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: StatementQuerySet | None = None) -> None:
        """Filter `queryset`, or all that is published, latest first."""
        everything = Statement.objects.published().latest_first() if queryset is None else queryset
        super().__init__(readable(data), everything)

    def filter_queryset(self, queryset: StatementQuerySet, leaving_out: Collection[str] = ()) -> StatementQuerySet:
        """Return the statements that all parameters but those left out let through; none where one of them is wrong."""
        if not self.is_valid():
            return queryset.none()
        for name, value in self.form.cleaned_data.items():
            if name not in leaving_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def without(self, *names: str) -> StatementQuerySet:
        """Return the statements found if these parameters were empty."""
        return self.filter_queryset(self.queryset, names)

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
        return [Chosen(name, condition.label, written, words) for written, words in shown.items()]

    def _typed(self, name: str) -> list[Chosen]:
        errors = self.form.errors.as_data().get(name, [])
        problems = {(error.params or {}).get("value", ""): str(error.message) for error in errors}
        label, repeatable = self.filters[name].label, isinstance(self.form.fields[name], ValuesField)
        typed = [value.strip() for value in self.data.getlist(name) if value.strip()]
        typed = list(dict.fromkeys(typed)) if repeatable else typed[-1:]
        every = problems.get("", "")
        return [Chosen(name, label, value, _shortened(value), problems.get(value, every)) for value in typed]

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
