"""What names begin with and look like, kept when a name comes or changes."""

from collections.abc import Collection, Iterable

from django.db.models import Model

from quotes.models import Alias, NameStart, NameTrigram, NameWord, Speaker, Topic
from quotes.record.rows import insert_missing
from quotes.search.analysis import folded, terms_of
from quotes.search.spelling import SHORTEST, trigrams
from sources.models import Outlet
from sources.slugs import kind_of


def know_names(model: type[Model], keys: Iterable[int]) -> None:
    """Let the names of speakers, outlets or topics lead to them; those of the merged no longer do.

    Two or three queries, two more for speakers, and a few where something changed. Words that no name has any more stay
    among those that a misspelt one is likened to: whoever asks looks up whether they still lead anywhere.
    """
    wanted = set(keys)
    if not wanted:
        return
    if model is Speaker:
        _lead_words(wanted)
    kind = kind_of(model)
    right = {(key, start) for key, name in _names(model, wanted) for start in starts_of(name)}
    rows = NameStart.objects.filter(kind=kind, key__among=wanted).values_list("pk", "key", "start")
    kept = {(key, start): row for row, key, start in rows}
    if gone := [row for pair, row in kept.items() if pair not in right]:
        NameStart.objects.filter(pk__in=gone).delete()
    if come := sorted(right - kept.keys()):
        insert_missing(NameStart, ("kind", "key", "start"), [(kind, key, start) for key, start in come])
        _spell({start.split()[0] for _, start in come})


def unknown_names(model: type[Model], keys: Collection[int]) -> list[int]:
    """Which of some speakers, outlets or topics aren't found by what their names begin with. Two queries or three."""
    right = {(key, start) for key, name in _names(model, keys) for start in starts_of(name)}
    kept = set(NameStart.objects.filter(kind=kind_of(model), key__in=keys).values_list("key", "start"))
    return sorted({key for key, _ in right - kept})


def starts_of(name: str) -> set[str]:
    """Return a name, folded, from each of its words on."""
    words = folded(name).split()
    return {" ".join(words[first:])[: NameStart.LONGEST].rstrip() for first in range(len(words))}


def _names(model: type[Model], keys: Collection[int]) -> list[tuple[int, str]]:
    if model is Topic:
        return list(Topic.objects.filter(pk__among=keys).values_list("pk", "name"))
    if model is Outlet:
        rows = Outlet.objects.filter(pk__among=keys, merged_into=None).values_list("pk", "name", "domain")
        return [(key, name) for key, *names in rows for name in names]
    speakers = Speaker.objects.filter(pk__among=keys, slug__isnull=False, merged_into=None).order_by()
    names = list(speakers.values_list("pk", "name"))
    return names + list(
        Alias.objects.filter(speaker_id__among=[key for key, _ in names]).order_by().values_list("speaker_id", "name")
    )


def _spell(words: Iterable[str]) -> None:
    rows = {(trigram, word) for word in words if len(word) >= SHORTEST for trigram in trigrams(word)}
    insert_missing(NameTrigram, ("trigram", "word"), sorted(rows))


def _lead_words(speakers: Iterable[int]) -> None:
    """Let the words of their names lead to speakers. Two queries, and two more where something changed."""
    wanted = sorted(set(speakers))
    found: dict[int, set[str]] = {key: set() for key in wanted}
    names = Speaker.objects.filter(pk__among=wanted, slug__isnull=False, merged_into=None)
    for key, *pair in names.values_list("pk", "name", "aliases__name").order_by():
        found[key] |= {word for name in pair for word in terms_of(name or "").split()}
    right = {(word, key) for key, words in found.items() for word in words}
    rows = NameWord.objects.filter(speaker_id__among=wanted).values_list("pk", "word", "speaker_id")
    kept = {(word, speaker): row for row, word, speaker in rows}
    if wrong := [row for pair, row in kept.items() if pair not in right]:
        NameWord.objects.filter(pk__in=wrong).delete()
    if missing := sorted(right - kept.keys()):
        insert_missing(NameWord, ("word", "speaker_id"), missing)
