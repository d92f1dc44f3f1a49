import time
from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import CommandError, OutputWrapper

from quotes.generating.engine import MOST, CannotGenerate, generate
from quotes.management.unchecked import UncheckedCommand

WIDTH = 30


class Command(UncheckedCommand):
    help = (
        "Puts a made-up record of any size on record, for measuring: nobody in it exists, and nobody said it. The same "
        "seed makes the same record. All in one transaction: what is interrupted leaves nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--statements", type=statements, required=True, metavar="N")
        parser.add_argument("--seed", type=seed, default=1, metavar="S", help="another one makes other statements (1)")
        parser.add_argument("--add", action="store_true", help="also where the record isn't empty")
        parser.add_argument("--processes", type=int, metavar="P", help="that make rows (one for each core)")

    def handle(
        self, *args: object, statements: int, seed: int, add: bool, processes: int | None, **options: object
    ) -> None:
        began = time.monotonic()
        say = Bar(statements, self.stderr).show if self.stderr.isatty() else lambda _: None
        try:
            generate(statements, seed, add=add, processes=processes, say=say)
        except CannotGenerate as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - began
        self.stdout.write(
            f"Generated {statements:,} statements in {seconds:.1f} s ({statements / seconds:,.0f} a second)."
        )


class Bar:
    """How far it is, on a terminal alone."""

    def __init__(self, whole: int, out: OutputWrapper) -> None:
        self.whole, self.out, self.began = whole, out, time.monotonic()

    def show(self, written: int) -> None:
        done = WIDTH * written // self.whole
        rate = written / (time.monotonic() - self.began)
        end = " indexing …\n" if written == self.whole else ""
        bar = "█" * done + "·" * (WIDTH - done)
        self.out.write(f"\r{bar} {written:,} of {self.whole:,} ({rate:,.0f}/s){end}", style_func=str, ending="")
        self.out.flush()


def statements(typed: str) -> int:
    number = int(typed) if typed.isdecimal() else 0
    if not 0 < number <= MOST:
        raise ArgumentTypeError(f"{typed!r} is not a number of statements from 1 to {MOST:,}")
    return number


def seed(typed: str) -> int:
    if not typed.isdecimal() or int(typed) >= 2**32:
        raise ArgumentTypeError(f"{typed!r} is not a whole number from 0 to 4,294,967,295")
    return int(typed)
