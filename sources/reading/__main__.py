"""Reads one document from standard input in a process of its own, which may use only so much time and memory."""

import resource
import sys

from sources.reading import CannotRead, read, wire

# For tests too: a reading that takes longer or more than this is stopped by the system.
SECONDS = 20
MEMORY = 2_000_000_000


def main() -> None:
    """Answer the request on standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = wire.packed_answer(read(*wire.request(sys.stdin.buffer.read())))
    except CannotRead as refusal:
        answer = wire.packed_answer(refusal)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
