from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from quotes.dates import BadDate, read
from quotes.intake.bringing import (
    Brought,
    Givens,
    NoSuchOutlet,
    Outcome,
    bring_address,
    bring_file,
    outlet_called,
)
from quotes.management.unchecked import UncheckedCommand
from sources.models import Outlet

WIDTH = 30
Piece = tuple[str, Callable[[Givens], Brought]]


class Command(UncheckedCommand):
    help = (
        "Takes documents in and has them read for statements. What doesn't tell its outlet or its date waits at "
        "/intake/ to be confirmed. Run it again after an interruption: what is on record already is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument("--url", action="append", default=[], help="a page to fetch; may be repeated")
        parser.add_argument("--folder", action="append", default=[], type=Path, help="all files in it and below")
        parser.add_argument(
            "--outlet", default="", help="of documents that don't tell theirs: its name, domain or slug"
        )
        parser.add_argument("--published", default="", help="of documents that don't tell theirs: an EDTF date")
        parser.add_argument("--language", default="", help="of documents that don't tell theirs: a tag like en")
        parser.add_argument("--editor", default="editor", help="the account that brings them (editor)")

    def handle(self, *args: Any, files: list[Path], url: list[str], folder: list[Path], **options: Any) -> None:
        givens = Givens(
            account(options["editor"]), outlet(options["outlet"]), date(options["published"]), options["language"]
        )
        pieces = list(pieces_of(files, url, folder))
        if not pieces:
            raise CommandError("Nothing to take in: name files, --url or --folder.")
        counted: Counter[Outcome] = Counter()
        for number, (name, bring) in enumerate(pieces):
            self.show(number, len(pieces), name)
            brought = bring(givens)
            counted[brought.outcome] += 1
            if brought.message:
                self.stderr.write(f"{self.clear}{name}: {brought.outcome}. {brought.message}")
        self.show(len(pieces), len(pieces), "")
        self.stdout.write(f"{self.clear}" + ", ".join(f"{counted[one]} {one}" for one in Outcome) + ".")
        if counted[Outcome.FAILED]:
            raise CommandError(f"{counted[Outcome.FAILED]} of {len(pieces)} could not be taken in; see above.")

    @property
    def clear(self) -> str:
        """What wipes the bar from a terminal's line."""
        return "\r\033[K" if self.stderr.isatty() else ""

    def show(self, done: int, total: int, name: str) -> None:
        """Draw the bar, where somebody can see it."""
        if self.stderr.isatty():
            bar = "█" * (WIDTH * done // total)
            self.stderr.write(f"{self.clear}{bar:░<{WIDTH}} {done}/{total} {name[-40:]}", ending="")


def pieces_of(files: list[Path], urls: list[str], folders: list[Path]) -> Iterator[Piece]:
    """All that is to be brought, each by its name, in order; files whose name begins with a dot are passed over."""
    for folder in folders:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        files = [
            *files,
            *(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)),
        ]
    for path in files:
        yield str(path), partial(bring_file, path)
    for url in urls:
        yield url, partial(bring_address, url)


def account(name: str) -> User:
    """The account that brings the documents."""
    if found := User.objects.filter(username=name).first():
        return found
    raise CommandError(f"There is no account “{name}”: name one with --editor, or make it with make_editor.")


def outlet(name: str) -> Outlet | None:
    """The outlet of this name, where one is given."""
    try:
        return outlet_called(name) if name else None
    except NoSuchOutlet as error:
        raise CommandError(str(error)) from error


def date(text: str) -> str:
    """An EDTF date, as typed."""
    try:
        return read(text).text if text else ""
    except BadDate as error:
        raise CommandError(str(error)) from error
