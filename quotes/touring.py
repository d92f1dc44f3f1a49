"""The tour for newcomers: its steps, and which statement each is shown at."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from quotes.checking import as_data, check
from quotes.citing.box import Box, box
from quotes.embedding import snippet
from quotes.history import History, history, present, standing
from quotes.models import Hop, Statement
from quotes.pages import StatementPage, statement_page
from quotes.versions import Shown, find

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FOUNDING = "founding-record"
"""The account that the founding record was recorded under."""
# Macron's words with one of them changed, for the check to find.
MISQUOTED = (
    "“how to provide Russia with guarantees regarding its borders once the parties return to the negotiating table.”"
)
_LONGEST_CHECKED = 300


@dataclass(frozen=True)
class Step:
    """One page of the tour; `finds` is what tells its statement among those of the founding record."""

    key: str
    title: "StrOrPromise"
    finds: tuple[tuple[str, object], ...]

    @property
    def template(self) -> str:
        """What shows it."""
        return f"tour/_{self.key}.html"


_INTERVIEW = (("appearances__attested", True),)
STEPS = (
    Step("statement", _("What a statement is"), _INTERVIEW),
    Step("road", _("Who said it to whom, and who passed it on"), _INTERVIEW),
    Step("told", _("Words inside another’s words"), (("appearances__hops__role", Hop.Role.TOLD_BY),)),
    Step("date", _("A date that is not exact"), (("said__endswith", "?"),)),
    Step("versions", _("Versions and corrections"), _INTERVIEW),
    Step("check", _("Was this said?"), _INTERVIEW),
    Step("cite", _("Cite it"), _INTERVIEW),
)


@dataclass(frozen=True)
class Sight:
    """A statement as a step shows it; each part is read when a page asks for it."""

    shown: Shown
    is_founding: bool

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.shown.statement

    @property
    def address(self) -> str:
        """The permalink of the version that is shown."""
        return self.statement.version_url(self.shown.revision.number)

    @cached_property
    def page(self) -> StatementPage:
        """Its roads and what is linked to it. Three queries."""
        return statement_page(self.statement)

    @cached_property
    def history(self) -> History:
        """What happened to it. At most seven queries."""
        return history(self.statement, {})

    @cached_property
    def box(self) -> Box:
        """Its citations."""
        known = standing(self.statement, self.shown.revision.number)
        return box(self.shown.cited, present(self.statement, known, localdate()))

    @property
    def snippet(self) -> str:
        """What embeds it elsewhere."""
        return snippet(self.shown.cited, retracted=False)

    @property
    def quoted(self) -> str:
        """What is checked: the interview with a word changed, or a statement's own words."""
        return MISQUOTED if self.is_founding else f"“{self.statement.text[:_LONGEST_CHECKED]}”"

    @cached_property
    def checked(self) -> dict[str, Any]:
        """What the check finds of that."""
        return as_data(check(self.quoted))


def sight(step: Step) -> Sight | None:
    """The statement of a step: the founding record's, else the newest one; None on an empty record. Four queries."""
    published = Statement.objects.published()
    found = published.filter(recorded_by__username=FOUNDING, **dict(step.finds)).order_by("pk").first()
    one = found or published.newest_first().first()
    return Sight(find(one.pid), found is not None) if one else None
