"""Chooses what is asked of a record, evenly through all of it: `python -m bench.sample` prints it as JSON."""

import json
import sys
from itertools import product
from typing import Any

import django

WORDS = (
    "treaty grain", "embargo", '"budget on housing"', "lighthouses", "moratorium water", "summit energy",
    "saffron levy",
    "traité frontières", "договор зерно", "الاتفاق", "条约", "census", "tribunal steel", "charter fisheries",
    "mistletoe",
    "inquiry ports", "quota timber", "subsidy", "memorandum vaccines", "parliament",
)  # fmt: skip

EACH = 20_000
"""So many permalinks that none is asked for twice in a run."""


def main() -> None:
    django.setup()
    json.dump(samples(), sys.stdout, ensure_ascii=False)


def samples() -> dict[str, Any]:
    """What every contender is asked for, named as each of them names it."""
    from django.db.models import Count  # noqa: PLC0415 - after Django's setup

    from quotes.models import Carriage, Speaker, Statement  # noqa: PLC0415

    published = Statement.objects.published()
    every = list(published.order_by("pk").values_list("pk", "pid"))
    rotating = spread(every, 1000)
    keys = [key for key, _ in rotating]
    said = Speaker.objects.exclude(slug=None).annotate(n=Count("statements")).filter(n__gt=0).order_by("-n")
    speakers = list(said.values_list("slug", "name", "pk"))
    outlets = Carriage.objects.values("outlet__slug", "outlet__name", "outlet").annotate(n=Count("pk")).order_by("-n")
    return {
        "statements": [[pid, key] for key, pid in rotating],
        "each": [[pid, key] for key, pid in spread(every, EACH)],
        "speakers": [*speakers[:10], *spread(speakers[10:], 40)],
        "outlets": [[one["outlet__slug"], one["outlet__name"], one["outlet"]] for one in spread(list(outlets), 50)],
        "threes": threes(published.filter(pk__in=keys[::4])),
        "words": list(WORDS),
        "narrow": [[mode, code] for mode, code in product(("direct", "indirect", "mixed"), ("en", "fr", "ru", "zh"))],
        "worst": worst(speakers),
    }


def spread(things: list[Any], several: int) -> list[Any]:
    """At most so many of them, at even distances."""
    return things[:: max(1, len(things) // several)][:several]


def threes(chosen: Any) -> list[Any]:
    """Speaker, first outlet and topic of statements that have all three, so that something is found."""
    found = []
    for one in chosen.select_related("speaker").exclude(speaker__slug=None):
        carried = one.carriages.select_related("outlet").order_by("pk").first()
        topic = one.topics.order_by("name").first()
        if carried and topic:
            found.append(
                {
                    "speaker": [one.speaker.slug, one.speaker.name, one.speaker_id],
                    "outlet": [carried.outlet.slug, carried.outlet.name, carried.outlet_id],
                    "topic": [topic.slug, topic.name, topic.pk],
                }
            )
    return found


def worst(speakers: list[Any]) -> list[str]:
    """Filters that find little in much: frequent with rare, the reverse, and what nothing meets."""
    from django.db.models import Count  # noqa: PLC0415

    from quotes.models import Carriage, Topic  # noqa: PLC0415

    relays = list(
        Carriage.objects.filter(role="relayed_by").values_list("outlet__slug").annotate(n=Count("pk")).order_by("-n")
    )
    topics = list(Topic.objects.annotate(n=Count("statements")).filter(n__gt=0).order_by("-n").values_list("slug"))
    often, seldom = speakers[0][0], speakers[-1][0]
    return [
        f"speaker={often}&topic={topics[-1][0]}&relay={relays[-1][0]}",
        f"speaker={seldom}&topic={topics[0][0]}&relay={relays[0][0]}",
        f"speaker={often}&topic={topics[-1][0]}&relay={relays[-1][0]}&mode=mixed&language=zh&year=1950",
    ]


if __name__ == "__main__":
    main()
