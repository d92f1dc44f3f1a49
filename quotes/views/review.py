"""The review of what was suggested of a document: the text on one side, one suggestion after another on the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from quotes import intake, reviewing
from quotes.access import PUBLISH, REVIEW, EditorRequest, demand, needs
from quotes.boundaries import Edge, moved
from quotes.forms.review import CandidateForms, PlaceForm
from quotes.marking import suggested
from quotes.models import Candidate, Reading
from quotes.naming import apart, statement_called
from quotes.numbers import grouped
from quotes.permalinks import Mistyped, read_pid
from quotes.record import RecordError
from quotes.review_pages import ENDS, KEYS, Suggestion, Suggestions, suggestions
from sources.models import Document, Snapshot

_MOVES: dict[str, tuple[Edge, int]] = {
    "start-back": ("start", -1),
    "start-on": ("start", 1),
    "end-back": ("end", -1),
    "end-on": ("end", 1),
}


@dataclass(frozen=True)
class Table:
    """What lies on a reviewer's table: a text, what is suggested of it, and the suggestion that is chosen."""

    request: EditorRequest
    document: Document
    reading: Reading | None
    snapshot: Snapshot | None
    found: Suggestions
    chosen: Suggestion | None

    @property
    def text(self) -> str:
        """The archived text that positions count in."""
        return self.snapshot.text if self.snapshot else ""

    @property
    def address(self) -> str:
        """The review's own page."""
        return reverse("review", args=[self.document.pid])


@dataclass(frozen=True)
class Done:
    """What an act came to: a word about it, and the key of the suggestion to show next."""

    message: str = ""
    following: int | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def review(request: EditorRequest, typed: str) -> HttpResponse:
    """The review of a document; `?candidate=N` names the suggestion. What is done there is sent as `act`."""
    table = _table(request, typed)
    if request.method != "POST":
        return _replaced(table) or _page(table)
    act = request.POST.get("act", "")
    if act in _ON_DOCUMENT:
        return _about_document(table, _ON_DOCUMENT[act])
    for name in ("reject", "join"):
        act = name if name in request.POST else act
    if table.chosen is None or act not in _ON_CANDIDATE:
        raise Http404("no such suggestion, or nothing to be done with it")
    return _about_candidate(table, _ON_CANDIDATE[act])


def _table(request: EditorRequest, typed: str) -> Table:
    """What the page is about. Two queries, one more where the document was never read."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    reading = Reading.objects.select_related("document__outlet", "snapshot").filter(document__pid=pid).first()
    document = reading.document if reading else Document.objects.select_related("outlet").filter(pid=pid).first()
    if document is None:
        raise Http404("unknown")
    snapshot = reading.snapshot if reading else reviewing.snapshot_under_review(document)
    found = suggestions(_candidates(document, snapshot))
    asked = request.POST.get("candidate") or request.GET.get("candidate") or ""
    chosen = found.find(_number(asked) if asked else None)
    if asked and chosen is None:
        raise Http404("no such suggestion")
    return Table(request, document, reading, snapshot, found, chosen)


def _candidates(document: Document, snapshot: Snapshot | None) -> list[Candidate]:
    if snapshot is None:
        return []
    candidates = list(Candidate.objects.filter(snapshot=snapshot).select_related("statement", "decided_by"))
    for candidate in candidates:
        # One text and one document for all: they are not loaded again for each.
        candidate.document, candidate.snapshot = document, snapshot
    return candidates


def _replaced(table: Table) -> HttpResponse | None:
    """Where a suggestion that was split or merged since went."""
    if table.chosen is None or table.chosen.candidate.state != Candidate.State.REPLACED:
        return None
    made = table.chosen.candidate.replaced_by.first()
    return _go_on(table, Done(following=made.pk if made else None))


# What is done with one suggestion

Act = Callable[[Table, CandidateForms], Done | None]


def _about_candidate(table: Table, act: Act) -> HttpResponse:
    """Do it, all or nothing, and go on; show the page again where something is the matter."""
    forms = _forms(table, table.request.POST)
    try:
        with transaction.atomic():
            done = act(table, forms)
    except reviewing.CandidateChanged as refusal:
        return _page(table, forms, changed=refusal)
    except RecordError as refusal:
        forms.refuse(refusal)
        return _page(table, forms)
    return _go_on(table, done) if done else _page(table, forms)


def _accept(table: Table, forms: CandidateForms) -> Done | None:
    if not forms.judge_statement():
        return None
    entry = forms.statement.entry()
    reviewing.accept(forms.candidate, entry, forms.settled, seen=_seen(table), reviewer=table.request.user)
    return Done(gettext("Accepted: it is a draft now."), _following(table))


def _save(table: Table, forms: CandidateForms) -> Done:
    _keep(table, forms)
    elsewhere = _number(table.request.POST.get("go", ""))
    return Done(gettext("Saved."), forms.candidate.pk if elsewhere < 0 else elsewhere)


def _reject(table: Table, forms: CandidateForms) -> Done | None:
    if not forms.judge_reason(table.request.POST["reject"]):
        return None
    why, remark = forms.reject.cleaned_data["why"], forms.reject.cleaned_data["remark"]
    reviewing.reject(forms.candidate, why, remark, seen=_seen(table), reviewer=table.request.user)
    return Done(gettext("Rejected."), _following(table))


def _join(table: Table, forms: CandidateForms) -> Done:
    # Adding to what is public is publishing.
    demand(table.request, PUBLISH)
    statement = statement_called(table.request.POST["join"])
    if statement is None or not statement.is_public:
        raise RecordError(gettext("The statement it was to be added to is not published any more."))
    kept = _keep(table, forms)
    reviewing.join(kept, statement, seen=kept.touched, reviewer=table.request.user)
    return Done(gettext("Added to %(pid)s as one more appearance.") % {"pid": statement.pid}, _following(table))


def _move(table: Table, forms: CandidateForms) -> Done | None:
    return _set(table, forms, [forms.place.range]) if forms.judge_place() else None


def _moving(edge: Edge, by: int) -> Act:
    def move(table: Table, forms: CandidateForms) -> Done:
        standing = [(start, end) for start, end in forms.candidate.ranges]
        return _set(table, forms, moved(table.text, standing, edge, by))

    return move


def _set(table: Table, forms: CandidateForms, ranges: list[tuple[int, int]]) -> Done:
    kept = _keep(table, forms)
    reviewing.set_ranges(kept, ranges, seen=kept.touched, reviewer=table.request.user)
    return Done(following=kept.pk)


def _split(table: Table, forms: CandidateForms) -> Done | None:
    if not forms.judge_split():
        return None
    kept = _keep(table, forms)
    first, _ = reviewing.split(kept, forms.split.cleaned_data["cut"], seen=kept.touched, reviewer=table.request.user)
    return Done(gettext("Split in two: this is the first."), first.pk)


def _merge(table: Table, forms: CandidateForms) -> Done:
    sent = table.request.POST
    second = table.found.next_in_text(cast("Suggestion", table.chosen))
    if second is None:
        raise RecordError(gettext("No open suggestion follows in the text."))
    if sent.get("merge-with", str(second.pk)) != str(second.pk):
        raise RecordError(gettext("Another suggestion follows in the text now. Look at it, then merge once more."))
    seen_second = _number(sent.get("merge-seen", str(second.candidate.touched)))
    kept, reviewer = _keep(table, forms), table.request.user
    made = reviewing.merge(kept, second.candidate, seen=kept.touched, seen_second=seen_second, reviewer=reviewer)
    return Done(gettext("Merged with %(number)s.") % {"number": second.number}, made.pk)


def _keep(table: Table, forms: CandidateForms) -> Candidate:
    """Save what was typed, before anything else is done with the suggestion."""
    if not forms.is_edited and forms.candidate.touched == _seen(table):
        return forms.candidate
    return reviewing.save_entry(forms.candidate, forms.settled, seen=_seen(table), reviewer=table.request.user)


_ON_CANDIDATE: dict[str, Act] = {
    "accept": _accept,
    "save": _save,
    "reject": _reject,
    "join": _join,
    "move": _move,
    "split": _split,
    "merge": _merge,
    **{name: _moving(*move) for name, move in _MOVES.items()},
}


# What is done with the document


def _about_document(table: Table, act: Callable[[Table], Done | PlaceForm]) -> HttpResponse:
    """Do it and go on; what was typed about the suggestion meanwhile is kept, too."""
    typed = _forms(table, table.request.POST) if _is_open(table.chosen) and "seen" in table.request.POST else None
    try:
        done = act(table)
        if isinstance(done, PlaceForm):
            return _page(table, typed, missed=done)
        if typed and _is_elsewhere(done, typed.candidate):
            _keep(table, typed)
    except reviewing.CandidateChanged as refusal:
        return _page(table, typed, changed=refusal)
    except RecordError as refusal:
        messages.error(table.request, str(refusal))
        done = Done(following=table.chosen.pk if table.chosen else None)
        return _page(table, typed) if typed else _go_on(table, done)
    return _go_on(table, done)


def _is_open(chosen: Suggestion | None) -> bool:
    return chosen is not None and chosen.is_open


def _is_elsewhere(done: Done, candidate: Candidate) -> bool:
    """Whether an act was about something else than this suggestion, which is still there."""
    still = Candidate.objects.filter(pk=candidate.pk, state=Candidate.State.OPEN)
    return done.following != candidate.pk and still.exists()


def _undo(table: Table) -> Done:
    candidate = reviewing.undo(table.document, reviewer=table.request.user)
    if candidate is None:
        return Done(gettext("Taken back: what you added is gone."))
    return Done(gettext("Taken back: the suggestion is as it was."), candidate.pk)


def _publish(table: Table) -> Done:
    demand(table.request, PUBLISH)
    outcome = reviewing.publish_accepted(table.document, editor=table.request.user)
    for statement, why in outcome.refused:
        told = gettext("%(pid)s is not published: %(why)s")
        messages.error(table.request, told % {"pid": statement.pid, "why": why})
    count = len(outcome.published)
    told = ngettext("%(number)s statement published.", "%(number)s statements published.", count)
    return Done(told % {"number": grouped(count)} if count else "")


def _add(table: Table) -> Done | PlaceForm:
    form = PlaceForm(table.text, table.request.POST, prefix="missed")
    if not form.is_valid():
        return form
    made = reviewing.add_by_hand(table.document, [form.range], reviewer=table.request.user)
    return Done(gettext("Added: say who said it, and when."), made.pk)


def _read(table: Table) -> Done:
    if table.snapshot is None:
        raise RecordError(gettext("No text of this document is archived, so there is nothing to read."))
    intake.begin(table.document, table.snapshot, editor=table.request.user)
    return Done()


_ON_DOCUMENT: dict[str, Callable[[Table], Done | PlaceForm]] = {
    "undo": _undo,
    "publish": _publish,
    "add": _add,
    "read": _read,
}


# Pages


def _go_on(table: Table, done: Done) -> HttpResponse:
    """On to the next suggestion, with a word about what was done."""
    if done.message:
        messages.success(table.request, done.message)
    asked = f"?candidate={done.following}#candidate" if done.following is not None else ""
    return redirect(f"{table.address}{asked}")


def _forms(table: Table, data: Mapping[str, Any] | None = None) -> CandidateForms:
    chosen = cast("Suggestion", table.chosen)
    return CandidateForms(chosen.candidate, table.text, data, others=table.found.others(chosen))


def _page(
    table: Table,
    forms: CandidateForms | None = None,
    *,
    changed: reviewing.CandidateChanged | None = None,
    missed: PlaceForm | None = None,
) -> HttpResponse:
    noise = reviewing.noise(table.snapshot) if table.snapshot else []
    context = {
        "document": table.document,
        "reading": table.reading,
        "found": table.found,
        "chosen": table.chosen,
        "runs": suggested(table.text, [one.candidate for one in table.found.all], noise),
        "undoable": reviewing.undoable(table.document, reviewer=table.request.user),
        "missed": missed or PlaceForm(table.text, prefix="missed"),
        "address": table.address,
        "keys": KEYS,
        "section": "desk",
    }
    if table.chosen:
        context |= _about_chosen(table, table.chosen, forms, changed)
    return render(table.request, "intake/review.html", context, status=409 if changed else 200)


def _about_chosen(
    table: Table, chosen: Suggestion, forms: CandidateForms | None, changed: reviewing.CandidateChanged | None
) -> dict[str, Any]:
    """What the page shows of the suggestion; of one that is decided, what became of it."""
    context = {"before": table.found.beside(chosen, -1), "next": table.found.beside(chosen, 1)}
    if not (chosen.is_open or changed):
        return context
    sent = forms is not None and changed is None
    forms = forms or _forms(table)
    current = changed.current if changed else chosen.candidate
    # What changed may be the one it was to be merged with.
    itself = current if current.pk == chosen.pk else chosen.candidate
    return context | {
        "forms": forms,
        "problems": forms.problems(),
        # A form that is sent again has still seen what it had seen; after a refusal, what stands now.
        "seen": _seen(table) if sent else itself.touched,
        "changed": changed,
        "current": replace(chosen, candidate=current),
        "may_decide": itself.is_open,
        "ends": ENDS,
        "reasons": Candidate.RejectedFor.choices,
        "mergeable": table.found.next_in_text(chosen),
        "on_record": reviewing.on_record(chosen.candidate) if chosen.is_open else [],
        "known_speaker": _known(forms),
        "attested": list(zip(chosen.attested, forms.ticks("attested"), strict=True)),
        "between": list(zip(table.found.links_of(chosen), forms.ticks("between"), strict=True)),
    }


def _known(forms: CandidateForms) -> str:
    """What tells the one speaker of this name apart; where there are several, the form offers each with that."""
    form = forms.statement.speaker
    name, key = str(form["name"].value() or ""), str(form["choice"].value() or "")
    if form.options or not (name and key):
        return ""
    return next((apart(one) for one in form.find(name) if str(one.pk) == key), "")


def _following(table: Table) -> int | None:
    """The one to decide next."""
    after = table.found.after(cast("Suggestion", table.chosen))
    return after.pk if after else None


def _seen(table: Table) -> int:
    return _number(table.request.POST.get("seen", ""))


def _number(text: str) -> int:
    """A number as a form or an address carries it; -1, which nothing has, where it was tampered with."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004  # fits a column
