"""The numbered styles: IEEE (Reference Guide) and Vancouver (Citing Medicine, 2nd edition).

A reference is written without its number, which only the citing text knows; in-text phrases show 1 for it.
"""

from quotes.citing.dating import IEEE_MONTHS, NLM_MONTHS, SEASONS, Dated, Ymd
from quotes.citing.names import Name
from quotes.citing.rich import Rich, ended, in_marks, italic
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work


def ieee(work: Work) -> Rich:
    """“A. Author, “Title,” Container, date. [Online]. Available: URL”; a web page is given no date of its own."""
    author = f"{_ieee_name(work.author)}, " if work.author else ""
    rest = [part for part in (work.container, "" if work.is_record else _ieee_date(work.issued)) if part]
    mark = "," if rest else "."
    title = f"{work.title}{mark}" if work.is_described else in_marks(work.quoted_title, mark)
    shown: Rich = [italic(part) if part == work.container and not work.is_record else ended(part, "") for part in rest]
    joined = [bit for part in shown for bit in (", ", part)][1:]
    return [author, title, " " if rest else "", *joined, "." if rest else "", _ieee_url(work)]


def ieee_in_text(_work: Work) -> str:
    """“[1]”."""
    return "[1]"


def ieee_second_hand(voice: Voice, _work: Work) -> str:
    """“Emmanuel Macron, as quoted in [1]”."""
    return f"{voice.natural}, as {voice.verb} in [1]"


def vancouver(work: Work) -> Rich:
    """“Author. Site [Internet]. Year. Title. Available from: URL” for a page; an article's title stands first."""
    author = f"{ended(_vancouver_name(work.author), '.')} " if work.author else ""
    online = " [Internet]" if work.url else ""
    date = _with_cited(_vancouver_date(work), work.accessed)
    source = f"{work.container}{online}. " if work.container else ""
    title = ended(work.title, ".") if work.container or not online else f"{work.title}{online}."
    url = f"Available from: {work.url}" if work.url else ""
    parts = (source, date, f"{title} ") if work.is_record else (f"{title} ", source, date)
    return ["".join((author, *parts, url)).rstrip()]


def vancouver_in_text(_work: Work) -> str:
    """“(1)”."""
    return "(1)"


def vancouver_second_hand(voice: Voice, _work: Work) -> str:
    """“Emmanuel Macron, as quoted in (1)”."""
    return f"{voice.natural}, as {voice.verb} in (1)"


def _ieee_name(name: Name) -> str:
    return f"{name.initials()} {name.surname}".strip()


def _vancouver_name(name: Name) -> str:
    return f"{name.surname} {name.initials(after='', between='')}".strip()


def _ieee_url(work: Work) -> str:
    read = f" Accessed: {_ieee_date(work.accessed)}." if work.accessed.ends else ""
    return f"{read} [Online]. Available: {work.url}" if work.url else ""


def _ieee_date(issued: Dated) -> str:
    """“Dec. 4, 2022”, “Dec. 2022”, “ca. 2022”."""
    if issued.literal or issued.season or not issued.same_year:
        return issued.literal or f"{SEASONS[issued.season]} {issued.years}".strip()
    year, *rest = issued.ends[0]
    month = " ".join([IEEE_MONTHS[rest[0] - 1], *(f"{day}," for day in rest[1:])]) if rest else ""
    return f"{'ca. ' if issued.doubtful else ''}{month} {year}".replace("  ", " ").strip()


def _vancouver_date(work: Work) -> str:
    """“2022 Dec 4. ” for an article, the year alone for a web page; doubt as “[2021?]”."""
    issued = work.issued
    if issued.literal:
        return f"{issued.literal[0].upper()}{issued.literal[1:]}. "
    if not issued.ends:
        return "" if work.is_record else "[date unknown]. "
    date = issued.years if work.is_record or not issued.same_year else _nlm(issued.ends[0])
    return f"[{date}?]. " if issued.doubtful else f"{date}. "


def _with_cited(date: str, accessed: Dated) -> str:
    """“2022 [cited 2022 Dec 9]. ”: the day it was read stands before the stop."""
    return f"{date.removesuffix('. ')} [cited {_nlm(accessed.ends[0])}]. " if accessed.ends else date


def _nlm(end: Ymd) -> str:
    year, *rest = end
    return " ".join([str(year), *(NLM_MONTHS[month - 1] for month in rest[:1]), *(str(day) for day in rest[1:])])
