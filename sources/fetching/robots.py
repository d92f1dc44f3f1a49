"""robots.txt, by RFC 9309: what a site asks of programs, kept for the length of one run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from sources.fetching import errors
from sources.fetching.errors import RobotsRefuse, Unreachable
from sources.fetching.exchange import Answer

PRODUCT = "OnRecord"
LIMIT = 500 * 1024
_SERVER_ERROR = 500

Ask = Callable[[str], Answer]


@dataclass
class Robots:
    """The rules of the sites asked in one run, by scheme and host."""

    kept: dict[str, Protego] = field(default_factory=dict)

    def check(self, url: str, ask: Ask) -> None:
        """Raise RobotsRefuse where the site asks programs not to fetch `url`; `ask` fetches its rules.

        No such file, or one that is refused, allows everything; a site that can't answer allows nothing: Unreachable.
        """
        if not self._rules(url, ask).can_fetch(url, PRODUCT):
            raise RobotsRefuse(urlsplit(url).hostname or "")

    def delay(self, url: str) -> float:
        """The seconds between two requests that the site asks for, as far as its rules were fetched."""
        rules = self.kept.get(_site(url))
        return float((rules.crawl_delay(PRODUCT) if rules else None) or 0)

    def _rules(self, url: str, ask: Ask) -> Protego:
        site = _site(url)
        if site not in self.kept:
            self.kept[site] = Protego.parse(_text(site, ask))
        return self.kept[site]


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _text(site: str, ask: Ask) -> str:
    answer = ask(f"{site}/robots.txt")
    if answer.status >= _SERVER_ERROR:
        raise Unreachable(urlsplit(site).hostname or "", errors.BAD_ROBOTS % {"status": answer.status})
    is_there = 200 <= answer.status < 300  # noqa: PLR2004  # HTTP's class of success
    return answer.body.decode("utf-8", "replace") if is_there else ""
