"""A W3C Web Annotation that ties this version to the words in its source (Web Annotation Data Model, 2017).

Two targets: the document at its own address by the words and their surroundings, and the record's archived text by
those and by position (Unicode code points, end exclusive), which holds there for ever. What became of the statement is
a comment, another body of the annotation.
"""

import json
from typing import Any

from quotes.citing.present import Present
from quotes.citing.record import CitedStatement

Node = dict[str, Any]
PROFILE = "http://www.w3.org/ns/anno.jsonld"


class NothingToAnnotate(ValueError):
    """The primary appearance has no wording as printed, so there is no place in a text to point to."""


def applies(cited: CitedStatement) -> bool:
    """Whether there are printed words to point to."""
    return bool(cited.source.printed)


def write(cited: CitedStatement, present: Present | None = None) -> str:
    """The annotation; raises NothingToAnnotate where `applies` is False."""
    if not applies(cited):
        raise NothingToAnnotate(f"{cited.pid} v{cited.version} has no wording as printed")
    annotation = {
        "@context": PROFILE,
        "id": f"{cited.url if present else cited.version_url}.anno.jsonld",
        "type": "Annotation",
        "motivation": "linking",
        "body": _bodies(cited, present),
        "target": _targets(cited),
    }
    return json.dumps(annotation, ensure_ascii=False, indent=2) + "\n"


def _bodies(cited: CitedStatement, present: Present | None) -> Node | list[Node]:
    """The version, which the annotation links to; with it what its editors have to say of it since."""
    version = {"id": cited.version_url, "type": "Text", "format": "text/html", "language": cited.language}
    comments = [
        {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": sentence}
        for sentence in (present.sentences if present else [])
    ]
    return [version, *comments] if comments else version


def _targets(cited: CitedStatement) -> list[Node]:
    document = cited.source.document
    quoted, placed = _quote(cited), _position(cited)
    archived = _target(f"{cited.site_url}/documents/{document.pid}/", [quoted, *placed])
    return [*([_target(document.url, [quoted])] if document.url else []), archived]


def _target(source: str, selectors: list[Node]) -> Node:
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _quote(cited: CitedStatement) -> Node:
    context = {"prefix": cited.source.prefix, "suffix": cited.source.suffix}
    known = {key: text for key, text in context.items() if text}
    return {"type": "TextQuoteSelector", "exact": cited.source.printed, **known}


def _position(cited: CitedStatement) -> list[Node]:
    start, end = cited.source.start, cited.source.end
    if start is None or end is None:
        return []
    return [{"type": "TextPositionSelector", "start": start, "end": end}]
