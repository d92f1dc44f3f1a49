"""Which names a text may mention, and whose on record they are, in bounded work.

A name is looked up by index in each form that a text may give it, so that the work grows with the text alone.
"""

import re
from collections.abc import Collection, Iterator
from itertools import islice

from quotes.extraction.lexicon import COUNTRY_OF, SEATS
from quotes.extraction.mentions import read_mention
from quotes.models import Alias, Role, Speaker
from quotes.text import fold

MOST_SPEAKERS = 500
_MOST_FORMS = 200
_LONGEST = 7
_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_JOINERS = frozenset(
    re.findall(r"\w+", "of the for and de la le du des da dos von van der den di del al el bin ibn y et und")
)


def mentioned(text: str) -> Iterator[str]:
    """Every name a text may mention, in each form the record may have it in; some more than once."""
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    for at, (word, _, _) in enumerate(words):
        if _is_capital(word):
            for name in _runs(text, words[at : at + _LONGEST]):
                yield from forms(name)
        if word.casefold() in COUNTRY_OF:
            yield from _lower_case_offices(word, [one for one, _, _ in words[at + 1 : at + 4]])
        if "." in word:
            yield word


def _runs(text: str, words: list[tuple[str, int, int]]) -> Iterator[str]:
    """The runs of words that begin here and end in a capital, small words between them: Ministry of Defense."""
    first = words[0][1]
    for at, (word, start, end) in enumerate(words):
        if at and not (_goes_on(word) and _touches(words[at - 1][0], text[words[at - 1][2] : start])):
            return
        if _is_capital(word):
            yield " ".join(text[first:end].split())


def _touches(before: str, gap: str) -> bool:
    """Whether a word follows another one in a name: after a space, and after the stop of an initial."""
    return gap.replace(".", "", len(before) <= 2).isspace() and "\n" not in gap  # noqa: PLR2004


def _goes_on(word: str) -> bool:
    return _is_capital(word) or word in _JOINERS


def _is_capital(word: str) -> bool:
    """Whether a word begins as names do; scripts without capitals write every word so."""
    return word[0].isupper() or word[0].isdigit() or word[0].lower() == word[0].upper()


def forms(name: str) -> Iterator[str]:
    """A name as it stands, and as the record may have it: without a genitive, by its country, not in capitals."""
    bare = re.sub(r"['’]s?$", "", name)
    spelled = bare.title() if bare.isupper() and len(bare) > 4 else bare  # noqa: PLR2004 - acronyms stay
    for one in dict.fromkeys((bare, spelled)):
        yield one
        first, _, rest = one.partition(" ")
        if rest and first.casefold() in COUNTRY_OF:
            yield from _of_country(rest, COUNTRY_OF[first.casefold()])
        if country := SEATS.get(one.casefold()):
            yield from (country, f"Government of {country}", f"Government of the {country}")


def _of_country(what: str, country: str) -> Iterator[str]:
    """“Defense Ministry” and Russia: Ministry of Defense of Russia, and the like."""
    whats = [what, what.replace("Defense", "Defence"), what.replace("Defence", "Defense")]
    whats += [f"Ministry of {one.removesuffix(' Ministry')}" for one in whats if one.endswith(" Ministry")]
    for one in dict.fromkeys(whats):
        yield from (one, f"{one} of {country}", f"{one} of the {country}", f"{country} {one}")


def _lower_case_offices(adjective: str, following: list[str]) -> Iterator[str]:
    """“French president”: President of France."""
    for length in range(1, len(following) + 1):
        office = " ".join(following[:length])
        yield f"{adjective} {office}"
        yield from _of_country(office[0].upper() + office[1:], COUNTRY_OF[adjective.casefold()])


def speakers_named(names: set[str]) -> list[Speaker]:
    """Those with one of these names, family names, aliases or offices; whoever has a whole name comes first.

    With their aliases and roles. Seven queries.
    """
    keys = dict.fromkeys(key for rows in _rows(names) for key, _ in rows)
    chosen = list(keys)[:MOST_SPEAKERS]
    speakers = Speaker.objects.filter(merged_into=None).prefetch_related("aliases", "roles").in_bulk(chosen)
    return [speakers[key] for key in chosen if key in speakers]


def speakers_meant(texts: Collection[str]) -> dict[str, list[Speaker]]:
    """Those whom each mention names: by the longest name in it, else by an office, else by a family's.

    “Russia’s President Vladimir Putin” is one man, “Eriksen” may be several, “Dmitri Eriksen” isn't Anna. Five queries,
    however many mentions; none for none.
    """
    if not texts:
        return {}
    names = {text: set(islice(mentioned(text), _MOST_FORMS)) for text in texts}
    rows = _rows({name for some in names.values() for name in some}, MOST_SPEAKERS * len(names))
    meant = {text: _meant(text, [_of(some, kind) for kind in rows]) for text, some in names.items()}
    keys = {key for some, _ in meant.values() for key in some}
    found = list(Speaker.objects.filter(pk__among=keys, merged_into=None)) if keys else []
    return {
        text: _of_given_name(text, [one for one in found if one.pk in some], by_family=by_family)
        for text, (some, by_family) in meant.items()
    }


def _of(names: set[str], rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return list(islice((row for row in rows if row[1] in names), MOST_SPEAKERS))


def _meant(text: str, rows: list[list[tuple[int, str]]]) -> tuple[set[int], bool]:
    """Whom a mention may mean, and whether only a family's name says so."""
    named, aliased, holding, family = rows
    whole = [*named, *aliased]
    # A name that only follows from the words, as “Government of Russia” does from “Russia”, is as short as they are.
    length = {name: len(name.split()) if fold(name) in fold(text) else 1 for _, name in whole}
    longest = max(length.values(), default=0)
    keys = {key for key, name in whole if length[name] == longest} or {key for key, _ in holding}
    return (keys, False) if keys else ({key for key, _ in family}, True)


def _of_given_name(text: str, speakers: list[Speaker], *, by_family: bool) -> list[Speaker]:
    """Those of a family's name whose given name may be the one that a mention has."""
    mention = read_mention(text, (0, len(text))) if by_family else None
    given = fold(mention.given)[:1] if mention else ""
    return [one for one in speakers if not (given and one.given) or fold(one.given)[:1] == given]


def _rows(names: Collection[str], most: int = MOST_SPEAKERS) -> list[list[tuple[int, str]]]:
    """The ids of those who are called so, with what they are called: by name, alias, office and family. Four queries.

    Whoever was merged stands for the survivor. Each query goes by an index, and reads so many rows at most.
    """
    named = Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED)
    found = [
        (named.filter(name__among=names), ("pk", "merged_into", "name")),
        (Alias.objects.filter(name__among=names), ("speaker", "speaker__merged_into", "name")),
        (Role.objects.filter(label__among=names), ("speaker", "speaker__merged_into", "label")),
        (named.filter(family__among=names).exclude(family=""), ("pk", "merged_into", "family")),
    ]
    # By the key alone PostgreSQL would rather read the whole table in its order.
    ordered = (rows.order_by(columns[-1], "pk").values_list(*columns)[:most] for rows, columns in found)
    return [[(survivor or pk, name) for pk, survivor, name in rows] for rows in ordered]
