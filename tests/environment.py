"""The environment that tests run in: none of the developer's own settings reach them."""

import os
import re
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "config" / "settings.py"


def setting_names() -> set[str]:
    """Return the environment variables that settings.py reads."""
    return set(re.findall(r'\bsetting\(\s*"([A-Z_]+)"', SETTINGS.read_text()))


def clean_environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if name not in setting_names()}
    return {**kept, **settings}
