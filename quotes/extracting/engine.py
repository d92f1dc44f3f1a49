"""The record's own extractor, as the child process loads it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.extracting.shapes import candidate_to_json, facts_from_json, known_from_json

if TYPE_CHECKING:
    from quotes.extraction.tagger import Tagger


class Extractor:
    """The rules, and the tagger where a model is installed. `fingerprint` is the sha256 of what describes the model."""

    def __init__(self, tagger: "Tagger | None", fingerprint: str) -> None:
        self.tagger = tagger
        self.fingerprint = fingerprint

    def read(self, text: str, facts: dict[str, Any], known: dict[str, Any]) -> list[dict[str, Any]]:
        """The candidates of a text, as JSON."""
        from quotes.extraction.candidates import candidates  # noqa: PLC0415 - in the child alone

        attributions = self.tagger.tag(text) if self.tagger else []
        found = candidates(text, attributions, known_from_json(known), facts_from_json(facts))
        return [candidate_to_json(one) for one in found]


def load(model: str) -> Extractor:
    """The extractor with the model of a folder; without one, what marks and verbs alone tell. Raises ModelUnusable."""
    if not model:
        return Extractor(None, "")
    from quotes.extraction.model_folder import CARD, digest  # noqa: PLC0415 - in the child alone
    from quotes.extraction.tagger import Tagger  # noqa: PLC0415

    return Extractor(Tagger(Path(model)), digest(Path(model) / CARD))
