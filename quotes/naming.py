"""Finding speakers, outlets, topics and documents by what an editor types, and telling namesakes apart."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import Q

from quotes.models import Alias, Speaker, Statement, Topic
from quotes.permalinks import read_pid
from sources.models import Document, Outlet
from sources.slugs import resolve, survivor

MAX_NAMESAKES = 20
MAX_SUGGESTIONS = 10


def speakers_called(name: str) -> list[Speaker]:
    """Everybody with this name, alias or slug, in any case; the merged stand for their survivors.

    At most three queries; unnamed sources are nobody's namesakes.
    """
    aliased = Alias.objects.filter(name__iexact=name).values("speaker")
    named = Speaker.objects.filter(Q(name__iexact=name) | Q(pk__in=aliased)).exclude(kind=Speaker.Kind.UNNAMED)
    return _distinct([*named.select_related("merged_into")[:MAX_NAMESAKES], *resolve(Speaker, [name]).values()])


def outlets_called(name: str) -> list[Outlet]:
    """All outlets with this name, domain or slug, in any case; the merged stand for survivors. Three queries."""
    named = Outlet.objects.filter(Q(name__iexact=name) | Q(domain__iexact=name))
    return _distinct([*named.select_related("merged_into")[:MAX_NAMESAKES], *resolve(Outlet, [name]).values()])


def topics_called(names: Iterable[str]) -> dict[str, Topic]:
    """The topic that each name or slug means, in any case; unknown ones are left out. One query a name."""
    found = {}
    for name in names:
        topic = Topic.objects.filter(Q(name__iexact=name) | Q(slug=name)).order_by("path").first()
        if topic or (topic := resolve(Topic, [name]).get(name)):
            found[name] = topic
    return found


def _distinct(things: Iterable[Speaker | Outlet]) -> list:
    return list({thing.pk: thing for thing in map(survivor, things)}.values())


def document_called(text: str) -> Document | None:
    """The document with this id, permalink or address. One query, two for an address."""
    documents = Document.objects.select_related("outlet")
    if not text:
        return None
    if found := documents.filter(url=text).first():
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
        return f"{thing.get_kind_display()}, {where}"
    role = thing.roles.first()
    return ", ".join(filter(None, [role.label if role else thing.get_kind_display(), thing.slug]))


def _known_by(outlet: Outlet) -> str:
    document = outlet.documents.first()
    return f"of “{document}” ({document.published_words})" if document else outlet.slug


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
