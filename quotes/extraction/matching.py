"""Names compared with those on record: the same name in other words, a surname alone, a seat for its government."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from quotes.extraction.known import Known, KnownOutlet, KnownSpeaker
from quotes.extraction.lexicon import ARTICLES, COUNTRY_OF, SEATS
from quotes.extraction.mentions import Mention
from quotes.text import fold

_SPELLINGS = {"defence": "defense", "organisation": "organization", "labour": "labor", "centre": "center"}
_JOINING = ARTICLES | {"of", "for", "and", "government", "state"}


_COUNTRIES = {fold(word): fold(country).replace(" ", "_") for word, country in COUNTRY_OF.items()}
_COUNTRY = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(_COUNTRIES, key=len, reverse=True))})(?!\w)"
)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name as it is compared: without case, accents, an article, and a stop at the end."""
    words = fold(name).split(" ")
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "la", "le") else words).strip(" .,'\"")


@lru_cache(maxsize=4096)
def body_key(name: str) -> frozenset[str]:
    """The words of a body's name in any order: “Ministry of Defense of Russia”, “Russian Defence Ministry”."""
    folded = _COUNTRY.sub(lambda found: _COUNTRIES[found.group()], fold(name))
    words = (re.sub(r"'s?$", "", word) for word in re.findall(r"[\w'.-]+", folded))
    return frozenset(_SPELLINGS.get(word, word) for word in words if word not in _JOINING)


class Index:
    """The record's speakers and outlets by each of their names."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.by_name: dict[str, list[KnownSpeaker]] = defaultdict(list)
        self.by_family: dict[str, list[KnownSpeaker]] = defaultdict(list)
        for speaker in known.speakers:
            for name in {key(name) for name in speaker.names} - {""}:
                self.by_name[name].append(speaker)
            if speaker.kind == "person" and speaker.family:
                self.by_family[key(f"{speaker.particle} {speaker.family}".strip())].append(speaker)
                if speaker.particle:
                    self.by_family[key(speaker.family)].append(speaker)

    @cached_property
    def bodies(self) -> dict[frozenset[str], list[KnownSpeaker]]:
        """Organisations by the words of each of their names."""
        bodies: dict[frozenset[str], list[KnownSpeaker]] = defaultdict(list)
        for speaker in self.known.speakers:
            if speaker.kind in ("organisation", "government", "group"):
                for name in speaker.names:
                    bodies[body_key(name)].append(speaker)
        return bodies

    @cached_property
    def outlets(self) -> dict[str, KnownOutlet]:
        """Outlets by each of their names; of two that share one, the first."""
        return {key(name): outlet for outlet in reversed(self.known.outlets) for name in reversed(outlet.names)}

    def person(self, mention: Mention) -> KnownSpeaker | None:
        """The one person on record whom a name can mean, by all of it or by the family name alone."""
        exact = _one(speaker for speaker in self.by_name.get(key(mention.name), ()) if speaker.kind == "person")
        if exact:
            return exact
        family = self.by_family.get(key(f"{mention.particle} {mention.family}".strip()), ())
        return _one(speaker for speaker in family if _may_be(mention, speaker))

    def body(self, name: str) -> KnownSpeaker | None:
        """The one organisation or government on record that a name means, whatever the order of its words."""
        exact = _one(speaker for speaker in self.by_name.get(key(name), ()) if speaker.kind != "person")
        words = body_key(name)
        return exact or (_one(self.bodies.get(words, ())) if words else None)

    def government(self, name: str, country: str) -> KnownSpeaker | None:
        """The government on record that goes by this seat, else the one named after its country."""
        exact = _one(speaker for speaker in self.by_name.get(key(name), ()) if speaker.kind != "person")
        if exact or not country:
            return exact
        governments = [speaker for speaker in self.known.speakers if speaker.kind == "government"]
        return _one(
            speaker for speaker in governments if any(_country_named(name) == country for name in speaker.names)
        )

    def outlet(self, name: str) -> KnownOutlet | None:
        """The outlet on record of that name, alias or domain."""
        return self.outlets.get(key(name))


def _one(speakers: Iterable[KnownSpeaker]) -> KnownSpeaker | None:
    found = list(dict.fromkeys(speakers))
    return found[0] if len(found) == 1 else None


def _may_be(mention: Mention, speaker: KnownSpeaker) -> bool:
    """Whether the given names agree, as far as both are there: “V. Putin”, “Vladimir V. Putin”."""
    if not mention.given or not speaker.given:
        return True
    said, kept = (fold(name).split(" ")[0].rstrip(".") for name in (mention.given, speaker.given))
    return said == kept or (1 in (len(said), len(kept)) and said[0] == kept[0])


def _country_named(name: str) -> str:
    """The country a government's name tells: “Government of Ukraine”, “Kyiv”."""
    bare = re.sub(r"^(?:the )?(?:government|cabinet) of (?:the )?", "", name.strip(), flags=re.IGNORECASE)
    return SEATS.get(bare.casefold(), "")
