"""Having back what was discarded, as it was: where that can't be, nothing changes."""

from typing import cast

from django.contrib.auth.models import User
from django.core.serializers import deserialize
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from quotes.discarding.keeping import KEPT_FOR, TOLD_BY, Kind, Thing
from quotes.importing.beginning import MOST_TEMPLATES
from quotes.models import Discarded, Endpoint, Import, ImportTemplate, SavedSearch, Watch
from quotes.roles import RECORD, REVIEW
from quotes.saving import MOST as MOST_SEARCHES
from quotes.tasks import read_arrival
from quotes.watching.endpoints import MOST as MOST_ENDPOINTS
from quotes.watching.keeping import MOST as MOST_WATCHES
from sources.models import Arrival

_RIGHTS = {Kind.DRAFT: RECORD, Kind.ARRIVAL: RECORD, Kind.IMPORT: REVIEW, Kind.TEMPLATE: REVIEW}
_MOST: dict[type[Thing], int] = {
    ImportTemplate: MOST_TEMPLATES,
    SavedSearch: MOST_SEARCHES,
    Watch: MOST_WATCHES,
    Endpoint: MOST_ENDPOINTS,
}


class CannotPutBack(Exception):
    """It is kept no longer, its place is taken, or there are as many as there can be."""


def kept_for(owner: User) -> QuerySet[Discarded]:
    """What an account can have back, the last discarded first; no more than its role may do. One query."""
    kinds = [kind for kind in Kind if kind not in _RIGHTS or owner.has_perm(_RIGHTS[kind])]
    return Discarded.objects.filter(owner=owner, kind__in=kinds, at__gt=timezone.now() - KEPT_FOR)


def discarded_draft(owner: User, key: int) -> Discarded | None:
    """What the form of a draft said that an account discarded. One query."""
    return kept_for(owner).filter(pk=key, kind=Kind.DRAFT).first()


def put_back(key: int, *, owner: User) -> Thing:
    """Let a row be what it was, with its key and its file. Raises CannotPutBack. All or nothing."""
    with transaction.atomic():
        kept = kept_for(owner).exclude(kind=Kind.DRAFT).select_for_update().filter(pk=key).first()
        if kept is None:
            raise CannotPutBack(gettext("This is kept no longer, or it is back already."))
        found = next(iter(deserialize("python", [kept.row], ignorenonexistent=True)))
        thing = cast("Thing", found.object)
        _check_room(thing, owner)
        _make_ready(thing)
        try:
            with transaction.atomic():
                found.save(force_insert=True)
        except IntegrityError as error:
            raise CannotPutBack(gettext("Something else has taken its place since.")) from error
        if isinstance(thing, Endpoint):
            Watch.objects.filter(owner=owner, pk__in=kept.row[TOLD_BY], endpoint=None).update(endpoint=thing)
        kept.delete()
    return thing


def _check_room(thing: Thing, owner: User) -> None:
    if isinstance(thing, Arrival | Import):
        return
    most = _MOST[type(thing)]
    if type(thing)._default_manager.filter(owner=owner).count() >= most:
        raise CannotPutBack(gettext("You have %(most)s of its kind, which is the most.") % {"most": most})


def _make_ready(thing: Thing) -> None:
    """Let go of what is gone since, and have done once more what a worker was about to do."""
    if isinstance(thing, Watch) and thing.endpoint_id:
        thing.endpoint = Endpoint.objects.filter(pk=thing.endpoint_id).first()
    if isinstance(thing, Import) and thing.state != Import.State.FAILED:
        # Its findings went: it is tried again, with the columns as they were told.
        thing.state, thing.cursor, thing.counts, thing.expected = Import.State.MAPPING, 0, {}, {}
        thing.moved_at = timezone.now()
    if isinstance(thing, Arrival) and thing.state == Arrival.State.FETCHING:
        transaction.on_commit(lambda: read_arrival.enqueue(thing.pk))
