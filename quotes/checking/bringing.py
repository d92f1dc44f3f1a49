"""An article to be checked, as a file or by its address: read as documents are that come in, and then let go."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from quotes import limits
from quotes.extraction.lines import boilerplate
from sources import apart
from sources.intake import read_address
from sources.reading import CannotRead, Hints


class TooMany(CannotRead, limits.TooMany):
    """A network has had its share of files and pages for now."""

    def __init__(self, wait: int) -> None:
        told = (
            f"Only {settings.CHECKS_PER_HOUR} files and pages an hour are read for one network: paste the text instead."
        )
        limits.TooMany.__init__(self, told, wait)


def read_upload(file: UploadedFile, address: str) -> str:
    """The text of a file. Raises CannotRead."""
    _count(address)
    return _without_noise(apart.read_chunks(file.chunks(), Hints(name=file.name or "")).text)


def read_page(url: str, address: str) -> str:
    """The text of a page on the web. Raises CannotRead."""
    _count(address)
    return _without_noise(read_address(url).text)


def may_save(address: str) -> None:
    """Count a result that is to be saved. Raises TooMany."""
    _count(address)


def _without_noise(text: str) -> str:
    """The article without advertisements and captions."""
    kept, at = [], 0
    for start, end in boilerplate(text):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def _count(address: str) -> None:
    """Count one more for an address. Raises TooMany."""
    allowance = limits.counted("checks", address, settings.CHECKS_PER_HOUR, limits.HOUR)
    if allowance.is_exceeded or not settings.CHECKS_PER_HOUR:
        raise TooMany(allowance.resets_in)
