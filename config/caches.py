"""The cache that processes share: a Redis or a Valkey that may fail without anybody noticing but the log."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

T = TypeVar("T")
Timeout = Any

PATIENCE = 0.25
"""Seconds that a request waits for the cache."""
REST = 5
"""Seconds for which a cache that failed isn't asked."""


class Plain:
    """Values as they are, numbers and bytes: what others may have written there is never run."""

    def dumps(self, value: Any) -> Any:
        """Whole numbers stay numbers, so that the server can count."""
        if isinstance(value, bool) or not isinstance(value, int | bytes):
            raise TypeError(f"The shared cache keeps bytes and whole numbers, not {type(value).__name__}.")
        return value

    def loads(self, data: bytes) -> int | bytes:
        """Read a value back."""
        return int(data) if data.lstrip(b"-").isdigit() else data


class Outage:
    """How often the cache failed this process, and until when it is let alone."""

    def __init__(self) -> None:
        self.failures = 0
        self.until = 0.0

    def note(self, error: Exception) -> None:
        """Count a failure, and tell it."""
        self.failures += 1
        self.until = time.monotonic() + REST
        told = " ".join(str(error).split())
        log.warning("the shared cache failed, the %d. time in this process: %s", self.failures, told)

    @property
    def lasts(self) -> bool:
        """Whether the cache had better not be asked yet."""
        return time.monotonic() < self.until


class Redis(RedisCache):
    """Django's, which answers as an empty cache would while the server is away."""

    outage = Outage()

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # Trying again would make a visitor wait for what the database answers sooner.
        waiting = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}
        params["OPTIONS"] = {**waiting, "serializer": Plain(), **params.get("OPTIONS", {})}
        super().__init__(server, params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self._try(lambda: super(Redis, self).get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        self._try(lambda: super(Redis, self).set(key, value, timeout, version), None)

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none; whether it was kept."""
        return self._try(lambda: super(Redis, self).add(key, value, timeout, version), otherwise=False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on. Raises ValueError where nothing is kept."""
        counted = self._try(lambda: super(Redis, self).incr(key, delta, version), None)
        if counted is None:
            raise ValueError(f"Key '{key}' isn't in the cache.")
        return counted

    def clear(self) -> None:
        """Delete what this site keeps there, and nothing of others'."""
        self._try(self._delete_ours, None)

    def _delete_ours(self) -> None:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.delete(key)

    def _try(self, ask: Callable[[], T], otherwise: T) -> T:
        if self.outage.lasts:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            self.outage.note(error)
            return otherwise
