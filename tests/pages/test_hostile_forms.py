"""Whatever is typed into the forms of the site, each answers: no fault, no markup, and nothing typed is lost."""

import re
import unicodedata
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve
from django.utils import timezone

from tests import factories
from tests.hostile import UNESCAPED, share
from tests.pages.addresses import a_record
from tests.quotes.importing import brought, csv_file, row, tried

pytestmark = pytest.mark.django_db

FINE = {200, 302, 303, 400, 403, 404, 405, 409, 413, 415, 422, 429}
TYPED = {"text", "search", "url", "email", "number", "date", "textarea"}
CHOSEN = {"select", "radio", "checkbox", "hidden", "password"}
UNKNOWN = {"csrfmiddlewaretoken", "next"}


def forms_of(page):
    """The forms of a page that are sent by POST: where to, and what they hold."""
    if not page.get("Content-Type", "").startswith("text/html") or not page.content.strip():
        return
    for form in lxml.html.fromstring(page.content).forms:
        if form.method == "POST":
            yield form


def typed_fields(form):
    """The fields of a form that somebody may write into, or a program send anything in."""
    for field in form.iter("input", "textarea", "select"):
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        if field.get("name") and kind in TYPED | CHOSEN and field.get("name") not in UNKNOWN:
            yield field.get("name"), kind


def plain(text):
    """What is left of a text when only its letters and digits count."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def sent(client, address, form, changes):
    """What a form answers with some fields changed; whatever it did is undone."""
    data = {name: value for name, value in form.form_values() if name not in changes}
    files = {
        field.get("name"): SimpleUploadedFile("x.csv", b"words,speaker\nA,B\n")
        for field in form.iter("input")
        if field.get("type") == "file" and field.get("name")
    }
    action = form.get("action") or address
    cookies = client.cookies.copy()
    point = transaction.savepoint()
    answer = client.post(action if action.startswith("/") else address, {**data, **changes, **files})
    answer.getvalue()
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    return answer


def complaints(answer, where, changes, typed):
    """What is wrong with an answer; `typed` are the fields whose text must stand there again."""
    if answer.status_code not in FINE:
        yield f"{where}: {answer.status_code}"
    if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code in {302, 303}:
        return
    page = answer.content.decode()
    yield from (f"{where} puts out {raw}" for raw in UNESCAPED if raw in page)
    shown = {}
    for form in forms_of(answer):
        shown |= dict(form.form_values())
    for name, value in changes.items():
        if name in shown and name in typed and plain(value)[:200] not in plain(shown[name] or ""):
            yield f"{where}: {name} lost {value[:60]!r}, and has {(shown[name] or '')[:60]!r}"


def places(account):
    """All pages of a record with one of everything that has a form of its own."""
    here = a_record()
    account.last_login = timezone.now()
    account.save()
    candidate = factories.candidate()
    imports = [brought(csv_file(row(1)), editor=account), tried(csv_file(row(2)), editor=account)]
    own = [f"/desk/imports/{of.pk}/" for of in imports]
    return [*here.addresses.values(), *own, f"/intake/documents/{candidate.document.pid}/"]


def walk(client, how_many, account):
    """All that is wrong with what forms answer; a fault of ours is one that the client raises."""
    found, seen = [], set()
    for address in places(account):
        page = client.get(address)
        page.getvalue()
        for number, form in enumerate(forms_of(page)):
            fields = list(typed_fields(form))
            # One that is on every page is sent once.
            action = form.get("action") or address
            same = (resolve(urlsplit(action).path).url_name, *sorted({name for name, _ in fields}))
            if same in seen:
                continue
            seen.add(same)
            typed = {name for name, kind in fields if kind in TYPED}
            for changes in how_many(f"{address.partition('?')[0]} {number}", fields):
                where = f"{address} {dict(list(changes.items())[:2])!r:.150}"
                try:
                    found += complaints(sent(client, address, form, changes), where, changes, typed)
                except Exception as error:  # noqa: BLE001  # told with all the others
                    found.append(f"{where}: {error!r:.300}")
    return found


def all_at_once(where, fields):
    """Every field that is written into with a string of its own."""
    yield {name: share(f"{where} {name}", 1)[0] for name, kind in fields if kind in TYPED}


def one_by_one(where, fields):
    for name, kind in fields:
        yield from ({name: text} for text in share(f"{where} {name}", 2 if kind in TYPED else 1))


def test_every_form_answers_whatever_is_typed_into_it(client, settings, tmp_path):
    settings.MEDIA_ROOT, settings.CHECKS_PER_HOUR = tmp_path, 0
    settings.REPORTS_PER_HOUR = 10_000
    account = factories.publisher()
    client.force_login(account)
    assert walk(client, all_at_once, account) == []


@pytest.mark.slow
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "publisher"])
def test_every_form_answers_whatever_one_field_is(client, settings, tmp_path, signed_in):
    settings.MEDIA_ROOT, settings.CHECKS_PER_HOUR = tmp_path, 0
    settings.REPORTS_PER_HOUR = 10_000
    account = factories.publisher()
    if signed_in:
        client.force_login(account)
    assert walk(client, one_by_one, account) == []
