"""What extraction finds: who is said to have said (thought, written, asked …) what, by which words."""

from dataclasses import dataclass

Range = tuple[int, int]
"""Start and end in Unicode code points of the raw text, end exclusive."""

ROLES = ("source", "cue", "content")


@dataclass(frozen=True)
class Attribution:
    """One act of saying: `Macron` (source) `said` (cue) `“We must think …”` (content).

    Every range counts in the raw text as it was given, marks, advertisements and all. `source` may be empty (`it was
    reported that …`); `content` has several ranges, in order, where the words are interrupted. `confidence` (0 to 1)
    estimates that a reviewer would take the content as it stands, `source_confidence` the same of the source.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float
    source_confidence: float = 0.0
