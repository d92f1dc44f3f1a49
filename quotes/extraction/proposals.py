"""What extraction proposes: candidates, with the characters each part came from and how sure it is of each."""

from dataclasses import dataclass, field, replace
from typing import Literal

from quotes.extraction.known import Id, OutletKind, SpeakerKind
from quotes.spans import Spans, mode_of, plain

Range = tuple[int, int]
HopRole = Literal["told_by", "spoken_to", "issued_by", "relayed_by", "published_by"]
LinkKind = Literal["responds_to", "reports", "repeats", "confirms", "denies", "contradicts"]
Basis = Literal["stated", "resolved", "inferred"]


@dataclass(frozen=True)
class Party:
    """A speaker: one on record (`id`), or a proposed new one with its kind and name, in parts where it is a person's.

    `members` are the ids or names of a joint statement's speakers; an unnamed source's `name` is how it is described.
    """

    kind: SpeakerKind
    name: str
    id: Id | None = None
    given: str = ""
    particle: str = ""
    family: str = ""
    members: tuple["Party", ...] = ()


@dataclass(frozen=True)
class Carrier:
    """An outlet: one on record (`id`), or a proposed new one with its kind."""

    name: str
    kind: OutletKind
    id: Id | None = None


@dataclass(frozen=True)
class ProposedHop:
    """A stop of a relay chain, outward from the speaker: `told_by` has a speaker, every other role an outlet.

    `date` is an EDTF date, empty where the text doesn't tell when the words passed there.
    """

    role: HopRole
    mention: str
    range: Range | None = None
    outlet: Carrier | None = None
    speaker: Party | None = None
    confidence: float = 1.0
    date: str = ""


@dataclass(frozen=True)
class ProposedLink:
    """What the candidate does to another one of the same document; `target` is its place in the list."""

    kind: LinkKind
    target: int
    confidence: float


@dataclass(frozen=True)
class ProposedTopic:
    """A topic on record that the candidate seems to address."""

    id: Id
    confidence: float


@dataclass(frozen=True)
class Said:
    """When it was said, as an EDTF date; `phrase` and `range` are what it follows from, empty where nothing says."""

    date: str = ""
    basis: Basis = "inferred"
    phrase: str = ""
    range: Range | None = None


@dataclass(frozen=True)
class Confidences:
    """How sure each part is, from 0 to 1."""

    words: float = 0.0
    speaker: float = 0.0
    said: float = 0.0
    hops: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """A statement that a document seems to hold.

    `ranges` has, for each span, the raw characters it came from. `place` is where the printed wording stands, marks
    included. `wording_as_printed` differs from `spans` where a misplaced mark was repaired, and is empty elsewhere.
    `attested` are further chains that the document tells of carriers it doesn't print ("also reported by").
    """

    spans: Spans
    ranges: tuple[tuple[Range, ...], ...]
    place: Range
    wording_as_printed: Spans = ()
    speaker: Party | None = None
    speaker_mention: str = ""
    speaker_range: Range | None = None
    label: str = ""
    label_range: Range | None = None
    speaks_for: Party | None = None
    cue: str = ""
    cue_range: Range | None = None
    hops: tuple[ProposedHop, ...] = ()
    attested: tuple[tuple[ProposedHop, ...], ...] = ()
    said: Said = field(default_factory=Said)
    topics: tuple[ProposedTopic, ...] = ()
    links: tuple[ProposedLink, ...] = ()
    confidence: float = 0.0
    confidences: Confidences = field(default_factory=Confidences)

    @property
    def mode(self) -> str:
        """Direct, indirect or mixed."""
        return mode_of(self.spans)

    @property
    def words(self) -> str:
        """The words alone, without marks."""
        return plain(self.spans)

    def changed(self, **fields: object) -> "Candidate":
        """A copy with other values in these fields."""
        return replace(self, **fields)  # type: ignore[arg-type]  # the callers name fields of this class
