"""The shapes of answers, for the schema alone: nothing is written by these. A test holds each to what is answered."""

from quotes.api.described.answers.acts import (
    BroughtTold,
    DraftTold,
    LedgerEntry,
    NotAcceptableTold,
    ProblemTold,
    PublishedTold,
    RemovedTold,
    WatchTold,
)
from quotes.api.described.answers.checks import CheckAsked, CheckTold
from quotes.api.described.answers.found import DocumentTold, DocumentWhole
from quotes.api.described.answers.kinds import listed
from quotes.api.described.answers.parties import OutletListed, SpeakerListed, SpeakerTold, TopicListed, TopicTold
from quotes.api.described.answers.statements import FacetsTold, LinkTold, RevisionListed, RevisionTold, StatementTold

__all__ = [
    "BroughtTold",
    "CheckAsked",
    "CheckTold",
    "DocumentTold",
    "DocumentWhole",
    "DraftTold",
    "FacetsTold",
    "LedgerEntry",
    "LinkTold",
    "NotAcceptableTold",
    "OutletListed",
    "ProblemTold",
    "PublishedTold",
    "RemovedTold",
    "RevisionListed",
    "RevisionTold",
    "SpeakerListed",
    "SpeakerTold",
    "StatementTold",
    "TopicListed",
    "TopicTold",
    "WatchTold",
    "listed",
]
