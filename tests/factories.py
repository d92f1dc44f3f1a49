"""Makes what a test needs, through the same door that editors use; every argument has a plain default."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from quotes import record
from quotes.models import Candidate, Hop, Revision, Speaker, Statement, Topic
from quotes.notation import parse
from quotes.record.topics import add_topic
from sources.documents import add_document, archive
from sources.models import Document, Outlet, Snapshot

TAKEN_AT = dt.datetime(2022, 12, 5, tzinfo=dt.UTC)
_numbers = count(1)


def user(*groups: str, **fields: Any) -> User:
    """An account in the named groups: Reader, Contributor, Editor, Publisher, Administrator."""
    made = User.objects.create_user(f"user{next(_numbers)}", password="a long enough secret", **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def editor() -> User:
    """An account that may record drafts."""
    return user("Editor")


def publisher() -> User:
    """An account that may record and publish."""
    return user("Editor", "Publisher")


def administrator() -> User:
    """An account that may do everything that a role may."""
    return user("Administrator")


def speaker(name: str = "Emmanuel Macron", **fields: Any) -> Speaker:
    """A speaker, the one of that name where there is one."""
    if found := Speaker.objects.filter(name=name, **fields).first():
        return found
    given, _, family = name.rpartition(" ")
    defaults: dict[str, Any] = {"kind": "person", "slug": slugify(name) or f"speaker-{next(_numbers)}"}
    if fields.get("kind", "person") == "person":
        defaults |= {"given": given, "family": family}
    return Speaker.objects.create(name=name, **(defaults | fields))


def outlet(name: str = "TF1", kind: str = "broadcaster", **fields: Any) -> Outlet:
    """An outlet, the one of that name where there is one."""
    if found := Outlet.objects.filter(name=name).first():
        return found
    return Outlet.objects.create(name=name, kind=kind, slug=slugify(name) or f"outlet-{next(_numbers)}", **fields)


def topic(name: str = "Security guarantees", parent: Topic | None = None) -> Topic:
    """A topic, the one of that name where there is one."""
    return Topic.objects.filter(name=name).first() or add_topic(name, parent=parent)


def document(outlet_name: str = "Le Monde", published: str = "2022-12-04", **fields: Any) -> Document:
    """A document of the named outlet."""
    publisher_of_it = outlet(outlet_name, kind="newspaper")
    defaults = {"title": f"Article {next(_numbers)}", "language": "en"}
    return add_document(publisher_of_it, published, **(defaults | fields))


def snapshot(text: str = "Macron said: “We must think about security.”", **fields: Any) -> Snapshot:
    """The archived text of a document, of Le Monde's unless told else; see `document` for its fields."""
    where = fields.pop("document", None) or document(**fields)
    return archive(where, text, TAKEN_AT)


def candidate(
    words: str = "“We must think about security.”", where: Snapshot | None = None, **fields: Any
) -> Candidate:
    """A suggestion of words that stand in an archived text: Macron's, said on 3 December 2022, unless told else.

    `chain`, `attested`, `between` and `links` are those of its entry, `said` and `topics` of its words.
    """
    where = where or snapshot(f"Macron said: {words}")
    start = fields.pop("start", None)
    start = where.text.index(words) if start is None else start
    told = {"said": fields.pop("said", "2022-12-03"), "topics": fields.pop("topics", "")}
    by = fields.pop("by", None) or speaker()
    entry = {
        "words": {"words": words, "printed": "", "language": "en", "said_basis": "stated", **told},
        "speaker": {"name": by.name, "choice": str(by.pk)},
        "principal": {},
        **{name: fields.pop(name, []) for name in ("chain", "links", "attested", "between")},
    }
    defaults = {"proposal": {"speaker": {"id": by.pk, "name": by.name}}, "entry": entry, "confidence": 0.9}
    return Candidate.objects.create(
        document=where.document,
        snapshot=where,
        start=start,
        end=start + len(words),
        ranges=[[start, start + len(words)]],
        **(defaults | fields),
    )


def hop(role: str, name: str) -> record.HopSpec:
    """A stop of a relay chain: told by a speaker, or carried by an outlet, of that name."""
    if role == Hop.Role.TOLD_BY:
        return record.HopSpec(role, speaker=speaker(name))
    kind = "agency" if role == Hop.Role.RELAYED_BY else "broadcaster"
    return record.HopSpec(role, outlet=outlet(name, kind=kind))


def hops(*chain: str) -> list[record.HopSpec]:
    """A relay chain from texts like "spoken_to TF1"."""
    return [hop(*step.split(" ", 1)) for step in chain]


def appearance(words: str, *chain: str, **fields: Any) -> record.AppearanceSpec:
    """An appearance of `words`, carried by `chain`, in a document of Le Monde's unless another is given."""
    fields.setdefault("document", None)
    fields["document"] = fields["document"] or document()
    spans = () if fields.get("attested") else parse(words)
    return record.AppearanceSpec(
        hops=hops(*chain), spans=spans, printed="" if fields.get("attested") else words, **fields
    )


def spec(words: str = "“We must think about security.”", *chain: str, **fields: Any) -> record.StatementSpec:
    """A statement as an editor hands it in: Macron to TF1 on 3 December 2022, found in Le Monde the day after."""
    by = fields.pop("by", "Emmanuel Macron")
    where = fields.pop("document", None)
    chain = chain or ("spoken_to TF1",)
    defaults: dict[str, Any] = {
        "spans": parse(words),
        "language": "en",
        "speaker": by if isinstance(by, Speaker) else speaker(by),
        "said": "2022-12-03",
        "appearances": [appearance(words, *chain, document=where)],
    }
    return record.StatementSpec(**(defaults | fields))


def draft(words: str = "“We must think about security.”", *chain: str, **fields: Any) -> Statement:
    """A draft; see `spec` for its fields."""
    by = fields.pop("editor", None) or publisher()
    return record.draft(spec(words, *chain, **fields), editor=by)


def publish(words: str = "“We must think about security.”", *chain: str, **fields: Any) -> Statement:
    """A published statement; see `spec` for its fields."""
    by = fields.pop("editor", None) or publisher()
    made = draft(words, *chain, editor=by, **fields)
    record.publish(made, editor=by)
    return made


def revision(statement: Statement, number: int = 1) -> Revision:
    """Version `number` of a statement."""
    return statement.revisions.get(number=number)
