"""Documents of a batch, who is quoted in them, and what is kept of their texts."""

import hashlib

from quotes.generating import days, roads
from quotes.generating.cast import Carrier, Voice
from quotes.generating.making import Held, Making, Told, moment
from quotes.generating.plan import pid
from quotes.generating.rows import DocumentRow, SnapshotRow, SpeakerRow
from quotes.generating.skew import Shares
from quotes.generating.wording import Pen

# Chances, of one.
ARCHIVED = 0.3
UNNAMED = 0.05

_KINDS = Shares({"article": 70, "interview": 14, "broadcast": 6, "dispatch": 6, "press_release": 4})
_SOURCES = ("an official close to the talks", "a member of the delegation", "a person who read the draft")


def document(making: Making, day: int, language: str, kind: str = "") -> Held:
    random = making.random
    outlet: Carrier = making.cast.skewed["papers" if random.random() < 0.8 else "stations"].draw(random)  # noqa: PLR2004
    key, number = next(making.keys["document"]), next(making.documents)
    when = days.published(random, day)
    public = pid(making.plan.seed, 1, number)
    row = DocumentRow(
        id=key,
        pid=public,
        outlet_id=outlet.id,
        kind=kind or _KINDS.draw(random),
        title=making.pens[language].title(random),
        author="",
        url=f"https://{outlet.domain}/{when.text[:4]}/{public.lower()}",
        published=when.text,
        published_min=when.first,
        published_max=when.last,
        language=language,
        licence="",
        note="",
        created_at=moment(day, random),
    )
    making.rows["sources_document"].append(row)
    return Held(row, outlet, day)


def fill(making: Making, held: Held, numbers: list[int]) -> None:
    """The statements of a document, and its archived text where one is kept."""
    pen, random = making.pens[held.row.language], making.random
    unnamed = _unnamed(making, held) if random.random() < UNNAMED else None
    for number in numbers:
        voice: Voice = unnamed or making.cast.skewed["voices"].draw(random)
        road = roads.road(random, making.cast, voice, held.outlet)
        held.told.append(Told(number, pen.wording(random), voice, road))
    if random.random() < ARCHIVED:
        _archive(making, held, pen)


def _archive(making: Making, held: Held, pen: Pen) -> None:
    text = f"{held.row.title}\n\n{pen.lead(making.random)}"
    for told in held.told:
        told.start = len(text) + 2
        text = f"{text}\n\n{told.wording.printed} — {told.voice.name}. {pen.lead(making.random)}"
    held.snapshot = SnapshotRow(
        id=next(making.keys["snapshot"]),
        document_id=held.row.id,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        taken_at=moment(held.day + 1, making.random),
        media_type="text/plain",
        original="",
        original_sha256="",
        sealed="",
        checked_at=None,
        check_result="",
        redacted_at=None,
    )
    making.rows["sources_snapshot"].append(held.snapshot)


def _unnamed(making: Making, held: Held) -> Voice:
    name = _SOURCES[int(making.random.random() * len(_SOURCES))]
    key = next(making.keys["speaker"])
    row = SpeakerRow(key, "unnamed", name, "", "", "", None, held.row.id, "", None)
    making.rows["quotes_speaker"].append(row)
    frozen = dict.fromkeys(("given", "particle", "family", "slug", "wikidata"), "")
    return Voice(key, name, "", (), {"kind": "unnamed", "name": name, **frozen})
