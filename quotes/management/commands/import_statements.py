import json
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError, OutputWrapper

from quotes.access import PUBLISH, REVIEW
from quotes.importing import beginning
from quotes.importing.errors import CannotImport
from quotes.importing.files import sha256_of
from quotes.importing.mapping import ColumnMap, applying, from_json
from quotes.importing.staging import work
from quotes.importing.undoing import begin_undoing
from quotes.management.unchecked import UncheckedCommand
from quotes.models import Import, ImportTemplate

WIDTH = 30
_SECONDS_BETWEEN_LINES = 10
_SHOWN = 20
State = Import.State


class Command(UncheckedCommand):
    help = (
        "Imports statements from a file: CSV, an Excel workbook, JSON Lines as the record writes it, or Quotebank's. "
        "Tries it first and tells what would come of it. Run again after an interruption it goes on where it stopped. "
        "Ends with 0 where all went well, 1 where nothing could be done, 3 where some rows were refused or conflict."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--template", default="", metavar="NAME", help="the columns as the account keeps them")
        parser.add_argument("--mapping", type=Path, metavar="JSON", help="the columns as a file tells them")
        parser.add_argument("--dry-run", action="store_true", help="tell what would come of it, and import nothing")
        parser.add_argument("--publish", action="store_true", help="as published statements, not as drafts")
        parser.add_argument("--editor", default="editor", help="the account that imports (editor)")
        parser.add_argument("--undo", type=int, metavar="ID", help="undo an import, by its number")
        parser.add_argument("--reason", default="", help="why it is undone; public where statements were")

    def handle(self, *args: Any, file: Path | None, undo: int | None, **options: Any) -> None:
        editor = self.account(options["editor"], publish=options["publish"])
        if (file is None) == (undo is None):
            raise CommandError("Name a file to import, or an import to --undo.")
        try:
            with stoppable():
                if undo is not None:
                    self.undo(undo, editor, options["reason"])
                elif file is not None:
                    self.bring(file, editor, options)
        except (CannotImport, OSError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped: run it again to go on.") from error

    def account(self, name: str, *, publish: bool) -> User:
        """The account that imports, which has the right to."""
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"There is no account “{name}”: name one with --editor, or make it with make_editor.")
        if not found.has_perm(PUBLISH if publish else REVIEW):
            raise CommandError(f"“{name}” may not {'publish' if publish else 'record'} statements.")
        return found

    def bring(self, path: Path, editor: User, options: dict[str, Any]) -> None:
        """Try a file and, unless it is a dry run, import it; or go on with what was stopped."""
        of = self.going_on(path, editor)
        if of is None:
            of = self.tried(path, editor, options)
            self.tell(of, of.expected)
            if options["dry_run"]:
                beginning.give_up(of)
                self.judge(of.expected)
                return
            beginning.do(of, editor=editor, publish=options["publish"], ask=False)
        self.work(of)
        said = "published" if of.publish else "drafts"
        self.stdout.write(f"Import {of.pk}: {of.counts.get('new', 0):,} {said}. Undo it with --undo {of.pk}.")
        self.judge(of.counts)

    def going_on(self, path: Path, editor: User) -> Import | None:
        """The import of this very file that was stopped, if there is one."""
        with path.open("rb") as file:
            digest = sha256_of(file)
        of = Import.objects.filter(sha256=digest, by=editor, state=State.RUNNING).first()
        if of:
            self.stdout.write(f"Going on with import {of.pk}, at row {of.cursor:,} of {of.rows or 0:,}.")
        return of

    def tried(self, path: Path, editor: User, options: dict[str, Any]) -> Import:
        """A file that was tried."""
        with path.open("rb") as file:
            of = beginning.begin(file, path.name, editor=editor)
        try:
            opened, rows = beginning.preview(of)
            if opened.warning:
                self.stderr.write(opened.warning)
            columns = self.columns(editor, opened.heads, options) or beginning.suggested(of, opened.heads, rows)
            beginning.try_out(of, columns, ask=False)
            self.work(of)
        except BaseException:
            beginning.give_up(of)
            raise
        if of.state == State.FAILED:
            problem = of.problem
            beginning.give_up(of)
            raise CommandError(problem)
        return of

    def columns(self, editor: User, heads: list[str], options: dict[str, Any]) -> ColumnMap | None:
        """The columns as a template or a file tells them; None where the heads are to tell."""
        if options["mapping"]:
            try:
                return from_json(json.loads(options["mapping"].read_text()))
            except ValueError as error:
                raise CommandError(f"{options['mapping']} is no JSON: {error}") from error
        if not options["template"]:
            return None
        kept = ImportTemplate.objects.filter(owner=editor, name=options["template"]).first()
        if kept is None:
            names = ", ".join(ImportTemplate.objects.filter(owner=editor).values_list("name", flat=True)) or "none"
            raise CommandError(f"“{editor}” keeps no template “{options['template']}”, but {names}.")
        return applying(from_json(kept.mapping), heads)

    def work(self, of: Import) -> None:
        """Do the stage that an import is in, with a bar."""
        work(of, Bar(self.stderr, of.get_state_display()).show)

    def undo(self, pk: int, editor: User, reason: str) -> None:
        """Undo an import, or go on with undoing it."""
        of = Import.objects.filter(pk=pk).first()
        if of is None:
            raise CommandError(f"There is no import {pk}.")
        if of.publish and not editor.has_perm(PUBLISH):
            raise CommandError(f"“{editor}” may not publish statements, nor take back what was published.")
        if of.state != State.UNDOING:
            begin_undoing(of, editor=editor, reason=reason, ask=False)
        self.work(of)
        gone = f"{of.counts.get('retracted', 0):,} retracted, {of.counts.get('discarded', 0):,} discarded"
        self.stdout.write(f"Import {of.pk} is undone: {gone}, {of.counts.get('left', 0):,} left.")
        for one in of.findings.select_related("statement")[:_SHOWN]:
            self.stderr.write(f"Row {one.place}: {one.reason} {one.statement.pid if one.statement else ''}")

    def tell(self, of: Import, counts: dict[str, Any]) -> None:
        """What would come of a file."""
        kinds = ("new", "there", "conflicting", "refused")
        named = ", ".join(f"{counts.get(kind, 0):,} {label}" for kind, label in zip(kinds, _LABELS, strict=True))
        self.stdout.write(f"{of.rows or 0:,} rows: {named}.")
        made = [
            f"{counts[what]:,} {what}" for what in ("documents", "speakers", "outlets", "topics") if counts.get(what)
        ]
        if made:
            self.stdout.write(f"Made new: {', '.join(made)}.")
        for one in of.findings.exclude(kind="there")[:_SHOWN]:
            where = f", {one.column}" if one.column else ""
            self.stderr.write(f"Row {one.place}{where}: {one.get_kind_display()}. {one.reason}")

    def judge(self, counts: dict[str, Any]) -> None:
        """End with another status where rows were not imported."""
        if counts.get("stopped"):
            raise CommandError(f"It was stopped before its end. {counts['stopped']}")
        wrong = counts.get("refused", 0) + counts.get("conflicting", 0)
        if wrong:
            raise CommandError(f"{wrong:,} rows were refused or conflict; see above.", returncode=3)


_LABELS = ("new", "already there", "conflicting", "refused")


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end the command as Ctrl-C does: after a batch that isn't written whole, nothing of it is."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # as signals call
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Bar:
    """How far it has come: drawn over itself on a terminal, a line now and then elsewhere."""

    def __init__(self, out: OutputWrapper, what: str) -> None:
        self.out, self.what = out, what
        self.began = self.told = time.monotonic()

    def show(self, done: int, whole: int | None) -> None:
        now = time.monotonic()
        is_terminal = self.out.isatty()
        if not is_terminal and now - self.told < _SECONDS_BETWEEN_LINES:
            return
        self.told = now
        rate = done / max(now - self.began, 0.001)
        of = f" of {whole:,}" if whole else ""
        drawn = f"[{'█' * (WIDTH * done // whole):<{WIDTH}}] " if whole else ""
        self.out.write(f"{self.what}: {drawn}{done:,}{of} ({rate:,.0f} a second)", ending="\r" if is_terminal else "\n")
        self.out.flush()
