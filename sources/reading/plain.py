"""Reading plain text and Markdown: as typed, but for lines that were broken to fit a page."""

import re
from statistics import median

from lxml import html
from markdown_it import MarkdownIt

from sources.reading import remarks
from sources.reading.results import Found
from sources.reading.web_page import parsed, plain_text

_WIDTHS = range(45, 101)
_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>(?:[^\n]*\n){1,60}?)---\n")
_FIELD = re.compile(
    r"^(title|author|date|lang|language|url|source)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE
)
_HEADING = re.compile(r"^# +(.+?)\s*#*\s*$|^(\S.*)\n=+\s*$", re.MULTILINE)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def read_plain(text: str) -> Found:
    """The text as it is, a paragraph to a line."""
    paragraphs = _broken_at_a_width(text)
    if not paragraphs:
        return Found(text=text.strip("\n"))
    return Found(text="\n".join(paragraphs), warnings=(remarks.UNWRAPPED,))


def _broken_at_a_width(text: str) -> list[str]:
    """The paragraphs of a text whose lines were broken at a width; nothing for another text.

    Such a text has blank lines between paragraphs, lines that are nearly as long as the longest, and none much longer.
    """
    found = [block.split("\n") for block in re.split(r"\n[ \t]*\n+", text.strip())]
    inner = [len(line) for block in found for line in block[:-1]]
    longest = max((len(line) for block in found for line in block), default=0)
    if len(found) < 2 or len(inner) < len(found) or longest not in _WIDTHS or median(inner) < longest * 0.8:  # noqa: PLR2004  # one paragraph has no neighbours
        return []
    return [" ".join(line.strip() for line in block) for block in found]


def read_markdown(text: str) -> Found:
    """The text without its marks; title, author, date and language from its front matter or first heading."""
    matter = _FRONT_MATTER.match(text)
    fields = {name.lower(): value for name, value in _FIELD.findall(matter["fields"])} if matter else {}
    body = text[matter.end() :] if matter else text
    heading = _HEADING.search(body)
    markup = MarkdownIt("commonmark").enable("table").render(body)
    day = _DAY.match(fields.get("date", ""))
    return Found(
        text=plain_text(parsed(markup)) if markup.strip() else "",
        title=fields.get("title") or _without_marks((heading[1] or heading[2]) if heading else ""),
        author=fields.get("author", ""),
        published=day[0] if day else "",
        language=fields.get("lang") or fields.get("language", ""),
        url=fields.get("url") or fields.get("source", ""),
    )


def _without_marks(heading: str) -> str:
    if not heading:
        return ""
    inline = MarkdownIt("commonmark").renderInline(heading)
    return str(html.fragment_fromstring(inline, create_parent=True).text_content())
