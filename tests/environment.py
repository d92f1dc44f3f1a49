"""The environment that tests run in: none of the developer's own settings reach them."""

import os
import re
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "config" / "settings.py"


def setting_names() -> set[str]:
    """Return the environment variables that settings.py reads."""
    return set(re.findall(r'\bsetting\(\s*"([A-Z_]+)"', SETTINGS.read_text()))


def clean_environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with these settings and no others.

    Dozens of processes are started with it: they may keep what they compile, also where the developer's own may not.
    """
    dropped = {*setting_names(), "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, **settings}
