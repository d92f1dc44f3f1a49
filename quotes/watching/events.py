"""What a webhook is told of an act, as the record has it when it is sent: docs/event.schema.json describes it."""

import json
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from quotes.citing.record import CitedStatement, read
from quotes.ledger import REMOVED_FOR, changed_words
from quotes.models import Act, Delivery, Revision, Statement, Watch

TYPES = {
    Act.Verb.PUBLISH: "statement.published",
    Act.Verb.CORRECT: "statement.corrected",
    Act.Verb.RETRACT: "statement.retracted",
    Act.Verb.RESTORE: "statement.restored",
    Act.Verb.REMOVE: "statement.removed",
    Act.Verb.MERGE: "statement.merged",
    Act.Verb.UNDO_MERGE: "statement.unmerged",
    Act.Verb.SET_TOPICS: "statement.filed",
    Act.Verb.ADD_APPEARANCE: "statement.found_again",
}
TEST = "test"


def event(delivery: Delivery) -> dict[str, Any] | None:
    """What is sent. None where nothing may be: it was removed before this endpoint was told of it. Six queries."""
    act = delivery.act
    if act is None or act.statement is None:
        words = "A test, sent by hand. Events about statements look like docs/event.schema.json says."
        return {"type": TEST, "timestamp": delivery.made_at.isoformat(), "data": {"message": words}}
    cited = latest(act.statement)
    if cited is None and not _knows(delivery, act):
        return None
    return {
        "type": TYPES[Act.Verb(act.verb)],
        "timestamp": act.at.isoformat(),
        "data": {
            "act": _act(act),
            "statement": _statement(act.statement, cited),
            "watches": [_watch(one) for one in _watches(delivery)],
        },
    }


def latest(statement: Statement) -> CitedStatement | None:
    """The latest version of a statement; None where its words were removed. One query."""
    last = Revision.objects.filter(statement=statement).order_by("-number").first()
    return read(json.loads(last.body), settings.SITE_URL) if last and last.body else None


def _knows(delivery: Delivery, act: Act) -> bool:
    """Whether an endpoint may know of a removed statement already: a removal is told to nobody else."""
    if act.verb != Act.Verb.REMOVE:
        return False
    earlier = Delivery.objects.filter(endpoint=delivery.endpoint_id, act__statement=act.statement_id)
    watched = Watch.objects.filter(endpoint=delivery.endpoint_id, statement=act.statement_id)
    return earlier.exclude(pk=delivery.pk).exclude(tried_at=None).exists() or watched.exists()


def _watches(delivery: Delivery) -> list[Watch]:
    told = Q(notices__act=delivery.act_id, endpoint=delivery.endpoint_id)
    return list(Watch.objects.filter(told).select_related("statement").order_by("pk"))


def _watch(watch: Watch) -> dict[str, Any]:
    return {"id": watch.pk, "name": str(watch), "url": settings.SITE_URL + watch.get_absolute_url()}


@override("en")
def _act(act: Act) -> dict[str, Any]:
    told: dict[str, Any] = {"id": act.pk, "at": act.at.isoformat(), "reason": act.reason}
    if act.revision:
        told["version"] = act.revision.number
    if changed := act.detail.get("changed"):
        told["changed"] = changed_words(changed)
    if act.reason_code:
        told["removed_for"] = str(REMOVED_FOR[act.reason_code])
    if other := other_statement(act):
        told["other"] = {"id": other, "url": f"{settings.SITE_URL}/q/{other}"}
    return told


def other_statement(act: Act) -> str:
    """The statement that stays after a merge, or that replaces a removed one. At most one query."""
    if act.verb in (Act.Verb.MERGE, Act.Verb.UNDO_MERGE):
        return Statement.objects.filter(pk=act.detail.get("survivor")).values_list("pid", flat=True).first() or ""
    return str(act.detail.get("replacement", ""))


def _statement(statement: Statement, cited: CitedStatement | None) -> dict[str, Any]:
    url = settings.SITE_URL + statement.get_absolute_url()
    if cited is None:
        return {"id": statement.pid, "url": url, "state": Statement.State.REMOVED.value}
    speaker = {"name": cited.speaker.name}
    if cited.speaker.slug:
        speaker |= {"id": cited.speaker.slug, "url": f"{settings.SITE_URL}/speakers/{cited.speaker.slug}/"}
    return {
        "id": statement.pid,
        "url": url,
        "state": statement.state,
        "version": cited.version,
        "version_url": cited.version_url,
        "words": cited.words,
        "mode": cited.mode,
        "language": cited.language,
        "is_translation": cited.translation is not None,
        "speaker": speaker,
        "label": cited.label,
        "said": cited.said.edtf,
        "relayed_by": list(cited.relayed_by),
        "topics": [{"id": one.slug, "name": one.name} for one in cited.topics],
    }
