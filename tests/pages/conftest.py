"""Who asks for a page, where it isn't a visitor."""

import pytest

from tests import factories
from tests.entering import freshly


@pytest.fixture
def editor(client):
    account = factories.editor()
    freshly(client, account)
    return account


@pytest.fixture
def publisher(client):
    account = factories.publisher()
    freshly(client, account)
    return account
