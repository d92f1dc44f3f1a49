"""Who writes: a bearer token (RFC 6750) that still works, is for this, and whose account may do it."""

from rest_framework.request import Request

from quotes.access import PUBLISH, RECORD
from quotes.api.problems import Problem
from quotes.models import Token
from quotes.tokens import ended, note_use, token_called

_NEEDS = {Token.Scope.RECORD: RECORD, Token.Scope.INTAKE: RECORD, Token.Scope.PUBLISH: PUBLISH}
"""The right that a scope takes; watching is any account’s."""
_LONGEST = 200


def authorised(request: Request, scope: Token.Scope) -> Token:
    """The key of a request. Raises Problem 401 where there is none that works, 403 where it may not do this."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise _unauthorised("This takes a token: send it as “Authorization: Bearer …”.")
    token = token_called(text.strip()[:_LONGEST])
    if token is None:
        raise _unauthorised("No such token was ever made here.", "invalid_token")
    if why := ended(token):
        raise _unauthorised(f"This token works no longer. {why}", "invalid_token")
    if scope not in token.scopes.split():
        raise _forbidden(f"This token is not for this: it takes the scope “{scope}”.", scope)
    needed = _NEEDS.get(scope)
    if needed and not token.owner.has_perm(needed):
        raise _forbidden("The token’s account may not do this any more.", scope)
    note_use(token)
    return token


def _unauthorised(told: str, error: str = "") -> Problem:
    challenge = 'Bearer realm="On Record"' + (f', error="{error}"' if error else "")
    return Problem(401, told, headers={"WWW-Authenticate": challenge})


def _forbidden(told: str, scope: str) -> Problem:
    challenge = f'Bearer realm="On Record", error="insufficient_scope", scope="{scope}"'
    return Problem(403, told, headers={"WWW-Authenticate": challenge})
