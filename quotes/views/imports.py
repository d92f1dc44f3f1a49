"""Many statements from a file: brought, its columns told, tried, imported, and undone."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quotes.access import PUBLISH, REVIEW, EditorRequest, demand, needs
from quotes.discarding.keeping import discard
from quotes.forms.imports import ColumnsForm, FileForm, TemplateForm, UndoForm
from quotes.importing import beginning
from quotes.importing.errors import CannotImport
from quotes.importing.findings import MOST, csv_of
from quotes.importing.mapping import ColumnMap, applying, from_json
from quotes.importing.undoing import begin_undoing
from quotes.models import Import, ImportFinding, ImportTemplate
from quotes.retold import retold

_LISTED, _SHOWN = 50, 20
_PAGES = {
    Import.State.MAPPING: "columns",
    Import.State.CHECKING: "busy",
    Import.State.CHECKED: "tried",
    Import.State.RUNNING: "busy",
    Import.State.DONE: "done",
    Import.State.UNDOING: "busy",
    Import.State.UNDONE: "done",
    Import.State.FAILED: "failed",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def imports(request: EditorRequest) -> HttpResponse:
    """Bring a file; and the files that were brought, newest first."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            of = beginning.begin(file, file.name or "", editor=request.user)
        except CannotImport as refusal:
            form.add_error("file", retold(str(refusal)))
        else:
            return redirect("import", of.pk)
    brought = Import.objects.select_related("by")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        brought = brought.filter(pk__lt=min(int(before), 2**62))
    found = list(brought.order_by("-pk")[: _LISTED + 1])
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "imports": found[:_LISTED],
        "more": found[_LISTED - 1].pk if len(found) > _LISTED else None,
        "templates": ImportTemplate.objects.filter(owner=request.user),
        "section": "desk",
    }
    return render(request, "imports/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def one_import(request: EditorRequest, pk: int) -> HttpResponse:
    """One import, as it stands: its columns, how far it is, what would come of it, what came of it."""
    of = get_object_or_404(Import.objects.select_related("by", "undone_by"), pk=min(pk, 2**62))
    if request.method != "POST":
        return _page(request, of)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404("nothing of this kind is done with an import")
    try:
        return _ACTS[act](request, of)
    except CannotImport as refusal:
        messages.error(request, retold(str(refusal)))
        return redirect("import", of.pk)


@require_safe
@needs(REVIEW)
def findings(request: EditorRequest, pk: int) -> StreamingHttpResponse:  # noqa: ARG001  # as all views
    """Every row that was not imported, and why, as CSV."""
    of = get_object_or_404(Import, pk=min(pk, 2**62))
    answer = StreamingHttpResponse(csv_of(of), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{of.pk}-rows.csv"'
    return answer


@require_POST
@needs(REVIEW)
def delete_template(request: EditorRequest, pk: int) -> HttpResponse:
    """Forget one of the account's templates."""
    kept = get_object_or_404(ImportTemplate, pk=min(pk, 2**62), owner=request.user)
    discard(kept, owner=request.user)
    told = gettext('The template “{}” is deleted. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, kept, reverse("discarded")))
    return redirect("imports")


def _page(request: EditorRequest, of: Import, **told: Any) -> HttpResponse:
    page = _PAGES[Import.State(of.state)]
    context: dict[str, Any] = {"of": of, "section": "desk", "is_stale": beginning.is_stale(of), **told}
    if page == "columns":
        try:
            context |= _columns(request, of, told.get("form"))
        except CannotImport as refusal:
            context |= {"refusal": retold(str(refusal))}
    if page in ("tried", "done"):
        context |= {"kinds": _kinds(of), "counted": of.expected if page == "tried" else of.counts, "most": MOST}
    if page == "done":
        context["undo"] = told.get("undo") or UndoForm()
    return render(request, f"imports/{page}.html", context)


def _columns(request: EditorRequest, of: Import, form: ColumnsForm | None) -> dict[str, Any]:
    opened, rows = beginning.preview(of)
    choice = TemplateForm(request.user, request.GET if "template" in request.GET else None)
    columns = beginning.suggested(of, opened.heads, rows)
    if choice.is_bound and choice.is_valid() and (kept := choice.cleaned_data["template"]):
        columns = applying(from_json(kept.mapping), opened.heads)
    form = form or ColumnsForm(opened.heads, columns)
    heads = opened.heads or [name for name in columns.columns if any(row.cells.get(name) for row in rows)]
    return {
        "form": form,
        "choice": choice if choice.fields["template"].queryset.exists() else None,  # type: ignore[attr-defined]
        "problems": list(form.problems()) if form.is_bound else [],
        "heads": heads,
        "rows": [(row, [row.cells.get(head, "") for head in heads]) for row in rows],
        "warning": retold(opened.warning),
        "is_table": bool(opened.heads),
    }


def _kinds(of: Import) -> list[tuple[str, int, list[ImportFinding]]]:
    """The findings of each kind: what it is called, how many there are, and the first of them. A query a kind."""
    counts = of.expected if of.state == Import.State.CHECKED else of.counts
    kinds = [(kind, counts.get(kind.value, 0)) for kind in ImportFinding.Kind]
    found = of.findings.select_related("statement")
    return [(str(kind.label), number, _told(of, found.filter(kind=kind)[:_SHOWN])) for kind, number in kinds if number]


def _told(of: Import, found: Iterable[ImportFinding]) -> list[ImportFinding]:
    """Findings to be shown: where no column of the file is what they are about, the field is named as the page does."""
    heads = {*of.mapping.get("columns", {}).values(), ""}
    shown = list(found)
    for one in shown:
        if one.column not in heads:
            one.column = gettext(one.column)
    return shown


def _try(request: EditorRequest, of: Import) -> HttpResponse:
    opened, rows = beginning.preview(of)
    columns = beginning.suggested(of, opened.heads, rows)
    if opened.heads:
        form = ColumnsForm(opened.heads, columns, request.POST)
        if not form.is_valid():
            return _page(request, of, form=form)
        columns = form.columns
        if missing := columns.missing():
            form.add_error(None, gettext("Nothing tells: %(names)s.") % {"names": gettext(", ").join(missing)})
            return _page(request, of, form=form)
        _keep(request, form.cleaned_data["keep_as"], columns)
    beginning.try_out(of, columns)
    return redirect("import", of.pk)


def _keep(request: EditorRequest, name: str, columns: ColumnMap) -> None:
    if name:
        kept = beginning.save_template(request.user, name, columns)
        messages.success(request, gettext("The columns are kept as “%(name)s”.") % {"name": kept})


def _do(request: EditorRequest, of: Import) -> HttpResponse:
    publish = request.POST["act"] == "publish"
    if publish:
        demand(request, PUBLISH)
    beginning.do(of, editor=request.user, publish=publish)
    return redirect("import", of.pk)


def _change(request: EditorRequest, of: Import) -> HttpResponse:  # noqa: ARG001  # as all acts
    beginning.change_columns(of)
    return redirect("import", of.pk)


def _go_on(request: EditorRequest, of: Import) -> HttpResponse:
    if of.publish:
        demand(request, PUBLISH)
    beginning.go_on(of)
    return redirect("import", of.pk)


def _give_up(request: EditorRequest, of: Import) -> HttpResponse:
    beginning.give_up(of, keep_for=request.user)
    told = gettext('Discarded: nothing of it is on record. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, reverse("discarded")))
    return redirect("imports")


def _undo(request: EditorRequest, of: Import) -> HttpResponse:
    if of.publish:
        demand(request, PUBLISH)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, of, undo=form, problems=list(form.problems()))
    begin_undoing(of, editor=request.user, reason=form.cleaned_data["reason"])
    return redirect("import", of.pk)


_ACTS: dict[str, Callable[[EditorRequest, Import], HttpResponse]] = {
    "try": _try,
    "draft": _do,
    "publish": _do,
    "change": _change,
    "go-on": _go_on,
    "discard": _give_up,
    "undo": _undo,
}
