"""Answers for everybody, compressed by gzip once and sent so to whoever takes it.

Only what copies are kept of is compressed here: it is alike for all and holds no secret, so that its length gives none
away (BREACH). An answer with a strong entity tag promises its bytes, and stays as it is.
"""

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

TOO_SMALL = 500
"""Bytes that compressing wouldn't make fewer packets of."""
_LEVEL = 3
_CODING = "gzip"
_TEXTS = ("text/", "application/json", "application/xml", "application/link")


def compress(response: HttpResponse) -> None:
    """Compress an answer, and say that it depends on what the client takes."""
    if "Content-Encoding" in response or not response.get("ETag", "").startswith("W/") or not _is_text(response):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if len(response.content) >= TOO_SMALL:
        _put(response, gzip.compress(response.content, _LEVEL, mtime=0))
        response["Content-Encoding"] = _CODING


def as_taken(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer as the client takes it: unpacked for one that doesn't take gzip."""
    if response.get("Content-Encoding") == _CODING and not takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        _put(response, gzip.decompress(response.content))
        del response["Content-Encoding"]
    return response


def takes_gzip(accepted: str) -> bool:
    """Whether the text of an Accept-Encoding lets an answer be compressed by gzip."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, parameter = part.partition(";")
        weights[coding.strip()] = parameter.replace(" ", "")
    weight = weights.get(_CODING, weights.get("x-gzip", weights.get("*", "q=0")))
    return weight.removeprefix("q=").strip("0.") != "" if weight.startswith("q=") else True


def _is_text(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    return kind.startswith(_TEXTS) or kind.endswith(("+json", "+xml"))


def _put(response: HttpResponse, body: bytes) -> None:
    response.content = body
    response["Content-Length"] = str(len(body))
