"""What is said to people where no language is known: by readers in processes of their own, by workers, in rows.

It is said and kept in English, by patterns that are known here. A page that shows it finds the pattern again, and says
it in its reader's language (`quotes.retold`).
"""

import re
from typing import Self

KNOWN: list["Saying"] = []


class Saying(str):
    """A sentence, or a pattern for its values by name, as `%(host)s`."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Remember it: whoever imports the module that says it can find it again."""
        made = super().__new__(cls, text)
        KNOWN.append(made)
        return made

    def values(self, said: str) -> dict[str, str] | None:
        """The values with which this was said; None where it was something else."""
        literals = re.split(r"%\((\w+)\)s", self)
        parts = [f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(literals)]
        found = re.fullmatch("".join(parts), said, re.DOTALL)
        return found.groupdict() if found else None


def understood(said: str) -> tuple[Saying, dict[str, str]] | None:
    """The pattern that something was said by, and its values; where several fit, the one that says most itself."""
    fitting = [(one, values) for one in KNOWN if (values := one.values(said)) is not None]
    return max(fitting, key=lambda found: len(found[0]), default=None)
