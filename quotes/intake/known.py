"""What the record knows of a text: the speakers, outlets and topics that it mentions, in bounded work."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import F, Q
from django.db.models.functions import Left

from quotes.extraction.known import (
    DocumentFacts,
    Known,
    KnownAlias,
    KnownOutlet,
    KnownRole,
    KnownSpeaker,
    KnownTopic,
)
from quotes.mentioned import mentioned, speakers_named
from quotes.models import Speaker, Statement, Topic
from quotes.text import fold
from sources.models import Document, Outlet

MOST_NAMES = 5_000
_MOST_OUTLETS = 200
_MOST_TOPICS = 2_000
_MOST_FILED = 1_000
_OPENING = 400
_MOST_WORDS = 100


def known_in(text: str, document: Document) -> Known:
    """The speakers, outlets and topics on record that a text may speak of. Eleven queries, each of bounded size."""
    names = set(islice(mentioned(text), MOST_NAMES))
    return Known(
        speakers=tuple(_speaker(speaker) for speaker in speakers_named(names)),
        outlets=tuple(_outlet(outlet) for outlet in _outlets(names, document)),
        topics=tuple(_topics()),
    )


def facts_of(document: Document) -> DocumentFacts:
    """What is known of the document itself."""
    return DocumentFacts(document.published, document.language or "en", _outlet(document.outlet))


def _speaker(speaker: Speaker) -> KnownSpeaker:
    return KnownSpeaker(
        id=speaker.pk,
        kind=speaker.kind,  # type: ignore[arg-type]  # the choices are the same
        name=speaker.name,
        given=speaker.given,
        particle=speaker.particle,
        family=speaker.family,
        aliases=tuple(KnownAlias(alias.name, alias.language) for alias in speaker.aliases.all()),
        roles=tuple(KnownRole(role.label, role.held) for role in speaker.roles.all()),
    )


def _outlets(names: set[str], document: Document) -> list[Outlet]:
    domains = {name.lower().removeprefix("www.") for name in names if "." in name}
    found = Outlet.objects.filter(Q(name__in=names) | Q(domain__in=domains), merged_into=None, identified=True)
    outlets = {outlet.pk: outlet for outlet in found.order_by("pk")[:_MOST_OUTLETS]}
    return list({document.outlet_id: document.outlet, **outlets}.values())


def _outlet(outlet: Outlet) -> KnownOutlet:
    return KnownOutlet(outlet.pk, outlet.name, outlet.kind, outlet.domain)  # type: ignore[arg-type]  # as above


def _topics() -> Iterator[KnownTopic]:
    """The topics, with the words of the latest thousand filings. Two queries."""
    filed = _filed_words()
    for topic in Topic.objects.order_by("pk")[:_MOST_TOPICS]:
        words = dict(filed[topic.pk].most_common(_MOST_WORDS)) if topic.pk in filed else {}
        yield KnownTopic(topic.pk, topic.name, tuple(topic.above), words)


def _filed_words() -> dict[int, Counter[str]]:
    filings = Statement.topics.through._default_manager.filter(statement__state=Statement.State.PUBLISHED)
    opening = Left(F("statement__folded"), _OPENING)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for topic, words in filings.order_by("-pk").values_list("topic_id", opening)[:_MOST_FILED]:
        counted[topic].update(_words(words))
    return counted


def _words(folded: str) -> Iterable[str]:
    return (word for word in re.findall(r"[^\W\d_]+", fold(folded)) if len(word) > 2)  # noqa: PLR2004
