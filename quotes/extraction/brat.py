"""Reads brat stand-off folders: text/NAME.txt, and attributions/NAME_ANNOTATOR.ann for each who annotated it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.extraction.attributions import ROLES, Range

EDGE = " \t\r\n\u00a0\"'“”‘’«»„,.;:!?—–-()[]"
"""White space, quotation marks and punctuation: annotators differ on whether these belong to a span."""


@dataclass(frozen=True)
class Event:
    """One annotated attribution; a role that was not annotated is empty."""

    source: tuple[Range, ...] = ()
    cue: tuple[Range, ...] = ()
    content: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Annotated:
    """A text as one annotator saw it. `weight` is below 1 where several annotated the same."""

    name: str
    text: str
    events: tuple[Event, ...]
    weight: float = 1.0


def read_folder(folder: Path) -> Iterator[Annotated]:
    """Every text of a brat folder once for each of its annotators; texts without annotations are left out.

    Raises FileNotFoundError if the folder has no `text` and `attributions` folders.
    """
    texts, notes = folder / "text", folder / "attributions"
    if not texts.is_dir() or not notes.is_dir():
        raise FileNotFoundError(f"{folder} has no text/ and attributions/ folders, so it is no brat folder")
    by_name: dict[str, list[Path]] = {}
    for path in sorted(notes.glob("*.ann")):
        for name in {path.stem, re.sub(r"_[0-9a-f]{4}$", "", path.stem)}:
            by_name.setdefault(name, []).append(path)
    for path in sorted(texts.glob("*.txt")):
        annotators = by_name.get(path.stem, [])
        text = path.read_bytes().decode("utf-8")
        for annotator in annotators:
            events = read_events(annotator.read_text("utf-8"))
            yield Annotated(path.stem, text, tuple(events), shared_weight(len(annotators)))


def shared_weight(annotators: int) -> float:
    """What each of several annotators counts for: two together more than one alone, less than two texts."""
    return 1.0 if annotators == 1 else float(annotators) ** -0.5


def read_events(notes: str) -> Iterator[Event]:
    """The attributions of one .ann file, in its order; notes and attributes are passed over."""
    spans: dict[str, list[Range]] = {}
    events: list[str] = []
    for line in notes.splitlines():
        cells = line.split("\t")
        if re.match(r"T\d+\t\S+ \d", line):
            spans[cells[0]] = [read_range(piece) for piece in cells[1].partition(" ")[2].split(";")]
        elif re.match(r"E\d+\t", line):
            events.append(cells[1])
    for event in events:
        roles: dict[str, list[Range]] = {role: [] for role in ROLES}
        for pair in event.split():
            name, _, key = pair.partition(":")
            roles.get(re.sub(r"\d+$", "", name).lower(), []).extend(spans.get(key, []))
        yield Event(**{role: tuple(sorted(ranges)) for role, ranges in roles.items()})


def read_range(piece: str) -> Range:
    start, end = piece.split()
    return int(start), int(end)


def trimmed(text: str, start: int, end: int) -> Range:
    """The range without EDGE characters at its ends; an empty range if nothing else is in it."""
    end = min(end, len(text))
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def normalised(text: str, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """Trimmed ranges, joined where only EDGE characters stand between; what is empty then stays as annotated."""
    joined: list[Range] = []
    for start, end in sorted(trimmed(text, *each) for each in ranges):
        if end <= start:
            continue
        if joined and not text[joined[-1][1] : start].strip(EDGE):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined) or ranges
