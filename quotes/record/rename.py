"""Renaming speakers, outlets and topics: their old addresses keep answering, old versions keep the old names."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Act, Speaker, Topic
from quotes.record.acts import note
from quotes.record.errors import SlugTaken
from quotes.record.names import know_names
from quotes.record.pages import lock_pages, naming, touch
from sources.models import Outlet, SlugRedirect
from sources.slugs import kind_of


def rename(thing: Speaker | Outlet | Topic, *, editor: User, name: str | None = None, slug: str | None = None) -> None:
    """Give a speaker, outlet or topic another name, another slug, or both; the old slug redirects.

    Raises SlugTaken where the slug is another's, or was.
    """
    with transaction.atomic():
        pages = naming(thing)
        lock_pages(pages)
        # Of two renames at once the later one starts from what the other made of it, so that no slug is forgotten.
        current = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        old_name, old_slug = current.name, current.slug
        thing.name, thing.slug = name or old_name, slug or old_slug
        if thing.slug != old_slug and old_slug and thing.slug:
            move_slug(thing, old_slug, thing.slug)
        thing.save(update_fields=["name", "slug"])
        know_names(type(thing), [thing.pk])
        touch(pages)
        detail = {"kind": kind_of(type(thing)), "id": thing.pk, "from": [old_name, old_slug]}
        detail["to"] = [thing.name, thing.slug]
        note(verb=Act.Verb.RENAME, actor=editor, at=timezone.now(), detail=detail)


def move_slug(thing: Speaker | Outlet | Topic, old: str, new: str) -> None:
    """Let `old` redirect to `thing`, which will be found at `new`. Raises SlugTaken."""
    model, kind = type(thing), kind_of(type(thing))
    led = SlugRedirect.objects.filter(kind=kind, slug=new)
    taken = model._default_manager.filter(slug=new).exclude(pk=thing.pk)
    if taken.exists() or led.exclude(target_id=thing.pk).exists():
        raise SlugTaken(f"“{new}” leads to another {kind} already. Choose another slug.", "slug")
    led.delete()
    SlugRedirect.objects.update_or_create(kind=kind, slug=old, defaults={"target_id": thing.pk})
