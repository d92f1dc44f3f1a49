"""Lines of a page that are no part of the article: advertisements, calls to subscribe or share, credits of pictures.

No candidate may contain one. A line is judged by itself and as a whole, so that a sentence that merely speaks of
advertisements stays; only a notice between dashes or brackets is also found within a line, where lines were joined.
"""

import re

from quotes.extraction.attributions import Range

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_NOTICE = r"(?:advertisements?|sponsored(?: content)?|ad|publicité|anzeige|реклама|reklama|publicidad)"
_WITHIN = re.compile(rf"(?:[-–—]\s+{_NOTICE}\s+[-–—]|\[\s*{_NOTICE}\s*\]|\*+\s*{_NOTICE}\s*\*+)", re.IGNORECASE)
_STORY = r"(?:story|article|content|report)"
_SHARING = (
    r"(?:share|tweet|print|e-?mail|comments?|facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|copy link|"
    r"link copied|save|bookmark)"
)
_WHOLE = re.compile(
    rf"\W*{_NOTICE}\W*"
    rf"|\W*{_NOTICE}\b.{{0,12}}\b{_STORY} continues.{{0,20}}"
    rf"|{_STORY} continues (?:below|after).{{0,40}}"
    r"|continue reading.{0,60}"
    r"|(?:skip|scroll) (?:to|past|down)\b.{0,60}"
    r"|(?:read|see|watch|listen|view|hear) (?:more|also|next|now|here|on|the full (?:story|article|text))\b"
    r"(?:\s*[:>»→].*|.{0,25})"
    r"|(?:related|recommended|more (?:from|on|about|in)|see more|most read|trending|popular|don['’]t miss|"
    r"you (?:may|might) also like|also read)\b(?:\s*[:>»→|].*|.{0,40})"
    r"|(?:sign up|subscribe|register|log ?in|donate|support us)\b(?!.*[“\"]).{0,100}"
    r"|(?:get|receive) .{0,60}(?:newsletter|inbox|alerts?)\b.{0,40}"
    r"|.{0,60}\bnewsletters?\b.{0,30}(?:inbox|here|below|today)\W*"
    r"|(?:follow|like|find|join) us (?:on|at)\b.{0,80}"
    rf"|{_SHARING}(?:[\s|,·•/]+(?:{_SHARING}|this|on|via|to|article|story|\d+))*\W*"
    r"|(?:photo(?:graph)?|image|picture|video|credit|file photo|photo credit|illustration)s?"
    r"(?: (?:by|credit|courtesy|source))?\s*:\s*.{0,120}"
    r"|photo(?:graph)?s? by .{0,80}"
    r"|[\w .,'’-]{0,60}/?\s*(?:getty images|shutterstock|istock)(?:[\s/|].{0,40})?"
    r"|(?:©|\(c\)|copyright)\s.{0,160}"
    r"|all rights reserved.{0,80}"
    r"|click here\b.{0,80}"
    r"|(?:this|our) (?:site|website) uses cookies.{0,160}"
    r"|(?:accept|manage|reject) (?:all )?cookies.{0,40}"
    r"|(?:loading|please wait)\W*"
    r"|download (?:our|the) .{0,40}\bapp\b.{0,40}",
    re.IGNORECASE,
)
LONGEST = 240
"""Characters: a longer line is an article's own."""


def boilerplate(text: str) -> tuple[Range, ...]:
    """The ranges of `text` to pass over, in order and apart; line breaks are never part of one."""
    found: list[Range] = []
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if words and len(words) <= LONGEST and _WHOLE.fullmatch(words):
            found.append(line.span())
        else:
            found += [notice.span() for notice in _WITHIN.finditer(text, *line.span())]
    return tuple(found)
