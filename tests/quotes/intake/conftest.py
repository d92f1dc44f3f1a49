"""Documents that tests bring leave no file behind, and are read in this process, which is quicker."""

import pytest

from sources import apart, reading


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    """Give originals a folder of their own, and return it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Read in this process."""
    monkeypatch.setattr(apart, "read", reading.read)
