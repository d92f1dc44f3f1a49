"""What a published statement may do to others on record, by its cue, its place and its words: for editors to decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.extraction.cues import cue_beside
from quotes.models import Appearance, Link, Statement
from quotes.near_wordings import near
from quotes.wording.comparing import Verdict, compare
from quotes.wording.words import read_spans

MOST = 8
_APPEARANCES = 6
_REACH = 2_500
"""Characters between what was said and what answers it in one text."""
_KINDS = {
    "responds_to": _("It answers"),
    "denies": _("It denies"),
    "confirms": _("It confirms"),
    "contradicts": _("It contradicts"),
    "repeats": _("It repeats"),
    "reports": _("It tells"),
}


@dataclass(frozen=True)
class Suggested:
    """That `source` may do something of a `kind` to `target`, and what suggests it."""

    source: Statement
    kind: str
    target: Statement
    why: str

    @property
    def told(self) -> str:
        """What the source does, as an editor reads it: “It denies”."""
        return str(_KINDS[self.kind])


def suggested_links(statement: Statement) -> list[Suggested]:
    """At most eight links that a statement may have, those that a cue tells first. About ten queries."""
    made = Link.objects.filter(Q(source=statement) | Q(target=statement)).values_list("source", "target")
    linked = {frozenset(ends) for ends in made}
    found: dict[frozenset[int], Suggested] = {}
    for one in (*_in_its_texts(statement), *_near_it(statement)):
        ends = frozenset({one.source.pk, one.target.pk})
        if ends not in linked:
            found.setdefault(ends, one)
    return list(found.values())[:MOST]


def _in_its_texts(statement: Statement) -> Iterator[Suggested]:
    """What a reporter's verb says of it beside what stands before it in the same text, and what tells it there."""
    own = statement.appearances.filter(attested=False, start__isnull=False, end__isnull=False)
    for shown in own.select_related("document").order_by("pk")[:_APPEARANCES]:
        others = Appearance.objects.filter(
            snapshot=shown.snapshot_id, statement__state=Statement.State.PUBLISHED, attested=False, start__isnull=False
        )
        others = others.exclude(statement=statement).exclude(statement__speaker=statement.speaker_id)
        around = others.filter(start__lte=shown.start, end__gte=shown.end).select_related("statement__speaker")
        for outer in around[:1]:
            yield Suggested(outer.statement, "reports", statement, gettext("this one stands within its words"))
        if cue := cue_beside(shown.prefix, shown.suffix, shown.document.language or shown.language):
            kind, verb = cue
            before = others.filter(end__lte=shown.start, end__gte=(shown.start or 0) - _REACH)
            for told in before.select_related("statement__speaker").order_by("-end")[:1]:
                yield Suggested(
                    statement, kind, told.statement, gettext("the text says “%(verb)s” beside it") % {"verb": verb}
                )
            for other in _alike(statement):
                why = gettext("near words, and the text says “%(verb)s” beside these") % {"verb": verb}
                yield Suggested(statement, kind, other, why)


def _near_it(statement: Statement) -> Iterator[Suggested]:
    """Near words said before: another negation contradicts them, else they are repeated."""
    own = read_spans(statement.wording)
    for other in _alike(statement):
        compared = compare(read_spans(other.wording), own)
        if "negation" in compared.turns and other.speaker_id != statement.speaker_id:
            yield Suggested(statement, "contradicts", other, gettext("near words, with a negation more or less"))
        else:
            yield Suggested(statement, "repeats", other, gettext("near words, said before"))


def _alike(statement: Statement) -> list[Statement]:
    """Statements near in words, of others or of another day, that weren't said after this one. Five queries."""
    own = read_spans(statement.wording)
    found: dict[int, Statement] = {}
    for one in near(own):
        other = one.statement
        is_same = other.pk == statement.pk
        is_later = (other.said_min or other.said_max) > statement.said_max
        is_same_day = other.speaker_id == statement.speaker_id and other.said == statement.said
        if not (is_same or is_later or is_same_day) and compare(one.words, own).verdict != Verdict.NOT_FOUND:
            found.setdefault(other.pk, other)
    return list(found.values())
