"""What was found, while it is still counted in words."""

from dataclasses import dataclass

SAME = 0.6
"""The share of words that two contents have in common if they are readings of one."""
RELAYED = 0.3
"""What who passed words on counts beside who said them, where both claim the same words."""
WordSpan = tuple[int, int]
"""The first word and the one after the last."""


@dataclass(frozen=True)
class Found:
    """One attribution with the likelihoods its confidences are made of; a voice that goes on has no cue of its own.

    `signs` are what `accepted` was made of: how likely its cue is one, by the second net and by the first chain, and
    how likely its content is. `relays` tells that the cue names who passed the words on (*reported by*).
    """

    source: tuple[WordSpan, ...]
    cue: WordSpan | None
    content: tuple[WordSpan, ...]
    accepted: float
    source_likely: float = 0.0
    content_likely: float = 0.0
    signs: tuple[float, ...] = ()
    relays: bool = False

    @property
    def parts(self) -> tuple[WordSpan, ...]:
        return self.source + ((self.cue,) if self.cue else ()) + self.content

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)


def overlaps(one: WordSpan, other: WordSpan) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def covers(one: WordSpan, other: WordSpan) -> bool:
    """Whether `one` has more than half of the words of `other`."""
    return 2 * (min(one[1], other[1]) - max(one[0], other[0])) > other[1] - other[0]


def strongest(found: list[Found]) -> list[Found]:
    """Of those whose cues share a word, or whose contents are nearly the same, only the likeliest; in order."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: -each.accepted * (RELAYED if each.relays else 1)):
        if not any(same_cue(each, other) or same_content(each, other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: min(each.parts))


def same_cue(one: Found, other: Found) -> bool:
    return one.cue is not None and other.cue is not None and overlaps(one.cue, other.cue)


def same_content(one: Found, other: Found) -> bool:
    ours, theirs = ({word for start, end in each.content for word in range(start, end)} for each in (one, other))
    return len(ours & theirs) > SAME * len(ours | theirs)
