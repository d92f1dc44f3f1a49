"""Quotebank's rows (Vaucher et al., 2021) as rows of ours: the words that machines took from the news.

What it doesn't know is not made up: it has no day on which words were said, only that of the article. Attributions that
its model holds for likelier wrong than right are refused, and so are those to nobody.
"""

from collections.abc import Iterator
from typing import Any

from quotes.importing import remarks
from quotes.importing.rows import Row
from quotes.models.candidates import DOUBTFUL

NOBODY = "None"
_LANGUAGE = "en"


def of_quotation(number: int, line: dict[str, Any]) -> Iterator[Row]:
    """A row of the quotation-centric files: one quotation, and the articles that have it; the first one is kept."""
    speaker, qids = _str(line.get("speaker")), _strs(line.get("qids"))
    urls = _strs(line.get("urls"))
    cells = _cells(_str(line.get("quotation")), speaker, qids, _str(line.get("date")), urls[0] if urls else "")
    cells["id"] = _str(line.get("quoteID"))
    yield Row(number, cells, wrong=_doubt(speaker, line.get("probas")))


def of_article(number: int, line: dict[str, Any]) -> Iterator[Row]:
    """The rows of a line of the article-centric files: one article, and each quotation in it."""
    names = {_str(one.get("name")): _strs(one.get("ids")) for one in _dicts(line.get("names"))}
    for part, one in enumerate(_dicts(line.get("quotations")), start=1):
        # What all articles with the same words tell together is surer than what one of them does.
        scope = "global" if _str(one.get("globalTopSpeaker")) not in ("", NOBODY) else "local"
        speaker = _str(one.get(f"{scope}TopSpeaker"))
        qids = names.get(speaker, [])
        cells = _cells(_str(one.get("quotation")), speaker, qids, _str(line.get("date")), _str(line.get("url")))
        # Its quotationID is that of the words, which other articles have too.
        cells["document_title"] = _str(line.get("title"))
        yield Row(number, cells, part, _doubt(speaker, one.get(f"{scope}Probas")))


def _cells(words: str, speaker: str, qids: list[str], date: str, url: str) -> dict[str, str]:
    day = date[:10]
    return {
        "words": words,
        "speaker": speaker,
        # Several ids are as many people of one name.
        "speaker_wikidata": qids[0] if len(qids) == 1 else "",
        "said": "",
        "document_published": day,
        "document_url": url,
        "outlet_kind": "website",
        "language": _LANGUAGE,
    }


def _doubt(speaker: str, probas: Any) -> str:
    if speaker in ("", NOBODY):
        return remarks.NO_SPEAKER
    for name, probability in _pairs(probas):
        if name == speaker and probability < DOUBTFUL:
            return remarks.UNSURE_SPEAKER % {"probability": f"{probability:.2f}"}
    return ""


def _pairs(probas: Any) -> Iterator[tuple[str, float]]:
    for pair in probas if isinstance(probas, list) else []:
        if isinstance(pair, list) and len(pair) == 2:  # noqa: PLR2004 - a name and its probability
            try:
                yield str(pair[0]), float(pair[1])
            except (TypeError, ValueError):
                continue


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _strs(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
