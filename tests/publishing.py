"""Publishes statements without end, each told once it is acknowledged: `python -m tests.publishing`.

A line is a statement's id, or `failed:` and why. It reads nothing and is ended by a signal.
"""

import time

import django


def main() -> None:
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 - models exist from here on
    from django.db import Error, connection  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415

    editor = User.objects.filter(username="writer").first() or User.objects.create_user("writer")
    while True:
        try:
            print(factories.publish(editor=editor).pid, flush=True)
        except Error as error:
            print("failed:", " ".join(str(error).split()), flush=True)
            connection.close()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
