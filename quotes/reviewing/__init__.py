"""Reviewing: from suggestions to drafts, a verb an act; each can be taken back, and nobody overwrites anybody."""

from quotes.models.candidates import DOUBTFUL
from quotes.reviewing.deciding import accept, join, reject
from quotes.reviewing.errors import CandidateChanged, ReviewError
from quotes.reviewing.matching import Match, on_record
from quotes.reviewing.overview import (
    Progress,
    Review,
    in_queue_order,
    progress,
    queue,
    snapshot_under_review,
    under_review,
)
from quotes.reviewing.publishing import Publication, publish_accepted
from quotes.reviewing.shaping import add_by_hand, merge, save_entry, set_ranges, split
from quotes.reviewing.training import training_examples
from quotes.reviewing.undoing import undo, undoable
from quotes.reviewing.wordings import noise

__all__ = [
    "DOUBTFUL",
    "CandidateChanged",
    "Match",
    "Progress",
    "Publication",
    "Review",
    "ReviewError",
    "accept",
    "add_by_hand",
    "in_queue_order",
    "join",
    "merge",
    "noise",
    "on_record",
    "progress",
    "publish_accepted",
    "queue",
    "reject",
    "save_entry",
    "set_ranges",
    "snapshot_under_review",
    "split",
    "training_examples",
    "under_review",
    "undo",
    "undoable",
]
