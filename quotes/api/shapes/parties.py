"""Speakers, outlets and topics: short where another thing names them, whole in their own lists."""

from typing import Any

from django.conf import settings

from quotes.models import Alias, Role, Speaker, Topic
from sources.models import Outlet

Told = dict[str, Any]


def address(path: str) -> str:
    """A whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def speaker_named(speaker: Speaker) -> Told:
    """A speaker as a statement names them; an unnamed source has neither slug nor page."""
    return {
        "slug": speaker.slug,
        "name": speaker.name,
        "kind": speaker.kind,
        "wikidata": speaker.wikidata or None,
        "url": address(speaker.get_absolute_url()) if speaker.has_page else None,
    }


def outlet_named(outlet: Outlet) -> Told:
    """An outlet as a stop names it; one that isn't `identified` stands for an unknown one."""
    return {
        "slug": outlet.slug,
        "name": outlet.name,
        "kind": outlet.kind,
        "identified": outlet.identified,
        "url": address(outlet.get_absolute_url()),
    }


def topic_named(topic: Topic) -> Told:
    """A topic as a statement names it."""
    return {"slug": topic.slug, "name": topic.name, "url": address(topic.get_absolute_url())}


def speaker_listed(speaker: Any) -> Told:
    """A speaker in the list, with how many statements are theirs."""
    return {
        **speaker_named(speaker),
        "given": speaker.given or None,
        "particle": speaker.particle or None,
        "family": speaker.family or None,
        "statement_count": speaker.statement_count,
        "statements": address(f"/api/v1/statements?speaker={speaker.slug}"),
    }


def speaker_whole(speaker: Any) -> Told:
    """A speaker with their other names, offices and members."""
    return {
        **speaker_listed(speaker),
        "aliases": [_alias(alias) for alias in speaker.aliases.all()],
        "roles": [_role(role) for role in speaker.roles.all()],
        "members": [speaker_named(member) for member in speaker.members.all()],
    }


def outlet_listed(outlet: Any) -> Told:
    """An outlet with how many statements it carried, in whichever role."""
    return {
        **outlet_named(outlet),
        "domain": outlet.domain or None,
        "wikidata": outlet.wikidata or None,
        "statement_count": outlet.statement_count,
        "statements": address(f"/api/v1/statements?outlet={outlet.slug}"),
    }


def topic_listed(topic: Any) -> Told:
    """A topic with its place in the tree, and how many statements address it or a topic below it."""
    return {
        **topic_named(topic),
        "parent": topic.parent.slug if topic.parent else None,
        "description": topic.description or None,
        "iptc": topic.iptc or None,
        "wikidata": topic.wikidata or None,
        "statement_count": topic.statement_count,
        "statements": address(f"/api/v1/statements?topic={topic.slug}"),
    }


def _alias(alias: Alias) -> Told:
    return {"name": alias.name, "language": alias.language}


def _role(role: Role) -> Told:
    ends = (role.held_min, role.held_max)
    first, last = (day.isoformat() if day else None for day in ends)
    return {"label": role.label, "held": {"edtf": role.held, "min": first, "max": last}}
