import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
OWN = "correct horse battery staple"


def make_editor(capsys, *arguments):
    call_command("make_editor", *arguments)
    return capsys.readouterr().out


def one_time_password(out):
    return re.fullmatch(r"Editor account: \S+ / (\S+) — you will be asked to replace it\n", out)[1]


def sign_in(client, password, username="editor", **more):
    return client.post("/signin/", {"username": username, "password": password, **more})


def set_password(client, password=OWN, **more):
    return client.post("/password/", {"new_password1": password, "new_password2": password, **more})


def test_make_editor_prints_a_one_time_password_once(capsys):
    password = one_time_password(make_editor(capsys))
    account = User.objects.get(username="editor")
    assert account.check_password(password)
    assert make_editor(capsys) == "Editor account: editor exists (--reset gives it a new one-time password).\n"
    assert User.objects.get(username="editor").check_password(password)


def test_the_editor_records_publishes_and_keeps_house_but_is_no_superuser(capsys):
    make_editor(capsys, "--username", "ada")
    account = User.objects.get(username="ada")
    assert account.has_perms(["quotes.record_statement", "quotes.publish_statement", "quotes.change_speaker"])
    assert account.is_staff
    assert not account.is_superuser


def test_a_reset_gives_a_new_one_time_password_and_ends_sessions(client, capsys):
    sign_in(client, one_time_password(make_editor(capsys)))
    set_password(client)
    password = one_time_password(make_editor(capsys, "--reset"))
    assert client.get("/desk/").headers["Location"] == "/signin/?next=/desk/"
    assert sign_in(client, password).headers["Location"].startswith("/password/")


def test_an_impossible_user_name_is_refused(capsys):
    with pytest.raises(CommandError, match="can't be a user name"):
        make_editor(capsys, "--username", "a b")


def test_every_desk_page_sends_a_one_time_password_to_be_replaced(client, capsys):
    password = one_time_password(make_editor(capsys))
    response = sign_in(client, password, next="/desk/statements/new/")
    assert response.headers["Location"] == "/password/?next=/desk/statements/new/"
    for address in ("/desk/", "/desk/statements/new/", "/desk/reports/", "/desk/suggest/speakers/"):
        assert client.get(address).headers["Location"] == f"/password/?next={address}"
    assert User.objects.get(username="editor").last_login is None


def test_signing_in_again_with_it_still_asks_for_a_password_of_ones_own(client, capsys):
    password = one_time_password(make_editor(capsys))
    sign_in(client, password)
    other = Client()
    sign_in(other, password)
    assert other.get("/desk/").headers["Location"].startswith("/password/")


def test_after_the_new_password_the_desk_opens_and_the_old_one_is_void(client, capsys):
    password = one_time_password(make_editor(capsys))
    sign_in(client, password)
    assert "works once" in client.get("/password/").text
    response = set_password(client, next="/desk/statements/new/")
    assert response.headers["Location"] == "/desk/statements/new/"
    assert client.get("/desk/").status_code == 200
    assert User.objects.get(username="editor").last_login is not None
    assert "error" in sign_in(Client(), password).text
    assert sign_in(Client(), OWN).headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("password", "message"), [("short", "too short"), ("123456789012345", "entirely numeric"), ("", "required")]
)
def test_a_poor_password_is_refused(client, capsys, password, message):
    sign_in(client, one_time_password(make_editor(capsys)))
    assert message in set_password(client, password).text
    assert User.objects.get(username="editor").last_login is None


def test_the_one_time_password_will_not_do_again(client, capsys):
    password = one_time_password(make_editor(capsys))
    sign_in(client, password)
    assert "Choose one that only you know" in set_password(client, password).text


def test_who_has_a_password_of_their_own_changes_it_with_the_old_one(client):
    account = factories.editor()
    client.force_login(account)
    page = client.get("/password/")
    assert "old_password" in page.text
    data = {"old_password": "wrong", "new_password1": OWN, "new_password2": OWN}
    assert "entered incorrectly" in client.post("/password/", data).text
    data["old_password"] = "a long enough secret"
    assert client.post("/password/", data).status_code == 302
    account.refresh_from_db()
    assert account.check_password(OWN)


def test_a_wrong_password_keeps_the_name_and_says_so(client):
    page = sign_in(client, "wrong", username="<b>ada</b>")
    assert "correct username and password" in page.text
    assert "&lt;b&gt;ada&lt;/b&gt;" in page.text


def test_signing_in_leads_nowhere_else(client):
    account = factories.editor()
    client.force_login(account)
    client.logout()
    response = sign_in(client, "a long enough secret", account.username, next="https://elsewhere.example/")
    assert response.headers["Location"] == "/desk/"


def test_who_may_not_see_the_desk_is_led_to_their_account(client):
    reader = factories.user("Reader")
    assert sign_in(client, "a long enough secret", reader.username).headers["Location"] == "/password/?next=/account/"
    assert set_password(client).headers["Location"] == "/account/"
    assert sign_in(Client(), OWN, reader.username).headers["Location"] == "/account/"


def test_signing_out_takes_a_post(client):
    client.force_login(factories.editor())
    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/").headers["Location"] == "/"
    assert client.get("/desk/").headers["Location"] == "/signin/?next=/desk/"


def test_the_password_page_is_for_accounts(client):
    assert client.get("/password/").headers["Location"] == "/signin/?next=/password/"


def test_signing_in_without_a_csrf_token_is_refused():
    assert sign_in(Client(enforce_csrf_checks=True), "x").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.editor())
    assert set_password(strict).status_code == 403
    assert strict.post("/signout/").status_code == 403


def test_the_admin_has_no_sign_in_of_its_own(client, capsys):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/signin/?next=/admin/"
    password = one_time_password(make_editor(capsys))
    sign_in(client, password)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/password/?next=/admin/"
    set_password(client)
    assert client.get("/admin/").status_code == 200


def test_the_admin_is_for_staff(client):
    client.force_login(factories.publisher())
    assert client.get("/admin/", follow=True).status_code == 403
