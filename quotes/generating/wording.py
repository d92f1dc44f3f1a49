"""Wordings in a tongue: the speaker's words, the reporter's, or both, as spans and as a source prints them."""

from dataclasses import dataclass
from random import Random

from quotes.generating.skew import Shares, Skewed
from quotes.generating.tongues import TONGUES, Tongue
from quotes.spans import Span, Spans

_DRAWN = 2048
_SHAPES = Shares({"direct": 55, "reported": 28, "mixed": 17})
_LENGTHS = Shares({1: 50, 2: 30, 3: 12, 5: 6, 9: 2})
_BRACKETED = {"en": "as it stands", "fr": "en l’état", "ru": "как есть", "ar": "كما هو", "zh": "原文如此"}
_ENDS = {"zh": "。"}
_BRACKETED_SHARE = 0.15
_CUT_SHARE = 0.04


@dataclass(frozen=True)
class Wording:
    """Spans, their mode, and the words as printed with the source's marks."""

    language: str
    spans: Spans
    mode: str
    printed: str

    @property
    def text(self) -> str:
        """The words alone, as `quotes.spans.plain` has them."""
        words = "".join([span.text or " " for span in self.spans])
        return " ".join(words.split())

    def begun(self) -> "Wording":
        """The same, broken off in its last run: what a first version had that was corrected."""
        *kept, last = self.spans
        text = last.text[: max(1, len(last.text) * 2 // 3)].rstrip()
        return Wording(self.language, (*kept, Span(last.mode, text, last.by)), self.mode, self.printed)


class Pen:
    """Writes in one tongue. What it draws from is drawn once, skewed, so that a sentence costs two microseconds."""

    def __init__(self, tongue: Tongue, names: Skewed[str]) -> None:
        self.tongue = tongue
        random = Random(tongue.code)  # noqa: S311 - the same words again are what is wanted
        heads, fields, places = Skewed(tongue.heads), Skewed(tongue.fields), Skewed(tongue.places)
        phrase = tongue.phrase.format
        self._things = [phrase(head=heads.draw(random), field=fields.draw(random)) for _ in range(_DRAWN)]
        self._places = [places.draw(random) for _ in range(_DRAWN)]
        self._names = names

    def wording(self, random: Random) -> Wording:
        """A wording of any mode."""
        shape = _SHAPES.draw(random)
        if shape == "direct":
            return self._direct(random)
        return self._reported(random) if shape == "reported" else self._mixed(random)

    def sentence(self, random: Random) -> str:
        """A sentence that somebody says."""
        return self._filled(random, self.tongue.said)

    def lead(self, random: Random) -> str:
        """A sentence of the reporter's that is nobody's statement: the filling of an article."""
        return self._told(random)

    def title(self, random: Random) -> str:
        """A headline."""
        thing = self._things[int(random.random() * _DRAWN)]
        place = self._places[int(random.random() * _DRAWN)]
        return f"{place}: {thing}"

    def _direct(self, random: Random) -> Wording:
        opening, closing = self.tongue.marks
        text = self.tongue.gap.join([self.sentence(random) for _ in range(_LENGTHS.draw(random))])
        if random.random() > _CUT_SHARE or "," not in text:
            return Wording(self.tongue.code, (Span("direct", text),), "direct", f"{opening}{text}{closing}")
        first, _, rest = text.partition(",")
        spans = (Span("direct", f"{first},"), Span("omission"), Span("direct", rest))
        return Wording(self.tongue.code, spans, "direct", f"{opening}{first}, […]{rest}{closing}")

    def _reported(self, random: Random) -> Wording:
        text = self._told(random)
        return Wording(self.tongue.code, (Span("indirect", text),), "indirect", text)

    def _mixed(self, random: Random) -> Wording:
        """The reporter's words with the speaker's at their end, now and then with what the source put in brackets."""
        opening, closing = self.tongue.marks
        lead = self._told(random).rstrip(".。") + (", " if self.tongue.gap else "，")
        tail = self.tongue.tails[int(random.random() * len(self.tongue.tails))]
        told = Span("indirect", lead)
        if random.random() > _BRACKETED_SHARE:
            return Wording(self.tongue.code, (told, Span("direct", tail)), "mixed", f"{lead}{opening}{tail}{closing}")
        note, rest = _BRACKETED[self.tongue.code], self.tongue.gap + tail
        spans = (told, Span("insertion", note, "source"), Span("direct", rest))
        return Wording(self.tongue.code, spans, "mixed", f"{lead}{opening}[{note}]{rest}{closing}")

    def _told(self, random: Random) -> str:
        lead = self.tongue.leads[int(random.random() * len(self.tongue.leads))]
        return f"{lead}{self.tongue.gap}{self._filled(random, self.tongue.told)}{_ENDS.get(self.tongue.code, '.')}"

    def _filled(self, random: Random, sentences: tuple[str, ...]) -> str:
        chance = random.random
        return sentences[int(chance() * len(sentences))].format(
            thing=self._things[int(chance() * _DRAWN)],
            other=self._things[int(chance() * _DRAWN)],
            place=self._places[int(chance() * _DRAWN)],
            name=self._names.draw(random),
            count=int(chance() * chance() * 90) + 3,
        )


def pens(names: Skewed[str]) -> dict[str, Pen]:
    """A pen for each tongue, by its code."""
    return {tongue.code: Pen(tongue, names) for tongue in TONGUES}
