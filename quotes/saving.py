"""Keeping lists under names: each account its own, and no two under one name."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from quotes.models import SavedSearch

MOST = 200
"""Searches that an account can keep."""


class NameTaken(Exception):
    """The account keeps another search under this name, in whatever case."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"You keep another search as “{name}”. Choose another name.")


class TooManySearches(Exception):
    """The account keeps as many searches as it can."""

    def __init__(self) -> None:
        super().__init__(f"You keep {MOST} searches, which is the most. Delete one that you no longer need.")


def save_search(owner: User, name: str, query: str) -> SavedSearch:
    """Keep a list under a name. Raises NameTaken and TooManySearches. Two queries."""
    if SavedSearch.objects.filter(owner=owner).count() >= MOST:
        raise TooManySearches
    return _kept(SavedSearch(owner=owner, name=name, query=query))


def rename_search(search: SavedSearch, name: str) -> None:
    """Give a saved search another name. Raises NameTaken."""
    search.name = name
    _kept(search)


def _kept(search: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        taken = SavedSearch.objects.filter(owner=search.owner, name__iexact=search.name).exclude(pk=search.pk)
        if not taken.exists():
            raise
        raise NameTaken(search.name) from error
    return search
