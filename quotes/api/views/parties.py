"""Speakers, outlets and topics."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import is_letter, read_asked, read_slug
from quotes.api.paging import counted
from quotes.api.problems import Wrong, refuse
from quotes.api.resource import Resource, json_page, page
from quotes.api.shapes import parties
from quotes.facets import Total
from quotes.indexes import MAX_FILTER, index
from quotes.models import Carriage, Speaker, Topic
from quotes.querysets import outlets_on_record
from quotes.revalidation import PUBLIC
from sources.models import Outlet
from sources.slugs import resolve

Told = Mapping[str, Any]


def _index(
    resource: Resource, request: Request, every: models.QuerySet[Any], tell: Callable[[Any], Told]
) -> HttpResponse:
    """A page of an index by name, as its page has it. At most eight queries."""
    read_asked(request.GET, known=("q", "letter", "after"), free={"q": MAX_FILTER})
    typed = request.GET.get("q", "")
    if "\x00" in typed:
        refuse([Wrong("q", typed[:80].replace("\x00", ""), "No name holds this.")])
    letter = request.GET.get("letter", "")
    if letter and not is_letter(letter):
        refuse([Wrong("letter", letter[:80].replace("\x00", ""), "One letter, which names begin with.")])
    if typed and letter:
        refuse([Wrong("letter", letter, "An index is asked for names that begin as typed or for a letter, not both.")])
    after = request.GET.get("after", "")
    if after and not every.model._default_manager.filter(slug=read_slug(after, "after")).exists():
        refuse([Wrong("after", after, "There is no such place in the index.", "unknown")])
    found = index(request.GET, every)
    onward = f"{request.path}?{urlencode(parse_qsl(found.onward[1:]))}" if found.onward else ""
    total = None if typed or letter else counted(every)
    return json_page(resource, page([tell(row) for row in found.rows], onward=onward, total=total))


def _elsewhere(request: Request, model: type[models.Model], slug: str) -> HttpResponse:
    """The way from a former slug, or from what was merged away. Raises Http404."""
    found: Any = resolve(model, [slug]).get(slug)
    if found is None or found.slug == slug:
        raise Http404("unknown")
    start, _, end = request.path.rpartition(slug)
    response = HttpResponsePermanentRedirect(f"{start}{found.slug}{end}")
    response["Cache-Control"] = PUBLIC
    return response


@described.speakers
class Speakers(Resource):
    """Everybody heard on record, by name."""

    def answer(self, request: Request, /) -> HttpResponse:
        """One page of the index."""
        every = Speaker.objects.on_record().with_counts()
        return _index(self, request, every, parties.speaker_listed)


@described.speaker
class SpeakerBySlug(Resource):
    """A speaker with their other names, offices and members. Four queries."""

    def answer(self, request: Request, /) -> HttpResponse:
        """The speaker, or the way to them."""
        slug = self.kwargs["slug"]
        read_asked(request.GET, known=())
        every = Speaker.objects.on_record().with_counts().prefetch_related("roles", "aliases", "members")
        found = every.filter(slug=read_slug(slug)).first()
        if found is None:
            return _elsewhere(request, Speaker, slug)
        return self.write(formats.as_json(parties.speaker_whole(found)))


@described.outlets
class Outlets(Resource):
    """Every outlet that carried a statement on record, by name."""

    def answer(self, request: Request, /) -> HttpResponse:
        """One page of the index."""
        every = outlets_on_record(Carriage.objects.all())
        return _index(self, request, every, parties.outlet_listed)


@described.outlet
class OutletBySlug(Resource):
    """An outlet that carried a statement on record. One query."""

    def answer(self, request: Request, /) -> HttpResponse:
        """The outlet, or the way to it."""
        slug = self.kwargs["slug"]
        read_asked(request.GET, known=())
        found = outlets_on_record(Carriage.objects.all()).filter(slug=read_slug(slug)).first()
        if found is None:
            return _elsewhere(request, Outlet, slug)
        return self.write(formats.as_json(parties.outlet_listed(found)))


@described.topics
class Topics(Resource):
    """The whole tree of topics, by name: a record has a few thousand at most. One query."""

    def tag(self, _request: Request, /) -> None:
        """By its bytes: a new topic is no act."""

    def answer(self, request: Request, /) -> HttpResponse:
        """All of them."""
        read_asked(request.GET, known=())
        told = [parties.topic_listed(topic) for topic in Topic.objects.with_counts().select_related("parent")]
        return json_page(self, page(told, total=Total(len(told))))


@described.topic
class TopicBySlug(Resource):
    """A topic, and the topics right below it. Two queries."""

    def tag(self, _request: Request, /) -> None:
        """By its bytes."""

    def answer(self, request: Request, /) -> HttpResponse:
        """The topic, or the way to it."""
        slug = self.kwargs["slug"]
        read_asked(request.GET, known=())
        found = Topic.objects.with_counts().select_related("parent").filter(slug=read_slug(slug)).first()
        if found is None:
            return _elsewhere(request, Topic, slug)
        below = [parties.topic_named(topic) for topic in Topic.objects.filter(parent=found)]
        return self.write(formats.as_json({**parties.topic_listed(found), "narrower": below}))
