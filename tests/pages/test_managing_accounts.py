"""Administrators make accounts, give roles, and close accounts; each of it is kept."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from quotes.accounts import managing
from quotes.models import AccountEvent
from quotes.roles import ROLES, Role, permissions
from tests import factories
from tests.entering import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    made = factories.administrator()
    client.force_login(made)
    return made


def give(client, account, role):
    return client.post(f"/desk/accounts/{account.pk}/", {"act": "role", "role": role.value})


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.label)
def test_a_role_has_the_permissions_of_the_table(role):
    account = factories.user(role.label)
    ours = permissions(Role.ADMINISTRATOR)
    assert {one for one in ours if account.has_perm(one)} == permissions(role)


def test_a_role_is_given_and_taken(client, administrator):
    account = factories.publisher()
    give(client, account, Role.CONTRIBUTOR)
    again = User.objects.get(pk=account.pk)
    assert managing.role_of(again) == Role.CONTRIBUTOR
    assert not again.has_perm("quotes.publish_statement")
    event = AccountEvent.objects.get(kind="role")
    assert (event.account, event.actor, event.detail) == (account, administrator, "Publisher → Contributor")


def test_a_role_takes_rights_given_beside_it(client, administrator):
    account = factories.publisher()
    account.user_permissions.add(Permission.objects.get(codename="remove_statement"))
    give(client, account, Role.EDITOR)
    assert not User.objects.get(pk=account.pk).has_perm("quotes.remove_statement")


def test_publishers_keep_house_and_lower_roles_do_not(client, administrator):
    account = factories.user("Reader")
    for role, is_staff in ((Role.PUBLISHER, True), (Role.EDITOR, False)):
        give(client, account, role)
        account.refresh_from_db()
        assert account.is_staff == is_staff


def test_a_new_account_has_a_one_time_password(client, administrator):
    page = client.post("/desk/accounts/", {"name": "ada", "role": Role.EDITOR.value}).text
    password = re.search(r'<code class="key" tabindex="0">(\w+)</code>', page)[1]
    answer = Client().post("/signin/", {"username": "ada", "password": password})
    assert answer.headers["Location"].startswith("/password/")
    assert managing.role_of(User.objects.get(username="ada")) == Role.EDITOR


@pytest.mark.parametrize("name", ["", "a b", "taken"])
def test_an_impossible_name_is_refused(client, administrator, name):
    factories.user(first_name="x")
    User.objects.create_user("taken")
    count = User.objects.count()
    page = client.post("/desk/accounts/", {"name": name, "role": Role.EDITOR.value})
    assert "Please look at this again" in page.text
    assert User.objects.count() == count


def test_a_one_time_password_ends_sessions(client, administrator):
    account, theirs = factories.editor(), Client()
    sign_in(theirs, account)
    page = client.post(f"/desk/accounts/{account.pk}/", {"act": "password"})
    assert "one-time password" in page.text
    assert theirs.get("/desk/").headers["Location"].startswith("/signin/")


def test_a_closed_account_is_out_and_can_come_back(client, administrator):
    account, theirs = factories.editor(), Client()
    sign_in(theirs, account)
    client.post(f"/desk/accounts/{account.pk}/", {"act": "close"})
    assert theirs.get("/desk/").status_code == 302
    client.post(f"/desk/accounts/{account.pk}/", {"act": "open"})
    assert sign_in(Client(), account).headers["Location"] == "/desk/"
    kinds = AccountEvent.objects.filter(actor=administrator).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["closed", "opened"]


@pytest.mark.parametrize("act", ["role", "close", "password", "lift"])
def test_nobody_locks_themselves_out_or_reaches_above(client, administrator, act):
    for account in (administrator, factories.user(is_superuser=True)):
        before = User.objects.get(pk=account.pk)
        data = {"act": act, "role": Role.READER.value}
        assert "can change it" in client.post(f"/desk/accounts/{account.pk}/", data, follow=True).text
        after = User.objects.get(pk=account.pk)
        assert (after.password, after.is_active, after.is_superuser) == (
            before.password,
            before.is_active,
            before.is_superuser,
        )


def test_the_list_is_paged_by_name_in_few_queries(client, administrator, django_assert_max_num_queries):
    User.objects.bulk_create(User(username=f"z{number:03}") for number in range(60))
    with django_assert_max_num_queries(7):
        page = client.get("/desk/accounts/").text
    assert "z001" in page
    assert "z059" not in page
    after = re.search(r"\?after=([^\"]+)", page)[1]
    assert "z059" in client.get(f"/desk/accounts/?after={after}").text


def test_a_contributor_sees_and_changes_own_drafts_alone(client):
    mine, theirs = factories.user("Contributor"), factories.draft("“Theirs.”")
    client.force_login(mine)
    own = factories.draft("“Mine.”", editor=mine)
    page = client.get("/desk/").text
    assert own.pid in page
    assert theirs.pid not in page
    assert "Reports" not in page
    assert client.get(f"/desk/statements/{own.pid}/").status_code == 200
    assert client.get(f"/desk/statements/{theirs.pid}/").status_code == 403
