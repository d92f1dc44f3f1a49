"""The record itself, but for its copies of pages and counts: each is made anew, however often it is asked for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _keep_nothing() -> None:
    from quotes.kept_pages import InMemory  # noqa: PLC0415 - after Django's setup

    InMemory.put = lambda *_: None  # type: ignore[method-assign]


_keep_nothing()
