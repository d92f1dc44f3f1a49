"""What everybody asks for at once: readers, feeds, programs, editors, intake; each with what is right of it."""

import itertools
import json
import random
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Judge = Callable[[bytes], bool]


@dataclass(frozen=True)
class Request:
    """What is sent, of which kind it is, and what its answer must be."""

    kind: str
    path: str
    right: Judge
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    status: tuple[int, ...] = (200,)


def page_with(text: str) -> Judge:
    """A whole page that says something."""
    return lambda body: body.rstrip().endswith(b"</html>") and text.encode() in body


def ends_with(end: bytes) -> Judge:
    return lambda body: body.rstrip().endswith(end)


def json_with(name: str, value: object = None) -> Judge:
    def right(body: bytes) -> bool:
        told = json.loads(body)
        return name in told and value in (None, told[name])

    return right


@dataclass
class Known:
    """What there is to ask for, as the API tells it, and who asks."""

    statements: list[str]
    speakers: list[str]
    words: list[str]
    key: str
    cookie: str
    seed: int = 1

    def requests(self) -> Iterator[Request]:
        """Requests without end, in a mix that chance makes."""
        chance = random.Random(self.seed)  # noqa: S311 - guards nothing
        makers = [(getattr(self, f"_{name}"), share) for name, share in MIX.items()]
        for number in itertools.count():
            (make,) = chance.choices([maker for maker, _ in makers], [share for _, share in makers])
            yield make(chance, number)

    def _permalink(self, chance: random.Random, _number: int) -> Request:
        pid = chance.choice(self.statements)
        end = chance.choice(["", "", "/v1", "/history"])
        return Request("readers", f"/q/{pid}{end}", page_with(f"/q/{pid}"))

    def _list(self, chance: random.Random, _number: int) -> Request:
        asked = {"speaker": chance.choice(self.speakers), "year": chance.choice(["2021", "2022"])}
        return Request("readers", f"/statements/?{urllib.parse.urlencode(asked)}", page_with("<main"))

    def _search(self, chance: random.Random, _number: int) -> Request:
        words = " ".join(chance.sample(self.words, 2))
        return Request("readers", f"/statements/?{urllib.parse.urlencode({'q': words})}", page_with("<main"))

    def _check(self, chance: random.Random, _number: int) -> Request:
        text = " ".join(chance.sample(self.words, 6))
        return Request("readers", f"/check/?{urllib.parse.urlencode({'text': text})}", page_with("<main"))

    def _feed(self, chance: random.Random, _number: int) -> Request:
        if chance.random() < 0.5:
            return Request(
                "feeds", f"/statements/feed.atom?speaker={chance.choice(self.speakers)}", ends_with(b"</feed>")
            )
        return Request("feeds", "/feed.atom", ends_with(b"</feed>"))

    def _api(self, chance: random.Random, _number: int) -> Request:
        pid = chance.choice(self.statements)
        if chance.random() < 0.5:
            return Request("API", f"/api/v1/statements/{pid}", json_with("id", pid))
        speaker = chance.choice(self.speakers)
        return Request("API", f"/api/v1/statements?speaker={speaker}", json_with("results"))

    def _desk(self, _chance: random.Random, number: int) -> Request:
        path = ("/desk/", "/desk/statements/new/", "/intake/")[number % 3]
        return Request("editors", path, page_with("<main"), headers={"Cookie": self.cookie})

    def _record(self, chance: random.Random, number: int) -> Request:
        statement = {
            "words": f"“Soak {number} {chance.random()} is on record,” they said.",
            "language": "en",
            "speaker": {"name": chance.choice(self.speakers)},
            "said": "2022-12-03",
            "document": {"title": f"Soak {number}", "published": "2022-12-04", "outlet": {"name": "A Daily"}},
        }
        return self._sent("editors", "/api/v1/statements", statement, number)

    def _intake(self, chance: random.Random, number: int) -> Request:
        text = f"“The harbour {chance.random()} will be open by the spring,” said Marta Soak{number}."
        document = {"text": text, "outlet": "Le Monde", "published": "2022-12-04", "language": "en"}
        return self._sent("intake", "/api/v1/documents", {**document, "title": f"Harbour {number}"}, number)

    def _sent(self, kind: str, path: str, body: dict[str, Any], number: int) -> Request:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": f"soak {kind} {number} {self.seed}"}
        headers["Content-Type"] = "application/json"
        right = json_with("id")
        return Request(kind, path, right, "POST", json.dumps(body).encode(), headers, status=(201,))


MIX = {
    "permalink": 40,
    "list": 14,
    "search": 8,
    "check": 4,
    "feed": 8,
    "api": 14,
    "desk": 6,
    "record": 5,
    "intake": 1,
}
