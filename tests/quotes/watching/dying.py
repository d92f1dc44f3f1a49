"""Workers that are killed midway: `python -m tests.quotes.watching.dying`.

Each line that it reads starts one, in a process of its own: `query 7 before` kills itself just before its seventh
query, `send 2 after` just after it sent the second e-mail or request; `live` lives until nothing is due. It answers
with how each ended: `killed` or `done`. `many 3` starts three at a time that live, and waits for all.
"""

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


class Fate:
    """Kills its own process before or after so many steps of a kind."""

    def __init__(self, what: str, number: str, when: str) -> None:
        self.what, self.left, self.before = what, int(number), when == "before"

    def around(self, what: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """The same step, at which the process may end."""

        def fateful(*args: Any, **options: Any) -> Any:
            self.left -= self.what == what
            is_last = self.what == what and self.left == 0
            if is_last and self.before:
                os.kill(os.getpid(), signal.SIGKILL)
            done = step(*args, **options)
            if is_last:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return fateful


def work(fate: Fate | None) -> None:
    from django.core.mail import EmailMultiAlternatives  # noqa: PLC0415 - Django is set up from here on
    from django.db import connection  # noqa: PLC0415

    from quotes.watching.running import Worker  # noqa: PLC0415
    from sources.fetching.posting import Poster  # noqa: PLC0415

    if fate:
        connection.execute_wrappers.append(lambda execute, *args: fate.around("query", execute)(*args))
        setattr(EmailMultiAlternatives, "send", fate.around("send", EmailMultiAlternatives.send))  # noqa: B010
        setattr(Poster, "post", fate.around("send", Poster.post))  # noqa: B010
    worker = Worker()
    while worker.work():
        pass
    assert not worker.failed


def start(fate: Fate | None = None) -> int:
    if child := os.fork():
        return child
    try:
        work(fate)
    except BaseException as error:  # noqa: BLE001  # told to the test, which knows what to make of it
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def ended(child: int) -> str:
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "killed"
    return "failed" if os.WEXITSTATUS(status) else "done"


def main() -> None:
    django.setup()
    from quotes.watching import digests, routing, taking  # noqa: PLC0415 - as above

    for line in sys.stdin:
        what, *how = line.split()
        if what == "many":
            children = [start() for _ in range(int(how[0]))]
            print(*sorted({ended(child) for child in children}), flush=True)
            continue
        # One at a time: what a dead one left is the next one's at once.
        digests.APART = taking.LEASE = dt.timedelta()
        setattr(routing, "LEASE", dt.timedelta())  # noqa: B010
        print(ended(start(Fate(what, *how) if how else None)), flush=True)


if __name__ == "__main__":
    main()
