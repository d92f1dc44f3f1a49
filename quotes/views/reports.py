"""Reporting a problem, and the editors' queue of reports."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from quotes import reports
from quotes.access import REVIEW, EditorRequest, needs
from quotes.addresses import client_address
from quotes.forms.reports import AnswerForm, ReportForm
from quotes.models import Report, Statement
from quotes.permalinks import Mistyped, read_pid

LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, typed: str) -> HttpResponse:
    """A form for whoever found something wrong with a statement."""
    statement = _find(typed)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, statement, form)
    try:
        reports.send(
            statement, form.cleaned_data["message"], address=client_address(request), email=form.cleaned_data["email"]
        )
    except reports.TooManyReports as refusal:
        return _too_many(request, statement, form, refusal)
    return render(request, "reports/thanks.html", {"statement": statement, "email": form.cleaned_data["email"]})


def _form_page(request: HttpRequest, statement: Statement, form: ReportForm, **more: object) -> HttpResponse:
    context = {"statement": statement, "form": form, "problems": list(form.problems()), **more}
    return render(request, "reports/report.html", context, status=429 if more else 200)


def _too_many(
    request: HttpRequest, statement: Statement, form: ReportForm, refusal: reports.TooManyReports
) -> HttpResponse:
    """The form again, with what was typed and when it may be sent."""
    minutes = max(1, round((refusal.again_at - timezone.now()).total_seconds() / 60))
    response = _form_page(request, statement, form, refusal=refusal, minutes=minutes)
    response["Retry-After"] = http_date(refusal.again_at.timestamp())
    return response


def _find(typed: str) -> Statement:
    """The public statement with an id as typed."""
    try:
        statement = Statement.objects.select_related("speaker").filter(pid=read_pid(typed)).first()
    except Mistyped as error:
        raise Http404("mistyped") from error
    if statement is None or not statement.is_public:
        raise Http404("unknown")
    return statement


@require_safe
@needs(REVIEW)
def queue(request: EditorRequest) -> HttpResponse:
    """Reports: those that wait, oldest first; or the answered ones, newest first, a page at a time."""
    every = Report.objects.select_related("statement__speaker", "answered_by")
    if request.GET.get("show") == "answered":
        return _answered(request, every.filter(answered_at__isnull=False))
    waiting = every.filter(answered_at=None)
    context = {"waiting": waiting[:LISTED], "count": waiting.count(), "section": "desk"}
    return render(request, "desk/reports.html", context)


def _answered(request: EditorRequest, answered: QuerySet[Report]) -> HttpResponse:
    before = request.GET.get("before", "")
    found = answered.order_by("-pk")
    if before.isascii() and before.isdigit():
        found = found.filter(pk__lt=min(int(before), 2**62))
    rows = list(found[: LISTED + 1])
    context = {"answered": rows[:LISTED], "more": rows[LISTED - 1].pk if len(rows) > LISTED else None}
    return render(request, "desk/reports_answered.html", {**context, "section": "desk"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def answer(request: EditorRequest, pk: int) -> HttpResponse:
    """One report, and the answer to it."""
    found = get_object_or_404(Report.objects.select_related("statement__speaker", "answered_by"), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reports.answer(found, form.cleaned_data["answer"], editor=request.user)
        except reports.AlreadyAnswered as refusal:
            form.add_error(None, str(refusal))
            found = refusal.report
        else:
            messages.success(request, gettext("The report is answered."))
            return redirect("desk_reports")
    context = {"report": found, "form": form, "problems": list(form.problems()), "section": "desk"}
    return render(request, "desk/report.html", context)
