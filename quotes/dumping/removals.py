"""The list of what was removed for good: it lies beside dumps, and an older one is loaded without those words.

It holds what the ledger tells everybody: ids, days and reasons, and no word.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.utils.dateparse import parse_datetime

from quotes import record
from quotes.dumping.manifest import BadDump
from quotes.models import Act, Statement
from quotes.permalinks import Mistyped, read_pid

NAME = "removals.jsonl"


@dataclass(frozen=True)
class Removal:
    """A statement that was removed; `family` are those that were merged into it, whose words went with its own."""

    id: str
    at: str
    reason_code: str
    reason: str
    replacement: str = ""
    family: list[str] = field(default_factory=list)


def removals() -> Iterator[Removal]:
    """Every removal, the first first."""
    acts = Act.objects.filter(verb=Act.Verb.REMOVE, statement__isnull=False).order_by("at", "id")
    for act in acts.select_related("statement"):
        family = [one.pid for one in _merged_into(act.statement)]
        replacement = act.detail.get("replacement", "")
        yield Removal(act.statement.pid, act.at.isoformat(), act.reason_code, act.reason, replacement, family)  # type: ignore[union-attr]


def _merged_into(statement: Statement | None) -> list[Statement]:
    found: list[Statement] = [statement] if statement else []
    for one in found:
        found += Statement.objects.filter(merged_into=one).order_by("pk")
    return found[1:]


def write(path: Path) -> int:
    """Write the list, in place of an older one; return how many removals it holds."""
    listed = [json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in removals()]
    growing = path.with_name(f".{path.name}.new")
    growing.write_text("".join(listed), encoding="utf-8")
    growing.replace(path)
    return len(listed)


def read(path: Path) -> list[Removal]:
    """The list in a file. Raises BadDump, with the line, for anything else; OSError."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            told: Any = json.loads(line)
            found.append(_checked(Removal(**told)))
        except (ValueError, TypeError, Mistyped) as error:
            raise BadDump(f"{path}, line {number}, tells no removal: {error}") from error
    return found


def _checked(one: Removal) -> Removal:
    for pid in (one.id, *one.family, *([one.replacement] if one.replacement else [])):
        read_pid(str(pid))
    if parse_datetime(one.at) is None or one.reason_code not in record.REASONS:
        raise ValueError("no time, or no reason that the record knows")
    if not str(one.reason).strip():
        raise ValueError("no reason, which is public")
    return one


def replay(listed: list[Removal], account: User) -> int:
    """Remove what a list names from a record that was loaded, and return how many statements that were.

    What isn't on it, or was removed from it before, is passed over. Raises BadDump where one can't be removed: then
    nothing may be loaded.
    """
    done = 0
    for one in listed:
        for pid in (one.id, *one.family):
            statement = Statement.objects.filter(pid=pid).exclude(text="").first()
            if statement is None:
                continue
            try:
                _remove(statement, one, account)
            except record.RecordError as error:
                raise BadDump(f"Statement {pid} was removed since, and can't be removed here: {error}") from error
            done += 1
    return done


def _remove(statement: Statement, one: Removal, account: User) -> None:
    replacement = Statement.objects.filter(pid=one.replacement, state=Statement.State.PUBLISHED).first()
    record.remove(
        statement,
        editor=account,
        reason_code=one.reason_code,
        reason=one.reason,
        replacement=replacement,
        # What it was replaced by may have been published since the dump.
        elsewhere=record.Elsewhere(dt.datetime.fromisoformat(one.at), one.replacement),
    )
