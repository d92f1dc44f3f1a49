"""The public ledger of what was done to published statements: corrections, retractions, removals, merges."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db import connections, models
from django.db.models import Exists, F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.facets import COUNT_LIMIT, Total
from quotes.models import Act, Speaker, Statement
from quotes.parameters import DayField, is_slug, readable
from sources.slugs import resolve

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 30
KINDS = {
    Act.Verb.CORRECT: _("Correction"),
    Act.Verb.RETRACT: _("Retraction"),
    Act.Verb.RESTORE: _("Restoration"),
    Act.Verb.REMOVE: _("Removal"),
    Act.Verb.MERGE: _("Merge"),
    Act.Verb.UNDO_MERGE: _("Merge undone"),
    Act.Verb.MARK_COPY: _("Copy marked"),
    Act.Verb.UNMARK_COPY: _("Copy mark taken back"),
}
REMOVED_FOR: dict[str, "StrOrPromise"] = dict(Act.RemovedFor.choices)
_FIELDS = {
    "spans": _("the words"),
    "language": _("the language"),
    "is_translation": _("the translation"),
    "translated_from": _("the translation"),
    "translator": _("the translation"),
    "speaker": _("the speaker"),
    "speaks_for": _("whom they speak for"),
    "label": _("the office shown"),
    "said": _("the date"),
    "said_basis": _("how the date is known"),
    "said_phrase": _("how the date is known"),
    "said_reasoning": _("how the date is known"),
    "hops": _("the road it travelled"),
}
_BEHIND = "has_rows_behind"
_UNKNOWN = "unknown"
_COPIES = (Act.Verb.MARK_COPY, Act.Verb.UNMARK_COPY)


@dataclass(frozen=True)
class Entry:
    """One public act. `other` is the id of the survivor of a merge, or of what replaces a removed statement."""

    act: Act
    other: str = ""

    @property
    def kind(self) -> str:
        """What it is called in the ledger."""
        return str(KINDS[Act.Verb(self.act.verb)])

    @property
    def statement(self) -> Statement:
        """What it was done to."""
        assert self.act.statement is not None  # noqa: S101  # the ledger's query asks for it
        return self.act.statement

    @property
    def is_blank(self) -> bool:
        """Whether the statement has no words any more, because it, or what it was merged into, was removed."""
        return not self.statement.spans

    @property
    def changed(self) -> str:
        """What a correction changed, in words."""
        return changed_words(self.act.detail.get("changed", ()))

    @property
    def changed_fields(self) -> list[str]:
        """The names of the fields that a correction changed."""
        return [name for name in self.act.detail.get("changed", ()) if name in _FIELDS]

    @property
    def removed_for(self) -> str:
        """What asked for a removal, in words."""
        return str(REMOVED_FOR.get(self.act.reason_code, self.act.reason_code))

    @property
    def reason(self) -> str:
        """The public reason; nothing of what was said about words that the law or somebody's safety had removed."""
        return "" if self.is_blank and self.act.verb != Act.Verb.REMOVE else self.act.reason

    @property
    def copy(self) -> tuple[str, str] | None:
        """The ids of the document that was, or wasn't, copied, and of what it was copied from."""
        return (self.act.detail["document"], self.act.detail["source"]) if self.act.verb in _COPIES else None

    @property
    def number(self) -> int | None:
        """The version that a correction made."""
        return self.act.revision.number if self.act.revision else None

    @property
    def before(self) -> int:
        """The version that a correction put aside."""
        return (self.number or 1) - 1


def changed_words(columns: Iterable[str]) -> str:
    """Changed columns as readers know them, each once: “the speaker, the date”."""
    return gettext(", ").join(dict.fromkeys(str(_FIELDS[name]) for name in columns if name in _FIELDS))


def public_acts() -> models.QuerySet[Act]:
    """What the ledger holds, newest first, with statements and version numbers: one query."""
    acts = Act.objects.filter(verb__in=list(KINDS), statement__isnull=False)
    acts = acts.select_related("statement__speaker", "revision").defer("revision__body", "statement__folded")
    return acts.order_by("-at", "-id")


def entries(acts: Iterable[Act]) -> list[Entry]:
    """Acts with the statements they name. One query where there are merges."""
    acts = list(acts)
    survivors = {act.detail["survivor"] for act in acts if "survivor" in act.detail}
    pids = dict(Statement.objects.filter(pk__in=survivors).values_list("pk", "pid")) if survivors else {}
    return [Entry(act, pids.get(act.detail.get("survivor"), act.detail.get("replacement", ""))) for act in acts]


class LedgerForm(forms.Form):
    """The filters of the ledger."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        required=False,
        label=_("Kind"),
        choices=[("", _("all")), *((verb.value, name) for verb, name in KINDS.items())],
        error_messages={"invalid_choice": _("There is no such kind.")},
    )
    speaker = forms.CharField(
        required=False, label=_("Speaker"), help_text=_("As in the address of their page: emmanuel-macron")
    )
    since = DayField(required=False, label=_("From"), help_text=_("2022, 2022-12 or 2022-12-03"))
    until = DayField(required=False, label=_("To"), help_text=_("Likewise"))

    def clean_speaker(self) -> Speaker | None:
        """The speaker whom the slug leads to."""
        slug = self.cleaned_data["speaker"]
        if not slug:
            return None
        found = resolve(Speaker, [slug]) if is_slug(slug) else {}
        if slug not in found:
            code = _UNKNOWN if is_slug(slug) else "malformed"
            raise forms.ValidationError(gettext("No speaker goes by this name."), code)
        return found[slug]

    def is_unknown(self, name: str) -> bool:
        """Whether a field's value could be read, and names nothing on record."""
        return any(error.code == _UNKNOWN for error in self.errors.as_data().get(name, ()))

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since.first > until.last:
            self.add_error("until", gettext("The last day comes before the first."))
        return cleaned


@dataclass(frozen=True)
class Ledger:
    """A page of the ledger: what was asked, what was found, and the addresses around it."""

    form: LedgerForm
    entries: list[Entry] = field(default_factory=list)
    older: str = ""
    newer: str = ""
    feed: str = ""
    misplaced: bool = False

    @property
    def status(self) -> int:
        """400 where the address can't be read."""
        return 400 if self.form.errors or self.misplaced else 200


def ledger(params: Mapping[str, Any], size: int = PAGE) -> Ledger:
    """The acts that the parameters ask for, a page at a time. At most seven queries."""
    typed = readable(params)
    form = LedgerForm(typed)
    if not form.is_valid():
        return Ledger(form)
    after, before = typed.get("after", ""), typed.get("before", "")
    place = _place(after or before)
    kept = {name: str(typed[name]) for name in form.fields if typed.get(name)}
    if (after or before) and (place is None or (after and before)):
        return Ledger(form, misplaced=True, feed=_query(kept))
    kinds = [form.cleaned_data["kind"]] if form.cleaned_data["kind"] else list(KINDS)
    rows, has_newer, has_older = _page(_narrowed(form.cleaned_data), kinds, place, size, backwards=bool(before))
    return Ledger(
        form,
        entries(rows),
        older=_query({**kept, "after": str(rows[-1].pk)}) if has_older else "",
        newer=_query({**kept, "before": str(rows[0].pk)}) if has_newer else "",
        feed=_query(kept),
    )


def total(found: Ledger) -> Total:
    """How many acts there are that a page's filters ask for, up to the bound. One query."""
    return Total(_narrowed(found.form.cleaned_data).order_by().values("pk")[: COUNT_LIMIT + 1].count())


def _query(kept: dict[str, str]) -> str:
    return f"?{urlencode(kept)}" if kept else ""


def _narrowed(asked: dict[str, Any]) -> models.QuerySet[Act]:
    """The acts by kind, speaker and day. Of a removed statement it stays unknown who spoke."""
    acts = public_acts()
    if asked["kind"]:
        acts = acts.filter(verb=asked["kind"])
    if asked["speaker"]:
        acts = acts.filter(statement__speaker=asked["speaker"]).exclude(statement__text="")
    if asked["since"]:
        acts = acts.filter(at__gte=dt.datetime.combine(asked["since"].first, dt.time.min, dt.UTC))
    if asked["until"]:
        acts = acts.filter(at__lte=dt.datetime.combine(asked["until"].last, dt.time.max, dt.UTC))
    return acts


def _place(number: str) -> Act | None:
    """The act that a page starts from: acts are never deleted, so its place stays."""
    if not (number.isascii() and number.isdigit() and len(number) <= 18):  # noqa: PLR2004  # fits a key
        return None
    return Act.objects.filter(pk=int(number)).only("at").first()


def _page(
    acts: models.QuerySet[Act], kinds: Iterable[str], place: Act | None, size: int, *, backwards: bool
) -> tuple[list[Act], bool, bool]:
    """The rows next to a place, whether there are newer ones, and whether there are older ones. One query."""
    if place is None:
        rows = list(acts.filter(pk__in=_first(acts, kinds, size + 1))[: size + 1])
        return rows[:size], False, len(rows) > size
    older = Q(at__lte=place.at) & (Q(at__lt=place.at) | Q(pk__lt=place.pk))
    newer = Q(at__gte=place.at) & (Q(at__gt=place.at) | Q(pk__gt=place.pk))
    ahead, order = (newer, ("at", "id")) if backwards else (older, ("-at", "-id"))
    behind = Exists(acts.order_by().exclude(ahead))
    there = acts.filter(ahead).order_by(*order)
    rows = list(there.annotate(**{_BEHIND: behind}).filter(pk__in=_first(there, kinds, size + 1))[: size + 1])
    more, back = len(rows) > size, bool(rows) and bool(getattr(rows[0], _BEHIND))
    rows = rows[:size]
    return (rows[::-1], more, back) if backwards else (rows, back, more)


def _first(acts: models.QuerySet[Act], kinds: Iterable[str], several: int) -> RawSQL:
    """The first few of each kind, and the first of all among them: an index has each kind in order, none all kinds."""
    connection = connections[acts.db]
    first = [acts.filter(verb=kind).values("pk")[:several] for kind in kinds]
    written = [one.query.get_compiler(connection=connection).as_sql() for one in first]
    each = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS kind" for sql, _ in written)  # noqa: S608 - the compiler wrote it
    return RawSQL(each, [value for _, values in written for value in values])  # noqa: S611 - likewise


def acts_on(*statements: Statement) -> models.QuerySet[Act]:
    """What was done to some statements in public, newest first. One query."""
    acts = Act.objects.filter(statement__in=statements, verb__in=list(KINDS))
    return acts.annotate(version=F("revision__number")).order_by("-at", "-id")
