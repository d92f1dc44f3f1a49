"""Why the record refuses; each says what to do, and `field` names what it is about."""

from django.utils.translation import gettext

from quotes.models import Statement


class RecordError(ValueError):
    """An act the record refuses. `field` is the part of the statement to look at, where there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class BadDraft(RecordError):
    """The statement contradicts itself."""


class DraftChanged(RecordError):
    """Somebody else saved the draft since it was opened; `current` is what stands now."""

    def __init__(self, current: Statement) -> None:
        self.current = current
        super().__init__(
            gettext(
                "Somebody else changed this draft after you opened it. Nothing you typed is lost: compare it with the "
                "draft as it stands now, then save again to replace that."
            )
        )


class AlreadyPublished(RecordError):
    """The statement is no draft any more: what is published changes by a correction."""


class NothingChanged(RecordError):
    """The correction says what stands already."""


class ReasonMissing(RecordError):
    """An act on a published statement needs a reason."""


class StatementRemoved(RecordError):
    """The statement is a tombstone."""


class CannotMerge(RecordError):
    """The two can't be one."""


class CannotUndo(RecordError):
    """A later merge stands on this one, or it is undone already."""


class SlugTaken(RecordError):
    """The slug leads, or led, to something else."""
