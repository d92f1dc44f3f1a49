"""A column for frozen texts."""

from typing import Any

from django.db import models

from quotes.packing import packed, unpacked


class FrozenText(models.TextField):
    """Text that the database keeps packed: nothing is looked for in it, but whether it is there."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Unpack what was read."""
        return None if value is None else unpacked(value)

    def get_prep_value(self, value: Any) -> Any:
        """Pack what is written."""
        return packed(value) if isinstance(value, str) else value
