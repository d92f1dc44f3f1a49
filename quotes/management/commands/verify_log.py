from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.dumping.telling import Progress
from quotes.log.checkpoints import BadCheckpoint, PublicKey, read_key
from quotes.management.unchecked import UncheckedCommand
from quotes.models import Checkpoint
from quotes.sealing.checking import Saved, findings
from quotes.sealing.keys import NoKey, own_key
from quotes.sealing.sequence import kept_checkpoint

SHOWN = 50


class Command(UncheckedCommand):
    help = (
        "Holds every version and act against the log, the log against every checkpoint ever signed, and those against "
        "the key. Names what is wrong, and ends with 1 if anything is (docs/verifying.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="a checkpoint saved earlier; the one kept in VAR_DIR is looked at anyway",
        )
        parser.add_argument("--key", help="the public key that must have signed (this machine's, where it has one)")

    def handle(self, *args: Any, checkpoint: list[Path], key: str | None, **options: Any) -> None:
        progress = Progress(self.stderr)
        found = 0
        for found, wrong in enumerate(findings(self._saved(checkpoint), self._trusted(key), progress.show), 1):
            if found <= SHOWN:
                self.stdout.write(wrong)
        if found:
            more = f" ({found - SHOWN} more than shown)" if found > SHOWN else ""
            raise CommandError(f"The record isn’t what was logged: {found} findings{more}.")
        last = Checkpoint.objects.first()
        signed = f"as of the checkpoint of {last.size:,} leaves" if last else "and no checkpoint was signed yet"
        self.stdout.write(f"The record is what was logged, {signed}.")

    def _saved(self, paths: list[Path]) -> list[Saved]:
        kept = kept_checkpoint()
        try:
            return [Saved(str(path), path.read_text()) for path in [*paths, *([kept] if kept.exists() else [])]]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"A saved checkpoint can’t be read: {error}") from error

    def _trusted(self, key: str | None) -> list[PublicKey]:
        try:
            own = own_key()
            found = [read_key(key)] if key else [own] if own else []
        except (BadCheckpoint, NoKey) as error:
            raise CommandError(f"{error}") from error
        if not found:
            self.stderr.write("No key is here to hold the signatures against: name one with --key.")
        return found
