"""What the record knows of a text: the speakers, outlets and topics that it mentions, in bounded work.

A name is looked up by index in each form that a text may give it, so that the work grows with the text alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import F, Q
from django.db.models.functions import Left

from quotes.extraction.known import (
    DocumentFacts,
    Known,
    KnownAlias,
    KnownOutlet,
    KnownRole,
    KnownSpeaker,
    KnownTopic,
)
from quotes.extraction.lexicon import COUNTRY_OF, SEATS
from quotes.models import Alias, Role, Speaker, Statement, Topic
from quotes.text import fold
from sources.models import Document, Outlet

MOST_NAMES = 5_000
_MOST_SPEAKERS = 500
_MOST_OUTLETS = 200
_MOST_TOPICS = 2_000
_MOST_FILED = 1_000
_OPENING = 400
_MOST_WORDS = 100
_LONGEST = 7
_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_JOINERS = frozenset(
    re.findall(r"\w+", "of the for and de la le du des da dos von van der den di del al el bin ibn y et und")
)


def known_in(text: str, document: Document) -> Known:
    """The speakers, outlets and topics on record that a text may speak of. Eleven queries, each of bounded size."""
    names = set(islice(mentioned(text), MOST_NAMES))
    return Known(
        speakers=tuple(_speaker(speaker) for speaker in _speakers(names)),
        outlets=tuple(_outlet(outlet) for outlet in _outlets(names, document)),
        topics=tuple(_topics()),
    )


def facts_of(document: Document) -> DocumentFacts:
    """What is known of the document itself."""
    return DocumentFacts(document.published, document.language or "en", _outlet(document.outlet))


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


def _speakers(names: set[str]) -> list[Speaker]:
    """Those with one of these names, family names, aliases or offices; whoever has a whole name comes first."""
    keys: dict[int, None] = {}
    named = Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED)
    rows = [
        named.filter(name__in=names).values_list("pk", "merged_into"),
        Alias.objects.filter(name__in=names).values_list("speaker", "speaker__merged_into"),
        Role.objects.filter(label__in=names).values_list("speaker", "speaker__merged_into"),
        named.filter(family__in=names).exclude(family="").values_list("pk", "merged_into"),
    ]
    for found in rows:
        keys |= dict.fromkeys(survivor or pk for pk, survivor in found.order_by("pk")[:_MOST_SPEAKERS])
    chosen = list(keys)[:_MOST_SPEAKERS]
    speakers = Speaker.objects.filter(merged_into=None).prefetch_related("aliases", "roles").in_bulk(chosen)
    return [speakers[key] for key in chosen if key in speakers]


def _speaker(speaker: Speaker) -> KnownSpeaker:
    return KnownSpeaker(
        id=speaker.pk,
        kind=speaker.kind,  # type: ignore[arg-type]  # the choices are the same
        name=speaker.name,
        given=speaker.given,
        particle=speaker.particle,
        family=speaker.family,
        aliases=tuple(KnownAlias(alias.name, alias.language) for alias in speaker.aliases.all()),
        roles=tuple(KnownRole(role.label, role.held) for role in speaker.roles.all()),
    )


def _outlets(names: set[str], document: Document) -> list[Outlet]:
    domains = {name.lower().removeprefix("www.") for name in names if "." in name}
    found = Outlet.objects.filter(Q(name__in=names) | Q(domain__in=domains), merged_into=None, identified=True)
    outlets = {outlet.pk: outlet for outlet in found.order_by("pk")[:_MOST_OUTLETS]}
    return list({document.outlet_id: document.outlet, **outlets}.values())


def _outlet(outlet: Outlet) -> KnownOutlet:
    return KnownOutlet(outlet.pk, outlet.name, outlet.kind, outlet.domain)  # type: ignore[arg-type]  # as above


def _topics() -> Iterator[KnownTopic]:
    """The topics, with the words of the latest thousand filings. Two queries."""
    filed = _filed_words()
    for topic in Topic.objects.order_by("pk")[:_MOST_TOPICS]:
        words = dict(filed[topic.pk].most_common(_MOST_WORDS)) if topic.pk in filed else {}
        yield KnownTopic(topic.pk, topic.name, tuple(topic.above), words)


def _filed_words() -> dict[int, Counter[str]]:
    filings = Statement.topics.through._default_manager.filter(statement__state=Statement.State.PUBLISHED)
    opening = Left(F("statement__folded"), _OPENING)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for topic, words in filings.order_by("-pk").values_list("topic_id", opening)[:_MOST_FILED]:
        counted[topic].update(_words(words))
    return counted


def _words(folded: str) -> Iterable[str]:
    return (word for word in re.findall(r"[^\W\d_]+", fold(folded)) if len(word) > 2)  # noqa: PLR2004
