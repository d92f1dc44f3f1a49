"""A W3C Web Annotation that ties this version to the words in its source (Web Annotation Data Model, 2017).

Two targets: the document at its own address by the words and their surroundings, and the record's archived text by
those and by position (Unicode code points, end exclusive), which holds there for ever.
"""

import json
from typing import Any

from quotes.citing.record import CitedStatement

PROFILE = "http://www.w3.org/ns/anno.jsonld"


class NothingToAnnotate(ValueError):
    """The primary appearance has no wording as printed, so there is no place in a text to point to."""


def applies(cited: CitedStatement) -> bool:
    """Whether there are printed words to point to."""
    return bool(cited.source.printed)


def write(cited: CitedStatement) -> str:
    """The annotation; raises NothingToAnnotate where `applies` is False."""
    if not applies(cited):
        raise NothingToAnnotate(f"{cited.pid} v{cited.version} has no wording as printed")
    annotation = {
        "@context": PROFILE,
        "id": f"{cited.version_url}.anno.jsonld",
        "type": "Annotation",
        "motivation": "linking",
        "body": {"id": cited.version_url, "type": "Text", "format": "text/html", "language": cited.language},
        "target": _targets(cited),
    }
    return json.dumps(annotation, ensure_ascii=False, indent=2) + "\n"


def _targets(cited: CitedStatement) -> list[dict[str, Any]]:
    document = cited.source.document
    quoted, placed = _quote(cited), _position(cited)
    archived = _target(f"{cited.site_url}/documents/{document.pid}/", [quoted, *placed])
    return [*([_target(document.url, [quoted])] if document.url else []), archived]


def _target(source: str, selectors: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _quote(cited: CitedStatement) -> dict[str, Any]:
    context = {"prefix": cited.source.prefix, "suffix": cited.source.suffix}
    known = {key: text for key, text in context.items() if text}
    return {"type": "TextQuoteSelector", "exact": cited.source.printed, **known}


def _position(cited: CitedStatement) -> list[dict[str, Any]]:
    start, end = cited.source.start, cited.source.end
    if start is None or end is None:
        return []
    return [{"type": "TextPositionSelector", "start": start, "end": end}]
