"""The statement form as an editor fills it in; every field has a plain default."""

from tests import factories

NEW = "/desk/statements/new/"
NASTY = "<script>alert(1)</script> '; DROP TABLE quotes_statement; -- אבג 🎙"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
WORDS = "“We must think about security,” he said."


def typed(**changes):
    """Return the form's data for a new statement by Macron, found in a new document of Le Monde.

    `__` stands for the dash between a part of the page and its field: `speaker__name`.
    """
    data = {
        "words": WORDS,
        "language": "en",
        "said": "2022-12-03",
        "said_basis": "stated",
        "speaker-name": "Emmanuel Macron",
        "document-outlet-name": "Le Monde",
        "document-kind": "article",
        "document-published": "2022-12-04",
        "seen": "0",
    }
    return {**data, **{name.replace("__", "-"): value for name, value in changes.items()}}


def typed_into(statement, **changes):
    """Return the form's data as the page shows a draft."""
    document = statement.primary_appearance.document
    known = {
        "document__existing": document.pid,
        "document__outlet__name": "",
        "document__published": "",
        "speaker__name": statement.speaker.name,
        "seen": str(statement.touched),
    }
    return typed(**{**known, **changes})


def known():
    """Put Macron and Le Monde on record."""
    factories.speaker("Emmanuel Macron")
    factories.outlet("Le Monde", kind="newspaper")


def at(statement, place=""):
    """A page of the desk about a statement."""
    return f"/desk/statements/{statement.pid}/{place}"
