"""From a tree of elements to lines of text: one for a paragraph, none for what no reader sees."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

SKIPPED = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "canvas"),
        *("audio", "video", "head", "select", "option", "button", "textarea", "input", "datalist", "map"),
        *("frameset", "noframes", "dialog"),
    ]
)
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot"),
        *("thead", "title", "tr", "ul"),
    ]
)
CELLS = frozenset({"td", "th", "cell"})
EXTRACTED = frozenset(
    ["ab", "body", "code", "comments", "doc", "head", "item", "lb", "list", "main", "p", "quote", "row", "table", "div"]
)
"""What a main text, once extracted, breaks lines at."""


def lines(root: Any, blocks: frozenset[str] = BLOCKS, skipped: frozenset[str] = SKIPPED) -> list[str]:
    """The lines of text below `root`, in order, with single spaces and without empty ones. Never recurses."""
    text = "".join(_pieces(root, blocks, skipped))
    return [line for line in (re.sub(r"\s+", " ", line).strip() for line in text.split("\n")) if line]


def _pieces(root: Any, blocks: frozenset[str], skipped: frozenset[str]) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and name in skipped:
            walk.skip_subtree()
        elif event == "start":
            yield _edge(name, blocks)
            yield _flat(element.text)
        elif name not in skipped:
            yield _edge(name, blocks)
        if event != "start" and element is not root:
            yield _flat(element.tail)


def _edge(name: str, blocks: frozenset[str]) -> str:
    if name in blocks:
        return "\n"
    return " " if name in CELLS else ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
