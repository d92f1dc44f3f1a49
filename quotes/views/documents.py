from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quotes import marking
from quotes.models import Appearance
from quotes.page_cache import shared
from quotes.permalinks import Mistyped, read_pid
from quotes.verifying import quoted_from, verification
from sources.models import Document


@shared
def document(request: HttpRequest, typed: str) -> HttpResponse:
    """A document and the statements found in it, marked where they stand in its archived text."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    found = Document.objects.select_related("outlet").filter(pid=pid).first()
    appearances = list(Appearance.objects.in_document(found)) if found else []
    if found is None or not (appearances or _may_read(request)):
        raise Http404("unknown")
    if typed != pid:
        return redirect(found, permanent=True)
    context = {"document": found, "appearances": appearances, **_text(request, found, appearances)}
    return render(request, "documents/document.html", context)


def _may_read(request: HttpRequest) -> bool:
    return request.user.has_perm("quotes.record_statement")


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
