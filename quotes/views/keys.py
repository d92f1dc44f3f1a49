"""The list of the site's keys at /keys/: a page of its own, and the sheet that `?` opens on every other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from quotes.revalidation import by_release

SHORTCUTS = [
    (
        _("Everywhere"),
        [
            ("?", _("Show the keys that work on this page")),
            ("/", _("Search the record")),
            ("g h", _("Go to the start page")),
            ("g s", _("Go to the statements")),
            ("g p", _("Go to the speakers")),
            ("g o", _("Go to the outlets")),
            ("g t", _("Go to the topics")),
            ("g c", _("Go to “Was this said?”")),
            ("g d", _("Go to the desk")),
        ],
    ),
    (
        _("In a list"),
        [
            ("j", _("The next statement")),
            ("k", _("The statement before")),
            ("o", _("Open the statement that has the focus; Enter does, too")),
            ("f", _("To the filters")),
            ("n", _("The next page")),
            ("p", _("The page before")),
        ],
    ),
    (
        _("On a statement’s page"),
        [
            ("c", _("Copy the citation, in the style that is chosen")),
            ("h", _("Its history")),
            ("s", _("Share its link")),
        ],
    ),
]
"""What each key does, by where it works; of two keys the second follows the first. static/js/keys.js presses them."""


@by_release
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, where it works, and how to switch them off."""
    shown = [(heading, [(keys, keys.split(), does) for keys, does in rows]) for heading, rows in SHORTCUTS]
    return render(request, "keys.html", {"shortcuts": shown})
