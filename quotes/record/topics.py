"""The tree of topics, and what statements are filed under. Neither makes a version."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from quotes.models import Act, Statement, Topic
from quotes.record.acts import note
from quotes.record.errors import RecordError
from quotes.record.index import index
from quotes.record.names import know_names
from quotes.record.pages import lock_pages, touch
from sources.slugs import new_slug


def add_topic(name: str, *, parent: Topic | None = None, **fields: str) -> Topic:
    """A new topic under `parent`, or at the root."""
    with transaction.atomic():
        topic = Topic.objects.create(name=name, slug=new_slug(Topic, name), parent=parent, **fields)
        topic.path = f"{parent.path if parent else '/'}{topic.pk}/"
        topic.save(update_fields=["path"])
        know_names(Topic, [topic.pk])
    return topic


def move_topic(topic: Topic, parent: Topic | None) -> None:
    """Hang a topic and all below it under another. Raises RecordError for a place below itself.

    Locks the whole tree, a few thousand rows at most: two moves at once can't hang each other's topic below itself.
    What is filed there is indexed anew, some thousand statements a second.
    """
    with transaction.atomic():
        paths = dict(Topic.objects.select_for_update().order_by("pk").values_list("pk", "path"))
        topic.path = paths[topic.pk]
        if parent:
            parent.path = paths[parent.pk]
        if parent and parent.path.startswith(topic.path):
            raise RecordError(f"“{parent}” is below “{topic}”: it can't be above it as well.", "parent")
        old, new = topic.path, f"{parent.path if parent else '/'}{topic.pk}/"
        below = Topic.objects.filter(path__startswith=old)
        below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
        topic.parent, topic.path = parent, new
        topic.save(update_fields=["parent"])
        filings = Statement.topics.through.objects.filter(topic__path__startswith=new)
        index(filings.values_list("statement_id", flat=True))


def file_under(statement: Statement, topics: Iterable[Topic], *, editor: User) -> None:
    """Set what a published statement addresses."""
    with transaction.atomic():
        lock_pages([statement.pk])
        statement.topics.set(topics)
        index([statement.pk])
        touch([statement.pk])
        filed = list(statement.topics.order_by("slug").values_list("slug", flat=True))
        note(verb=Act.Verb.SET_TOPICS, statement=statement, actor=editor, at=timezone.now(), detail={"topics": filed})
