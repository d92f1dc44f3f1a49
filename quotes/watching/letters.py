"""What an e-mail says: what became of each statement, its words as they stand now, and how to be told no more.

It is written when it is sent, in the language that its reader chose. What was removed meanwhile is named to those
alone who may have been told of it, without a word of it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from quotes.citing.record import CitedStatement, read
from quotes.citing.rich import Citation
from quotes.citing.styles import STYLES, cite_record
from quotes.history import Comparison
from quotes.languages import direction
from quotes.ledger import REMOVED_FOR, changed_words
from quotes.models import Act, Digest, Mailbox, Notice, Revision, Statement
from quotes.watching import wording
from quotes.watching.events import other_statement
from quotes.watching.mailboxes import stopping_url

MOST = 50
"""Statements that one e-mail tells of; what is beyond them is counted, and listed where the watches are."""
_HEADINGS = {
    Act.Verb.PUBLISH: _("New statement"),
    Act.Verb.CORRECT: _("Corrected"),
    Act.Verb.RETRACT: _("Retracted"),
    Act.Verb.RESTORE: _("Restored"),
    Act.Verb.REMOVE: _("Removed"),
    Act.Verb.MERGE: _("Merged into another"),
    Act.Verb.UNDO_MERGE: _("Merge undone"),
    Act.Verb.SET_TOPICS: _("Filed under another topic"),
    Act.Verb.ADD_APPEARANCE: _("Found again"),
}
_COUNTED: dict[Act.Verb, Callable[[int], str]] = {
    Act.Verb.PUBLISH: lambda n: ngettext("%(n)s new statement", "%(n)s new statements", n),
    Act.Verb.CORRECT: lambda n: ngettext("%(n)s corrected", "%(n)s corrected", n),
    Act.Verb.RETRACT: lambda n: ngettext("%(n)s retracted", "%(n)s retracted", n),
    Act.Verb.RESTORE: lambda n: ngettext("%(n)s restored", "%(n)s restored", n),
    Act.Verb.REMOVE: lambda n: ngettext("%(n)s removed", "%(n)s removed", n),
    Act.Verb.MERGE: lambda n: ngettext("%(n)s merged into another", "%(n)s merged into another", n),
    Act.Verb.UNDO_MERGE: lambda n: ngettext("%(n)s merge undone", "%(n)s merges undone", n),
    Act.Verb.SET_TOPICS: lambda n: ngettext("%(n)s filed under another topic", "%(n)s filed under another topic", n),
    Act.Verb.ADD_APPEARANCE: lambda n: ngettext("%(n)s found again", "%(n)s found again", n),
}
_APA = STYLES[0]
# No header holds a line break; the spaces that French has before a colon stay.
_SPACES = re.compile(r"[^\S\xa0\u202f]+")


@dataclass(frozen=True)
class Told:
    """One act: what it is called, why it was done, what a correction changed, and the other statement of a merge."""

    act: Act
    comparison: Comparison | None = None
    other_url: str = ""

    @property
    def heading(self) -> str:
        """What it is called."""
        return str(_HEADINGS[Act.Verb(self.act.verb)])

    @property
    def changed(self) -> str:
        """What a correction changed, in words."""
        return changed_words(self.act.detail.get("changed", ()))

    @property
    def removed_for(self) -> str:
        """For what kind of reason it was removed."""
        return str(REMOVED_FOR.get(self.act.reason_code, ""))

    @property
    def compared_at(self) -> str:
        """The address where the two versions of a correction stand side by side."""
        number = self.act.revision.number if self.act.revision else 0
        pid = self.act.statement.pid if self.act.statement else ""
        return f"{settings.SITE_URL}/q/{pid}/history?from={number - 1}&to={number}" if self.comparison else ""


@dataclass(frozen=True)
class Item:
    """A statement, what became of it, and which watches found it. Without `cited` its words were removed."""

    statement: Statement
    cited: CitedStatement | None
    told: list[Told]
    watches: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """What became of it, in a few words."""
        return gettext(", ").join(dict.fromkeys(one.heading for one in self.told))

    @property
    def url(self) -> str:
        """The permalink."""
        return settings.SITE_URL + self.statement.get_absolute_url()

    @property
    def who(self) -> str:
        """Who said it, as what, and for whom."""
        return wording.who(self.cited) if self.cited else ""

    @property
    def said(self) -> str:
        """When it was said, and how that is known."""
        return wording.said(self.cited) if self.cited else ""

    @property
    def road(self) -> str:
        """How the words came here."""
        return wording.road(self.cited) if self.cited else ""

    @property
    def found_in(self) -> str:
        """The document that the words stand in."""
        return wording.found_in(self.cited.source.document) if self.cited else ""

    @property
    def citation(self) -> Citation | None:
        """How to cite it."""
        return cite_record(_APA, self.cited) if self.cited else None

    @property
    def direction(self) -> str:
        """Which way its words run."""
        return direction(self.cited.language) if self.cited else "ltr"


def letter(digest: Digest, mailbox: Mailbox) -> EmailMultiAlternatives | None:
    """The message that a digest is now; None where nothing is left to tell. About ten queries."""
    with override(mailbox.language):
        items, more = _items(digest)
        return _message(digest, mailbox, items, more) if items else None


def _message(digest: Digest, mailbox: Mailbox, items: list[Item], more: int) -> EmailMultiAlternatives:
    context = _context(digest, items, more)
    host, kind = urlsplit(settings.SITE_URL).hostname, digest.cadence.replace("_", "-")
    message = EmailMultiAlternatives(
        subject=_subject(items, more),
        body=render_to_string("watches/mail/digest.txt", context).strip() + "\n",
        to=[mailbox.address],
        headers={
            "Message-ID": f"<{digest.uid}@{host}>",
            # By this programs sort e-mail, so it is the same in every language.
            "List-Id": f"On Record, {digest.cadence.replace('_', ' ')} <{kind}.watches.{host}>",
            "Content-Language": mailbox.language,
            "List-Unsubscribe": f"<{context['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("watches/mail/digest.html", context), "text/html")
    return message


def _context(digest: Digest, items: list[Item], more: int) -> dict[str, Any]:
    return {
        "items": items,
        "more": more,
        "cadence": digest.get_cadence_display(),
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "site": settings.SITE_URL,
        "manage": f"{settings.SITE_URL}/watches/",
        "stop": stopping_url(digest.owner_id, digest.cadence),
        "subject": _subject(items, more),
        "watches": list(dict.fromkeys(name for item in items for name in item.watches)),
    }


def _subject(items: list[Item], more: int) -> str:
    """What it is about: the words of one, else how many of what."""
    if len(items) == 1 and not more:
        return _SPACES.sub(" ", _subject_of(items[0])).strip()
    counts = Counter(Act.Verb(item.told[-1].act.verb) for item in items)
    told = gettext(", ").join(_COUNTED[verb](n) % {"n": n} for verb, n in counts.most_common())
    if not more:
        return gettext("On Record: %(told)s") % {"told": told}
    beyond = ngettext("On Record: %(told)s, and %(more)s more", "On Record: %(told)s, and %(more)s more", more)
    return beyond % {"told": told, "more": more}


def _subject_of(item: Item) -> str:
    if item.cited is None:
        return gettext("%(what)s: %(pid)s") % {"what": item.heading, "pid": wording.apart(item.statement.pid)}
    shown = {"name": wording.apart(item.cited.speaker.name), "words": wording.apart(item.cited.short_words)}
    return gettext("%(what)s: %(name)s, %(words)s") % {"what": item.heading, **shown}


def _items(digest: Digest) -> tuple[list[Item], int]:
    """What a digest tells, what happened first first, and how many statements there are beyond the most it holds."""
    every = digest.notices.order_by()
    first = every.values("act__statement").annotate(first=Min("act")).order_by("first")
    keys = [row["act__statement"] for row in first[: MOST + 1]]
    more = every.values("act__statement").distinct().count() - MOST if len(keys) > MOST else 0
    notices = every.filter(act__statement__in=keys[:MOST]).select_related("act__revision", "watch__statement")
    by_statement: dict[int, list[Notice]] = {key: [] for key in keys[:MOST]}
    for notice in notices.defer("act__revision__body").order_by("act_id", "watch_id"):
        by_statement[notice.act.statement_id or 0].append(notice)
    return _written(digest, by_statement), more


def _written(digest: Digest, by_statement: dict[int, list[Notice]]) -> list[Item]:
    statements = Statement.objects.in_bulk(by_statement)
    versions = _versions(by_statement)
    known = _known(digest, [key for key in by_statement if not versions.get(key)])
    return [
        _item(statements[key], notices, versions.get(key, {}))
        for key, notices in by_statement.items()
        if versions.get(key) or key in known
    ]


def _item(statement: Statement, notices: list[Notice], versions: dict[int, CitedStatement]) -> Item:
    acts = {notice.act.pk: notice.act for notice in notices}
    if not versions:
        acts = {key: act for key, act in acts.items() if act.verb == Act.Verb.REMOVE}
    for act in acts.values():
        act.statement = statement
    watches = list(dict.fromkeys(str(notice.watch) for notice in notices))
    cited = versions[max(versions)] if versions else None
    return Item(statement, cited, [_told(act, versions) for act in acts.values()], watches)


def _told(act: Act, versions: dict[int, CitedStatement]) -> Told:
    number = act.revision.number if act.revision else 0
    both = act.verb == Act.Verb.CORRECT and number in versions and number - 1 in versions
    other = other_statement(act)
    return Told(
        act,
        Comparison(versions[number - 1], versions[number]) if both else None,
        f"{settings.SITE_URL}/q/{other}" if other else "",
    )


def _versions(keys: dict[int, list[Notice]]) -> dict[int, dict[int, CitedStatement]]:
    """The versions of statements by their numbers; none of those that were removed. One query."""
    found: dict[int, dict[int, CitedStatement]] = {}
    for one in Revision.objects.filter(statement__in=keys).exclude(body=""):
        found.setdefault(one.statement_id, {})[one.number] = read(json.loads(one.body), settings.SITE_URL)
    return found


def _known(digest: Digest, removed: list[int]) -> set[int]:
    """The removed statements whose removal is told: to who watched them, or may have had an e-mail about them."""
    if not removed:
        return set()
    removals = digest.notices.filter(act__statement__in=removed, act__verb=Act.Verb.REMOVE)
    told = set(removals.values_list("act__statement", flat=True))
    earlier = Notice.objects.filter(watch__owner=digest.owner_id, act__statement__in=told, digest__tries__gt=0)
    known = set(earlier.exclude(digest=digest).values_list("act__statement", flat=True))
    return known | set(removals.filter(watch__statement__in=told).values_list("act__statement", flat=True))
