"""What happened to an account, noted once and never changed."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from quotes.addresses import address_key, client_address
from quotes.models import AccountEvent

Kind = AccountEvent.Kind
_LONGEST = AccountEvent._meta.get_field("detail").max_length or 0


def note(
    kind: AccountEvent.Kind,
    account: User | None,
    *,
    request: HttpRequest | None = None,
    actor: User | None = None,
    detail: str = "",
) -> None:
    """Keep that something happened; where it came from is kept as the hash that limits use. One query."""
    # Who fails to sign in to an account may be signed in to another.
    if actor is None and request is not None and request.user.is_authenticated and kind != Kind.FAILURE:
        actor = request.user
    AccountEvent.objects.create(
        account=account,
        actor=actor,
        kind=kind,
        at=timezone.now(),
        network=address_key(client_address(request)) if request else "",
        detail=detail[:_LONGEST],
    )
