"""What editors do to a published statement in public: correct, retract, restore, merge, mark copies, remove."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quotes import correcting, record, reports
from quotes.access import PUBLISH, REMOVE, REVIEW, EditorRequest, View, needs
from quotes.copying import printings, suspected
from quotes.forms.acts import CopyForm, CorrectionForms, MergeStatementForm, ReasonForm, RemovalForm
from quotes.forms.statements import LinkForm
from quotes.models import Act, Link, Merge, Report, Statement
from quotes.naming import Directory
from quotes.pages import seen_from
from quotes.permalinks import Mistyped, read_pid
from quotes.relating import suggested_links
from quotes.utterances import same_utterance

P = ParamSpec("P")
ActView = Callable[Concatenate[EditorRequest, Statement, P], HttpResponse]


def _on_public(permission: str) -> Callable[[ActView[[]]], View[[str]]]:
    """Open a page about a statement to those who have the permission, while the statement is public."""

    def decorate(view: ActView[[]]) -> View[[str]]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @needs(permission)
        @wraps(view)
        def gate(request: EditorRequest, typed: str) -> HttpResponse:
            statement = _find(typed)
            if statement.state == Statement.State.DRAFT:
                messages.info(request, gettext("This is a draft: it changes without a public reason."))
                return redirect("desk_edit", statement.pid)
            if not statement.is_public:
                shown = {"pid": statement.pid, "state": statement.get_state_display().lower()}
                messages.info(request, gettext("%(pid)s is %(state)s.") % shown)
                return redirect("history", statement.pid)
            return view(request, statement)

        return gate

    return decorate


@_on_public(PUBLISH)
def correct(request: EditorRequest, statement: Statement) -> HttpResponse:
    """The statement as it stands, in the form it was recorded with; what is saved becomes the next version."""
    if request.method != "POST":
        return _correction_page(
            request, CorrectionForms(statement=statement), statement, correcting.latest_version(statement)
        )
    page = CorrectionForms(request.POST, statement=statement)
    seen = _number(request.POST.get("seen", ""))
    if not page.is_valid():
        return _correction_page(request, page, statement, seen)
    try:
        revision = correcting.correct(statement, page.correction(), editor=request.user, reason=page.reason, seen=seen)
    except correcting.StatementMoved as moved:
        return _correction_page(request, page, statement, correcting.latest_version(moved.current), moved=moved)
    except record.RecordError as refusal:
        page.refuse(refusal)
        return _correction_page(request, page, statement, seen)
    messages.success(request, gettext("Corrected: version %(number)s stands.") % {"number": revision.number})
    return _done(request, statement, f"Corrected, {statement.version_url(revision.number)}: {page.reason}")


def _correction_page(
    request: EditorRequest,
    page: CorrectionForms,
    statement: Statement,
    seen: int,
    moved: correcting.StatementMoved | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "problems": page.problems(),
        "statement": statement,
        "seen": seen,
        "refusal": moved,
        "answers": _report(request, statement),
        "section": "desk",
    }
    return render(request, "desk/act_correct.html", context, status=409 if moved else 200)


@_on_public(PUBLISH)
def retract(request: EditorRequest, statement: Statement) -> HttpResponse:
    """Ask why, then take the statement out of the lists."""
    return _act_page(request, statement, "retract", ReasonForm(_sent(request)))


@_on_public(PUBLISH)
def restore(request: EditorRequest, statement: Statement) -> HttpResponse:
    """Ask why, then put a retracted statement back."""
    return _act_page(request, statement, "restore", ReasonForm(_sent(request)))


@_on_public(PUBLISH)
def merge(request: EditorRequest, statement: Statement) -> HttpResponse:
    """Ask for the statement that stays, and why the two are one; those that seem to be it are proposed."""
    form = MergeStatementForm(_sent(request), initial=request.GET.dict())
    return _act_page(request, statement, "merge", form, same=same_utterance(statement))


@_on_public(REMOVE)
def remove(request: EditorRequest, statement: Statement) -> HttpResponse:
    """Ask what asks for it, and for the id once more, then remove the statement for good."""
    return _act_page(request, statement, "remove", RemovalForm(_sent(request), statement=statement))


@_on_public(PUBLISH)
def copies(request: EditorRequest, statement: Statement) -> HttpResponse:
    """Which printings are copies that don't say so; what seems to be one is proposed."""
    shown = printings(statement)
    form = CopyForm(_sent(request), shown=shown, initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        try:
            told = _mark(form.cleaned_data, request)
        except record.RecordError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, told)
            return redirect("statement", statement.pid)
    context = {
        "statement": statement,
        "form": form,
        "problems": list(form.problems()),
        "suspected": suspected(shown),
        "marked": [one for one in shown if one.copy_of_id],
        "section": "desk",
    }
    return render(request, "desk/act_copies.html", context)


@_on_public(REVIEW)
def links(request: EditorRequest, statement: Statement) -> HttpResponse:
    """What the statement does to others and they to it: made, taken back, and proposed by cue, place and words."""
    taken_back = Link.objects.around(statement).filter(pk=_number(request.POST.get("unlink", ""))).first()
    if taken_back:
        record.unlink(taken_back, editor=request.user)
        source, target = taken_back.source.pid, taken_back.target.pid
        again = f"{reverse('desk_links', args=[source])}?kind={taken_back.kind}&target={target}"
        told = gettext('The link is taken back. <a href="{}">Link them again</a>')
        messages.success(request, format_html(told, again))
        return redirect("desk_links", statement.pid)
    form = LinkForm(_sent(request), initial=request.GET.dict(), directory=Directory())
    if form.is_bound and form.is_valid() and _link(statement, form, request):
        messages.success(request, gettext("The two are linked."))
        return redirect("desk_links", statement.pid)
    context = {
        "statement": statement,
        "form": form,
        "problems": list(form.problems()),
        "made": [(link, seen_from(statement, link)) for link in Link.objects.around(statement)],
        "suggested": suggested_links(statement),
        "section": "desk",
    }
    return render(request, "desk/act_links.html", context)


def _link(statement: Statement, form: LinkForm, request: EditorRequest) -> bool:
    """Make the link that was asked for; False, with what is wrong in the form, where that can't be."""
    if form.statement is None:
        form.add_error("target", gettext("Which statement?"))
        return False
    try:
        record.link(statement, form.statement, form.cleaned_data["kind"], editor=request.user)
    except record.RecordError as refusal:
        form.add_error("target", str(refusal))
        return False
    return True


def _mark(typed: dict[str, Any], request: EditorRequest) -> str:
    """Mark a printing as a copy, or take that back; what was done."""
    if typed["source"] is None:
        record.unmark_copy(typed["copy"], editor=request.user, reason=typed["reason"])
        return gettext("The printing counts as no copy any more.")
    record.mark_copy(typed["copy"], typed["source"], editor=request.user, reason=typed["reason"])
    return gettext("The printing counts as a copy: it has the other’s origin.")


def _act_page(
    request: EditorRequest, statement: Statement, verb: str, form: ReasonForm, **more: object
) -> HttpResponse:
    """The form of one act; once it is filled in, the act, and the page that shows what it did."""
    if form.is_bound and form.is_valid():
        try:
            done = _perform(statement, verb, form.cleaned_data, request)
        except record.RecordError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _told(statement, verb, form.cleaned_data))
            where = "desk_removed" if verb == "remove" else "history"
            return _done(request, statement, f"{done.capitalize()}: {form.cleaned_data['reason']}", where)
    context = {
        "statement": statement,
        "form": form,
        "problems": list(form.problems()),
        "answers": _report(request, statement),
        "section": "desk",
        **more,
    }
    return render(request, f"desk/act_{verb}.html", context)


def _perform(statement: Statement, verb: str, typed: dict[str, Any], request: EditorRequest) -> str:
    """Do it; what it is called once done, where that is kept, which is in English."""
    editor, reason = request.user, typed["reason"]
    match verb:
        case "retract":
            record.retract(statement, editor=editor, reason=reason)
            return "retracted"
        case "restore":
            record.restore(statement, editor=editor, reason=reason)
            return "restored"
        case "merge":
            record.merge(statement, typed["survivor"], editor=editor, reason=reason)
            return f"merged into {typed['survivor'].pid}"
    code, replacement = typed["reason_code"], typed["replacement"]
    record.remove(statement, editor=editor, reason_code=code, reason=reason, replacement=replacement)
    return "removed"


def _told(statement: Statement, verb: str, typed: dict[str, Any]) -> str:
    """What was done, and the way to undo it where there is one: the history has a button for a merge."""
    match verb:
        case "retract":
            told = gettext('The statement is retracted. <a href="{}">Restore it</a>')
            return format_html(told, reverse("desk_restore", args=[statement.pid]))
        case "restore":
            return gettext("The statement is restored.")
        case "merge":
            return gettext("The statement is merged into %(pid)s.") % {"pid": typed["survivor"].pid}
    return gettext("The statement is removed.")


@require_safe
@needs(REMOVE)
def removed(request: EditorRequest, typed: str) -> HttpResponse:
    """After a removal: which other statements still hold the words, for the editor to decide about."""
    statement = _find(typed)
    act = Act.objects.filter(statement=statement, verb=Act.Verb.REMOVE).first()
    if act is None:
        raise Http404("not removed")
    remaining = Statement.objects.filter(pid__in=act.detail.get("remaining", ())).order_by("pid")
    context = {"statement": statement, "act": act, "remaining": remaining, "section": "desk"}
    return render(request, "desk/act_removed.html", context)


@require_POST
@needs(PUBLISH)
def undo_merge(request: EditorRequest, pk: int) -> HttpResponse:
    """Part two statements that were merged."""
    act = get_object_or_404(Merge, pk=pk, kind=Merge.Kind.STATEMENT)
    try:
        undone = record.undo_merge(act, editor=request.user)
    except record.CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _undone(len(undone.skipped)))
    return redirect("history", Statement.objects.get(pk=act.loser_id).pid)


def _undone(stayed: int) -> str:
    if not stayed:
        return gettext("The merge is undone.")
    told = ngettext(
        "The merge is undone. %(number)s part had been moved on since, and stays.",
        "The merge is undone. %(number)s parts had been moved on since, and stay.",
        stayed,
    )
    return told % {"number": stayed}


def _done(request: EditorRequest, statement: Statement, answer: str, where: str = "statement") -> HttpResponse:
    """On to the page that shows the act; the report that asked for it is answered with it."""
    if report := _report(request, statement):
        try:
            reports.answer(report, answer, editor=request.user)
        except reports.AlreadyAnswered as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, gettext("The report is answered with it."))
    return redirect(where, statement.pid)


def _report(request: EditorRequest, statement: Statement) -> Report | None:
    """The waiting report on this statement that the address names."""
    number = _number(request.GET.get("report", ""))
    return Report.objects.filter(pk=number, statement=statement, answered_at=None).first()


def _sent(request: EditorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _find(typed: str) -> Statement:
    """The statement with an id as typed, in any state. Two queries."""
    try:
        found = Statement.objects.for_permalink().filter(pid=read_pid(typed)).first()
    except Mistyped as error:
        raise Http404("mistyped") from error
    if found is None:
        raise Http404("unknown")
    return found


def _number(text: str) -> int:
    """A number as a form carries it; -1, which nothing has, where it was tampered with."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004  # fits a column
