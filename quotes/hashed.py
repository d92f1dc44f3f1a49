"""Files whose hash is known once they are written or read, for whoever keeps it in a manifest."""

import hashlib
import io
from typing import IO, Any


class Hashed(io.RawIOBase):
    """Bytes on their way to a file or from one, hashed and counted."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        self.size += len(data)
        return self.file.write(data)

    def read(self, size: int = -1, /) -> bytes:
        data = self.file.read(size)
        self.sha256.update(data)
        self.size += len(data)
        return data
