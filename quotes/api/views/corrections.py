"""The ledger of corrections."""

from collections.abc import Iterator

from django.http import HttpResponse
from rest_framework.request import Request

from quotes.api import described, formats
from quotes.api.asked import read_asked
from quotes.api.paging import is_key
from quotes.api.problems import Wrong, refuse
from quotes.api.resource import Resource, json_page, link_pages, page
from quotes.api.shapes import acts
from quotes.api.shapes.columns import lines
from quotes.ledger import Ledger, LedgerForm, ledger, total

_FILTERS = tuple(LedgerForm.base_fields)
_COLUMNS = ("id", "kind", "at", "statement", "statement_url", "reason", "version", "removed_for", "other")


@described.corrections
class Corrections(Resource):
    """What was done to published statements, the last first, with the page's own filters. At most ten queries."""

    formats = formats.OF_TABLES

    def answer(self, request: Request, /) -> HttpResponse:
        """One page of the ledger."""
        asked = read_asked(request.GET, known=(*_FILTERS, "after", "before", "size"))
        found = ledger(request.GET, size=asked.size)
        refuse(_problems(found))
        size = f"&size={asked.size}" if "size" in request.GET else ""
        entries = [acts.entry(one) for one in found.entries]
        onward, back = (f"{request.path}{query}{size}" if query else "" for query in (found.older, found.newer))
        listed = page(entries, onward=onward, back=back, total=total(found))
        if self.format is formats.JSON:
            return json_page(self, listed)
        cells = [_COLUMNS, *([entry[name] for name in _COLUMNS] for entry in entries)]
        return link_pages(self.write(lines(cells).encode(), name="corrections.csv"), listed)


def _problems(found: Ledger) -> Iterator[Wrong]:
    for name, messages in found.form.errors.items():
        value = found.form.data.get(name, "")
        is_unknown = found.form.is_unknown(name)
        yield Wrong(name, value[:80], str(messages[0]), "unknown" if is_unknown else "malformed")
    if found.misplaced:
        yield _misplaced(found)


def _misplaced(found: Ledger) -> Wrong:
    after, before = (found.form.data.get(name, "") for name in ("after", "before"))
    name, value = ("after", after) if after else ("before", before)
    is_unknown = not (after and before) and is_key(value)
    told = "A place is the number of one of the ledger’s acts, given once: after it or before it."
    return Wrong(name, value[:80], told, "unknown" if is_unknown else "malformed")
