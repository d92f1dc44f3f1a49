"""The stored body itself, the exact bytes that the version's hash is made of (RFC 8785)."""

import rfc8785

from quotes.citing.record import CitedStatement


def write(cited: CitedStatement) -> str:
    """The body in canonical form, without a line break at the end."""
    return rfc8785.dumps(dict(cited.body)).decode()
