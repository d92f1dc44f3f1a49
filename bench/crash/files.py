"""Files to be imported: their rows are known by the file's name, so that whoever counts can say what they hold."""

import csv
import io

# A batch is of five hundred.
ROWS = 1_100
HEADS = ("words", "speaker", "said", "outlet", "published", "link", "topics", "language")


def rows_of(name: str, rows: int) -> list[str]:
    """The words of each row of a file."""
    return [f"Row {number} of {name} is on record" for number in range(rows)]


def sheet(name: str, rows: int) -> bytes:
    """A file as somebody would bring it: new speakers, documents and a topic of its own."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADS)
    for number, words in enumerate(rows_of(name, rows)):
        speaker, link = f"{name} {number % 40}", f"https://lemonde.fr/{name}/{number % 300}"
        lines.writerow([f"“{words}.”", speaker, "2022-12-03", "Le Monde", "2022-12-04", link, f"Topic {name}", "en"])
    return written.getvalue().encode()
