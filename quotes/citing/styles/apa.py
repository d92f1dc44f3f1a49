"""APA, 7th edition (Publication Manual, 8.6 for works cited in another, 9.13 for dates, 10.16 for web pages)."""

from quotes.citing.dating import Dated, month_day
from quotes.citing.names import Name
from quotes.citing.rich import Rich, ended, italic
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work


def reference(work: Work) -> Rich:
    """“Author. (Date). Title. Container. URL”, the title first where there is no author."""
    date = f"({_date(work.issued)})."
    if work.author:
        start: Rich = [ended(_author(work.author), "."), f" {date} ", *_title(work, ".")]
    else:
        start = [*_title(work, "" if work.is_record else "."), ("." if work.is_record else "") + f" {date}"]
    return [*start, *_container(work), f" {work.url}" if work.url else ""]


def in_text(work: Work) -> str:
    """“(Macron, 2022)”."""
    return f"({_source(work)})"


def second_hand(voice: Voice, work: Work) -> str:
    """“(Macron, 2022, as cited in Doe, 2022)”: the text names the original, the list the work consulted."""
    return f"({voice.surname}, {_year(voice.said)}, as cited in {_source(work)})"


def _source(work: Work) -> str:
    if work.author:
        return f"{work.author.surname}, {_year(work.issued)}"
    if work.is_described:
        return f"{work.short_title}, {_year(work.issued)}"
    return f"{ended(work.short_title, ',')} {_year(work.issued)}"


def _author(name: Name) -> str:
    initials = name.initials()
    return f"{name.surname}, {initials}" if initials else name.surname


def _title(work: Work, mark: str) -> Rich:
    if work.is_record:
        return [italic(work.title), mark]
    return [ended(work.title, mark)]


def _container(work: Work) -> Rich:
    if not work.container:
        return []
    return [" ", work.container if work.is_record else italic(work.container), "."]


def _date(issued: Dated) -> str:
    rest = month_day(issued)
    return _year(issued) + (f", {rest}" if rest else "")


def _year(issued: Dated) -> str:
    year = issued.literal or issued.years or "n.d."
    return f"ca. {year}" if issued.doubtful else year
