"""The tags of words: begins, is inside, ends or alone makes a span, of a source, a cue or a content."""

import numpy as np

from quotes.extraction.attributions import ROLES

TAGS = ("O", *(f"{role}-{part}" for role in ROLES for part in "BIES"))
"""Seen from one cue: which words are its source, itself, and its content."""
CUE_TAGS = ("O", *(f"cue-{part}" for part in "BIES"))
"""Seen from no cue: which words are cues at all."""
FORBIDDEN = -1e4


def may_follow(before: str, after: str) -> bool:
    """Whether a tag may follow another within a window."""
    role, _, part = before.partition("-")
    next_role, _, next_part = after.partition("-")
    if part in {"B", "I"}:
        return role == next_role and next_part in {"I", "E"}
    return next_part not in {"I", "E"}


def may_begin(tag: str) -> bool:
    return tag[-1] not in "IE"


def may_end(tag: str) -> bool:
    return tag[-1] not in "BI"


def constraints(tags: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of 0 or FORBIDDEN: of one tag after another (from, to), of each as the first, of each as the last."""
    follow = np.array([[0.0 if may_follow(a, b) else FORBIDDEN for b in tags] for a in tags], np.float32)
    first = np.array([0.0 if may_begin(tag) else FORBIDDEN for tag in tags], np.float32)
    last = np.array([0.0 if may_end(tag) else FORBIDDEN for tag in tags], np.float32)
    return follow, first, last


def span_tags(role: str, start: int, end: int) -> dict[int, str]:
    """The tags of one span of words."""
    if end - start == 1:
        return {start: f"{role}-S"}
    inside = dict.fromkeys(range(start + 1, end - 1), f"{role}-I")
    return {start: f"{role}-B", **inside, end - 1: f"{role}-E"}


def spans(tags: list[str], role: str) -> list[tuple[int, int]]:
    """The spans of words that a valid sequence of tags gives to `role`."""
    found: list[tuple[int, int]] = []
    start = 0
    for place, tag in enumerate(tags):
        if tag in {f"{role}-B", f"{role}-S"}:
            start = place
        if tag in {f"{role}-E", f"{role}-S"}:
            found.append((start, place + 1))
    return found
