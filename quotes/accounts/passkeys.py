"""Passkeys (WebAuthn): what a browser is asked, and whether its answer is right. Challenges live in the session.

fido2 is imported where a passkey is made or proved: with what it brings along it weighs ten megabytes in a process, and
few of those that serve pages ever see a passkey.
"""

import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import salted_hmac

from quotes.models import Factor

if TYPE_CHECKING:
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestedCredentialData

_ASKED = "passkey-asked"
# Whatever reading an answer meets that no browser gave.
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, struct.error)
_LONGEST = 20_000
_LONGEST_ID = Factor._meta.get_field("credential_id").max_length or 0


class NotAccepted(Exception):
    """The browser's answer is not one to what it was asked, or not of this account's passkeys."""


def are_possible(request: HttpRequest) -> bool:
    """Whether browsers make passkeys for this address: for a name, over HTTPS or of this machine, not for a number."""
    host = _host(request)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def ask_to_make(request: HttpRequest) -> str:
    """What the browser is asked for a new passkey, as JSON."""
    from fido2.webauthn import (  # noqa: PLC0415 - see above
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    account = _signed_in(request)
    user = PublicKeyCredentialUserEntity(name=account.username, id=_handle(account), display_name=account.username)
    options, state = _server(request).register_begin(
        user,
        _credentials(_of(account)),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[_ASKED] = state
    return json.dumps(dict(options.public_key))


def made(request: HttpRequest, answer: str) -> dict[str, Any]:
    """The fields of the passkey that a browser made. Raises NotAccepted."""
    try:
        found = _server(request).register_complete(_state(request), _read(answer))
    except _MALFORMED as error:
        raise NotAccepted from error
    credential = found.credential_data
    if credential is None or len(key := _text(credential.credential_id)) > _LONGEST_ID:
        raise NotAccepted
    return {"credential_id": key, "public_key": _text(bytes(credential)), "uses": found.counter}


def ask_to_prove(request: HttpRequest, account: User) -> str:
    """What the browser is asked of the account's passkeys, as JSON; empty where there are none."""
    passkeys = _of(account)
    if not passkeys or not are_possible(request):
        return ""
    from fido2.webauthn import UserVerificationRequirement  # noqa: PLC0415 - see above

    options, state = _server(request).authenticate_begin(
        _credentials(passkeys), user_verification=UserVerificationRequirement.PREFERRED
    )
    request.session[_ASKED] = state
    return json.dumps(dict(options.public_key))


def proved(request: HttpRequest, account: User, answer: str) -> tuple[Factor, int]:
    """The passkey that answered, and its own count of uses. Raises NotAccepted."""
    from fido2.webauthn import AuthenticationResponse  # noqa: PLC0415 - see above

    passkeys = _of(account)
    try:
        read = _read(answer)
        found = _server(request).authenticate_complete(_state(request), _credentials(passkeys), read)
        count = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    except _MALFORMED as error:
        raise NotAccepted from error
    factor = next(one for one in passkeys if one.credential_id == _text(found.credential_id))
    # One that counts and has not counted on is a copy of another (WebAuthn, section 7.2).
    if (count or factor.uses) and count <= factor.uses:
        raise NotAccepted
    return factor, count


def _server(request: HttpRequest) -> "Fido2Server":
    from fido2.server import Fido2Server  # noqa: PLC0415 - see above
    from fido2.webauthn import PublicKeyCredentialRpEntity  # noqa: PLC0415

    origin = f"{request.scheme}://{request.get_host()}"
    party = PublicKeyCredentialRpEntity(name="On Record", id=_host(request))
    return Fido2Server(party, verify_origin=lambda told: told == origin)


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _signed_in(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise NotAccepted
    return request.user


def _handle(account: User) -> bytes:
    """What passkeys know an account by: it tells nothing about it."""
    return salted_hmac("quotes.accounts.passkeys", str(account.pk), algorithm="sha256").digest()


def _of(account: User) -> list[Factor]:
    return list(Factor.objects.filter(owner=account, kind=Factor.Kind.PASSKEY))


def _credentials(passkeys: list[Factor]) -> "list[AttestedCredentialData]":
    from fido2.webauthn import AttestedCredentialData  # noqa: PLC0415 - see above

    return [AttestedCredentialData(_bytes(one.public_key)) for one in passkeys]


def _state(request: HttpRequest) -> Any:
    """What was asked, once."""
    return request.session.pop(_ASKED)


def _read(answer: str) -> dict[str, Any]:
    read = json.loads(answer[:_LONGEST])
    if not isinstance(read, dict):
        raise NotAccepted
    return read


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
