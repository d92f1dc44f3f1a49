"""From a document to suggestions: what arrives is read, confirmed and kept, and its text is read for statements."""

from quotes.intake.arriving import (
    again,
    arrive_address,
    arrive_pasted,
    arrive_upload,
    discard,
    outlet_of,
    recognised,
    take_in,
    waiting,
)
from quotes.intake.beginning import begin

__all__ = [
    "again",
    "arrive_address",
    "arrive_pasted",
    "arrive_upload",
    "begin",
    "discard",
    "outlet_of",
    "recognised",
    "take_in",
    "waiting",
]
