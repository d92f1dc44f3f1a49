"""Why a document can't be read: each refusal says to a person what is wrong and what to do about it."""

from sources.sayings import Saying

_MEGABYTE = 1_000_000


class CannotRead(Exception):
    """A document that is refused. Its message is a sentence or two for the person who brought it."""


class Empty(CannotRead):
    """There is nothing in it, or nothing but spaces."""

    pattern = Saying("There is nothing in it. Choose another file, or paste the article’s text.")

    def __init__(self) -> None:
        super().__init__(self.pattern)


class NoWords(CannotRead):
    """There are characters but no word: quotation marks alone, say."""

    pattern = Saying("It has no word in it, only signs (%(symbols)s). Check that the whole text was copied.")

    def __init__(self, symbols: str) -> None:
        super().__init__(self.pattern % {"symbols": symbols[:20].strip()})


class NoText(CannotRead):
    """A readable file without text: a scanned PDF, a page that scripts fill."""


class TooLarge(CannotRead):
    """More bytes than are read; `limit` is in bytes."""

    pattern = Saying(
        "It is larger than %(limit)s, the most that is read. "
        "Save the article alone, without pictures, or paste its text."
    )

    def __init__(self, limit: int) -> None:
        super().__init__(self.pattern % {"limit": megabytes(limit)})


class TooLong(CannotRead):
    """More characters of text than are kept; `limit` is in characters."""

    pattern = Saying("Its text is longer than %(limit)s characters. Take in the part that holds the statements.")

    def __init__(self, limit: int) -> None:
        super().__init__(self.pattern % {"limit": f"{limit:,}"})


class TooHard(CannotRead):
    """Reading it took more time or memory than is given to one document, or broke the reader."""

    pattern = Saying(
        "It could not be read within reasonable time and memory. "
        "Save the article alone, in another format, or paste its text."
    )

    def __init__(self) -> None:
        super().__init__(self.pattern)


class TooManyTags(CannotRead):
    """A page of more markup than is read."""

    pattern = Saying(
        "This page has more than %(limit)s tags, the most that are read. "
        "Open it in a browser, select the article there, and paste its text."
    )

    def __init__(self, limit: int) -> None:
        super().__init__(self.pattern % {"limit": f"{limit:,}"})


class TooManyPages(CannotRead):
    """A PDF of more pages than are read."""

    pattern = Saying(
        "This PDF has %(pages)s pages; at most %(limit)s are read. Save the pages that hold the statements alone."
    )

    def __init__(self, pages: int, limit: int) -> None:
        super().__init__(self.pattern % {"pages": f"{pages:,}", "limit": f"{limit:,}"})


class Bomb(CannotRead):
    """A small file that unpacks to a huge one; `limit` is in bytes."""

    pattern = Saying(
        "It unpacks to more than %(limit)s, far beyond its own size, so unpacking was stopped. "
        "If you trust it, open it in its own program and save its text."
    )

    def __init__(self, limit: int) -> None:
        super().__init__(self.pattern % {"limit": megabytes(limit)})


class Locked(CannotRead):
    """A password is needed."""

    pattern = Saying("This %(what)s is locked with a password. Save a copy without one, or paste its text.")

    def __init__(self, what: str) -> None:
        super().__init__(self.pattern % {"what": what})


class Damaged(CannotRead):
    """It begins like a known kind and then is none: cut off, or two kinds at once."""

    pattern = Saying(
        "It begins like a %(what)s but can’t be read as one: it is damaged, cut off or something else in disguise. "
        "Get it again, or paste its text."
    )

    def __init__(self, what: str) -> None:
        super().__init__(self.pattern % {"what": what})


class UnknownKind(CannotRead):
    """Not a kind that is read; `what` names it where it is known, with its article."""

    pattern = Saying("It is %(what)s, which is not read here. %(advice)s")
    usual = Saying("Bring text, HTML, Markdown, DOCX, PDF or a web archive (WARC), or paste the text.")

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(self.pattern % {"what": what, "advice": advice or self.usual})


class UnknownEncoding(CannotRead):
    """Text whose bytes make no sense in any encoding that is likely."""

    pattern = Saying("Its characters are in an unknown encoding. Save it as UTF-8, or paste the text.")

    def __init__(self) -> None:
        super().__init__(self.pattern)


def megabytes(size: int) -> str:
    """A number of bytes as people say it: 10 MB."""
    return f"{size / _MEGABYTE:.0f} MB" if size >= _MEGABYTE else f"{size / 1000:.0f} kB"
