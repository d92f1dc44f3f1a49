"""Readings and refusals as bytes, on their way between two processes."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from sources.reading import errors
from sources.reading.errors import CannotRead
from sources.reading.kinds import Kind
from sources.reading.limits import Limits
from sources.reading.results import Hints, Reading

_HEAD_ENDS = b"\n"


def packed_request(data: bytes, hints: Hints, limits: Limits) -> bytes:
    """A document with what is known about it: a line of JSON, then its bytes."""
    head = json.dumps({"hints": asdict(hints), "limits": asdict(limits)}).encode("utf-8", "surrogatepass")
    return head + _HEAD_ENDS + data


def request(packed: bytes) -> tuple[bytes, Hints, Limits]:
    """What `packed_request` packed."""
    head, _, data = packed.partition(_HEAD_ENDS)
    told = json.loads(head)
    return data, Hints(**told["hints"]), Limits(**told["limits"])


def packed_answer(answer: Reading | CannotRead) -> bytes:
    """A reading without its original, which whoever asked has; or a refusal."""
    if isinstance(answer, CannotRead):
        return json.dumps({"refusal": type(answer).__name__, "message": str(answer)}).encode()
    told = {name: value for name, value in vars(answer).items() if name not in ("original", "taken_at")}
    taken_at = answer.taken_at.isoformat() if answer.taken_at else ""
    return json.dumps({**told, "taken_at": taken_at}).encode()


def answer(packed: bytes, original: bytes) -> Reading:
    """What `packed_answer` packed. Raises the refusal, ValueError for what it never packed."""
    told: dict[str, Any] = json.loads(packed)
    if "refusal" in told:
        raise _refusal(told["refusal"], told["message"])
    told |= {name: tuple(told[name]) for name in ("agencies", "warnings")}
    told |= {"media_type": Kind(told["media_type"]), "original": original}
    taken_at = told.pop("taken_at")
    return Reading(**told, taken_at=dt.datetime.fromisoformat(taken_at) if taken_at else None)


def _refusal(name: str, message: str) -> CannotRead:
    """A refusal of its own class, with the message it was given there."""
    kind = getattr(errors, name, CannotRead)
    made: CannotRead = kind.__new__(kind)
    made.args = (message,)
    return made
