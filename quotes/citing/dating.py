"""EDTF dates as citations need them: number parts where a style can arrange them, words where it can't.

Nothing is ever padded or invented: “2021-12” has no day in any format. What a style has no form for (an open start, a
decade, an interval of two precisions) is said in the record's own words, the same in every format: “by 4 December
2022”. Doubt (`?`) and approximation (`~`) are one thing to citation styles, which have a single sign for both.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes import dates

Ymd = tuple[int, ...]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
IEEE_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")
NLM_MONTHS = tuple(month[:3] for month in MONTHS)
SEASONS = ("", "Spring", "Summer", "Autumn", "Winter")
_FIRST_SEASON = 21


@dataclass(frozen=True)
class Dated:
    """A date in parts: one end, or two for an interval, each (year[, month[, day]]); or `literal` words instead.

    `season` is 1 to 4, 0 for none. All empty when the date is unknown.
    """

    edtf: str
    ends: tuple[Ymd, ...] = ()
    season: int = 0
    doubtful: bool = False
    literal: str = ""

    @property
    def years(self) -> str:
        """“2022”, or “2021–2022” for an interval across years."""
        return "–".join(dict.fromkeys(str(end[0]) for end in self.ends))

    @property
    def same_year(self) -> bool:
        """Whether both ends, or the only one, are of one year."""
        return len({end[0] for end in self.ends}) == 1


UNKNOWN = Dated("")


@lru_cache(maxsize=4096)
def read(edtf: str) -> Dated:
    """The parts of an EDTF text that the record has accepted; an empty text is an unknown date."""
    ends = edtf.split("/")
    parts = tuple(_parts(end) for end in ends)
    if not edtf:
        return UNKNOWN
    if any(part is None for part in parts) or len({len(part or ()) for part in parts}) > 1:
        return Dated(edtf, literal=dates.display(edtf))
    known = tuple(dict.fromkeys(part for part in parts if part))
    doubtful = any(end[-1] in "?~%" for end in ends)
    season = _season(known[0])
    if season and len(known) > 1:
        return Dated(edtf, literal=dates.display(edtf))
    return Dated(edtf, (known[0][:1],) if season else known, season, doubtful)


def _parts(text: str) -> Ymd | None:
    """Year, month and day as far as they are numbers; None for an open end, a decade or a century."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]?", text)
    if match is None:
        return None
    return tuple(int(part) for part in match.groups() if part and part != "XX")


def _season(part: Ymd) -> int:
    return part[1] - _FIRST_SEASON + 1 if len(part) > 1 and part[1] >= _FIRST_SEASON else 0


def month_day(dated: Dated) -> str:
    """What follows the year in American author-date styles: “December 3–5”, “Spring”, or nothing."""
    if dated.season:
        return SEASONS[dated.season]
    shown = [_month_first(end[1:]) for end in dated.ends]
    if len({end[:2] for end in dated.ends}) == 1 and len(dated.ends) > 1:
        shown[1] = str(dated.ends[1][2])
    return "–".join(part for part in shown if part)


def american(dated: Dated) -> str:
    """“December 3, 2022”, “December 3–5, 2022”, “December 2021–January 2022”."""
    if not dated.same_year:
        return "–".join(american(Dated("", (end,))) for end in dated.ends)
    before = month_day(dated)
    comma = "," if len(dated.ends[0]) > 2 else ""  # noqa: PLR2004 — year, month, day
    return f"{before}{comma} {dated.years}".strip()


def day_first(dated: Dated, months: tuple[str, ...] = MONTHS) -> str:
    """“3 December 2022”, “3–5 Dec. 2022”, “3 Nov.–5 Dec. 2022”, “Dec. 2021–Jan. 2022”."""
    if dated.season:
        return f"{SEASONS[dated.season]} {dated.years}"
    shown = [_day_first(end[1:], months) for end in dated.ends]
    if not dated.same_year:
        pairs = zip(shown, dated.ends, strict=True)
        return "–".join(f"{part} {end[0]}".strip() for part, end in pairs)
    if len({end[:2] for end in dated.ends}) == 1 and len(dated.ends) > 1:
        shown[0] = str(dated.ends[0][2])
    return f"{'–'.join(part for part in shown if part)} {dated.years}".strip()


def _month_first(part: Ymd) -> str:
    return " ".join([*(MONTHS[month - 1] for month in part[:1]), *(str(day) for day in part[1:])])


def _day_first(part: Ymd, months: tuple[str, ...]) -> str:
    return " ".join([*(str(day) for day in part[1:]), *(months[month - 1] for month in part[:1])])
