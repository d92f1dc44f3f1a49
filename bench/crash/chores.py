"""What a timer or an operator runs, without end: `python -m bench.crash.chores FOLDER`. Ended by a kill.

A line is something that was done: `checkpoint`, `reindex`, or `file NAME ROWS` for a file that was imported; or
`failed:` and why. What a kill interrupted is what the next process begins with.
"""

import io
import sys
import time
from pathlib import Path

import django

from bench.crash.files import ROWS, sheet


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 - Django is set up from here on

    folder, turn = Path(sys.argv[1]), 0
    while True:
        try:
            told = _chore(folder, turn)
        except Exception as error:  # noqa: BLE001 - the database may be away in any way
            told = f"failed: {type(error).__name__} {' '.join(str(error).split())}"
            connection.close()
            time.sleep(0.3)
        else:
            turn += 1
        print(told, flush=True)


def _chore(folder: Path, turn: int) -> str:
    from django.core.management import call_command  # noqa: PLC0415 - as above

    if turn % 6 == 1:
        path = _file(folder)
        call_command("import_statements", str(path), publish=True, editor="editor", stdout=io.StringIO())
        path.rename(path.with_suffix(".done"))
        return f"file {path.name} {ROWS}"
    if turn % 12 == 5:
        call_command("reindex", stdout=io.StringIO(), stderr=io.StringIO())
        return "reindex"
    call_command("checkpoint", stdout=io.StringIO())
    time.sleep(1.5)
    return "checkpoint"


def _file(folder: Path) -> Path:
    """The file that was not done yet, or the next one."""
    if begun := sorted(folder.glob("*.csv")):
        return begun[0]
    path = folder / f"chore-{len(list(folder.glob('*.done')))}.csv"
    draft = path.with_suffix(".draft")
    draft.write_bytes(sheet(path.name, ROWS))
    draft.replace(path)
    return path


if __name__ == "__main__":
    main()
