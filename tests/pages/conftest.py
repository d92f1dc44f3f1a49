"""Who asks for a page, where it isn't a visitor."""

import pytest

from tests import factories


@pytest.fixture
def editor(client):
    account = factories.editor()
    client.force_login(account)
    return account


@pytest.fixture
def publisher(client):
    account = factories.publisher()
    client.force_login(account)
    return account
