"""What the log tells: one JSON object a line, or a line for people; never what somebody sent.

No query string, no client's address and no body reaches it; of a path only the route's name; of an exception its kind
and where it came from, because its message may quote the words it failed on.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from gunicorn.glogging import Logger

current_request: ContextVar[str] = ContextVar("current_request", default="")
"""The id of the request that is being answered."""

_QUERY = re.compile(r"(/[^\s?\"']*)\?[^\s\"']+")
# They speak of the machine and the database's server, and of nothing that anybody sent.
_TOLD = {"OSError", "OperationalError", "ImproperlyConfigured", "ImportError"}
_OF_OURS = "facts"


class Json(logging.Formatter):
    """A record as one JSON object; `extra={"facts": …}` adds members."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if request := current_request.get():
            told["request"] = request
        told |= facts_of(record)
        if record.exc_info and record.exc_info[1]:
            told["exception"] = exception_told(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """A record as a line for people, a traceback below it, without the exception's message either."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = " ".join(f"{name}={value}" for name, value in facts_of(record).items())
        plain = logging.makeLogRecord({**record.__dict__, "msg": message_of(record), "args": None})
        return f"{super().format(plain)} {told}".rstrip()

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The traceback."""
        told = exception_told(ei[1])
        return "\n".join([*told["frames"], f"{told['type']}: {told.get('message', '(see the frames)')}"])


def facts_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """What a record tells beside its message."""
    facts: Mapping[str, Any] = getattr(record, _OF_OURS, {})
    return facts


def message_of(record: logging.LogRecord) -> str:
    """The message; Django's own, about a request, with the route in place of the path."""
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    if path and record.args:
        match = getattr(request, "resolver_match", None)
        route = match.view_name if match else "an unknown address"
        args = record.args if isinstance(record.args, tuple) else (record.args,)
        return str(record.msg) % tuple(route if one == path else one for one in args)
    return _QUERY.sub(r"\1?…", record.getMessage())


def exception_told(error: BaseException) -> dict[str, Any]:
    """An exception's kind, where it came from, and what it came from in turn. No locals, and seldom its message."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    told: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
    if _TOLD.intersection(kinds):
        told["message"] = " ".join(str(error).split())
    frames = traceback.extract_tb(error.__traceback__)
    told["frames"] = [f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}" for frame in frames]
    if cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        told["cause"] = exception_told(cause)
    return told


class ServersLog(Logger):
    """Gunicorn's own log, in the form of the rest."""

    formatter: logging.Formatter = Json()

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's settings, but not its form."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(self.formatter)


def formatter(name: str) -> logging.Formatter:
    """The form that LOG_FORMAT names."""
    return Json() if name == "json" else Line()
