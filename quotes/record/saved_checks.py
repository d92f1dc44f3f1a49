"""Blanking a removed statement in results of checks that readers saved."""

from collections.abc import Iterable
from typing import Any

from quotes.models import SavedCheck, Statement
from quotes.record.blanking import Traces
from quotes.wording.comparing import Verdict


def blank_saved_checks(family: Iterable[Statement], traces: Traces) -> None:
    """Leave of a removed statement's quotations only that there was one. Reads every check that is kept.

    They are kept for ninety days, so there are few; the words may stand in a quotation that was found elsewhere.
    """
    pids = {statement.pid for statement in family}
    for kept in SavedCheck.objects.select_for_update().order_by("pk").iterator():
        quotations = [_blanked(one) if _holds(one, pids, traces) else one for one in kept.quotations]
        if quotations != kept.quotations:
            kept.quotations = quotations
            kept.save(update_fields=["quotations"])


def _holds(quotation: dict[str, Any], pids: set[str], traces: Traces) -> bool:
    named = [quotation["statement"], *quotation["also"]]
    if any(one and one["id"] in pids for one in named):
        return True
    texts = [quotation["text"], *(one["said"] for one in quotation["differences"])]
    texts += [text for one in named if one for text in (one["words"], one.get("wording", {}).get("text", ""))]
    return any(traces.stand_in(text) for text in texts)


def _blanked(quotation: dict[str, Any]) -> dict[str, Any]:
    return {
        **quotation,
        "text": "",
        "speaker": "",
        "verdict": Verdict.NOT_FOUND.value,
        "title": "Removed from this record since",
        "notes": [],
        "statement": None,
        "also": [],
        "differences": [],
        "turns": [],
        "reported": False,
        "origins": [],
    }
