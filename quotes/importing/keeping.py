"""The files of imports: kept where originals are, for as long as something may still be read of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.models import Import


@contextmanager
def kept_file(of: Import) -> Iterator[IO[bytes]]:
    """An import's file. Raises CannotImport where it is gone."""
    try:
        file = of.file.storage.open(of.file.name or "", "rb")
    except (OSError, ValueError) as error:
        raise CannotImport(remarks.GONE) from error
    with file:
        yield cast("IO[bytes]", file.file)


def drop_file(of: Import) -> None:
    """Delete an import's file: nothing more is read of it."""
    name, storage = of.file.name, of.file.storage
    Import.objects.filter(pk=of.pk).update(file="")
    of.file = ""
    if name:
        storage.delete(name)
