"""What the record acknowledged: noted by whoever was told, the moment they were."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Told:
    """All that was acknowledged so far; written by many threads, so under one lock."""

    drafts: dict[str, str] = field(default_factory=dict)
    """Ids of drafts, with the words that were sent."""
    published: dict[str, str] = field(default_factory=dict)
    acts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Reasons, each used once, with the verb and the statement."""
    documents: dict[str, str] = field(default_factory=dict)
    """Ids of documents, with what their texts begin with."""
    files: dict[str, int] = field(default_factory=dict)
    """Imported files, with how many rows they have."""
    chores: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    """What requests came to: statuses, and connections that broke."""
    unreadable: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, key: str, value: object) -> None:
        """Something was acknowledged."""
        with self.lock:
            getattr(self, kind)[key] = value

    def answered(self, what: str) -> None:
        """A request came to something."""
        with self.lock:
            self.answers[what] += 1

    def writes(self) -> int:
        """How many writes were acknowledged."""
        with self.lock:
            single = len(self.drafts) + len(self.published) + len(self.acts) + len(self.documents)
            return single + sum(self.files.values()) + self.chores.total()

    def copy(self, kind: str) -> dict[str, Any]:
        """What of a kind was acknowledged until now."""
        with self.lock:
            return dict(getattr(self, kind))
