"""What becomes of a few generated statements later, by the record's own verbs: some are merged, some are removed."""

import datetime as dt

from django.contrib.auth.models import User

from quotes import record
from quotes.generating.cast import Cast
from quotes.generating.plan import LAST_DAY, Plan
from quotes.models import Act, Leaf, Merge, Statement
from sources.models import Snapshot

EACH = 2000
"""One of so many is merged, and one removed; no more than MOST of either."""
MOST = 5
_AT = dt.datetime.combine(dt.date.fromordinal(LAST_DAY + 90), dt.time(12), dt.UTC)
_SAME = "Both are one utterance, found twice."
_LAW = "A court asked for it."


def act(plan: Plan, cast: Cast) -> None:
    """Merge and remove a few, at a time that the seed's record has and the clock doesn't change."""
    editor = User.objects.get(pk=cast.editors[0])
    several = min(MOST, max(1, plan.statements // EACH))
    acts_before = Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    own = Statement.objects.published().filter(pk__gte=plan.firsts["statement"])
    for voice in cast.voices[:several]:
        pair = list(own.filter(speaker=voice.id).order_by("pk")[:2])
        if len(pair) == 2:  # noqa: PLR2004
            record.merge(pair[1], pair[0], editor=editor, reason=_SAME)
    for statement in list(own.order_by("pk")[several : several * 2]):
        record.remove(statement, editor=editor, reason_code="court", reason=_LAW)
    _date(acts_before)


def _date(acts_before: int) -> None:
    # Their leaves are written with all the others', for this time.
    Leaf.objects.filter(act__gt=acts_before).delete()
    Act.objects.filter(pk__gt=acts_before).update(at=_AT)
    Merge.objects.filter(actor__username__startswith="generated-").update(at=_AT)
    Snapshot.objects.exclude(redacted_at=None).filter(redacted_at__gt=_AT).update(redacted_at=_AT)
