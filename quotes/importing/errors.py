"""Why a file or a row is not imported; each says to a person what is wrong and what to do about it."""


class CannotImport(Exception):
    """A file that can't be imported, or not now."""


class Refused(Exception):
    """A row that can't be a statement: `field` is the part of the statement to look at, `value` what stood there."""

    def __init__(self, field: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value
