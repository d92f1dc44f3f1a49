"""The person whose words a document carries, for in-text phrases."""

from dataclasses import dataclass

from quotes.citing import dating
from quotes.citing.dating import Dated
from quotes.citing.record import CitedStatement


@dataclass(frozen=True)
class Voice:
    """Who is quoted: surname or whole name, the name in its natural order, when it was said, and by whose words."""

    surname: str
    natural: str
    said: Dated
    is_quoted: bool

    @classmethod
    def of(cls, cited: CitedStatement) -> "Voice":
        """The speaker of a statement; an unnamed source is called by its description."""
        name = cited.speaker.as_name
        return cls(name.surname, name.natural, dating.read(cited.said.edtf), is_quoted=cited.mode != "indirect")

    @property
    def verb(self) -> str:
        """“quoted” for the speaker's own words, “cited” for a reporter's account of them."""
        return "quoted" if self.is_quoted else "cited"
