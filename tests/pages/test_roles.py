"""Every address of the site, asked in every role, answers as the table of roles says."""

import json
import time
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode
from django_tasks_db.models import DBTaskResult

from quotes import record, tokens
from quotes.access import PROVED
from quotes.accounts import resetting
from quotes.dumping.manifest import NAME
from quotes.models import (
    AccountSession,
    Act,
    Endpoint,
    Factor,
    Import,
    ImportTemplate,
    Report,
    SavedCheck,
    SavedSearch,
    Token,
)
from quotes.roles import DEEDS, ROLES, Role, as_markdown
from quotes.watching import keeping, mailboxes
from quotes.watching.signing import new_salt
from sources.models import Arrival, Recheck
from tests import factories
from tests.pages.addresses import a_record

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
LINES = [(deed, line) for deed in DEEDS for line in deed.at]
ELSEWHERE = ("/signin/", "/password/?next=", "/admin/login/")
# There is nothing at it, for anybody; the site's design is shown where it is worked on (DEBUG).
NOTHING = {"api_unknown", "styleguide"}


def patterns(found=None, namespace=""):
    """Every pattern of the site with its name; one without a name has that of the twin that it is."""
    for pattern in get_resolver().url_patterns if found is None else found:
        if not isinstance(pattern, URLPattern):
            yield from patterns(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield namespace, pattern


def names():
    return {f"{namespace}{pattern.name}" for namespace, pattern in patterns() if pattern.name}


def twins():
    """Routes without a name: another with a slash at its end; in the admin, those that only lead on."""
    return [(namespace, pattern) for namespace, pattern in patterns() if not pattern.name]


class Walk:
    """A record with one of everything, of which each role has its own where things have owners."""

    def __init__(self, ours, tmp_path):
        ours.CHECKS_PER_HOUR = ours.REPORTS_PER_HOUR = ours.API_REQUESTS_PER_MINUTE = 0
        ours.DUMPS_DIR, ours.MEDIA_ROOT = tmp_path / "dumps", tmp_path / "media"
        self.dumps = ours.DUMPS_DIR
        here = a_record()
        self.addresses, self.made = dict(here.addresses), here.statement
        self.other = factories.administrator()
        self.accounts = {role: factories.user(role.label, is_staff=role >= Role.PUBLISHER) for role in ROLES}
        self.texts = {}
        for role, account in self.accounts.items():
            scopes = Token.Scope.values
            self.texts[role] = tokens.issue(account, "All", scopes, expires_at=None)[1]
        self.shared()
        self.own = {role: self.owned(self.accounts.get(role, self.other)) for role in Role}

    def shared(self):
        check = SavedCheck.objects.create(
            made_at=timezone.now(), expires_at=timezone.now() + timezone.timedelta(1), quotations=[]
        )
        gone, merged = factories.publish("“Gone.”"), factories.publish("“Merged.”")
        record.remove(gone, editor=self.other, reason_code="law", reason="A court asked.")
        # A dump of the same second may hold what was removed in it, and isn't handed out.
        Act.objects.filter(statement=gone).update(at=timezone.now() - timezone.timedelta(minutes=1))
        act = record.merge(merged, self.made, editor=self.other, reason="One.")
        call_command("dump")
        [dump] = [one for one in self.dumps.iterdir() if one.is_dir()]
        report = Report.objects.create(statement=self.made, message="Wrong", sent_at=timezone.now(), address="x" * 64)
        candidate, link = factories.candidate(), resetting.tokens.make_token(self.other)
        self.candidate = candidate
        self.addresses |= {
            "saved_check": f"/check/saved/{check.key}/",
            "dump_file": f"/data/dumps/{dump.name}/{NAME}",
            "desk_removed": f"/desk/statements/{gone.pid}/removed/",
            "desk_undo_merge": f"/desk/merges/{act.pk}/undo/",
            "desk_report": f"/desk/reports/{report.pk}/",
            "review": f"/intake/documents/{candidate.document.pid}/",
            "account_of": f"/desk/accounts/{self.other.pk}/",
            "password_reset_confirm": f"/password/reset/{urlsafe_base64_encode(str(self.other.pk).encode())}/{link}/",
            **self.of_the_admin(act, candidate),
        }

    def of_the_admin(self, act, candidate):
        kind = ContentType.objects.get_for_model(type(self.made.speaker)).pk
        named = {
            "view_on_site": reverse("admin:view_on_site", args=[kind, self.made.speaker_id]),
            "app_list": "/admin/quotes/",
            "autocomplete": "/admin/autocomplete/?app_label=quotes&model_name=topic&field_name=parent&term=",
        }
        keys = {
            "quotes_speaker": factories.speaker("Nobody Said").pk,
            "sources_outlet": factories.outlet("Never Carried").pk,
            "quotes_topic": factories.topic("Unused").pk,
            "quotes_merge": act.pk,
            "sources_document": candidate.document_id,
            "sources_snapshot": candidate.snapshot_id,
            "sources_recheck": Recheck.objects.create(document=candidate.document, at=timezone.now(), result="gone").pk,
            "django_tasks_database_dbtaskresult": self.task().pk,
            "auth_user": self.other.pk,
            "auth_group": self.other.groups.get().pk,
        }
        found = {}
        for name in (one.partition(":")[2] for one in names() if one.startswith("admin:")):
            model, _, view = name.rpartition("_")
            if name in named:
                found[f"admin:{name}"] = named[name]
            elif name == "auth_user_password_change":
                found[f"admin:{name}"] = reverse(f"admin:{name}", args=[self.other.pk])
            elif "_" in model and view in ("change", "delete", "history"):
                found[f"admin:{name}"] = reverse(f"admin:{name}", args=[keys.get(model, 1)])
            else:
                found[f"admin:{name}"] = reverse(f"admin:{name}")
        return found

    def task(self):
        now = timezone.now()
        return DBTaskResult.objects.create(args_kwargs={}, task_path="a", backend_name="default", run_after=now)

    def owned(self, account):
        """What belongs to an account, by route; with a space, by route and case."""
        now = timezone.now()
        draft, others = factories.draft("“Mine.”", editor=account), factories.draft("“Theirs.”", editor=self.other)
        search = SavedSearch.objects.create(owner=account, name="Kept", query="q=a", created_at=now)
        hook = Endpoint.objects.create(owner=account, url="https://hooks.example/", salt=new_salt(), created_at=now)
        watch = keeping.watch(account, query="q=a", name="a", mail="daily", endpoint=None)
        box = mailboxes.set_mailbox(account, "a@paper.example", "UTC", 7)
        arrivals = [self.arrival(account), self.arrival(self.other)]
        imports = [self.imported(account, publish=False), self.imported(account, publish=True)]
        kept = ImportTemplate.objects.create(owner=account, name="Mine", mapping={}, saved_at=now)
        factor = Factor.objects.create(owner=account, kind="totp", name="App", salt=new_salt(), created_at=now)
        browser = AccountSession.objects.create(
            owner=account, session_key=f"of {account.pk} {AccountSession.objects.count()}", began_at=now, seen_at=now
        )
        key, _ = tokens.issue(account, "One", ["record"], expires_at=None)
        desk = "/desk/statements"
        own = {
            "search_rename": f"/searches/{search.pk}/rename/",
            "search_delete": f"/searches/{search.pk}/delete/",
            "watch": watch.get_absolute_url(),
            "api_watch": f"/api/v1/watches/{watch.pk}",
            "webhook": hook.get_absolute_url(),
            "mailbox_confirm": mailboxes.confirmation_url(box).partition("/watches/")[2],
            "watches_stop": mailboxes.stopping_url(account.pk, "daily").partition("/watches/")[2],
            "token_revoke": f"/desk/tokens/{key.pk}/revoke/",
            "factor_remove": f"/account/factors/{factor.pk}/remove/",
            "session_end": f"/account/sessions/{browser.pk}/end/",
            "import": f"/desk/imports/{imports[0].pk}/",
            "import_findings": f"/desk/imports/{imports[0].pk}/rows.csv",
            "import_template_delete": f"/desk/imports/templates/{kept.pk}/delete/",
            "import published": f"/desk/imports/{imports[1].pk}/",
            "arrival": f"/intake/arrivals/{arrivals[0].pk}/",
            "arrival others": f"/intake/arrivals/{arrivals[1].pk}/",
            "desk_appearance draft": f"{desk}/{draft.pid}/appearances/new/",
            "desk_appearance others-draft": f"{desk}/{others.pid}/appearances/new/",
            "desk_publish": f"{desk}/{draft.pid}/publish/",
        }
        own["mailbox_confirm"], own["watches_stop"] = (
            f"/watches/{own[name]}" for name in ("mailbox_confirm", "watches_stop")
        )
        for act, tail in (("edit", ""), ("preview", "preview/"), ("discard", "discard/")):
            own[f"desk_{act}"] = f"{desk}/{draft.pid}/{tail}"
            own[f"desk_{act} others"] = f"{desk}/{others.pid}/{tail}"
        return own

    def arrival(self, account):
        return Arrival.objects.create(by=account, arrived_at=timezone.now(), text="A text.", state="ready", sha256="a")

    def imported(self, account, *, publish):
        made = Import(kind="csv", name="a.csv", sha256="a" * 64, by=account, publish=publish)
        made.created_at = made.moved_at = timezone.now()
        made.file.save("a.csv", ContentFile(b"words\nA\n"))
        return made

    def client(self, role):
        """Somebody of that role, who showed a moment ago that it is them, and gave a right password."""
        client = Client(raise_request_exception=False)
        if role in self.accounts:
            client.force_login(self.accounts[role])
        session = client.session
        session[PROVED] = now = int(time.time())
        session["held"] = [self.other.pk, self.other.get_session_auth_hash(), now, self.other.username, "/"]
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    def ask(self, client, role, line):
        """Ask for what a line of the table tells; the record is afterwards as it was."""
        method, route, *case = line.split()
        where = " ".join([route, *(part for part in case if "=" not in part)])
        address = self.own[role].get(where) or self.own[role].get(route) or self.addresses[route]
        sent = dict(part.split("=") for part in case if "=" in part)
        if case == ["join"]:
            sent = {"join": self.made.pid, "candidate": self.candidate.pk, "act": "x"}
        elif case in (["published"], ["others"]) and route in ("import", "arrival"):
            sent = {"act": "undo" if route == "import" else "discard"}
        return self.send(client, method, address, sent, self.texts.get(role) if case == ["token"] else None)

    def send(self, client, method, address, sent=None, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        told = json.dumps({}) if address.startswith("/api/") else (sent or {})
        kind = {"content_type": "application/json"} if address.startswith("/api/") and method != "GET" else {}
        cookies = client.cookies.copy()
        with transaction.atomic():
            if method == "GET":
                answer = client.get(address, headers=headers)
            elif method == "POST":
                answer = client.post(address, told, headers=headers, **kind)
            else:
                answer = client.generic(method, address, headers=headers)
            answer.getvalue()
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer


def is_refused(answer):
    led = answer.headers.get("Location", "").startswith(ELSEWHERE)
    return answer.status_code in REFUSED or (answer.status_code == HTTPStatus.FOUND and led)


def verdict(answer, *, is_there):
    """Whether the answer let somebody in; None where it is neither that nor a refusal."""
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return None
    if not is_there:
        return answer.status_code == HTTPStatus.NOT_FOUND
    return not is_refused(answer)


@pytest.fixture
def walk(settings, tmp_path):
    return Walk(settings, tmp_path)


def test_every_route_is_in_the_table():
    listed = {line.split()[1] for deed in DEEDS for line in deed.at}
    assert names() == listed


def is_near(role, deed):
    """Whether a role is the least that may, or the one below it."""
    return deed.least in (role, role + 1) or (deed.least is None and role == Role.ADMINISTRATOR)


@pytest.mark.parametrize("is_asked", [is_near, pytest.param(lambda *_: True, marks=pytest.mark.slow, id="all")])
def test_each_role_may_do_what_the_table_says_and_nothing_else(walk, is_asked):
    wrong = []
    for role in Role:
        client = walk.client(role)
        for deed, line in LINES:
            if not is_asked(role, deed):
                continue
            answer = walk.ask(client, role, line)
            if verdict(answer, is_there=line.split()[1] not in NOTHING) != (deed.may(role)):
                wrong.append(f"{role.label}, {line}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert not wrong, "\n".join(wrong)


def test_no_route_takes_a_method_that_is_not_in_the_table(walk):
    taken = {tuple(line.split()[:2]) for deed in DEEDS for line in deed.at}
    wrong = []
    for role in (Role.VISITOR, Role.ADMINISTRATOR):
        client = walk.client(role)
        # The admin's views are Django's, which ask for no method.
        for route in (one for one in names() if not one.startswith("admin:")):
            for method in METHODS:
                if (method, route) in taken:
                    continue
                answer = walk.send(client, method, walk.own[role].get(route) or walk.addresses[route])
                if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED and not is_refused(answer):
                    wrong.append(f"{role.label}, {method} {route}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_route_without_a_name_is_the_twin_of_one_or_leads_on():
    named = {str(pattern.pattern) for _, pattern in patterns() if pattern.name}
    for namespace, pattern in twins():
        route = str(pattern.pattern)
        assert route.removesuffix("/") in named or (namespace == "admin:" and pattern.callback), route


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.label)
def test_the_twins_of_the_api_ask_for_the_same(client, role):
    account = factories.user(role.label, last_login=timezone.now())
    _, text = tokens.issue(account, "All", Token.Scope.values, expires_at=None)
    for route in ("statements", "documents", "statements/7K2M9QX4TA/publish", "watches"):
        told = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {text}"}}
        one, twin = (client.post(f"/api/v1/{route}{end}", {}, **told) for end in ("", "/"))
        assert one.status_code == twin.status_code
        assert one.status_code not in (404, 405) or "publish" in route


@pytest.mark.parametrize(
    "role", [Role.VISITOR, Role.READER, Role.CONTRIBUTOR, Role.EDITOR], ids=lambda role: role.label
)
def test_the_admin_leads_nobody_past_its_gate(client, role):
    if role:
        client.force_login(factories.user(role.label))
    for address in ("/admin/nothing/", "/admin/quotes/speaker/1/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 403 or answer.redirect_chain[-1][0].startswith("/signin/")


def test_the_documentation_shows_the_table(project):
    assert as_markdown() in (project / "docs/security.md").read_text()
