#!/usr/bin/env python
"""The command line of On Record: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A command uses one connection, and a pool hides why there is none: it tries again, then says that it waited.
    os.environ.setdefault("DATABASE_POOL", "false")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        # A wrong DATABASE_URL is a wrong setting: its reader needs the server's answer, not our call stack.
        sys.exit(f"On Record: the database failed: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
