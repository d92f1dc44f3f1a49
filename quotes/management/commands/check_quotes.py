import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.checking import Check, as_data, check
from quotes.checking.telling import notes, remarks, title
from quotes.management.unchecked import UncheckedCommand
from sources import apart
from sources.reading import CannotRead, Hints

ON_RECORD, TO_LOOK_AT, USAGE = 0, 1, 2


class Command(UncheckedCommand):
    help = (
        "Check the quotations of a text against the record. Ends with 0 where all are on record, with 1 where there "
        "is something to look at, with 2 where the text can't be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="text, HTML, Markdown, DOCX, PDF or WARC; - for standard input"
        )
        parser.add_argument("--speaker", default="", help="who said what the text attributes to nobody")
        parser.add_argument("--date", default="", help="when it was said: 2022-12-03, 2022-12")
        parser.add_argument("--json", action="store_true", help="what was found, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            found = check(
                apart.read(data, Hints(name=Path(name).name)).text, speaker=options["speaker"], date=options["date"]
            )
        except OSError as error:
            raise CommandError(f"{name} can’t be opened: {error.strerror}.", returncode=USAGE) from error
        except (CannotRead, ValueError) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        self.stdout.write(json.dumps(as_data(found), ensure_ascii=False, indent=2) if options["json"] else _told(found))
        if not found.is_clean:
            sys.exit(TO_LOOK_AT)


def _told(found: Check) -> str:
    lines = []
    for one in found.judgements:
        lines.append(f"{one.verdict.value.upper()}: {title(one)}")
        lines.append(f"  “{one.claim.text}”")
        lines += [f"  {note}" for note in notes(one)]
        lines += [f"  {statement.get_absolute_url()}" for statement in (one.statement, *one.also) if statement]
    return "\n".join([*lines, *remarks(found)])
