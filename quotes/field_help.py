"""What the fields are that are hardest to fill in: a question that an editor may have, and its answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from quotes.glossary import Term, UnknownTerm, term

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Help:
    """A question about a field, its answer, and the terms that tell more."""

    question: "StrOrPromise"
    answer: "StrOrPromise"
    keys: tuple[str, ...]

    @property
    def terms(self) -> list[Term]:
        """The glossary's entries."""
        return [term(key) for key in self.keys]


HELP = {
    "words": Help(
        _("Whose words are whose?"),
        _(
            "Put quotation marks round the speaker’s own words and round nothing else: “We must think,” he said. Words "
            "without marks are the reporter’s. What was added stands in brackets: [of] by us, [(the conflict)] by the "
            "source; […] where you leave something out."
        ),
        ("direct", "reported", "mixed", "insertion", "omission"),
    ),
    "translation": Help(
        _("When is it a translation?"),
        _(
            "When the words were said in another language than they stand in here, whoever translated them. From what "
            "and by whom may stay empty where it is not known."
        ),
        ("translation",),
    ),
    "speaker": Help(
        _("Who is the speaker?"),
        _(
            "Whoever said the words, and not the journalist who reports them. Where one person tells another’s words, "
            "the speaker is that other, and who tells them is a stop of the road: “told by”."
        ),
        ("speaker", "unnamed", "office"),
    ),
    "speaks-for": Help(
        _("When does somebody speak for another?"),
        _("When a spokesperson says it: the spokesperson is the speaker, and whom they speak for stands here."),
        ("speaks-for",),
    ),
    "said": Help(
        _("How exact is the date?"),
        _(
            "Write no more than is known: 2022-12-03 for a day, 2022-12 for a month, 2022-12-03/2022-12-05 for one of "
            "these days. ? marks what is uncertain, ~ what is approximate. Where the document gives no date, write "
            "/2022-12-04: by the day on which it was published."
        ),
        ("said-date", "imprecise-date"),
    ),
    "basis": Help(
        _("How do we know the date?"),
        _(
            "As stated: the document gives it. Resolved: it follows from a phrase such as “on Saturday”, which you "
            "copy. Inferred: you conclude it, and say how."
        ),
        ("basis",),
    ),
    "document": Help(
        _("Which document is meant?"),
        _(
            "The one in which you found the words, which need not be where they were said: of a newspaper that quotes "
            "a television interview, the article is the document and the broadcaster a stop of the road."
        ),
        ("document", "outlet"),
    ),
    "printed": Help(
        _("What does “as printed” mean?"),
        _(
            "The document’s own characters, with its faults. Put the words right above where the marks are misplaced, "
            "and leave here what the document really has."
        ),
        ("as-printed", "wording"),
    ),
    "attested": Help(
        _("When is it attested?"),
        _(
            "When the document only tells that somebody else carried the words too, as in “also reported by TASS”. "
            "What that one printed is not held, so it has no wording here."
        ),
        ("attested", "held"),
    ),
    "stops": Help(
        _("What is a stop?"),
        _(
            "Whoever passed the words on before the document printed them, the one nearest to the speaker first. "
            "Macron told TF1 and TASS passed it on: spoken to TF1, relayed by TASS. If the document names nobody, "
            "leave them empty."
        ),
        ("road", "stop", "agency", "origin"),
    ),
    "links": Help(
        _("What is a link?"),
        _(
            "What this statement does to another one on record: it answers, tells, repeats, confirms, denies or "
            "contradicts it. Both pages show it."
        ),
        ("link",),
    ),
    "review": Help(
        _("What is decided here?"),
        _(
            "A program has read the text and suggests what may be a statement. You judge each: whose words, who said "
            "them, when, and by which road. Accepting makes a draft; nothing is public before it is published."
        ),
        ("statement", "as-printed"),
    ),
    "correction": Help(
        _("What makes a new version?"),
        _(
            "The words, who said them, when, or the road of the printing that is shown first. Further printings, "
            "topics and links make none. Everybody can read your reason, and the version that stood before."
        ),
        ("version", "correction", "history"),
    ),
}


def help_with(key: str) -> Help:
    """The answer of that key. Raises UnknownTerm."""
    if key not in HELP:
        raise UnknownTerm(key)
    return HELP[key]
