"""The processes that extract for a test."""

import subprocess
from pathlib import Path


def children_in(folder: Path | str) -> list[int]:
    """The ids of those that answer in a folder."""
    found = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    marked = (line.split(maxsplit=1) for line in found.splitlines() if f"folder={folder}" in line)
    return [int(pid) for pid, arguments in marked if "quotes.extracting.child" in arguments]
