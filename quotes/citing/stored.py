"""The stored body itself, the exact bytes that the version's hash is made of (RFC 8785)."""

import rfc8785

from quotes.citing.present import Present
from quotes.citing.record import CitedStatement


def write(cited: CitedStatement, _present: Present | None = None) -> str:
    """The body in canonical form, without a line break at the end; with anything added, its hash would fail."""
    return rfc8785.dumps(dict(cited.body)).decode()
