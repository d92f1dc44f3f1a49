"""Putting the cast of a generated record on record: accounts, outlets, speakers with their offices, topics."""

import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import models

from quotes.generating import names
from quotes.generating.cast import Carrier, Cast, Office, Subject, Voice
from quotes.generating.plan import FIRST_DAY, LAST_DAY, Plan
from quotes.models import Alias, Role, Speaker, Topic
from quotes.record.bodies import frozen_outlet, frozen_speaker
from sources.models import Outlet, SlugRedirect
from sources.slugs import base_slug, kind_of

ACCOUNTS = 12
STATIONS, AGENCIES, OFFICES = 120, 40, 60
_ROOTS = ("Economy", "Energy", "Foreign affairs", "Health", "Justice", "Environment", "Science", "Culture", "Defence")
_BRANCHES = ("Treaties", "Budgets", "Elections", "Inquiries", "Prices", "Staffing")
_TWIGS = ("in the north", "in the south", "at sea", "in towns", "in schools", "abroad")
_KINDS = ("person",) * 17 + ("organisation", "government", "group")
_BATCH = 1000


class _Slugs:
    """Slugs that none of a kind has or had, numbered where the plain one is taken. Two queries for all."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._taken = set(model._default_manager.exclude(slug=None).values_list("slug", flat=True))
        self._taken |= set(SlugRedirect.objects.filter(kind=kind_of(model)).values_list("slug", flat=True))

    def new(self, name: str) -> str:
        """Take a slug for `name`."""
        base = slug = base_slug(self._model, name)
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{base}-{number}"
        self._taken.add(slug)
        return slug


def cast(plan: Plan) -> Cast:
    """Write all that the statements share and hand it back as plain values."""
    random = Random(f"{plan.seed}/cast")  # noqa: S311 - chance that can be had again
    outlets = _outlets(plan)
    voices = _voices(plan, random)
    return Cast(
        voices=voices,
        principals=[voice for voice in voices if voice.frozen["kind"] in ("organisation", "government")],
        papers=outlets["newspaper"],
        stations=outlets["broadcaster"],
        agencies=outlets["agency"],
        offices=outlets["public_body"],
        subjects=_subjects(),
        editors=_editors(),
    )


def _editors() -> list[int]:
    """Accounts that nobody can sign in to."""
    for number in range(1, ACCOUNTS + 1):
        User.objects.get_or_create(username=f"generated-{number}", defaults={"password": make_password(None)})
    return list(User.objects.filter(username__startswith="generated-").order_by("pk").values_list("pk", flat=True))


def _outlets(plan: Plan) -> dict[str, list[Carrier]]:
    slugs = _Slugs(Outlet)
    made = {
        "newspaper": [names.newspaper(number) for number in range(plan.papers)],
        "broadcaster": [names.broadcaster(number) for number in range(STATIONS)],
        "agency": [names.agency(number) for number in range(AGENCIES)],
        "public_body": [names.body(number) for number in range(OFFICES)],
    }
    rows = [
        Outlet(name=name, kind=kind, slug=(slug := slugs.new(name)), domain=f"{slug}.example")
        for kind, several in made.items()
        for name in several
    ]
    keys = _write(Outlet, rows)
    found: dict[str, list[Carrier]] = {kind: [] for kind in made}
    places = _places(Outlet, keys)
    for row in rows:
        found[row.kind].append(Carrier(row.pk, row.name, row.domain, places[row.pk], frozen_outlet(row)))
    return found


def _voices(plan: Plan, random: Random) -> list[Voice]:
    slugs = _Slugs(Speaker)
    rows = [_speaker(number, slugs) for number in range(min(plan.people, names.PEOPLE))]
    _write(Speaker, rows)
    held = {row.pk: _offices(row, random) for row in rows}
    _write(Role, [role for roles in held.values() for role in roles])
    _write(Alias, [alias for row in rows for alias in _aliases(row)])
    _join_groups(rows)
    return [Voice(row.pk, row.name, row.family, _labels(held[row.pk]), frozen_speaker(row)) for row in rows]


def _speaker(number: int, slugs: _Slugs) -> Speaker:
    kind = _KINDS[number % len(_KINDS)]
    if kind == "person":
        given, particle, family = names.person(number)
        name = " ".join(filter(None, (given, particle, family)))
        return Speaker(kind=kind, name=name, given=given, particle=particle, family=family, slug=slugs.new(name))
    name = names.body(number // len(_KINDS)) if kind != "group" else f"Friends of {names.place(number // len(_KINDS))}"
    return Speaker(kind=kind, name=name, slug=slugs.new(name))


def _offices(row: Speaker, random: Random) -> list[Role]:
    """One to three offices, one after another; now and then the last is held still."""
    if row.kind != Speaker.Kind.PERSON:
        return []
    days = sorted(random.sample(range(FIRST_DAY - 2000, LAST_DAY), 2 * random.choice((1, 1, 2, 3))))
    country = random.choice(names.COUNTRIES)
    return [
        _role(row, f"{random.choice(names.OFFICES)} of {country}", first, None if last > LAST_DAY - 400 else last)
        for first, last in zip(days[::2], days[1::2], strict=True)
    ]


def _role(row: Speaker, label: str, first: int, last: int | None) -> Role:
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last) if last else None
    return Role(speaker=row, label=label, held=f"{start}/{end or '..'}", held_min=start, held_max=end)


def _labels(roles: list[Role]) -> tuple[Office, ...]:
    """Offices, the one taken up latest first."""
    found = [Office(role.label, str(role.held_min), str(role.held_max) if role.held_max else None) for role in roles]
    return tuple(sorted(found, key=lambda office: office.first, reverse=True))


def _aliases(row: Speaker) -> Iterable[Alias]:
    if not row.family:
        return
    yield Alias(speaker=row, name=row.family, language="en")
    if row.pk % 2:
        yield Alias(speaker=row, name=names.cyrillic(row.name), language="ru")
    if row.pk % 3 == 0:
        yield Alias(speaker=row, name=names.arabic(row.name), language="ar")


def _join_groups(rows: list[Speaker]) -> None:
    """Each group has the three speakers before it as its members."""
    through: Any = Speaker.members.through
    pairs = [
        through(from_speaker_id=row.pk, to_speaker_id=member.pk)
        for place, row in enumerate(rows)
        if row.kind == Speaker.Kind.GROUP
        for member in rows[max(0, place - 6) : place - 3]
    ]
    _write(through, pairs)


def _subjects() -> list[Subject]:
    """A tree of three levels; frequent topics stand at every one of them."""
    slugs = _Slugs(Topic)
    roots = _topics([(root, None) for root in _ROOTS], slugs)
    branches = _topics([(f"{top}: {branch.lower()}", top) for top in roots for branch in _BRANCHES], slugs)
    twigs = _topics([(f"{branch} {twig}", branch) for branch in branches for twig in _TWIGS], slugs)
    made = [*roots, *branches, *twigs]
    places = _places(Topic, [topic.pk for topic in made])
    # Steps of a number that shares no factor with theirs, so that no level is the frequent one.
    spread = [made[place * 151 % len(made)] for place in range(len(made))]
    return [Subject(topic.pk, topic.name, topic.slug, places[topic.pk], (*topic.above, topic.pk)) for topic in spread]


def _topics(named: list[tuple[str, Topic | None]], slugs: _Slugs) -> list[Topic]:
    """One level of the tree."""
    made = [Topic(name=name, slug=slugs.new(name), parent=parent) for name, parent in named]
    _write(Topic, made)
    for topic in made:
        topic.path = f"{topic.parent.path if topic.parent else '/'}{topic.pk}/"
    Topic.objects.bulk_update(made, ["path"], batch_size=_BATCH)
    return made


def _write(model: type[models.Model], rows: list[Any]) -> list[int]:
    """Write rows of one table; their keys are set, and handed back."""
    return [row.pk for row in model._default_manager.bulk_create(rows, batch_size=_BATCH)]


def _places(model: type[models.Model], keys: list[int]) -> dict[int, int]:
    """Where the database sorts each of these by its name."""
    wanted = set(keys)
    ordered = model._default_manager.order_by("name", "pk").values_list("pk", flat=True)
    return {key: place for place, key in enumerate(key for key in ordered if key in wanted)}
