"""Chicago, 18th edition: author-date and notes (13.14 on dates, 13.102 on quoting from a secondary source)."""

from quotes.citing.dating import Dated, american, month_day
from quotes.citing.rich import Rich, ended, in_marks, italic
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work


def author_date(work: Work) -> Rich:
    """“Author. Year. “Title.” Container, Month day. URL.” Without an author the container stands first."""
    rest = month_day(work.issued)
    start, ending = _lead(work, rest)
    title = ended(work.title, ".") if work.is_described else in_marks(work.quoted_title, ".")
    year = _year(work.issued)
    stop = "" if year.endswith(".") else "."
    if not start:
        return [title, f" {_upper(year)}{stop}", f" {rest}." if rest else "", _url(work)]
    return [*start, " ", _upper(year), stop, " ", title, *ending, _url(work)]


def in_text(work: Work) -> str:
    """“(Macron 2022)”."""
    return f"({_source(work)})"


def second_hand(voice: Voice, work: Work) -> str:
    """“(Macron, quoted in Doe 2022)”."""
    return f"({voice.surname}, {voice.verb} in {_source(work)})"


def note(work: Work) -> Rich:
    """“Author, “Title,” Container, date, URL.”, as a full note."""
    title = f"{work.title}," if work.is_described else in_marks(work.quoted_title, ",")
    container: Rich = [" ", work.container if work.is_record else italic(work.container), ","] if work.container else []
    date = _note_date(work.issued)
    url = f", {work.url}" if work.url else ""
    stop = "" if date.endswith(".") and not url else "."
    return [f"{work.author.natural}, " if work.author else "", title, *container, f" {date}{url}{stop}"]


def short_note(work: Work) -> str:
    """A later note: “Macron, “‘This issue will be …’””."""
    author = f"{work.author.surname}, " if work.author else ""
    return f"{author}{ended(work.short_title, '.')}"


def second_hand_note(voice: Voice, work: Work) -> str:
    """How the note starts: “Emmanuel Macron, quoted in Jane Doe, …”; the reference follows it."""
    return f"{voice.natural}, {voice.verb} in {short_note(work)}"


def _lead(work: Work, rest: str) -> tuple[Rich, Rich]:
    """What stands before the year and what follows the title: author and container, or the container alone."""
    container = work.container if work.is_record else italic(work.container)
    if work.author:
        named: Rich = [" ", container, f", {rest}." if rest else "."]
        return [ended(work.author.demoted, ".")], named if work.container else [f" {rest}." if rest else ""]
    ending: Rich = [f" {rest}." if rest else ""]
    return ([container, "."], ending) if work.container else ([], ending)


def _url(work: Work) -> str:
    return f" {work.url}." if work.url else ""


def _source(work: Work) -> str:
    name = work.author.surname if work.author else work.container or work.short_title
    comma = "" if work.issued.ends and not work.issued.literal else ","
    return f"{name}{comma} {_year(work.issued)}"


def _year(issued: Dated) -> str:
    year = issued.literal or issued.years or "n.d."
    return f"[{year}?]" if issued.doubtful else year


def _note_date(issued: Dated) -> str:
    date = issued.literal or (american(issued) if issued.ends else "n.d.")
    return f"[{date}?]" if issued.doubtful else date


def _upper(text: str) -> str:
    """A date in words with a capital, as it follows a full stop; “n.d.” stays small."""
    return text if text == "n.d." else text[:1].upper() + text[1:]
