"""`manage.py messages`: renew the catalogues of the interface's languages from templates and code, and compile them.

In Python alone, by Babel: no machine needs GNU gettext. What was translated stays; what is new stands empty until
somebody fills it in (docs/languages.md).
"""

import datetime as dt
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation.template import templatize

from quotes.management.unchecked import UncheckedCommand

LOCALE = settings.BASE_DIR / "quotes" / "locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Pure modules, which know nothing of Django, hold patterns that pages translate.
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "Note": None,
    "BadDate": (2,),
    "BadNotation": None,
    "Saying": None,
}
_CODE = ("quotes", "sources", "config")
# As GNU gettext and Django write them: Babel's own for Arabic has the last two forms in another order.
_PLURALS = {
    "fr": "nplurals=2; plural=(n > 1)",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5)"
    ),
}
# A catalogue tells what was said, not when: so that renewing it without need changes nothing.
_NEVER = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Command(UncheckedCommand):
    """See the module's docstring."""

    help = "Renew the catalogues of the interface's languages, and compile them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether anything may be written."""
        parser.add_argument("--check", action="store_true", help="write nothing, and fail where something is missing")

    def handle(self, *_args: object, **options: Any) -> None:
        """Write, and tell how many messages wait for a translation."""
        found = gathered()
        waiting = 0
        for language in LANGUAGES:
            renewed = renew(catalogue(language), found)
            missing = sum(1 for message in renewed if message.id and not all(_strings(message.string)))
            waiting += missing
            self.stdout.write(f"{language}: {len(renewed)} messages, {missing} not translated")
            if not options["check"]:
                _save(language, renewed)
        if options["check"] and waiting:
            raise CommandError(f"{waiting} messages are not translated: see docs/languages.md.")


def gathered() -> Catalog:
    """Every message of the templates and the code, with the files that it stands in."""
    found = Catalog(creation_date=_NEVER)
    for path, text, how in _sources():
        for _line, message, _comments, context in extract(how, BytesIO(text.encode()), _KEYWORDS):
            place = (str(path.relative_to(settings.BASE_DIR)), 0)
            found.add(message, locations=[place], context=context)
    return found


def _sources() -> Iterator[tuple[Path, str, str]]:
    templates = settings.BASE_DIR / "templates"
    for path in sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")]):
        # Templates are indented as HTML is, which Python's reader would take for its own.
        lines = templatize(path.read_text()).splitlines()
        yield path, "\n".join(line.strip() for line in lines), "python"
    for folder in _CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(), "python"


def catalogue(language: str) -> Catalog:
    """What a language says so far."""
    path = _file(language, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renew(old: Catalog, found: Catalog) -> Catalog:
    """The messages that are used today, each as it was translated before."""
    new = Catalog(locale=old.locale, creation_date=_NEVER, revision_date=_NEVER, project="On Record", fuzzy=False)
    new.header_comment = f"# The interface in {old.locale_identifier}: docs/languages.md says how to mend it."
    new.mime_headers = [("Plural-Forms", _PLURALS[str(old.locale_identifier)])]
    for message in sorted((one for one in found if one.id), key=_place):
        known = old.get(message.id, message.context)
        string = known.string if known and known.id == message.id else None
        files = sorted(set(message.locations))
        new.add(message.id, string, locations=files, context=message.context, flags=known.flags if known else ())
    return new


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as programs read it."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _save(language: str, catalog: Catalog) -> None:
    path = _file(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False)
    with path.open("rb") as file:
        _file(language, "mo").write_bytes(compiled(read_po(file, locale=language)))


def _file(language: str, suffix: str) -> Path:
    found: Path = LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"
    return found


def _place(message: Any) -> tuple[str, str, str]:
    first = min(message.locations)[0]
    return first, str(message.context or ""), re.sub(r"\s+", " ", str(message.id))


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str) or string is None else list(string) or [""]
