"""The editors' desk: drafts, the form for a statement, its preview, and publishing."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quotes import drafting, record
from quotes.access import PUBLISH, RECORD, REVIEW, EditorRequest, demand, demand_own, needs
from quotes.citing.record import CitedStatement, read
from quotes.discarding.keeping import discard_draft
from quotes.discarding.returning import discarded_draft
from quotes.forms.appearances import AppearanceForms
from quotes.forms.statements import StatementForms, initial_of
from quotes.models import Discarded, Report, Statement
from quotes.naming import SUGGESTED, document_called, suggestions
from quotes.pages import statement_page
from quotes.permalinks import Mistyped, read_pid
from quotes.record.bodies import freeze
from sources.anchoring import Place

LISTED = 50
_AGAIN = "again"
_LOST = {
    Place.GONE: _(
        "Saved, but no archived text of the document says these words, so readers can no longer check them there. If "
        "the source prints them otherwise, write its own characters under “As printed there”."
    ),
    Place.AMBIGUOUS: _(
        "Saved, but the archived text of the document has these words in more than one place, or only where others "
        "were quoted, so readers can no longer be shown where they stand. Quote some more of what is printed."
    ),
}


@require_safe
@needs(RECORD)
def desk(request: EditorRequest) -> HttpResponse:
    """Drafts, newest first, a page at a time, and what waits; those of others for whoever may change them."""
    drafts = Statement.objects.drafts().select_related("speaker", "recorded_by")
    may_review = request.user.has_perm(REVIEW)
    if not may_review:
        drafts = drafts.filter(recorded_by=request.user)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        drafts = drafts.filter(pk__lt=min(int(before), 2**62))
    rows = list(drafts.order_by("-pk")[: LISTED + 1])
    context = {
        "drafts": rows[:LISTED],
        "more": rows[LISTED - 1].pk if len(rows) > LISTED else None,
        "is_first": not before,
        "waiting": Report.objects.filter(answered_at=None).count() if may_review else None,
        "section": "desk",
    }
    return render(request, "desk/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def new(request: EditorRequest) -> HttpResponse:
    """The empty form; with `?document=ID`, for one more statement of that document."""
    if request.method != "POST":
        return _form_page(request, StatementForms(initial=_begun(request)))
    page = StatementForms(request.POST)
    if not page.is_valid():
        return _form_page(request, page)
    try:
        statement = drafting.start(page.entry(), editor=request.user)
    except record.RecordError as refusal:
        page.refuse(refusal)
        return _form_page(request, page)
    if discarded := _discarded(request):
        discarded.delete()
    return redirect("desk_preview", statement.pid)


def _begun(request: EditorRequest) -> dict[str, Any]:
    """What the empty form begins with: a document, or a draft that its editor discarded."""
    if discarded := _discarded(request):
        kept: dict[str, Any] = discarded.row
        return kept
    document = document_called(_asked(request, "document"))
    return {"document": {"existing": document.pid}} if document else {}


def _discarded(request: EditorRequest) -> Discarded | None:
    """The discarded draft that the address names. One query, where it names one."""
    key = _number(request.GET.get(_AGAIN, ""))
    return discarded_draft(request.user, key) if key > 0 else None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def edit(request: EditorRequest, typed: str) -> HttpResponse:
    """The form with a draft in it. Published statements have left the desk: their own page is shown."""
    statement = _find(typed)
    if statement.state != Statement.State.DRAFT:
        return _published(request, statement)
    demand_own(request, statement.recorded_by_id)
    if request.method != "POST":
        return _form_page(request, StatementForms(initial=initial_of(statement)), statement, statement.touched)
    page = StatementForms(request.POST)
    page.keep(statement)
    seen = _number(request.POST.get("seen", ""))
    if request.POST.get("act") == "autosave":
        return _autosave(request, page, statement, seen)
    if not page.is_valid():
        return _form_page(request, page, statement, seen)
    return _save(request, page, statement, seen)


def _autosave(request: EditorRequest, page: StatementForms, statement: Statement, seen: int) -> JsonResponse:
    """Keep in the draft what is being typed, for the script of the form: `seen` to save it on from, or a `problem`.

    Neither, where what is typed so far can't be kept as it stands.
    """
    if not page.is_valid():
        return JsonResponse({})
    try:
        saved = drafting.autosave(statement, page.entry(), editor=request.user, seen=seen)
    except (record.DraftChanged, record.AlreadyPublished) as refusal:
        return JsonResponse({"problem": str(refusal)})
    except (record.RecordError, drafting.NotYet):
        return JsonResponse({})
    return JsonResponse({"seen": saved.statement.touched})


def _save(request: EditorRequest, page: StatementForms, statement: Statement, seen: int) -> HttpResponse:
    try:
        saved = drafting.save(statement, page.entry(), editor=request.user, seen=seen)
    except record.DraftChanged as refusal:
        # Saving once more, with what they have now seen, replaces what the other editor wrote.
        return _form_page(request, page, statement, refusal.current.touched, refusal=refusal)
    except record.AlreadyPublished:
        return _published(request, _find(statement.pid))
    except record.RecordError as refusal:
        page.refuse(refusal)
        return _form_page(request, page, statement, seen)
    if saved.lost:
        messages.warning(request, str(_LOST[saved.lost]))
    return redirect("desk_preview", statement.pid)


def _form_page(
    request: EditorRequest,
    page: StatementForms,
    statement: Statement | None = None,
    seen: int = 0,
    refusal: record.DraftChanged | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "problems": page.problems(),
        "statement": statement,
        "seen": seen,
        "refusal": refusal,
        "section": "desk",
    }
    return render(request, "desk/statement.html", context, status=409 if refusal else 200)


@require_safe
@needs(RECORD)
def preview(request: EditorRequest, typed: str) -> HttpResponse:
    """A draft as visitors will see it."""
    statement = _find(typed)
    if statement.state != Statement.State.DRAFT:
        return _published(request, statement)
    demand_own(request, statement.recorded_by_id)
    return _preview_page(request, statement)


def _preview_page(
    request: EditorRequest, statement: Statement, refusal: record.RecordError | None = None
) -> HttpResponse:
    context = {
        "statement": statement,
        "cited": _as_version_one(statement),
        "page": statement_page(statement),
        "refusal": refusal,
        "section": "desk",
    }
    return render(request, "desk/preview.html", context, status=409 if refusal else 200)


def _as_version_one(statement: Statement) -> CitedStatement:
    """The draft as its first version will hold it."""
    statement.label = statement.label or statement.speaker.label_on(statement.said_min, statement.said_max)
    body, _ = freeze(statement, 1, timezone.now())
    return read(json.loads(body), settings.SITE_URL)


@require_POST
@needs(PUBLISH)
def publish(request: EditorRequest, typed: str) -> HttpResponse:
    """Publish a draft as it was previewed; one that changed since is shown again."""
    statement = _find(typed)
    try:
        record.publish(statement, editor=request.user, seen=_number(request.POST.get("seen", "")))
    except record.DraftChanged as refusal:
        return _preview_page(request, _find(typed), refusal)
    except record.AlreadyPublished:
        return _published(request, _find(typed))
    messages.success(request, gettext("The statement is published: this is its permalink."))
    return redirect(statement)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def discard(request: EditorRequest, typed: str) -> HttpResponse:
    """Ask before a draft is deleted, then delete it."""
    statement = _find(typed)
    if statement.state != Statement.State.DRAFT:
        return _published(request, statement)
    demand_own(request, statement.recorded_by_id)
    refusal = None
    if request.method == "POST":
        seen = _number(request.POST.get("seen", ""))
        try:
            kept = discard_draft(statement, initial_of(statement), seen=seen, owner=request.user)
        except record.AlreadyPublished:
            return _published(request, _find(typed))
        except record.DraftChanged as changed:
            statement, refusal = _find(typed), changed
        else:
            told = gettext('The draft is discarded. <a href="{}">Record it again</a>')
            messages.success(request, format_html(told, f"{reverse('desk_new')}?{_AGAIN}={kept.pk}"))
            return redirect("desk")
    context = {"statement": statement, "refusal": refusal, "section": "desk"}
    return render(request, "desk/discard.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def add_appearance(request: EditorRequest, typed: str) -> HttpResponse:
    """The form for a statement found again. What is public already takes the right to publish."""
    statement = _find(typed)
    if statement.state == Statement.State.PUBLISHED:
        demand(request, PUBLISH)
    elif statement.state != Statement.State.DRAFT:
        raise Http404("neither a draft nor published")
    else:
        demand_own(request, statement.recorded_by_id)
    page = AppearanceForms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.is_valid():
        try:
            drafting.add_finding(statement, page.finding(), editor=request.user)
        except record.RecordError as refusal:
            page.refuse(refusal)
        else:
            messages.success(request, gettext("The appearance is added."))
            return _home_of(statement)
    context = {"page": page, "problems": page.problems(), "statement": statement, "section": "desk"}
    return render(request, "desk/appearance.html", context)


@require_safe
@needs(RECORD)
def suggest(request: EditorRequest, kind: str) -> JsonResponse:
    """Names on record that begin as typed, for the script beside the inputs."""
    if kind not in SUGGESTED:
        raise Http404("nothing of this kind is suggested")
    found = suggestions(kind, _asked(request, "q"))
    return JsonResponse({"names": [{"name": name, "note": note} for name, note in found]})


def _find(typed: str) -> Statement:
    """The statement with an id as typed, in any state. One query."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    found = Statement.objects.for_permalink().filter(pid=pid).first()
    if found is None:
        raise Http404("unknown")
    return found


def _asked(request: EditorRequest, name: str) -> str:
    """A parameter of the address, without what no database takes."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:2000]


def _home_of(statement: Statement) -> HttpResponse:
    if statement.state == Statement.State.DRAFT:
        return redirect("desk_preview", statement.pid)
    return redirect(statement)


def _published(request: EditorRequest, statement: Statement) -> HttpResponse:
    messages.info(request, gettext("This statement is published already. What is published changes by a correction."))
    return redirect(statement)


def _number(text: str) -> int:
    """A counter as a form carries it; -1, which no draft has, where it was tampered with."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004  # fits a column
