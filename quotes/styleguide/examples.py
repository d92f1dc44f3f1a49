"""Examples of everything that pages are made of: objects that were never saved, so that nothing is read or written."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from quotes.charts.bars import bars
from quotes.charts.figures import Figure
from quotes.charts.roads import tree_of_roads
from quotes.differences import Change, compare_words
from quotes.history import Event
from quotes.listing import ActiveFilter, FacetShown, FacetValue
from quotes.models import Speaker, Statement, Topic
from quotes.models.origins import Origin
from quotes.notation import parse
from quotes.pages import Road, Stop
from quotes.prepared import keep
from quotes.spans import mode_of, plain, to_json
from quotes.wording.comparing import compare
from quotes.wording.words import read_spans
from sources.models import Document, Outlet

DAY = dt.date(2022, 12, 3)
AT = dt.datetime(2022, 12, 5, 9, 30, tzinfo=dt.UTC)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SAID, CORRECTED = "We must think about the security of our allies.", "We must think of the security of all our allies."
HERE = "/styleguide/"


def cards() -> dict[str, list[Statement]]:
    """Statements for cards, by what is shown with them."""
    return {
        "Direct": [_statement("“We must think about security.”")],
        "Mixed, with insertions": [
            _statement("In Kyiv’s view this is “interfering [(with)] its [own] sovereignty […].”")
        ],
        "Indirect": [_statement("he was ready to give guarantees, so long as it came back to the talks.")],
        "Right to left": [_statement("“سنواصل الحوار مع جميع الأطراف”", by="عبد الفتاح السيسي", language="ar")],
        "Very long": [_statement(f"“{SAID} {LONG}. {SAID * 14}”", by=f"Ann {LONG}", label=LONG, topics=12)],
        "Retracted": [_statement("“We will never leave.”", state=Statement.State.RETRACTED)],
    }


def _statement(words: str, *, by: str = "Emmanuel Macron", topics: int = 2, **fields: Any) -> Statement:
    spans = parse(words)
    made = Statement(
        pk=1,
        spans=to_json(spans),
        mode=mode_of(spans),
        text=plain(spans),
        speaker=Speaker(name=by, slug="someone"),
        said=str(DAY),
        said_max=DAY,
        **{"language": "en", "label": "President of France", "state": Statement.State.PUBLISHED, **fields},
    )
    outlet, agency = Outlet(pk=1, name="TF1", slug="tf1"), Outlet(pk=2, name="TASS", slug="tass")
    made.carried = {"spoken_to": [outlet], "relayed_by": [agency]}
    made.origins = [Origin(outlet, held=False)]
    keep(made, "topics", [Topic(name=f"Security guarantees {n + 1}", slug="security") for n in range(topics)], Topic)
    return made


def banners() -> list[dict[str, Any]]:
    """What each banner above a statement is shown with."""
    kept = _statement("“We might leave.”")
    merged = _statement("“We might leave!”", state=Statement.State.MERGED, merged_into=kept)
    act = SimpleNamespace(at=AT, reason="A word was left out, as the recording shows.")
    none: dict[str, Any] = {"retraction": None, "merge": None, "corrections": [], "has_later": False}
    shown: list[tuple[Statement, dict[str, Any], bool]] = [
        (_statement("“No.”", state=Statement.State.RETRACTED), {"retraction": act}, False),
        (merged, {"merge": act}, False),
        (kept, {"corrections": [act], "more_corrections": 2}, False),
        (kept, {"has_later": True, "latest": 3, "changed_since": "the words"}, True),
    ]
    return [
        {
            "statement": statement,
            "standing": SimpleNamespace(**(none | standing)),
            "is_version": is_version,
            "revision": SimpleNamespace(number=1),
        }
        for statement, standing, is_version in shown
    ]


def listing() -> SimpleNamespace:
    """The filters, facets and pages of a list."""
    facets = [
        FacetShown(
            "speaker", "Speaker", _values("speaker", ("Emmanuel Macron", True), ("Government of Ukraine", False))
        ),
        FacetShown("outlet", "Outlet", _values("outlet", ("TF1", False), (LONG, False))),
    ]
    active = [
        ActiveFilter("speaker", "Speaker", "Emmanuel Macron", "", HERE),
        ActiveFilter("q", "Words", LONG, "", HERE),
    ]
    loosening = SimpleNamespace(url=HERE, label="Words", words="nothing-like-this", found="166 statements")
    return SimpleNamespace(
        active=active, clear_url=HERE, facets=facets, previous_url=HERE, next_url=HERE, loosenings=[loosening]
    )


def _values(facet: str, *named: tuple[str, bool]) -> list[FacetValue]:
    return [
        FacetValue(f"{facet}-{place}", name, "1,234", chosen, HERE)
        for place, (name, chosen) in enumerate(named, start=1)
    ]


def roads() -> list[Road]:
    """Two roads that share their beginning, and a long one."""
    first, second = Stop("said by", "Emmanuel Macron", HERE, ""), Stop("said to", "TF1", HERE, "3 December 2022")
    relayed = Stop("relayed by", "TASS", HERE, "published by, December 2022, as the document says")
    printed = Stop("published by", LONG, HERE, "5 December 2022")
    return [_road(first, second, printed), _road(first, second, relayed, printed)]


def _road(*stops: Stop) -> Any:
    document = Document(title="An article", published=str(DAY), language="en")
    return SimpleNamespace(appearance=SimpleNamespace(document=document, attested=False), stops=list(stops))


def figures() -> list[Figure]:
    """Named bars, and a tree."""
    rows = [("TF1", 9, HERE), (LONG, 4, HERE), ("الجزيرة", 1, HERE), ("Others", 1, "")]
    return [bars("outlets", "Which outlets carried it", "12 statements are counted.", rows, 12), tree_of_roads(roads())]


def events() -> list[Event]:
    """A history, newest first."""
    return [
        Event(AT, "Retracted", None, reason="The outlet withdrew the interview."),
        Event(AT, "Corrected", None, reason="A word was left out.", number=2, changed="the words"),
        Event(AT, "Recorded", None, number=1),
    ]


def versions() -> SimpleNamespace:
    """Two versions compared."""
    comparison = SimpleNamespace(
        old=SimpleNamespace(language="en"),
        new=SimpleNamespace(language="en"),
        parts=compare_words(f"“{SAID}”", f"“{CORRECTED}”"),
        changes=[Change("Office", "President", "President of France"), Change("Date", "", "3 December 2022")],
    )
    return SimpleNamespace(numbers=[1, 2], chosen=(1, 2), comparison=comparison)


def quotation() -> SimpleNamespace:
    """A quotation beside what is on record."""
    said, quoted = (read_spans(parse(f"“{one}”")) for one in (SAID, "We must never think about security."))
    return SimpleNamespace(quoted=True, differences=compare(said, quoted).differences)
