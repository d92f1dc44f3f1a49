"""Who watches, and the other ends of what they are told by."""

import pytest

from tests import factories
from tests.quotes.watching.ends import Receiver, running
from tests.quotes.watching.watchers import Watcher


@pytest.fixture(autouse=True)
def sending(settings):
    """Let e-mail be sent, to the test's own outbox, and requests to this machine."""
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "record@record.example"
    settings.FETCH_LOOPBACK = True


@pytest.fixture
def watcher():
    """A reporter whose address is confirmed."""
    return Watcher(factories.user())


@pytest.fixture
def receiver():
    with running(Receiver()) as made:
        yield made
