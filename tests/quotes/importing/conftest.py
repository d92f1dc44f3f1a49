import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Files of imports in a folder of each test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
