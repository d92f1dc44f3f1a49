"""Who may do what: the roles, the permissions each has, and one row for everything that is done at an address.

Each role may do whatever the one before it may. docs/security.md shows this table, and tests/pages/test_roles.py asks
every address of the site, and fails where one of the three differs.
"""

from dataclasses import dataclass
from enum import IntEnum

RECORD = "quotes.record_statement"
REVIEW = "quotes.review_statement"
PUBLISH = "quotes.publish_statement"
REMOVE = "quotes.remove_statement"
ACCOUNTS = "quotes.manage_accounts"


class Role(IntEnum):
    """What an account is, from least to most; a visitor has none."""

    VISITOR, READER, CONTRIBUTOR, EDITOR, PUBLISHER, ADMINISTRATOR = range(6)

    @property
    def label(self) -> str:
        """The name of its group."""
        return self.name.capitalize()


ROLES = tuple(Role)[1:]
"""Those that an account can have."""
ADDED = {
    Role.CONTRIBUTOR: (RECORD,),
    Role.EDITOR: (REVIEW,),
    Role.PUBLISHER: (PUBLISH,),
    Role.ADMINISTRATOR: (REMOVE, ACCOUNTS),
}


Names = tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """Something that is done, the least role that may (None: no role), and where: “METHOD route”, and in which case."""

    what: str
    least: Role | None
    at: Names

    def may(self, role: Role) -> bool:
        """Whether the role may do it."""
        return self.least is not None and role >= self.least


def _get(*names: str) -> Names:
    return tuple(f"GET {name}" for name in names)


def _form(*names: str) -> Names:
    return tuple(f"{method} {name}" for name in names for method in ("GET", "POST"))


def _post(*names: str) -> Names:
    return tuple(f"POST {name}" for name in names)


_PAGES: Names = (
    "home",
    "about",
    "statements",
    "speakers",
    "speaker",
    "outlets",
    "outlet",
    "topics",
    "topic",
    "exchange",
)
_PAGES += ("document", "statement", "version", "history", "wordings", "corrections", "suggest", "suggest_options")
_PAGES += ("glossary", "tour", "tour_step", "styleguide")
_PAGES += ("keys", "compare", "coverage", "on_this_day", "speaker_overview", "outlet_overview", "topic_overview")
_FIGURES: Names = ("coverage_figure", "exchange_figure", "roads_figure")
_FIGURES += ("speaker_figure", "outlet_figure", "topic_figure")
_FILES: Names = (
    "export",
    "version_export",
    "timemap",
    "linkset",
    "linkset_json",
    "embed",
    "oembed",
    "picture",
    "qr_code",
    "data",
)
_FILES += ("statements_download", "lists_package", "dump_file", "newest_feed", "statements_feed", "corrections_feed")
_FILES += ("robots", "opensearch", "sitemap_index", "sitemap")
_LOG = ("log", "log_checkpoint", "log_checkpoints", "log_consistency", "log_verifier", "log_tile", "proof")
_API: Names = (
    "api",
    "api_docs",
    "api_schema",
    "api_schema_file",
    "api_statements",
    "api_statements_file",
    "api_search",
)
_API += ("api_search_file", "api_statement", "api_statement_file", "api_facets", "api_speakers", "api_speaker")
_API += ("api_outlets", "api_outlet", "api_topics", "api_topic", "api_documents", "api_document", "api_links")
_API += ("api_corrections", "api_corrections_file", "api_revisions", "api_revision", "api_check", "api_unknown")

_HOUSE = ("admin:quotes_speaker", "admin:sources_outlet", "admin:quotes_topic")
_SHOWN = ("admin:quotes_merge", "admin:sources_document", "admin:sources_snapshot")
_SHUT = ("admin:auth_user", "admin:auth_group", "admin:sources_recheck", "admin:django_tasks_database_dbtaskresult")


def _views(models: Names, *views: str) -> Names:
    return _form(*(f"{model}_{view}" for model in models for view in views))


DEEDS = (
    Deed("Read, search, cite, embed and download the record", Role.VISITOR, _get(*_PAGES, *_FIGURES, *_FILES)),
    Deed("Verify the log", Role.VISITOR, _get(*_LOG)),
    Deed("Read by the API", Role.VISITOR, _get(*_API)),
    Deed("Check quotations", Role.VISITOR, (*_form("check"), *_get("saved_check"), *_post("api_check"))),
    Deed("Report a problem", Role.VISITOR, _form("report")),
    Deed("Sign in and out", Role.VISITOR, (*_form("signin", "signin_factor"), *_post("signout", "admin:logout"))),
    Deed("Confirm or end e-mail by a link in it", Role.VISITOR, _form("mailbox_confirm", "watches_stop")),
    Deed("Ask for a new password by e-mail", Role.VISITOR, _form("password_reset", "password_reset_confirm")),
    Deed(
        "Look after one’s own account: password, second factors, browsers",
        Role.READER,
        (
            *_form("password", "signin_again"),
            *_get("account", "factors"),
            "POST factors act=app",
            *_post("factor_remove", "session_end", "sessions_end"),
        ),
    ),
    Deed("Have back what one discarded", Role.READER, _form("discarded")),
    Deed(
        "Keep searches",
        Role.READER,
        (*_get("searches"), *_form("search_new"), *_post("search_rename", "search_delete")),
    ),
    Deed(
        "Watch the record, by e-mail and webhooks",
        Role.READER,
        (*_get("watches"), *_form("watch_new", "watch", "mailbox", "webhook_new", "webhook")),
    ),
    Deed(
        "Watch the record by the API",
        Role.READER,
        ("GET api_watches token", "POST api_watches token", "DELETE api_watch token"),
    ),
    Deed("See the desk", Role.CONTRIBUTOR, _get("desk", "desk_suggest")),
    Deed(
        "Bring documents, take in or discard one’s own",
        Role.CONTRIBUTOR,
        (*_get("intake", "arrival"), "POST intake way=paste", "POST arrival act=discard"),
    ),
    Deed("Read archived texts in full", Role.CONTRIBUTOR, _get("archived_text", "web_archive")),
    Deed(
        "Make drafts; change, preview and discard one’s own",
        Role.CONTRIBUTOR,
        (*_form("desk_new", "desk_edit", "desk_discard"), *_get("desk_preview"), *_form("desk_appearance draft")),
    ),
    Deed("Make keys for programs, end one’s own", Role.CONTRIBUTOR, (*_form("tokens"), *_post("token_revoke"))),
    Deed(
        "Record and bring documents by the API", Role.CONTRIBUTOR, _post("api_statements token", "api_documents token")
    ),
    Deed(
        "Change, preview and discard others’ drafts",
        Role.EDITOR,
        (
            *_form("desk_edit others", "desk_discard others", "desk_appearance others-draft"),
            *_get("desk_preview others"),
        ),
    ),
    Deed("Take in or discard what others brought", Role.EDITOR, ("POST arrival others",)),
    Deed("Review what is suggested of a document", Role.EDITOR, (*_get("review"), "POST review act=add")),
    Deed("Link statements, take links back", Role.EDITOR, _form("desk_links")),
    Deed("Answer reports", Role.EDITOR, (*_get("desk_reports"), *_form("desk_report"))),
    Deed(
        "Import a file as drafts, discard or undo that",
        Role.EDITOR,
        (
            *_form("imports"),
            *_get("import", "import_findings"),
            "POST import act=draft",
            "POST import act=discard",
            "POST import act=undo",
            "POST import act=go-on",
            *_post("import_template_delete"),
        ),
    ),
    Deed(
        "Publish",
        Role.PUBLISHER,
        (*_post("desk_publish"), "POST review act=publish", *_post("api_publish token")),
    ),
    Deed("Add to what is published", Role.PUBLISHER, (*_form("desk_appearance"), "POST review join")),
    Deed("Import and publish at once, undo that", Role.PUBLISHER, ("POST import act=publish", "POST import published")),
    Deed("Correct, retract, restore", Role.PUBLISHER, _form("desk_correct", "desk_retract", "desk_restore")),
    Deed("Merge statements, undo a merge", Role.PUBLISHER, (*_form("desk_merge"), *_post("desk_undo_merge"))),
    Deed("Mark copies", Role.PUBLISHER, _form("desk_copies")),
    Deed("Remove by law", Role.ADMINISTRATOR, (*_form("desk_remove"), *_get("desk_removed"))),
    Deed(
        "Keep house in the admin: names, offices, topics, merges of speakers and outlets",
        Role.PUBLISHER,
        (
            *_get("admin:index", "admin:app_list", "admin:jsi18n", "admin:autocomplete", "admin:view_on_site"),
            *_form("admin:login"),
            *_get("admin:password_change", "admin:password_change_done"),
            *_post("admin:password_change"),
            *_views(_HOUSE, "changelist", "add", "change", "delete", "history"),
            *_views(_SHOWN, "changelist", "history"),
            *(f"GET {model}_change" for model in _SHOWN),
        ),
    ),
    Deed(
        "Make accounts, give roles, close accounts",
        Role.ADMINISTRATOR,
        (*_form("accounts"), *_get("account_of"), "POST account_of act=open"),
    ),
    Deed(
        "Read the audit trail",
        Role.ADMINISTRATOR,
        _get("audit"),
    ),
    Deed(
        "Change accounts in the admin, see there how tasks and looks at pages went (superusers)",
        None,
        (
            *_views(_SHUT, "changelist", "add", "change", "delete", "history"),
            *_form("admin:auth_user_password_change"),
            *_views(_SHOWN, "add", "delete"),
            *(f"POST {model}_change" for model in _SHOWN),
        ),
    ),
)


def permissions(role: Role) -> frozenset[str]:
    """What an account of this role has."""
    return frozenset(one for least, added in ADDED.items() if least <= role for one in added)


def as_markdown() -> str:
    """The table as docs/security.md shows it."""
    shown = [role.label for role in Role]
    rows = [["", *shown], ["---", *[":-:" for _ in shown]]]
    rows += [[deed.what, *["✓" if deed.may(role) else "" for role in Role]] for deed in DEEDS]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
