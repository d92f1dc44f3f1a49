"""Finding speakers, outlets, topics and documents by what an editor types, and telling namesakes apart."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlsplit

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext

from quotes.models import Alias, Speaker, Statement, Topic
from quotes.permalinks import read_pid
from sources.documents import at
from sources.models import Document, Outlet
from sources.slugs import resolve, survivor

M = TypeVar("M", bound=Speaker | Outlet)
MAX_NAMESAKES = 20
MAX_SUGGESTIONS = 10


def speakers_called(name: str) -> list[Speaker]:
    """Everybody with this name, alias or slug, in any case; the merged stand for their survivors.

    At most three queries; unnamed sources are nobody's namesakes.
    """
    aliased = Alias.objects.filter(name__in_any_case=[name]).order_by().values("speaker")
    # Either is looked up in its own index; PostgreSQL would read all speakers for both at once.
    called = Speaker.objects.filter(name__in_any_case=[name]).order_by().values("pk").union(aliased)
    named = Speaker.objects.filter(pk__in=called).exclude(kind=Speaker.Kind.UNNAMED)
    return _distinct([*named.select_related("merged_into")[:MAX_NAMESAKES], *resolve(Speaker, [name]).values()])


def outlets_called(name: str) -> list[Outlet]:
    """All outlets with this name, domain or slug, in any case; the merged stand for survivors. Three queries."""
    named = Outlet.objects.filter(Q(name__in_any_case=[name]) | Q(domain__in_any_case=[name]))
    return _distinct([*named.select_related("merged_into")[:MAX_NAMESAKES], *resolve(Outlet, [name]).values()])


class Directory:
    """What is on record under several names that are looked up together; any other name is looked up when asked for.

    Nothing is looked up before it is asked for: then at most six queries for all speakers, four for all outlets, with
    what tells those of one name apart, and one for all statements, however many names.
    """

    def __init__(
        self, speakers: Iterable[str] = (), outlets: Iterable[str] = (), statements: Iterable[str] = ()
    ) -> None:
        self._speaker_names, self._outlet_names = set(filter(_storable, speakers)), set(filter(_storable, outlets))
        self._statement_names = set(filter(_storable, statements))

    def speakers(self, name: str) -> list[Speaker]:
        """As `speakers_called`."""
        return self._speakers[name] if name in self._speaker_names else speakers_called(name)

    def outlets(self, name: str) -> list[Outlet]:
        """As `outlets_called`."""
        return self._outlets[name] if name in self._outlet_names else outlets_called(name)

    def statement(self, text: str) -> Statement | None:
        """As `statement_called`."""
        return self._statements.get(text) if text in self._statement_names else statement_called(text)

    @cached_property
    def _speakers(self) -> dict[str, list[Speaker]]:
        return _all_speakers(self._speaker_names)

    @cached_property
    def _outlets(self) -> dict[str, list[Outlet]]:
        return _all_outlets(self._outlet_names)

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        pids = {text: _pid_in(text, "q") for text in self._statement_names}
        found = {one.pid: one for one in Statement.objects.filter(pid__in=filter(None, pids.values()))}
        return {text: found[pid] for text, pid in pids.items() if pid in found}


def _storable(name: str) -> bool:
    """Whether anything can go by a name: PostgreSQL refuses to look NUL up, and no field of a form takes it."""
    return bool(name) and "\0" not in name


def _all_speakers(names: set[str]) -> dict[str, list[Speaker]]:
    most = MAX_NAMESAKES * len(names)
    aliases = list(Alias.objects.filter(name__in_any_case=names).values_list("speaker", "name")[:most])
    called = Speaker.objects.filter(Q(name__in_any_case=names) | Q(pk__in=[key for key, _ in aliases]))
    rows = called.exclude(kind=Speaker.Kind.UNNAMED).select_related("merged_into")[:most]
    keys: dict[int, set[str]] = {}
    for key, alias in aliases:
        keys.setdefault(key, set()).add(alias)
    found = _by_name(names, [(row, {row.name, *keys.get(row.pk, ())}) for row in rows], resolve(Speaker, names))
    prefetch_related_objects([one for same in found.values() for one in same], "roles")
    return found


def _all_outlets(names: set[str]) -> dict[str, list[Outlet]]:
    called = Outlet.objects.filter(Q(name__in_any_case=names) | Q(domain__in_any_case=names))
    rows = called.select_related("merged_into")[: MAX_NAMESAKES * len(names)]
    found = _by_name(names, [(row, {row.name, row.domain}) for row in rows], resolve(Outlet, names))
    unknown = [one for same in found.values() for one in same if not one.identified]
    prefetch_related_objects(unknown, "documents")
    return found


def _by_name(names: Iterable[str], rows: list[tuple[M, set[str]]], by_slug: Mapping[str, M]) -> dict[str, list[M]]:
    """Those of each name, as the databases compare it: in any case."""
    upper = [(row, {own.upper() for own in called if own}) for row, called in rows]
    return {name: _distinct([*_called(name, upper), *filter(None, [by_slug.get(name)])]) for name in names}


def _called(name: str, rows: list[tuple[M, set[str]]]) -> list[M]:
    return [row for row, called in rows if name.upper() in called][:MAX_NAMESAKES]


def topics_called(names: Collection[str]) -> dict[str, Topic]:
    """The topic that each name or slug means, in any case; unknown ones are left out. At most three queries."""
    named = list(Topic.objects.filter(Q(name__in_any_case=names) | Q(slug__in=names)).order_by("path")) if names else []
    found = {name: topic for name in names if (topic := _first_called(name, named))}
    found |= resolve(Topic, [name for name in names if name not in found])
    return {name: found[name] for name in names if name in found}


def _first_called(name: str, topics: Iterable[Topic]) -> Topic | None:
    return next((topic for topic in topics if name == topic.slug or name.upper() == topic.name.upper()), None)


def _distinct(things: Iterable[Speaker | Outlet]) -> list:
    return list({thing.pk: thing for thing in map(survivor, things)}.values())


def document_called(text: str) -> Document | None:
    """The document with this id, permalink or address. One query, two for an address."""
    documents = Document.objects.select_related("outlet")
    if not text:
        return None
    if found := documents.filter(at([text])).first():
        return found
    pid = _pid_in(text, "documents")
    return documents.filter(pid=pid).first() if pid else None


def statement_called(text: str) -> Statement | None:
    """The statement with this id or permalink, in any state. One query."""
    pid = _pid_in(text, "q")
    return Statement.objects.filter(pid=pid).first() if pid else None


def _pid_in(text: str, room: str) -> str:
    """The public id in an id or in an address below `room`; nothing where there is none."""
    try:
        parts = [part for part in urlsplit(text).path.split("/") if part] if "/" in text else [room, text]
        return read_pid(parts[1]) if parts[:1] == [room] and len(parts) > 1 else ""
    except ValueError:  # Mistyped, or no address at all
        return ""


def apart(thing: Speaker | Outlet) -> str:
    """What tells one of several namesakes apart: what it is, the latest office, the slug or the one document."""
    if isinstance(thing, Outlet):
        where = thing.domain or (thing.slug if thing.identified else _known_by(thing))
        return gettext(", ").join([thing.get_kind_display(), where])
    role = thing.roles.first()
    return gettext(", ").join(filter(None, [role.label if role else thing.get_kind_display(), thing.slug]))


def _known_by(outlet: Outlet) -> str:
    document = outlet.documents.first()
    if not document:
        return outlet.slug
    return gettext("of “%(document)s” (%(date)s)") % {"document": document, "date": document.published_words}


def suggestions(kind: str, text: str) -> list[tuple[str, str]]:
    """At most ten names that begin as typed, each with what tells it apart. One query, and one a speaker."""
    return SUGGESTED[kind](text) if text else []


def _topics_like(text: str) -> list[tuple[str, str]]:
    found = Topic.objects.filter(name__istartswith=text).select_related("parent")[:MAX_SUGGESTIONS]
    return [(topic.name, topic.parent.name if topic.parent else "") for topic in found]


def _speakers_like(text: str) -> list[tuple[str, str]]:
    aliased = Alias.objects.filter(name__istartswith=text).values("speaker")
    like = Q(name__istartswith=text) | Q(family__istartswith=text) | Q(pk__in=aliased)
    known = Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED).filter(merged_into=None)
    return [(speaker.name, apart(speaker)) for speaker in known.filter(like)[:MAX_SUGGESTIONS]]


def _outlets_like(text: str) -> list[tuple[str, str]]:
    like = Q(name__istartswith=text) | Q(domain__istartswith=text)
    found = Outlet.objects.filter(like, merged_into=None)[:MAX_SUGGESTIONS]
    return [(outlet.name, apart(outlet)) for outlet in found]


SUGGESTED = {"speakers": _speakers_like, "outlets": _outlets_like, "topics": _topics_like}
