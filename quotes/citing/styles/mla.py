"""MLA, 9th edition (Handbook, 5.23 for works without an author, 5.68 for dates, 6.77 for indirect sources)."""

from quotes.citing.dating import MLA_MONTHS, Dated, day_first
from quotes.citing.rich import Rich, ended, in_marks, italic
from quotes.citing.styles.voice import Voice
from quotes.citing.works import Work


def reference(work: Work) -> Rich:
    """“Author. “Title.” Container, date, URL.”."""
    author = f"{ended(work.author.inverted, '.')} " if work.author else ""
    tail = _tail(work)
    return [author, ended(work.title, ".") if work.is_described else in_marks(work.quoted_title, "."), *tail]


def in_text(work: Work) -> str:
    """“(Macron)”: MLA gives a page, which a web page hasn't, and no year."""
    return f"({_source(work)})"


def second_hand(voice: Voice, work: Work) -> str:
    """“(Macron, qtd. in Doe)”."""
    return f"({voice.surname}, qtd. in {_source(work)})"


def _source(work: Work) -> str:
    return work.author.surname if work.author else work.short_title


def _tail(work: Work) -> Rich:
    parts = [part for part in (_date(work.issued), work.url) if part]
    if not work.container:
        return [f" {', '.join(parts)}." if parts else ""]
    return [" ", italic(work.container), "".join(f", {part}" for part in parts), "."]


def _date(issued: Dated) -> str:
    date = issued.literal or (day_first(issued, MLA_MONTHS) if issued.ends else "")
    return f"circa {date}" if issued.doubtful else date
