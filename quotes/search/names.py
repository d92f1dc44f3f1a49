"""Which speakers a search means by a name, so that no entry needs to be written anew when a name changes."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import CharField, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from quotes.models import NameWord, TokenCount

MOST = 20
"""So many speakers can be meant by one word, those with the most statements on record."""
_LOOKED_AT = 500


def speakers_named(
    words: Iterable[str], prefixes: Iterable[str] = (), using: str | None = None
) -> dict[str, list[int]]:
    """Return the ids of the speakers that each analysed word, and each beginning of a word, can mean. One query.

    Those that more of the words can mean come first, then those with the most statements.
    """
    wanted, begun = sorted(set(words)), sorted(set(prefixes))
    asked = Q(word__in=wanted)
    for prefix in begun:
        asked |= Q(word__gte=prefix, word__lt=f"{prefix}\U0010ffff")
    if not wanted and not begun:
        return {}
    token = Concat(Value("_s"), Cast(OuterRef("speaker_id"), CharField()))
    count = TokenCount.objects.filter(token=token, month=0).values("n")
    rows = (
        NameWord.objects.using(using)
        .filter(asked)
        .annotate(n=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    hits: dict[int, int] = defaultdict(int)
    for word, speaker, n in rows.order_by(F("n").desc(), "speaker_id").values_list("word", "speaker_id", "n")[
        :_LOOKED_AT
    ]:
        hits[speaker] += 1
        for meant in [*([word] if word in wanted else []), *(prefix for prefix in begun if word.startswith(prefix))]:
            found[meant][speaker] = n
    return {
        meant: sorted(speakers, key=lambda key: (-hits[key], -speakers[key], key))[:MOST]
        for meant, speakers in found.items()
    }
