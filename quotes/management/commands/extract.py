import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from quotes.extraction.attributions import Attribution, Range
from quotes.extraction.model_folder import ModelUnusable
from quotes.extraction.tagger import Tagger
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = "Find who is said to have said what in text files, with the model of the setting EXTRACTOR_MODEL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a file, with character ranges")
        parser.add_argument("--model", type=Path, help="a model folder other than the setting's")

    def handle(self, *args: object, files: list[Path], jsonl: bool, model: Path | None, **options: object) -> None:
        try:
            tagger = Tagger(model or settings.EXTRACTOR_MODEL)
        except ModelUnusable as error:
            raise CommandError(str(error)) from error
        unread = []
        for path in files:
            try:
                text = text_of(path)
            except Unreadable as error:
                unread.append(str(error))
                continue
            found = tagger.tag(text)
            self.stdout.write(as_json(path, found) if jsonl else as_listing(path, text, found))
        if unread:
            raise CommandError("\n".join(unread))


class Unreadable(Exception):
    """A file that is no text; the message names it."""


def text_of(path: Path) -> str:
    """The file's characters, line ends and all, so that positions count in what is on disk. Raises Unreadable."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} isn't text in UTF-8 (byte {error.start})") from error


def as_json(path: Path, found: list[Attribution]) -> str:
    attributions = [
        {
            "source": each.source,
            "cue": each.cue,
            "content": each.content,
            "confidence": round(each.confidence, 3),
            "source_confidence": round(each.source_confidence, 3),
        }
        for each in found
    ]
    return json.dumps({"file": path.name, "attributions": attributions}, ensure_ascii=False)


def as_listing(path: Path, text: str, found: list[Attribution]) -> str:
    def words(ranges: tuple[Range, ...]) -> str:
        return " … ".join(" ".join(text[start:end].split()) for start, end in ranges) or "–"

    lines = [f"{path.name}: {len(found)} attribution{'' if len(found) == 1 else 's'}"]
    for each in found:
        lines += [
            "",
            f"{each.confidence:4.0%}  {words(each.source)} | {words(each.cue)}",
            f"      {words(each.content)}",
        ]
    return "\n".join(lines)
