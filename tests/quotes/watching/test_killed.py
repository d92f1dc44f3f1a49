"""Workers that are killed midway, at any query, tell all there is to tell, and nothing twice that they had noted.

Receivers and a mail server run here, the workers in processes of their own, on the test's database.
"""

import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from quotes import record
from quotes.models import Act, Delivery, Digest, Happening, Notice
from quotes.notation import parse
from tests import factories
from tests.environment import clean_environment
from tests.quotes.watching.ends import MailServer, Receiver, running
from tests.quotes.watching.watchers import Watcher

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROUNDS = 25


class Ends:
    """All that is told, in its order, with the number of the worker that told it."""

    def __init__(self, receiver, server):
        self.receiver, self.server = receiver, server

    def told(self):
        return self.receiver.ids + self.server.ids


@pytest.fixture
def ends():
    with running(Receiver()) as receiver, running(MailServer()) as server:
        yield Ends(receiver, server)


def database_url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture
def workers(ends, tmp_path):
    """Ask for workers: `workers("query 7 before")` says how one ended."""
    settings = {
        "DATABASE_URL": database_url(),
        "DATABASE_POOL": "false",
        "VAR_DIR": str(tmp_path),
        "FETCH_LOOPBACK": "true",
        "EMAIL_URL": f"smtp://127.0.0.1:{ends.server.port}",
        "EMAIL_FROM": "record@record.example",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "tests.quotes.watching.dying"]
    environment = clean_environment(DJANGO_SETTINGS_MODULE="config.settings", **settings)
    with subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, text=True) as forker:

        def ask(line):
            print(line, file=forker.stdin, flush=True)
            return forker.stdout.readline().strip()

        yield ask
        forker.stdin.close()
        assert forker.wait() == 0


@pytest.fixture
def watched(groups, ends):
    """Two endpoints and two mailboxes that are told of all that Macron says, by several watches."""
    factories.speaker()
    hooks = [Watcher(factories.user(), f"hook{n}@paper.example") for n in range(2)]
    for n, one in enumerate(hooks):
        watch = one.hook(f"{ends.receiver.url}/{n}")
        one.watch("q=number", mail="", endpoint=watch.endpoint)
    readers = [Watcher(factories.user(), f"reader{n}@paper.example") for n in range(2)]
    for one in readers:
        one.watch("speaker=emmanuel-macron")
        one.watch("q=number")
    return [one.mailbox.address for one in readers]


def acts(by):
    """Do one thing after another to the record, for ever."""
    number = 0
    while True:
        number += 1
        made = factories.publish(f"“Number {number}.”", editor=by)
        yield
        record.correct(made, record.Changes(spans=parse(f"“Number {number}, corrected.”")), editor=by, reason="A slip")
        yield
        if number % 2:
            record.retract(made, editor=by, reason="Invented")
            yield


def expected():
    return set(Act.objects.filter(verb__in=["publish", "correct", "retract"]).values_list("pk", flat=True))


def hooks_got(receiver):
    """Of each endpoint, the acts that it heard of, each once: as a receiver that knows ids keeps them."""
    known, heard = set(), defaultdict(list)
    endpoints = dict(Delivery.objects.values_list("uid", "endpoint"))
    for (headers, _), event in zip(receiver.got, receiver.events, strict=True):
        uid = headers["webhook-id"]
        if uid not in known:
            known.add(uid)
            heard[{str(key): value for key, value in endpoints.items()}[uid]].append(event["data"]["act"]["id"])
    return heard


def mails_got(server, address):
    """Which acts were told by mail: as a mail program that knows Message-IDs keeps them."""
    kept = {message["Message-ID"]: message for message in server.accepted if message["To"] == address}
    uids = [message_id.strip("<>").partition("@")[0] for message_id in kept]
    told = Notice.objects.filter(digest__uid__in=uids, digest__state="sent")
    return Counter(told.values_list("act", flat=True))


def assert_all_told(ends, addresses):
    assert not Happening.objects.exists()
    assert not Delivery.objects.filter(state="waiting").exists()
    assert not Digest.objects.filter(state="waiting").exists()
    assert not Notice.objects.exclude(waits_for="").exists()
    every = expected()
    heard = hooks_got(ends.receiver)
    assert len(heard) == 2
    for told in heard.values():
        assert Counter(told) == Counter(every)
    for address in addresses:
        assert set(mails_got(ends.server, address)) == every


def fate(chance):
    """Where a worker dies: at any query, or, where it matters most, around what it sends."""
    what, most = chance.choice([("query", 110), ("send", 5)])
    return f"{what} {chance.randint(1, most)} {chance.choice(['before', 'after'])}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_query_they_tell_all_and_nothing_twice_that_was_noted(ends, workers, watched, seed):
    chance, happening = random.Random(seed), acts(factories.publisher())
    told, ends_of = [], Counter()
    for _ in range(ROUNDS):
        next(happening)
        before = Counter(ends.told())
        ends_of[workers(fate(chance))] += 1
        told.append(Counter(ends.told()) - before)
    assert workers("live") == "done"
    told.append(Counter(ends.told()) - sum(told, Counter()))
    assert ends_of["killed"] >= ROUNDS // 2
    assert ends_of["failed"] == 0
    assert_all_told(ends, watched)
    repeated = {one for one, times in Counter(ends.told()).items() if times > 1}
    for number, by_one in enumerate(told):
        # Whoever was killed had told one thing at most that it had not noted yet: only that may come again.
        again = {one for one in by_one if any(one in later for later in told[number + 1 :])}
        assert len(again) <= 1
        assert max(by_one.values(), default=1) == 1, "one worker tells nothing twice"
        repeated -= again
    assert not repeated


def test_several_at_a_time_tell_all_once(ends, workers, watched):
    happening = acts(factories.publisher())
    for _ in range(12):
        next(happening)
    assert workers("many 3") == "done"
    assert_all_told(ends, watched)
    assert max(Counter(ends.told()).values()) == 1
