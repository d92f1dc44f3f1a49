"""What an editor should know of rows: kept in the transaction that found it, counted for ever, and told as CSV."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings

from quotes.exporting.cells import harmless
from quotes.importing.judging import Finding
from quotes.models import Import, ImportFinding

MOST = 5_000
"""Of each kind; beyond them rows are counted, and no longer named."""
HEADS = ("row", "quotation", "what", "column", "value", "reason", "statement")
_AT_ONCE = 1_000


def keep(of: Import, findings: Iterable[Finding], counts: "Counter[str]") -> None:
    """Count findings, and keep those of each kind that there is room for. One query."""
    rows = []
    for one in findings:
        counts[one.kind] += 1
        if counts[one.kind] <= MOST:
            rows.append(
                ImportFinding(
                    of=of,
                    kind=one.kind,
                    row=one.row,
                    part=one.part,
                    column=one.column,
                    value=one.value,
                    reason=one.reason[:500],
                    statement_id=one.statement,
                )
            )
    ImportFinding.objects.bulk_create(rows)


def csv_of(of: Import) -> Iterator[bytes]:
    """All findings of an import that are kept, as CSV; a query a thousand."""
    yield _line(HEADS)
    last = 0
    while found := list(of.findings.filter(pk__gt=last).select_related("statement").order_by("pk")[:_AT_ONCE]):
        for one in found:
            link = f"{settings.SITE_URL}{one.statement.get_absolute_url()}" if one.statement else ""
            part = str(one.part or "")
            yield _line((str(one.row), part, one.get_kind_display(), one.column, one.value, one.reason, link))
        last = found[-1].pk


def _line(cells: Iterable[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue().encode()
