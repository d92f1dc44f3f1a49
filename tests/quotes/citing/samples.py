"""Bodies of versions, one for each thing that is hard to cite. All but the first say what nobody has said."""

import datetime as dt
from typing import Any

from quotes import dates
from quotes.citing.present import Correction, Present, Retraction
from quotes.citing.record import CitedStatement, read

SITE = "https://onrecord.example"
Body = dict[str, Any]


def speaker(kind: str, name: str, given: str = "", particle: str = "", family: str = "", slug: str = "") -> Body:
    return {
        "kind": kind,
        "name": name,
        "given": given,
        "particle": particle,
        "family": family,
        "slug": slug or ("" if kind == "unnamed" else name.lower().replace(" ", "-")),
        "wikidata": "",
    }


def outlet(name: str, kind: str = "newspaper", *, identified: bool = True) -> Body:
    return {"name": name, "slug": name.lower().replace(" ", "-"), "kind": kind, "identified": identified}


def hop(role: str, who: Body, date: str = "") -> Body:
    part = "speaker" if role == "told_by" else "outlet"
    return {"role": role, part: who, "date": date, "language": ""}


def document(**changes: Any) -> Body:
    known = {
        "id": "4T8WZ1N3KC",
        "kind": "article",
        "title": "Talks to go on, says minister",
        "author": "Jane Doe",
        "url": "https://daily.example/2024/talks",
        "published": "2024-05-07",
        "language": "en",
        "outlet": outlet("The Daily Example"),
    }
    return known | changes


def source(carrier: Body | None = None, *hops: Body, **changes: Any) -> Body:
    known = {
        "attested": False,
        "document": carrier or document(),
        "printed": "",
        "start": None,
        "end": None,
        "prefix": "",
        "suffix": "",
        "snapshot": None,
        "translator": "",
        "hops": list(hops),
    }
    return known | changes


def said(edtf: str, basis: str = "stated", phrase: str = "") -> Body:
    when = dates.read(edtf)
    first, last = (day.isoformat() if day else None for day in (when.first, when.last))
    return {"edtf": edtf, "first": first, "last": last, "basis": basis, "phrase": phrase}


def direct(text: str) -> Body:
    return {"mode": "direct", "text": text}


def indirect(text: str) -> Body:
    return {"mode": "indirect", "text": text}


def body(pid: str, who: Body, words: list[Body], when: Body, where: Body, **changes: Any) -> Body:
    modes = {span["mode"] for span in words}
    mode = "indirect" if "direct" not in modes else "mixed" if "indirect" in modes else "direct"
    known = {
        "schema": 1,
        "salt": "0" * 32,
        "id": pid,
        "version": 1,
        "recorded": "2026-11-23",
        "spans": words,
        "mode": mode,
        "language": "en",
        "translation": None,
        "speaker": who,
        "speaks_for": None,
        "label": "",
        "said": when,
        "source": where,
        "relayed_by": [],
        "topics": [],
    }
    return known | changes


MACRON = speaker("person", "Emmanuel Macron", "Emmanuel", "", "Macron") | {"wikidata": "Q3052772"}
MINISTRY = speaker("government", "Ministry of Fisheries of Freedonia", slug="ministry-of-fisheries")
UNIDENTIFIED = outlet("Unidentified website", "website", identified=False)
TF1 = outlet("TF1", "broadcaster")
TASS = outlet("TASS", "agency")

FOUNDING = body(
    "7K2M9QX4TA",
    MACRON,
    [
        direct("This issue will be part of the discussions about peace, and we must prepare for what will come after "),
        {"mode": "insertion", "text": "the Ukrainian conflict", "by": "source"},
        direct(
            ", and think about how we can protect our allies and at the same time how to provide Russia with "
            "guarantees regarding its security once the parties return to the negotiating table."
        ),
    ],
    said("2022-12-03", "resolved", "On Saturday"),
    source(
        document(title="", author="", url="", published="2022-12", outlet=UNIDENTIFIED),
        hop("spoken_to", TF1, "2022-12-03"),
        hop("published_by", UNIDENTIFIED, "2022-12"),
        printed="This issue will be part of the discussions about peace, and we must prepare for what will come after "
        "(the Ukrainian conflict), and think about how we can protect our allies and at the same time how to provide "
        "Russia with guarantees regarding its security once the parties return.” to the negotiating table.”",
        start=569,
        end=863,
        prefix="which were also reported by the Russian news agency TASS: “",
        suffix="\nIt is noteworthy that",
    ),
    label="President of France",
    relayed_by=["TASS"],
    topics=[
        {"name": "Security guarantees", "slug": "security-guarantees"},
        {"name": "Peace negotiations", "slug": "peace-negotiations"},
    ],
)
MINISTRY_RELEASE = body(
    "3F6RB0Y8JH",
    MINISTRY,
    [direct("Quotas rise by 5 % & nets #3_a {new} stay ~ $10 \\ 20^2 | ''free'' [[port]].")],
    said("2021-12?", "inferred"),
    source(
        document(
            kind="press_release",
            title="Quotas | 100 % “fair” {and} free",
            author="",
            url="https://fish.example/a_b?x=1&y={2}|3",
            outlet=outlet("Ministry of Fisheries of Freedonia", "public_body"),
        ),
        hop("issued_by", outlet("Ministry of Fisheries of Freedonia", "public_body")),
    ),
)
PARTICLE = body(
    "5D1QG7N2XV",
    speaker("person", "Ursula von der Halden", "Ursula", "von der", "Halden"),
    [direct("We will not open that file again.")],
    said("2024-05~"),
    source(None, hop("spoken_to", outlet("Radio Vier", "broadcaster")), hop("relayed_by", outlet("DPX", "agency"))),
    translation={"from": "de", "translator": "Anne Roe"},
    relayed_by=["DPX", "AFX"],
)
GAULLE = body(
    "6H9TC4W0ZM",
    speaker("person", "Jean-Charles de Villard", "Jean-Charles", "de", "Villard"),
    [direct("Is it peace? It is “peace with honour,” the general said; I don’t believe it.")],
    said("2024-04-29/2024-05-02"),
    source(document(title="“Is it peace?” asks de Villard", published="2024-05")),
)
UNNAMED = body(
    "8B3XK5R1PD",
    speaker("unnamed", "a French official"),
    [direct("Nobody has seen that letter.")],
    said("2023"),
    source(document(author="", outlet=outlet("Le Quotidien"), language="fr"), hop("spoken_to", outlet("Le Quotidien"))),
    translation={"from": "", "translator": ""},
)
SPOKESMAN = body(
    "9C7ZM2T6QF",
    speaker("person", "Ivan Petrenko", "Ivan", "", "Petrenko"),
    [indirect("The talks could begin as soon as "), direct("both sides want them"), indirect(", he said.")],
    said("/2024-05-07", "inferred"),
    source(
        document(kind="interview", outlet=outlet("Wire One", "agency")), hop("relayed_by", outlet("Wire One", "agency"))
    ),
    speaks_for=speaker("government", "the Chancellery"),
    label="Spokesman",
    relayed_by=["Wire One"],
)
REPORTED = body(
    "2M8WJ6V3GS",
    speaker("person", "Ada King", "Ada Maria", "", "King"),
    [indirect("She was willing to return to the table if the “old” terms were dropped, and would bring her cabinet.")],
    said("2024-05-06"),
    source(None, hop("published_by", outlet("The Daily Example"))),
)
TOLD = body(
    "4P0YN9B7RE",
    speaker("person", "Boris Example", "Boris", "", "Example"),
    [direct("We are not moving.")],
    said("2022-11/2022-12"),
    source(
        document(title="", author="", url="", published="", outlet=None),
        hop("told_by", MACRON),
        hop("spoken_to", TF1),
        hop("relayed_by", TASS),
    ),
    relayed_by=["TASS"],
)
ARABIC = body(
    "5R2ZQ8D4HW",
    speaker("person", "ليلى المثال", slug="layla-al-mithal"),
    [direct("لن نعود إلى طاولة المفاوضات قبل أن تتوقف الحرب.")],
    said("2024-05-05"),
    source(
        document(title="قالت: «لن نعود»", author="", language="ar", outlet=outlet("قناة المثال", "broadcaster")),
        hop("spoken_to", outlet("قناة المثال", "broadcaster")),
    ),
    language="ar",
)
LONG = body(
    "6W4AR1F9KX",
    speaker("organisation", "World Kite Federation"),
    [
        direct(
            "First of all we thank everybody who came here today\n\nand then " + "we fly and fly and " * 300 + "land."
        )
    ],
    said("2024-21"),
    source(document(kind="official_paper", title="Annual report, 2024", author="", outlet=None, published="2024-21")),
)
INTERVAL = body(
    "7Y6BS3H1MZ",
    speaker("group", "Ministers of Six States"),
    [direct("The bridge is the parties’ "), {"mode": "omission"}, direct(" and ‘nobody’ else’s.")],
    said("2021-12/2022-02"),
    source(
        document(kind="post", title="", author="Six States", outlet=outlet("Chirper", "platform"), published="2022-XX"),
        hop("published_by", outlet("Chirper", "platform")),
    ),
    version=3,
)
CHINESE = body(
    "8A8CT5K3PB",
    speaker("person", "Li Example", "Li", "", "Example"),
    [direct("我们必须为冲突之后的一切做好准备，" * 12)],
    said("202X"),
    source(document(kind="dispatch", outlet=TASS, title="Dispatch from the talks", author=""), hop("relayed_by", TASS)),
    language="zh",
)
DECEMBER_DAYS = body(
    "9D0DV7N5RG",
    speaker("person", "Charlotte D’Exemple", "Charlotte", "", "D’Exemple"),
    [direct("Yes!")],
    said("2022-12-03/2022-12-05"),
    source(
        document(kind="broadcast", title="The News at 8", author="", outlet=TF1, published="2022-12-06~"),
        hop("spoken_to", TF1),
        hop("spoken_to", outlet("Radio Vier", "broadcaster")),
    ),
)
MARKUP = body(
    "2E2FW9P7TJ",
    speaker("person", "O. <b>Tag</b>", "O.", "", "<b>Tag</b>"),
    [direct("A <i>tag</i> & an & sign </script> is text.")],
    said("2022-12-03/2023-01-05"),
    source(document(title="A <i>title</i> -- with ]] and }}", published="2023-01-06")),
)

BODIES: dict[str, Body] = {
    "founding": FOUNDING,
    "ministry": MINISTRY_RELEASE,
    "particle": PARTICLE,
    "question": GAULLE,
    "unnamed": UNNAMED,
    "spokesman": SPOKESMAN,
    "reported": REPORTED,
    "told": TOLD,
    "arabic": ARABIC,
    "long": LONG,
    "interval": INTERVAL,
    "chinese": CHINESE,
    "days": DECEMBER_DAYS,
    "markup": MARKUP,
}
SAMPLES: dict[str, CitedStatement] = {name: read(sample, SITE) for name, sample in BODIES.items()}

COMPARED = f"{SITE}/q/7K2M9QX4TA/history?from=1&to=2"
CORRECTED = Present(
    dt.date(2024, 5, 9), corrections=(Correction(2, dt.date(2024, 5, 7), "A word\nwas <missing> & {100%}", COMPARED),)
)
RETRACTED = Present(
    dt.date(2024, 5, 9), Retraction(dt.date(2024, 5, 8), "The recording was “staged”."), CORRECTED.corrections
)
