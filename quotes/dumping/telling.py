"""How far a dump or a load has come, on a terminal alone."""

from typing import Any


class Progress:
    """A line for each table, that counts its rows."""

    def __init__(self, out: Any) -> None:
        self.out, self.last = out, ""

    def show(self, name: str, rows: int) -> None:
        """Say that so many rows of a table are done."""
        if not self.out.isatty():
            return
        begin = "\r" if name == self.last else "\n" if self.last else ""
        self.last = name
        self.out.write(f"{begin}{name:<14}{rows:>14,}", style_func=str, ending="")
        self.out.flush()
