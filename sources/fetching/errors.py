"""Why a page can't be fetched: each says to a person what happened and what to do instead."""

from sources.reading.errors import CannotRead, megabytes


class CannotFetch(CannotRead):
    """A page that was not fetched; `status` is the HTTP status where there was an answer."""

    status: int | None = None


class NotOnTheWeb(CannotFetch):
    """The address is not one of a public web page: another scheme or port, a user name, a number in disguise."""


class InsideAddress(CannotFetch):
    """The name leads to an address that is not on the public internet."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} is not on the public internet, so nothing is fetched from it. Upload the page instead."
        )


class NoSuchHost(CannotFetch):
    """DNS knows no address for the name."""

    def __init__(self, host: str) -> None:
        super().__init__(f"There is no site called {host}. Check the address for a typing error.")


class Unreachable(CannotFetch):
    """The site did not answer, broke off, or spoke no HTTP; it may later."""

    def __init__(self, host: str, why: str) -> None:
        self.why = why
        super().__init__(f"{host} could not be reached: {why}. Try again later, or upload the page.")


class TooSlow(CannotFetch):
    """The whole took longer than was allowed."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} took longer than {seconds:g} seconds. Try again later, or upload the page.")


class TooMuch(CannotFetch):
    """The answer is larger than what is taken, on the wire or unpacked."""

    def __init__(self, host: str, limit: int) -> None:
        super().__init__(
            f"{host} sends more than {megabytes(limit)}, the most that is taken. Save the article alone and upload it."
        )


class TooManyRedirects(CannotFetch):
    """Redirected in a circle, or too often."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The page redirects more than {limit} times. Open it in a browser and copy its final address."
        )


class RobotsRefuse(CannotFetch):
    """The site's robots.txt asks programs not to fetch this page."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} asks programs not to fetch this page (robots.txt). Open it yourself, and paste or upload it."
        )


class PageGone(CannotFetch):
    """404 or 410: there is no such page, or no more."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"There is no such page (any more): the site answers {status}. Check the address, or look in a web archive."
        )
        self.status = status


class PageRefused(CannotFetch):
    """The site refuses: 401, 402, 403, 451 and other client errors."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"The site refuses to show the page to programs: it answers {status}. Open it yourself, and upload it."
        )
        self.status = status


class SiteUnwell(CannotFetch):
    """The site has a problem of its own or asks to wait: 429 and server errors."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The site can’t answer now ({status}). Try again later, or upload the page.")
        self.status = status
