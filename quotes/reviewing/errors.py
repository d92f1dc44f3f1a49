"""Why a review refuses; each says what to do."""

from django.utils.translation import gettext

from quotes.models import Candidate
from quotes.record import RecordError


class ReviewError(RecordError):
    """An act on suggestions that is refused. `field` is the part to look at, where there is one."""


class CandidateChanged(ReviewError):
    """Somebody else was there first; `current` is what stands now."""

    def __init__(self, current: Candidate) -> None:
        self.current = current
        if current.decided_by:
            told = gettext(
                "%(name)s has decided this suggestion after you opened it. Nothing you typed is lost: compare it with "
                "what stands now, then do it again."
            ) % {"name": current.decided_by}
        else:
            told = gettext(
                "Somebody else changed this suggestion after you opened it. Nothing you typed is lost: compare it with "
                "what stands now, then do it again."
            )
        super().__init__(told)
