"""Why a page can't be fetched: each says to a person what happened and what to do instead."""

from sources.reading.errors import CannotRead, megabytes
from sources.sayings import Saying


class CannotFetch(CannotRead):
    """A page that was not fetched; `status` is the HTTP status where there was an answer."""

    status: int | None = None


class NotOnTheWeb(CannotFetch):
    """The address is not one of a public web page: another scheme or port, a user name, a number in disguise."""


class InsideAddress(CannotFetch):
    """The name leads to an address that is not on the public internet."""

    pattern = Saying("%(host)s is not on the public internet, so nothing is fetched from it. Upload the page instead.")

    def __init__(self, host: str) -> None:
        super().__init__(self.pattern % {"host": host})


class NoSuchHost(CannotFetch):
    """DNS knows no address for the name."""

    pattern = Saying("There is no site called %(host)s. Check the address for a typing error.")

    def __init__(self, host: str) -> None:
        super().__init__(self.pattern % {"host": host})


class Unreachable(CannotFetch):
    """The site did not answer, broke off, or spoke no HTTP; it may later."""

    pattern = Saying("%(host)s could not be reached: %(why)s. Try again later, or upload the page.")

    def __init__(self, host: str, why: str) -> None:
        self.why = why
        super().__init__(self.pattern % {"host": host, "why": why})


class TooSlow(CannotFetch):
    """The whole took longer than was allowed."""

    pattern = Saying("%(host)s took longer than %(seconds)s seconds. Try again later, or upload the page.")

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(self.pattern % {"host": host, "seconds": f"{seconds:g}"})


class TooMuch(CannotFetch):
    """The answer is larger than what is taken, on the wire or unpacked."""

    pattern = Saying(
        "%(host)s sends more than %(limit)s, the most that is taken. Save the article alone and upload it."
    )

    def __init__(self, host: str, limit: int) -> None:
        super().__init__(self.pattern % {"host": host, "limit": megabytes(limit)})


class TooManyRedirects(CannotFetch):
    """Redirected in a circle, or too often."""

    pattern = Saying("The page redirects more than %(limit)s times. Open it in a browser and copy its final address.")

    def __init__(self, limit: int) -> None:
        super().__init__(self.pattern % {"limit": limit})


class RobotsRefuse(CannotFetch):
    """The site's robots.txt asks programs not to fetch this page."""

    pattern = Saying(
        "%(host)s asks programs not to fetch this page (robots.txt). Open it yourself, and paste or upload it."
    )

    def __init__(self, host: str) -> None:
        super().__init__(self.pattern % {"host": host})


class PageGone(CannotFetch):
    """404 or 410: there is no such page, or no more."""

    pattern = Saying(
        "There is no such page (any more): the site answers %(status)s. Check the address, or look in a web archive."
    )

    def __init__(self, status: int) -> None:
        super().__init__(self.pattern % {"status": status})
        self.status = status


class PageRefused(CannotFetch):
    """The site refuses: 401, 402, 403, 451 and other client errors."""

    pattern = Saying(
        "The site refuses to show the page to programs: it answers %(status)s. Open it yourself, and upload it."
    )

    def __init__(self, status: int) -> None:
        super().__init__(self.pattern % {"status": status})
        self.status = status


class SiteUnwell(CannotFetch):
    """The site has a problem of its own or asks to wait: 429 and server errors."""

    pattern = Saying("The site can’t answer now (%(status)s). Try again later, or upload the page.")

    def __init__(self, status: int) -> None:
        super().__init__(self.pattern % {"status": status})
        self.status = status


BAD_ANSWER = Saying("its answer is broken off or no HTTP")
BAD_PACKING = Saying("its answer is packed in a way that can’t be unpacked")
BAD_ROBOTS = Saying("its robots.txt answers %(status)s")
BROKEN_CONNECTION = Saying("the connection broke")
NO_CONNECTION = Saying("it accepts no connection")
NO_TRUST = Saying("its certificate is not to be trusted, or it speaks no TLS")
TOO_MANY_HEADERS = Saying("its answer has too many headers")
"""Why a site could not be reached."""
NO_NAME = Saying("%(host)s is a number, not the name of a site. Write the address as the site gives it.")
NO_PORT = Saying("Pages are fetched from ports 80 and 443 alone, not from %(port)s. Upload the page.")
NO_REDIRECT = Saying("The page redirects to something that is no address.")
"""Why an address is not on the web."""
