"""Those who write while the record is killed: programs, an editor at the desk, a desk that imports, and readers.

Each notes what it was told was done. A program that lost its answer asks again under the same key; an editor doesn't.
"""

import itertools
import json
import random
import threading
import time
from collections.abc import Callable

from bench.crash.asking import Answer, Asker
from bench.crash.files import ROWS, sheet
from bench.crash.place import EDITOR, PASSWORD
from bench.crash.told import Told

PATIENCE = 8
TEXT = "“The harbour of {0} will be open again by the spring,” said {0} Oliveira.\n\nIt is forty metres deep."


class Client(threading.Thread):
    """Does its own thing until it is told to end; what goes wrong in it is kept and told."""

    def __init__(self, name: str, port: int, told: Told, seed: int) -> None:
        super().__init__(name=name, daemon=True)
        self.told, self.chance = told, random.Random(f"{seed} {name}")  # noqa: S311 - guards nothing
        self.asker = Asker(port, told)
        self.numbers = itertools.count()
        self.over = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.act()
        except BaseException as error:  # noqa: BLE001 - told by whoever waits for it
            self.failure = error

    def act(self) -> None:
        raise NotImplementedError

    def words(self) -> str:
        """Words that nobody else says."""
        return f"Number {next(self.numbers)} of {self.name} will be kept"

    def pause(self, longest: float = 0.1) -> None:
        self.over.wait(self.chance.uniform(0, longest))


class Program(Client):
    """Records drafts and publishes them over the API, each with somebody new; brings documents."""

    def __init__(self, name: str, port: int, told: Told, seed: int, key: str) -> None:
        super().__init__(name, port, told, seed)
        self.key = key

    def act(self) -> None:
        if self.chance.random() < 0.1:
            self.bring()
            return
        words = self.words()
        made = self.insist("/api/v1/statements", self.statement(words), 201)
        if made is None:
            return
        draft = made.json()
        self.told.note("drafts", draft["id"], words)
        if self.chance.random() < 0.8:
            address = f"/api/v1/statements/{draft['id']}/publish"
            if self.insist(address, {"touched": draft["touched"]}, 200):
                self.told.note("published", draft["id"], words)
        self.pause()

    def statement(self, words: str) -> dict[str, object]:
        number = words.split()[1]
        return {
            "words": f"“{words},” they said.",
            "language": "en",
            "speaker": {
                "name": f"Ada {self.name.title()}{number}",
                "kind": "person",
                "family": f"{self.name.title()}{number}",
            },
            "said": "2022-12-03",
            "document": {
                "title": f"Document {number} of {self.name}",
                "published": "2022-12-04",
                "outlet": {"name": "A Daily"},
            },
            "road": [{"role": "spoken_to", "name": "TF1"}, {"role": "relayed_by", "name": "TASS"}],
        }

    def bring(self) -> None:
        name = f"{self.name.title()}{next(self.numbers)}"
        sent = {"text": TEXT.format(name), "outlet": "Le Monde", "published": "2022-12-04", "language": "en"}
        taken = self.insist("/api/v1/documents", {**sent, "title": f"The harbour of {name}"}, 201)
        if taken:
            self.told.note("documents", taken.json()["id"], f"“The harbour of {name} ")

    def insist(self, address: str, body: object, wanted: int) -> Answer | None:
        """Ask until it is answered, always under one key; None where it was refused, or the end came first."""
        key = f"{self.name} {next(self.numbers)}"
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency_Key": key, "Content_Type": "application/json"}
        while not self.over.is_set():
            answer = self.asker.send("POST", address, json.dumps(body).encode(), **headers)
            if answer and answer.status == wanted:
                return answer
            if answer and answer.status == 422:
                # A text that could not be read in time, because all that runs here was starved: nothing was done.
                return None
            if answer and answer.status < 500 and answer.status != 429:
                raise Unexpected(address, answer)
            self.pause(0.3)
        return None


class Unexpected(Exception):
    """An answer that nothing explains."""

    def __init__(self, address: str, answer: Answer) -> None:
        super().__init__(f"{address} answered {answer.status}: {answer.text[:500]}")


class Desk(Client):
    """Signs in, and corrects, retracts, restores and merges what others published. Nothing is sent twice."""

    signed_in = False

    def act(self) -> None:
        if not self.signed_in:
            answer = self.asker.fill("/signin/", "username", username=EDITOR, password=PASSWORD)
            self.signed_in = bool(answer and answer.status == 302)
            return
        known = list(self.told.copy("published"))[-400:]
        if len(known) < 4:
            self.pause(0.3)
            return
        one, other = self.chance.sample(known, 2)
        verb = self.chance.choice(["correct", "correct", "retract", "merge"])
        reason = f"{self.name} {verb} {next(self.numbers)}"
        page = f"/desk/statements/{one}/{verb}/"
        typed = {"words": f"“{self.words()},” they said."} if verb == "correct" else {}
        typed |= {"survivor": other} if verb == "merge" else {}
        answer = self.asker.fill(page, "reason", reason=reason, **typed)
        if answer and answer.status == 302 and answer.location.startswith("/q/"):
            self.told.note("acts", reason, (verb, one))
        if answer and answer.status in (401, 403):
            self.signed_in = False
        self.pause(0.2)


class ImportingDesk(Desk):
    """Brings files at the desk, has them tried and published by the worker, and goes on with what was stopped."""

    def __init__(self, name: str, port: int, told: Told, seed: int, put_on: Callable[[int], None]) -> None:
        super().__init__(name, port, told, seed)
        self.put_on, self.waits_until = put_on, 0.0

    def act(self) -> None:
        if not self.signed_in:
            super().act()
            return
        name = f"{self.name}-{next(self.numbers)}.csv"
        answer = self.asker.upload("/desk/imports/", name, sheet(name, ROWS))
        if answer is None or answer.status != 302:
            self.signed_in = answer is None or answer.status < 500
            self.pause(1)
            return
        page = answer.location
        self.waits_until = time.monotonic() + PATIENCE
        while not self.over.is_set():
            if self.stage(page):
                self.told.note("files", name, ROWS)
                self.pause(20)
                return
            self.over.wait(0.5)

    def stage(self, page: str) -> bool:
        """Do what an import's page asks for next; whether it says that all is done."""
        shown = self.asker.get(page)
        if shown is None or shown.status != 200:
            return False
        if "What its columns are" in shown.text:
            self.asker.fill(page, "marks", act="try")
        elif 'value="publish"' in shown.text:
            self.asker.fill(page, "csrfmiddlewaretoken", act="publish")
        elif 'value="go-on"' in shown.text:
            self.asker.fill(page, "csrfmiddlewaretoken", act="go-on")
        elif "Undo this import" in shown.text:
            return True
        elif "Could not be read" in shown.text:
            raise Unexpected(page, shown)
        elif time.monotonic() > self.waits_until:
            # Whoever did it may have been killed: two minutes are put on, after which the page offers to go on.
            self.put_on(int(page.strip("/").rpartition("/")[2]))
            self.waits_until = time.monotonic() + PATIENCE
        return False


class Reader(Client):
    """Reads what was published: it must be there."""

    def act(self) -> None:
        known = list(self.told.copy("published"))
        if known:
            one = self.chance.choice(known)
            path = self.chance.choice([f"/q/{one}", f"/q/{one}/v1", f"/api/v1/statements/{one}", "/statements/"])
            answer = self.asker.get(path)
            if answer and answer.status in (404, 410):
                self.told.unreadable.append(path)
        self.pause(0.2)
