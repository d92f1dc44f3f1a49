"""The only door through which the record changes: a verb a module."""

from quotes.record.appear import add_appearance
from quotes.record.draft import discard, draft, redraft
from quotes.record.errors import (
    AlreadyPublished,
    BadDraft,
    CannotMerge,
    CannotUndo,
    DraftChanged,
    RecordError,
    SlugTaken,
)
from quotes.record.link import link, unlink
from quotes.record.merge import Undone, merge, undo_merge
from quotes.record.publish import publish
from quotes.record.rename import rename
from quotes.record.specs import AppearanceSpec, HopSpec, StatementSpec
from quotes.record.topics import add_topic, file_under, move_topic

__all__ = [
    "AlreadyPublished",
    "AppearanceSpec",
    "BadDraft",
    "CannotMerge",
    "CannotUndo",
    "DraftChanged",
    "HopSpec",
    "RecordError",
    "SlugTaken",
    "StatementSpec",
    "Undone",
    "add_appearance",
    "add_topic",
    "discard",
    "draft",
    "file_under",
    "link",
    "merge",
    "move_topic",
    "publish",
    "redraft",
    "rename",
    "undo_merge",
    "unlink",
]
