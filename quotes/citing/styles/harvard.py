"""Harvard as in Cite Them Right, 12th edition: web pages for the record, newspaper articles for the document."""

from quotes.citing.dating import Dated, day_first
from quotes.citing.names import Name
from quotes.citing.rich import Rich, italic
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work


def reference(work: Work) -> Rich:
    """“Author (Year) Title, Container. Available at: URL (Accessed: day).”, without an author the title first."""
    year = f"({_year(work.issued)})"
    if work.author:
        start: Rich = [_author(work.author), f" {year} ", *_title(work), ", " if work.container else ""]
    else:
        start = [*_title(work), f" {year}", " " if work.container else ""]
    read = f" (Accessed: {day_first(work.accessed)})" if work.accessed.ends else ""
    url = f". Available at: {work.url}{read}." if work.url else "."
    return [*start, italic(work.container) if work.container else "", _day(work), url]


def in_text(work: Work) -> str:
    """“(Macron, 2022)”."""
    return f"({_source(work)})"


def second_hand(voice: Voice, work: Work) -> str:
    """“(Macron, quoted in Doe, 2022)”."""
    return f"({voice.surname}, {voice.verb} in {_source(work)})"


def _source(work: Work) -> str:
    return f"{work.author.surname if work.author else work.short_title}, {_year(work.issued)}"


def _author(name: Name) -> str:
    initials = name.initials(between="")
    return f"{name.surname}, {initials}" if initials else name.surname


def _title(work: Work) -> Rich:
    if work.is_record:
        return [italic(work.title)]
    return [work.title if work.is_described else f"‘{work.title}’"]


def _day(work: Work) -> str:
    """A newspaper's day and month, which the year has left out; web pages have none."""
    if work.is_record or not work.issued.ends or not work.issued.same_year:
        return ""
    day = day_first(work.issued).removesuffix(work.issued.years).strip()
    return f", {day}" if day else ""


def _year(issued: Dated) -> str:
    year = issued.literal or issued.years or "no date"
    return f"c. {year}" if issued.doubtful else year
