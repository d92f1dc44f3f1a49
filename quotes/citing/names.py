"""Names in the orders that styles ask for."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A person's name in its parts, or a `whole` name alone: an organisation, or a person whose parts aren't known.

    The particle belongs to the family name and is never dropped: “de Gaulle”, “von der Leyen”.
    """

    whole: str
    given: str = ""
    particle: str = ""
    family: str = ""

    @property
    def surname(self) -> str:
        """What a text calls the author: the family name with its particle, or the whole name."""
        return _joined(self.particle, self.family) if self.family else self.whole

    @property
    def natural(self) -> str:
        """Given name first: “Ursula von der Leyen”."""
        return _joined(self.given, self.surname) if self.family else self.whole

    @property
    def inverted(self) -> str:
        """Family name first: “von der Leyen, Ursula”."""
        return f"{self.surname}, {self.given}" if self.given and self.family else self.surname

    @property
    def demoted(self) -> str:
        """Family name first with the particle last, as Chicago sorts: “Leyen, Ursula von der”."""
        last = _joined(self.given, self.particle)
        return f"{self.family}, {last}" if self.family and last else self.surname

    def initials(self, after: str = ".", between: str = " ") -> str:
        """The given names' first letters: “J.-C.” for Jean-Claude, “JC” where no stop follows a letter."""
        parts = [re.split(r"(?<=\w)-(?=\w)", name) for name in self.given.split()] if self.family else []
        hyphen = "-" if after else ""
        return between.join(hyphen.join(part[0] + after for part in name) for name in parts)


def _joined(*parts: str) -> str:
    """Parts with spaces between them, none after an elided particle (“d’Estaing”)."""
    return re.sub(r"(?<=[’'])\s", "", " ".join(part for part in parts if part))
