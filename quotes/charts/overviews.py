"""The figures of a speaker, an outlet or a topic, and what else is worth a visit on the page of each."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from quotes.charts.answers import last_corrected, most_answered
from quotes.charts.bars import Counted, bars, counted, named, spread_over
from quotes.charts.figures import Figure
from quotes.charts.offices import offices
from quotes.charts.over_time import over_time
from quotes.charts.sample import Asked, Sample, lowest
from quotes.filters import carried_by, filed_under, said_by
from quotes.ledger import Entry
from quotes.models import Hop, Speaker, Statement, Topic
from quotes.querysets import known_as
from quotes.search import tokens
from quotes.search.demands import Demand
from sources.models import Outlet

TOPICS = 12
_LOOKED_AT = 200
_PUBLISHED, _RELAYED = Hop.Role.PUBLISHED_BY, Hop.Role.RELAYED_BY


@dataclass(frozen=True)
class Overview:
    """The figures of a page, those that have anything; what was answered most, corrected last; and topics near by."""

    figures: list[Figure]
    answered: list[Statement] = field(default_factory=list)
    corrected: list[Entry] = field(default_factory=list)
    topics: list[Counted] = field(default_factory=list)
    aliases: list[Any] = field(default_factory=list)

    def figure(self, key: str) -> Figure | None:
        """The figure of a name."""
        return next((figure for figure in self.figures if figure.key == key), None)


def of_speaker(speaker: Speaker, today: dt.date) -> Overview:
    """What a speaker said, on what, in which outlets; the offices they held. Eleven queries at most."""
    asked, filters = Asked(Demand.of(said_by([speaker]))), [("speaker", str(speaker.slug))]
    roles, aliases = known_as(speaker)
    found = asked.kept("a speaker's bars", _speaker_counts)
    outlets = _bars("outlets", _("Which outlets carried it"), found, "outlets", filters)
    figures = [
        over_time(_("What was said, over time and by topic"), asked, "_t", filters),
        offices(speaker, roles, today),
        outlets,
    ]
    return Overview(
        figures=_those_with_anything(figures),
        answered=most_answered(asked.demand),
        corrected=last_corrected(asked.demand),
        topics=named(found["topics"], filters),
        aliases=aliases,
    )


def of_topic(topic: Topic) -> Overview:
    """Who spoke on a topic, when, in which outlets; and which topics stand beside it. Eleven queries at most."""
    asked, filters = Asked(Demand.of(filed_under([topic]))), [("topic", topic.slug)]
    near = [str(key) for key in topic.above]
    found = asked.kept("a topic's bars", lambda sample: _topic_counts(sample, topic, near))
    figures = [
        over_time(_("What was said, over time and by speaker"), asked, "_s", filters),
        _bars("speakers", _("Who spoke"), found, "speakers", filters),
        _bars("outlets", _("Which outlets carried it"), found, "outlets", filters),
    ]
    return Overview(
        figures=_those_with_anything(figures),
        answered=most_answered(asked.demand),
        corrected=last_corrected(asked.demand),
        topics=named(found["topics"], filters),
    )


def of_outlet(outlet: Outlet, roles: set[str]) -> Overview:
    """Whom an outlet carried, by which agencies it came, and who printed what it relayed. Thirteen queries at most."""
    asked, filters = Asked(Demand.of(carried_by([outlet]))), [("outlet", outlet.slug)]
    figures = [over_time(_("What it carried, over time and by speaker"), asked, "_s", filters)]
    if _PUBLISHED in roles:
        own = tokens.outlet(outlet.pk, _RELAYED)
        found = _of_role(outlet, _PUBLISHED, lambda sample: _partners(sample, "_r", own))
        title = _("By which agencies it came")
        figures.append(_bars("agencies", title, found, "partners", [("published_by", outlet.slug)], found["none"]))
    if _RELAYED in roles:
        printing = tokens.outlet(outlet.pk, _PUBLISHED)
        found = _of_role(outlet, _RELAYED, lambda sample: _partners(sample, "_p", printing))
        title = _("Who printed what it relayed")
        figures.append(_bars("printed-by", title, found, "partners", [("relay", outlet.slug)]))
    return Overview(
        figures=_those_with_anything(figures),
        answered=most_answered(asked.demand),
        corrected=last_corrected(asked.demand),
    )


def _speaker_counts(sample: Sample) -> dict[str, Any]:
    topics = lowest(sample.tops("_t", _LOOKED_AT), TOPICS)
    return {**_size(sample), "outlets": spread_over(sample, "_o"), "topics": topics}


def _topic_counts(sample: Sample, topic: Topic, near: list[str]) -> dict[str, Any]:
    below = {str(key) for key in Topic.objects.below(topic).values_list("pk", flat=True)}
    others = [(token, n) for token, n in sample.tops("_t", _LOOKED_AT) if token[2:] not in {*below, *near}]
    return {
        **_size(sample),
        "speakers": spread_over(sample, "_s"),
        "outlets": spread_over(sample, "_o"),
        "topics": lowest(others, TOPICS),
    }


def _of_role(outlet: Outlet, role: str, count: Callable[[Sample], Any]) -> Any:
    """What is counted of what an outlet carried in one role."""
    return Asked(Demand.of(carried_by([outlet], role))).kept("an outlet's partners", count)


def _partners(sample: Sample, kind: str, own: str) -> dict[str, Any]:
    """With whom an outlet shares statements, and how many it shares with nobody."""
    alone = sum(not any(term.startswith(kind) and term != own for term in row.terms) for row in sample.rows)
    return {**_size(sample), "partners": spread_over(sample, kind, own), "none": alone}


def _size(sample: Sample) -> dict[str, Any]:
    return {"size": len(sample.rows), "is_more": sample.is_more}


def _bars(
    key: str, title: str, found: dict[str, Any], which: str, filters: list[tuple[str, str]], alone: int = 0
) -> Figure:
    rows = named(found[which], filters)
    if alone:
        rows = sorted([*rows, (_("by no agency on record"), alone, "")], key=lambda row: -row[1])
    told = counted(found["size"], is_more=found["is_more"])
    return bars(key, title, told, rows, found["size"], is_least=found["is_more"])


def _those_with_anything(figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.is_empty]


def neighbours(topic: Topic) -> tuple[list[Topic], list[Topic]]:
    """The topics above a topic, from the root, and those right below it. One query."""
    near = list(Topic.objects.filter(Q(pk__in=topic.above) | Q(parent=topic)).with_counts())
    above = sorted((one for one in near if one.parent_id != topic.pk), key=lambda one: len(one.path))
    return above, [one for one in near if one.parent_id == topic.pk]
