"""Why a document can't be read: each refusal says to a person what is wrong and what to do about it."""

_MEGABYTE = 1_000_000


class CannotRead(Exception):
    """A document that is refused. Its message is a sentence or two for the person who brought it."""


class Empty(CannotRead):
    """There is nothing in it, or nothing but spaces."""

    def __init__(self) -> None:
        super().__init__("There is nothing in it. Choose another file, or paste the article’s text.")


class NoWords(CannotRead):
    """There are characters but no word: quotation marks alone, say."""

    def __init__(self, symbols: str) -> None:
        super().__init__(
            f"It has no word in it, only signs ({symbols[:20].strip()}). Check that the whole text was copied."
        )


class NoText(CannotRead):
    """A readable file without text: a scanned PDF, a page that scripts fill."""


class TooLarge(CannotRead):
    """More bytes than are read; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"It is larger than {megabytes(limit)}, the most that is read. "
            "Save the article alone, without pictures, or paste its text."
        )


class TooLong(CannotRead):
    """More characters of text than are kept; `limit` is in characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"Its text is longer than {limit:,} characters. Take in the part that holds the statements.")


class TooHard(CannotRead):
    """Reading it took more time or memory than is given to one document, or broke the reader."""

    def __init__(self) -> None:
        super().__init__(
            "It could not be read within reasonable time and memory. "
            "Save the article alone, in another format, or paste its text."
        )


class TooManyTags(CannotRead):
    """A page of more markup than is read."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"This page has more than {limit:,} tags, the most that are read. "
            "Open it in a browser, select the article there, and paste its text."
        )


class TooManyPages(CannotRead):
    """A PDF of more pages than are read."""

    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(
            f"This PDF has {pages:,} pages; at most {limit:,} are read. Save the pages that hold the statements alone."
        )


class Bomb(CannotRead):
    """A small file that unpacks to a huge one; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"It unpacks to more than {megabytes(limit)}, far beyond its own size, so unpacking was stopped. "
            "If you trust it, open it in its own program and save its text."
        )


class Locked(CannotRead):
    """A password is needed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} is locked with a password. Save a copy without one, or paste its text.")


class Damaged(CannotRead):
    """It begins like a known kind and then is none: cut off, or two kinds at once."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"It begins like a {what} but can’t be read as one: it is damaged, cut off or something else in disguise. "
            "Get it again, or paste its text."
        )


class UnknownKind(CannotRead):
    """Not a kind that is read; `what` names it where it is known, with its article."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(
            f"It is {what}, which is not read here. "
            + (advice or "Bring text, HTML, Markdown, DOCX, PDF or a web archive (WARC), or paste the text.")
        )


class UnknownEncoding(CannotRead):
    """Text whose bytes make no sense in any encoding that is likely."""

    def __init__(self) -> None:
        super().__init__("Its characters are in an unknown encoding. Save it as UTF-8, or paste the text.")


def megabytes(size: int) -> str:
    """A number of bytes as people say it: 10 MB."""
    return f"{size / _MEGABYTE:.0f} MB" if size >= _MEGABYTE else f"{size / 1000:.0f} kB"
