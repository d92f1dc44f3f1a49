from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from quotes import marking
from quotes.access import RECORD, EditorRequest, needs
from quotes.models import Appearance
from quotes.page_cache import shared
from quotes.permalinks import Mistyped, read_pid
from quotes.verifying import quoted_from, verification
from sources.models import Document


@shared
@require_safe
def document(request: HttpRequest, typed: str) -> HttpResponse:
    """A document and the statements found in it, marked where they stand in its archived text."""
    found = _find(typed)
    appearances = list(Appearance.objects.in_document(found))
    if not (appearances or _may_read(request)):
        raise Http404("unknown")
    if typed != found.pid:
        return redirect(found, permanent=True)
    context = {"document": found, "appearances": appearances, **_text(request, found, appearances)}
    return render(request, "documents/document.html", context)


@require_safe
def archived(request: HttpRequest, typed: str, sha256: str) -> HttpResponse:
    """An archived text to the character, for whoever may read it and checks the hash and the quotations."""
    found = _find(typed)
    snapshot = found.snapshots.filter(sha256=sha256).first()
    is_shown = _may_read(request) or (found.is_open and Appearance.objects.in_document(found).exists())
    if snapshot is None or not is_shown:
        raise Http404("no such text, or none that is shown")
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": f'inline; filename="{found.pid}.txt"'}
    return HttpResponse(snapshot.text.encode(), content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
@needs(RECORD)
def web_archive(request: EditorRequest, typed: str) -> StreamingHttpResponse:  # noqa: ARG001  # as Django calls a view
    """All that was kept of a document, originals included, as a web archive."""
    # What writes web archives is loaded by the few who ask for one.
    from sources.web_archives import file_name, stream  # noqa: PLC0415

    found = _find(typed)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{file_name(found)}"',
    }
    return StreamingHttpResponse(stream(found), content_type="application/gzip", headers=headers)


def _find(typed: str) -> Document:
    """The document with an id as typed. One query."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    found = Document.objects.select_related("outlet").filter(pid=pid).first()
    if found is None:
        raise Http404("unknown")
    return found


def _may_read(request: HttpRequest) -> bool:
    return request.user.has_perm(RECORD)


def _text(request: HttpRequest, found: Document, appearances: list[Appearance]) -> dict[str, object]:
    """What this reader may see of the text that was quoted: all of it, or the quotations with their context.

    Two queries. A later text, which a look at the page brought, is not what the words were quoted from.
    """
    snapshots = quoted_from(found, appearances)
    if not snapshots:
        return {}
    snapshot = snapshots[0]
    here = [one for one in appearances if one.snapshot_id == snapshot.pk]
    shown: dict[str, object] = {"snapshot": snapshot, "verification": verification(found, appearances, snapshots)}
    if found.is_open or _may_read(request):
        return {**shown, "whole": marking.whole(snapshot.text, here)}
    return {**shown, "excerpts": marking.excerpts(snapshot.text, here)}
