"""Why a review refuses; each says what to do."""

from quotes.models import Candidate
from quotes.record import RecordError


class ReviewError(RecordError):
    """An act on suggestions that is refused. `field` is the part to look at, where there is one."""


class CandidateChanged(ReviewError):
    """Somebody else was there first; `current` is what stands now."""

    def __init__(self, current: Candidate) -> None:
        self.current = current
        who = f"{current.decided_by} has" if current.decided_by else "Somebody else"
        what = f"{who} decided this suggestion" if current.decided_by else f"{who} changed this suggestion"
        super().__init__(
            f"{what} after you opened it. Nothing you typed is lost: compare it with what stands now, then do it again."
        )
