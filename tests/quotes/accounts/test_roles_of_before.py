"""Making five roles of two groups: whoever could do something goes on doing it, and nobody gets more."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

from quotes.access import ACCOUNTS, PUBLISH, RECORD, REMOVE, REVIEW
from tests import factories

pytestmark = pytest.mark.django_db
OURS = {RECORD, REVIEW, PUBLISH, REMOVE, ACCOUNTS}


def migrate():
    migration = import_module("quotes.migrations.0020_roles")
    # It can be begun again.
    for _ in range(2):
        migration.create(apps, None)
        migration.keep_rights(apps, None)


def may(account):
    again = User.objects.get(pk=account.pk)
    return {one for one in OURS if again.has_perm(one)}


def given(code):
    return Permission.objects.get(codename=code)


def test_who_published_goes_on_removing_but_manages_no_accounts():
    account = factories.publisher()
    migrate()
    assert may(account) == {RECORD, REVIEW, PUBLISH, REMOVE}


def test_an_editor_goes_on_reviewing():
    account = factories.editor()
    migrate()
    assert may(account) == {RECORD, REVIEW}


def test_a_group_of_the_operators_own_keeps_what_it_could_do():
    own = Group.objects.create(name="Night desk")
    own.permissions.add(given("record_statement"), given("publish_statement"))
    account = factories.user("Night desk")
    migrate()
    assert may(account) == {RECORD, REVIEW, PUBLISH, REMOVE}


def test_a_right_that_was_given_by_itself_keeps_what_it_was():
    account = factories.user()
    account.user_permissions.add(given("record_statement"))
    migrate()
    assert may(account) == {RECORD, REVIEW}


def test_who_could_do_nothing_still_can_not():
    account = factories.user()
    migrate()
    assert may(account) == set()
