"""Reading an HTML page: its main text, without navigation, scripts and advertisements, and what it says of itself."""

import re
from typing import Any

from lxml import etree, html

from sources.addresses import claimed
from sources.reading import blocks, main_text, remarks
from sources.reading.decoding import tidy
from sources.reading.errors import NoText, TooLong, TooManyTags
from sources.reading.limits import Limits
from sources.reading.page_facts import Facts, facts_of
from sources.reading.results import Found, Hints

_FEW = 200
_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_XML_START = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(markup: str, hints: Hints, limits: Limits) -> Found:
    """Read a page. Raises NoText where no text is in it, TooLong, TooManyTags."""
    if markup.count("<") > limits.tags:
        raise TooManyTags(limits.tags)
    root = parsed(markup)
    facts = facts_of(root, hints.url)
    text, warning = _text(root, limits, is_page=bool(_PAGE.search(markup)))
    if not text:
        raise NoText(remarks.NOTHING_WITHOUT_SCRIPTS)
    url = claimed(facts.canonical, hints.url) or hints.url
    return Found(
        text=text,
        title=facts.title,
        author=facts.author,
        published=facts.published,
        language=facts.language,
        url=url,
        outlet_name=facts.outlet_name,
        bylines=facts.bylines,
        warnings=tuple(filter(None, [warning, _about_address(facts, hints)])),
    )


def _about_address(facts: Facts, hints: Hints) -> str:
    foreign = facts.canonical and hints.url and not claimed(facts.canonical, hints.url)
    return remarks.FOREIGN_ADDRESS % {"url": facts.canonical[:200]} if foreign else ""


def parsed(markup: str) -> Any:
    """The page as a tree. Entities are never fetched, nothing in it is run. Raises NoText for an empty one."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_XML_START.sub("", markup).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoText(remarks.NOTHING_IN_PAGE) from error
    return root


def plain_text(root: Any) -> str:
    """All that a reader of the page could see, a block to a line."""
    return tidy("\n".join(blocks.lines(root)))


def _text(root: Any, limits: Limits, *, is_page: bool) -> tuple[str, str]:
    """The main text, and a warning where it could not be told from the rest. Of a fragment, all: somebody chose it."""
    everything = plain_text(root)
    if len(everything) > limits.characters:
        raise TooLong(limits.characters)
    if not is_page:
        return everything, ""
    if _is_vast(root, limits):
        return everything, remarks.WHOLE_PAGE
    main = main_text.among(everything, main_text.found_in(root))
    return (main, "") if len(main) >= min(_FEW, len(everything) // 3) else (everything, remarks.WHOLE_PAGE)


def _is_vast(root: Any, limits: Limits) -> bool:
    """Whether finding the main text would take too long: that grows with the square of elements beside one another."""
    beside = [len(element) for element in root.iter()]
    return len(beside) > limits.elements or sum(each**2 for each in beside) > limits.beside**2
