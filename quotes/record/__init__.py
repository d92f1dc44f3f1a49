"""The only door through which the record changes: a verb a module."""

from quotes.record.appear import add_appearance, withdraw_appearance
from quotes.record.copies import mark_copy, unmark_copy
from quotes.record.correct import correct
from quotes.record.draft import discard, discard_many, draft, redraft
from quotes.record.errors import (
    AlreadyPublished,
    BadDraft,
    CannotMerge,
    CannotUndo,
    DraftChanged,
    NothingChanged,
    ReasonMissing,
    RecordError,
    SlugTaken,
    StatementRemoved,
)
from quotes.record.fingerprinting import refingerprint
from quotes.record.link import link, unlink
from quotes.record.many import check, draft_many, publish_many
from quotes.record.merge import Undone, merge, undo_merge
from quotes.record.names import know_names
from quotes.record.publish import publish
from quotes.record.remove import REASONS, Elsewhere, remove
from quotes.record.rename import rename
from quotes.record.retract import restore, retract, retract_many
from quotes.record.specs import AppearanceSpec, Changes, HopSpec, StatementSpec
from quotes.record.suggestions import blank_suggestions
from quotes.record.topics import add_topic, file_under, move_topic

__all__ = [
    "REASONS",
    "AlreadyPublished",
    "AppearanceSpec",
    "BadDraft",
    "CannotMerge",
    "CannotUndo",
    "Changes",
    "DraftChanged",
    "Elsewhere",
    "HopSpec",
    "NothingChanged",
    "ReasonMissing",
    "RecordError",
    "SlugTaken",
    "StatementRemoved",
    "StatementSpec",
    "Undone",
    "add_appearance",
    "add_topic",
    "blank_suggestions",
    "check",
    "correct",
    "discard",
    "discard_many",
    "draft",
    "draft_many",
    "file_under",
    "know_names",
    "link",
    "mark_copy",
    "merge",
    "move_topic",
    "publish",
    "publish_many",
    "redraft",
    "refingerprint",
    "remove",
    "rename",
    "restore",
    "retract",
    "retract_many",
    "undo_merge",
    "unlink",
    "unmark_copy",
    "withdraw_appearance",
]
