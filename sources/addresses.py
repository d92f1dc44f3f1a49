"""Web addresses: which two mean the same page, and which outlet's domain one belongs to."""

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from sources.sayings import Saying

MAX_LENGTH = 2000
_PORTS = {"http": 80, "https": 443}
# What newsletters, social networks and advertisers add to follow readers around; no page differs by it.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|igshid|igsh|mc_[ce]id|mkt_tok|_hs\w+"
    r"|vero_id|oly_\w+|ns_(campaign|mchannel|source|linkname|fee)|at_(campaign|medium|custom\d|link\w*|format|bbc_team)"
    r"|xtor|cmpid|s_cid|ref_src|ref_url|spm|wt_mc|wt_zmc|guccounter|guce_\w+|srsltid|_ga|_gl)",
    re.IGNORECASE,
)
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_FRONTS = ("www.", "m.", "mobile.", "amp.")


class BadAddress(ValueError):
    """The text is no address of a page on the web."""

    pattern = Saying("“%(text)s” is no web address. Write a whole one: https://…")

    def __init__(self, text: str) -> None:
        super().__init__(self.pattern % {"text": text[:100]})


def canonical(text: str) -> str:
    """The one way an address is kept: host in small ASCII letters, no default port, fragment or tracking parameters.

    The path and the other parameters stay as they are, a slash at the end included: servers may tell them apart.
    Raises BadAddress for what is no http or https address, names a user, or is longer than MAX_LENGTH.
    """
    parts = _split(text)
    host = parts.netloc if parts.netloc.startswith("[") else ascii_host(parts.hostname or "", text)
    host = f"[{parts.hostname}]" if parts.netloc.startswith("[") else host
    if (port := parts.port) and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    whole = urlunsplit((parts.scheme, host, path, _without_tracking(parts.query), ""))
    if len(whole) > MAX_LENGTH:
        raise BadAddress(text)
    return whole


def _split(text: str) -> SplitResult:
    text = text.strip()
    try:
        parts = urlsplit(text)
        usable = parts.scheme in _PORTS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise BadAddress(text) from error
    if not usable or "@" in parts.netloc or re.search(r"[\s\\]", text):
        raise BadAddress(text)
    return parts


def ascii_host(host: str, text: str = "") -> str:
    """A host name as DNS has it: small letters, other scripts in Punycode, no dot at the end. Raises BadAddress."""
    try:
        plain = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError as error:
        raise BadAddress(text or host) from error
    if not re.fullmatch(r"[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*", plain):
        raise BadAddress(text or host)
    return plain


def _without_tracking(query: str) -> str:
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(unquote(part.partition("=")[0]))]
    return quote("&".join(kept), safe=_SAFE)


def alike(address: str) -> list[str]:
    """The canonical address and the others under which the same page may be on record, the nearest first.

    With and without a slash at the end, by http and https, with and without “www.”.
    """
    parts = urlsplit(canonical(address))
    bare = parts.netloc.removeprefix("www.")
    hosts = [parts.netloc, bare if parts.netloc != bare else f"www.{bare}"]
    path = parts.path.rstrip("/") or "/"
    paths = dict.fromkeys([parts.path, path, path if path == "/" else f"{path}/"])
    schemes = [parts.scheme, "http" if parts.scheme == "https" else "https"]
    return [urlunsplit((a, b, c, parts.query, "")) for b in hosts for c in paths for a in schemes]


def domain_of(address: str) -> str:
    """The domain that an outlet would have: the host without “www.” and its like; empty where there is no address."""
    host = urlsplit(address).hostname or ""
    for front in _FRONTS:
        if host.startswith(front) and "." in host.removeprefix(front):
            return host.removeprefix(front)
    return host


def domains_above(domain: str) -> list[str]:
    """The domain and those it lies in, the nearest first, down to two labels: news.bbc.co.uk, bbc.co.uk, co.uk."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie in one domain, so that one may speak for the other."""
    first, second = domain_of(one), domain_of(other)
    return bool(first and second) and (first == second or first.endswith(f".{second}") or second.endswith(f".{first}"))


def claimed(text: str, base: str) -> str:
    """The address that a page at `base` claims as its own; empty where it is none or lies on another site."""
    try:
        address = canonical(urljoin(base, text.strip()) if base else text)
    except (BadAddress, ValueError):
        return ""
    return address if not base or same_site(address, base) else ""
