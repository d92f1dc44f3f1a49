"""The terms that the site uses, each told once: for its page, and for the links from where it is met."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class UnknownTerm(LookupError):
    """Somebody links a term that the glossary doesn't tell."""

    def __init__(self, key: str) -> None:
        super().__init__(f"The glossary has no “{key}”: quotes/glossary.py lists its terms.")


@dataclass(frozen=True)
class Term:
    """One entry: its anchor, its name, what it means, an example of the founding record, and where it is found.

    `words` are an example that stands on record so, and is never translated. `where` is the name of a route, `rest`
    what follows its address, `found` what the link says.
    """

    key: str
    name: "StrOrPromise"
    meaning: "StrOrPromise"
    example: "StrOrPromise" = ""
    words: str = ""
    where: str = ""
    rest: str = ""
    found: "StrOrPromise" = ""

    @property
    def found_at(self) -> str:
        """The address of the page where it is found."""
        return reverse(self.where) + self.rest


@dataclass(frozen=True)
class Group:
    """Terms that belong together, under a heading."""

    key: str
    name: "StrOrPromise"
    terms: tuple[Term, ...]


_SAID = (
    Term(
        "statement",
        _("Statement"),
        _(
            "Words attributed to one speaker on one occasion. What was said once is one statement, in however many "
            "wordings and languages it was printed."
        ),
        _(
            "What Emmanuel Macron told TF1 about guarantees for Russia is one statement, though four pages print it, "
            "in two languages."
        ),
        where="statements",
        found=_("Statements"),
    ),
    Term(
        "speech",
        _("Speech"),
        _(
            "Whose words a statement has: the speaker’s own (direct), the reporter’s (reported), or both (mixed). Each "
            "part of a statement says which it is."
        ),
    ),
    Term(
        "direct",
        _("Direct speech"),
        _("The speaker’s own words. Quotation marks stand round these and round nothing else."),
        words="“We must think about the security structure under which we will live tomorrow.”",
        where="statements",
        rest="?mode=direct",
        found=_("Statements in direct speech"),
    ),
    Term(
        "reported",
        _("Reported speech"),
        _("What somebody said, told in the words of whoever reports it. It stands in italics and has no marks."),
        words="he was ready to give Russia guarantees of its security, so long as it came back to the talks.",
        where="statements",
        rest="?mode=indirect",
        found=_("Statements in reported speech"),
    ),
    Term(
        "mixed",
        _("Mixed speech"),
        _("Reported speech with some of the speaker’s own words in it: those alone stand in quotation marks."),
        words="in Kyiv’s view this is “interfering with its sovereignty.”",
        where="statements",
        rest="?mode=mixed",
        found=_("Statements in mixed speech"),
    ),
    Term(
        "insertion",
        _("Insertion"),
        _(
            "Words in square brackets that the speaker did not say: the source added them, or the editors of this "
            "record."
        ),
        words="“… a radical deterioration [of] the security situation on the continent.”",
    ),
    Term(
        "omission",
        _("Omission"),
        _("[…] stands where words were left out."),
    ),
    Term(
        "translation",
        _("Translation"),
        _(
            "Words in another language than they were said in. The page says so, and from what and by whom if it is "
            "known."
        ),
        _("Macron spoke French; the article prints his words in English."),
    ),
    Term(
        "topic",
        _("Topic"),
        _("What a statement is about. A topic can hang below a wider one, whose list has its statements too."),
        where="topics",
        found=_("Topics"),
    ),
    Term(
        "link",
        _("Link between statements"),
        _(
            "What one statement does to another: it answers, tells, repeats, confirms, denies or contradicts it. Both "
            "pages show it."
        ),
        _("Macron’s statement tells what Vladimir Putin said; Putin’s own statement says who told it."),
    ),
)
_WHO = (
    Term(
        "speaker",
        _("Speaker"),
        _("Who said it: a person, an organisation, a government, a group, or somebody whom the source leaves unnamed."),
        where="speakers",
        found=_("Speakers"),
    ),
    Term(
        "office",
        _("Office"),
        _("What the speaker was when the words were said. A later office changes nothing about it."),
        words="Emmanuel Macron, President of France",
    ),
    Term(
        "speaks-for",
        _("Speaking for somebody"),
        _("Somebody spoke on behalf of another, as spokespeople do. Both are named."),
    ),
    Term(
        "unnamed",
        _("Unnamed source"),
        _(
            "A speaker known by a description alone. It belongs to the document that gives it, and is never taken for "
            "another."
        ),
        words="French official at the Élysée",
    ),
)
_ROAD = (
    Term(
        "road",
        _("Road"),
        _("How the words got from the speaker to print: a row of stops, each with its date where it is known."),
        _("Emmanuel Macron, said to TF1, relayed by TASS"),
    ),
    Term(
        "stop",
        _("Stop"),
        _(
            "One step of a road: the words were said to a broadcaster, issued by an institution, told by another "
            "person, relayed by an agency, or published by an outlet."
        ),
        _("Putin’s words as Macron tells them: Vladimir Putin, told by Emmanuel Macron, said to TF1"),
    ),
    Term(
        "outlet",
        _("Outlet"),
        _(
            "Who publishes or carries words: a broadcaster, a newspaper, a website, a news agency, a public body, a "
            "platform."
        ),
        where="outlets",
        found=_("Outlets"),
    ),
    Term(
        "agency",
        _("News agency"),
        _("An outlet that passes on what was said elsewhere. It relays the words; it need not have heard them itself."),
        _("TASS passed on what Macron had told TF1."),
        where="outlets",
        found=_("Outlets"),
    ),
    Term(
        "document",
        _("Document"),
        _(
            "One published thing in which words were found: an article, an interview, a dispatch, an official paper, a"
            " post."
        ),
    ),
    Term(
        "as-printed",
        _("As printed"),
        _(
            "The wording of one document to the letter, with its faults, such as a misplaced mark. A document that "
            "prints a statement is one of "
            "its appearances."
        ),
        words="“… once the parties return.” to the negotiating table.”",
    ),
    Term(
        "wording",
        _("Wording"),
        _(
            "How one document puts the words. Two documents can print one statement in two wordings, and in two "
            "languages."
        ),
    ),
    Term(
        "attested",
        _("Attested"),
        _("A document says that somebody else carried the words as well, and what that one printed is not held here."),
        _("The article says that TASS reported it too; TASS’s dispatch is not held."),
    ),
    Term(
        "origin",
        _("Origin"),
        _(
            "The first outlet of a road. Five outlets that print one agency’s dispatch have one origin: they are one "
            "source, not five."
        ),
        _("All printings of Macron’s interview go back to one origin, TF1."),
        where="coverage",
        found=_("From how many origins statements come"),
    ),
    Term(
        "held",
        _("Held, stated"),
        _(
            "An origin is held where its own document is here, and stated where others alone say that the words are "
            "from it."
        ),
        _("TF1, stated: the interview itself is not held."),
    ),
    Term(
        "archived-text",
        _("Archived text"),
        _(
            "A document’s text as it was on one day. It never changes, so that anybody can check at which characters "
            "words stand."
        ),
    ),
)
_WHEN = (
    Term(
        "said-date",
        _("Date said"),
        _(
            "When the words were said, as exactly as it is known and never more exactly. It is not the date of the "
            "article."
        ),
        _("Macron spoke on 3 December 2022; the article is only known to be of December 2022."),
    ),
    Term(
        "imprecise-date",
        _("Imprecise date"),
        _(
            "A month, a year, a span or “by” a day, where no day is known; “uncertain” where it is doubtful. A list "
            "puts it at the last day that it can be."
        ),
        _("December 2021 (uncertain): the article dates the Russian drafts, and not the ministry’s words about them."),
    ),
    Term(
        "basis",
        _("How the date is known"),
        _(
            "Stated: the document gives it. Resolved: it follows from a phrase such as “on Saturday”. Inferred: the "
            "editors conclude it, and say how."
        ),
        _("“On Saturday”, in an article of December 2022 about TF1’s interview: 3 December 2022."),
    ),
)
_CHANGES = (
    Term(
        "permalink",
        _("Permalink"),
        _(
            "The address of a statement, which never breaks. It has ten symbols that mean nothing, and leads to the "
            "latest version."
        ),
        words="/q/7K2M9QX4TA",
        where="about",
        rest="#permalinks",
        found=_("About permalinks"),
    ),
    Term(
        "version",
        _("Version"),
        _(
            "A statement as it was published at one time. It never changes and keeps its own address, which is the one"
            " to cite."
        ),
        words="/q/7K2M9QX4TA/v1",
    ),
    Term(
        "history",
        _("History"),
        _(
            "All that happened to a statement since it was published: its versions, compared word by word, and every "
            "act with its reason."
        ),
    ),
    Term(
        "correction",
        _("Correction"),
        _("Something was wrong, and a new version puts it right. It says why, and the old version stays where it was."),
        where="corrections",
        found=_("All corrections"),
    ),
    Term(
        "retraction",
        _("Retraction"),
        _("The editors no longer stand by a statement. It leaves all lists; its page stays, and says why."),
        where="corrections",
        found=_("All corrections"),
    ),
    Term(
        "removal",
        _("Removal"),
        _("The law or somebody’s safety asks for it: no word is left, and the address says only that there was one."),
        where="about",
        rest="#takedown",
        found=_("Takedown and privacy"),
    ),
    Term(
        "merge",
        _("Merge"),
        _(
            "Two records turned out to be of one statement. The address of the one leads to the other’s; a merge can "
            "be undone."
        ),
    ),
    Term(
        "log",
        _("The log"),
        _(
            "A signed list of every version and every act, to which is only added: nobody can change the past unseen, "
            "the editors neither."
        ),
        where="log",
        found=_("The log"),
    ),
)
_LOOKING = (
    Term(
        "verdict",
        _("Verdict"),
        _(
            "What a check finds about a quotation: word for word, in other words, with words left out, turned in its "
            "meaning, somebody else’s, or not found. It speaks of this record alone, not of what is true."
        ),
        where="check",
        found=_("Was this said?"),
    ),
    Term(
        "citation",
        _("Citation"),
        _("Who said it, when, where it stands here and in which version: a line to copy, in the style that you need."),
    ),
    Term(
        "exchange",
        _("Exchange"),
        _("Statements with their answers below them, as they follow from each other: who answered whom on a topic."),
    ),
)
GROUPS = (
    Group("said", _("What was said"), _SAID),
    Group("who", _("Who said it"), _WHO),
    Group("reached", _("How it reached us"), _ROAD),
    Group("when", _("When it was said"), _WHEN),
    Group("changes", _("What stays and what changes"), _CHANGES),
    Group("looking", _("Looking it up"), _LOOKING),
)
TERMS = {term.key: term for group in GROUPS for term in group.terms}


def term(key: str) -> Term:
    """The entry of that anchor. Raises UnknownTerm."""
    if key not in TERMS:
        raise UnknownTerm(key)
    return TERMS[key]
