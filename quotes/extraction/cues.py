"""What a reporter's verb beside words says that they do: they deny, they answer, they repeat."""

import re
from collections.abc import Iterator

from quotes.extraction.lexicon import CONFIRMING, CONTRADICTING, DENYING, REPEATING, REPLYING
from quotes.extraction.proposals import LinkKind

_KINDS: tuple[tuple[LinkKind, frozenset[str]], ...] = (
    ("denies", DENYING),
    ("confirms", CONFIRMING),
    ("contradicts", CONTRADICTING),
    ("repeats", REPEATING),
    ("responds_to", REPLYING),
)
_BEFORE, _AFTER = 14, 8
"""Words of the same sentence in which the verb stands."""
_ENDS = re.compile(r"[.!?](?=\s+[“\"«„(]?[A-ZÀ-ÞА-Я])|\n")
_QUOTED = re.compile(r"[“\"«„][^”\"»]*[”\"»]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def cue_beside(before: str, after: str) -> tuple[LinkKind, str] | None:
    """What the words between `before` and `after` do, and the verb that says so; None where no verb does.

    The sentence before them counts first, nearest verb first, then the rest of their own.
    """
    for word in (*_told_before(before), *_told_after(after)):
        for kind, verbs in _KINDS:
            if word.lower() in verbs:
                return kind, word
    return None


def _told_before(text: str) -> Iterator[str]:
    """The words that lead up to a place in its sentence, the nearest first, without what is quoted there."""
    sentence = _ENDS.split(text)[-1]
    yield from _WORD.findall(_QUOTED.sub(" ", sentence))[::-1][:_BEFORE]


def _told_after(text: str) -> Iterator[str]:
    """The words that follow a place in its sentence: “…,” he replied."""
    sentence = re.split(r"[.!?;:\n“\"«„]", text.lstrip('”"» ,'), maxsplit=1)[0]
    yield from _WORD.findall(sentence)[:_AFTER]
