"""What a generated language is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """Sentences with room for {thing}, {other}, {place}, {name} and {count}, and what stands there, frequent first.

    A thing is a head with a field, as `phrase` joins them. `told` are clauses that a reporter tells in their own words,
    `tails` end one in the speaker's; `gap` parts two sentences.
    """

    code: str
    marks: tuple[str, str]
    gap: str
    said: tuple[str, ...]
    told: tuple[str, ...]
    leads: tuple[str, ...]
    tails: tuple[str, ...]
    phrase: str
    heads: tuple[str, ...]
    fields: tuple[str, ...]
    places: tuple[str, ...]
    dates: tuple[str, ...]
    """How a document tells the day: on Saturday."""
