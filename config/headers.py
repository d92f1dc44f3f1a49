"""What browsers may do with an answer: a strict policy on everything, copies, files and errors included.

A view that says a policy of its own (the page for other sites' frames) keeps it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# No inline script or style, no plugin, no frame, nothing from elsewhere. Pictures in `data:` stand in the style sheet
# of Swagger UI.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# What a page could ask a browser for, and none of these does; copying a citation takes the clipboard.
_DENIED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
# The site's own pages copy citations, and ask for passkeys.
_OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _DENIED), *(f"{name}=(self)" for name in _OWN)])


def policy() -> str:
    """The Content-Security-Policy of all pages; over HTTPS, what is still named by http is asked for by https."""
    rules = [f"{name} {allowed}" for name, allowed in _POLICY.items()]
    return "; ".join([*rules, "upgrade-insecure-requests"] if settings.HTTPS else rules)


class StrictHeaders:
    """Middleware: say what browsers may do, on answers from copies as on all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers. What any origin may read or frame, any page may also load."""
        response = self.get_response(request)
        is_for_all = "Access-Control-Allow-Origin" in response or "Content-Security-Policy" in response
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_for_all else "same-origin")
        return response
