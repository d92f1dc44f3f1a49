"""What a reporter's verb beside words says that they do: they deny, they answer, they repeat."""

import re
from collections.abc import Iterator

from quotes.extraction.link_verbs import told_by, verbs_of
from quotes.extraction.proposals import LinkKind

_BEFORE, _AFTER = 14, 8
"""Words of the same sentence in which the verb stands."""
_ENDS = re.compile(r"[.!?؟](?=\s+[“\"«„(¿¡]?[A-ZÀ-ÞА-ЯЁ\u0621-\u064a])|\n")
_QUOTED = re.compile(r"„[^“”]*[“”]|[“\"«][^”\"»]*[”\"»]")
_CLOSES = re.compile(r"(?:,?[”“\"«»]|\s*»)?[”\"»,،\s]*")
"""A mark that ends a quotation: right after it, or after a space in French. Others after a space begin the next one."""
_OTHERS = re.compile(r"[.!?؟;؛:\n“\"«„]")
_WORD = re.compile(r"[^\W\d_]+[\u064b-\u0652]*(?:['’]?[^\W\d_]+[\u064b-\u0652]*)*")


def cue_beside(before: str, after: str, language: str = "en") -> tuple[LinkKind, str] | None:
    """What the words between `before` and `after` do, and the verb that says so; None where no verb does.

    The sentence before them counts first, nearest verb first, then the rest of their own. The verbs are those of the
    text's language, a BCP 47 tag.
    """
    verbs = verbs_of(language)
    for word in (*_told_before(before), *_told_after(after)):
        if kind := told_by(word, verbs):
            return kind, word
    return None


def _told_before(text: str) -> Iterator[str]:
    """The words that lead up to a place in its sentence, the nearest first, without what is quoted there."""
    sentence = _ENDS.split(text)[-1]
    yield from _WORD.findall(_QUOTED.sub(" ", sentence))[::-1][:_BEFORE]


def _told_after(text: str) -> Iterator[str]:
    """The words that follow a place in its sentence: “…,” he replied."""
    closed = _CLOSES.match(text)
    sentence = _OTHERS.split(text[closed.end() if closed else 0 :], maxsplit=1)[0]
    yield from _WORD.findall(sentence)[:_AFTER]
