"""An address for every route of the site, of a record with one statement that was corrected."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from quotes import record
from quotes.models import SavedCheck, Statement
from quotes.notation import parse
from quotes.sealing.sequence import checkpoint
from sources.models import Snapshot
from tests import factories

# Of these the admin's and the framework's own tests tell.
OTHERS = {"admin", "djdt"}


@dataclass(frozen=True)
class Record:
    """What the addresses lead to."""

    statement: Statement
    addresses: dict[str, str]


def routes() -> set[str]:
    """The names of all routes but the admin's; the API's twins with a slash at the end have none."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += [] if pattern.app_name in OTHERS else _names(pattern.url_patterns)
        elif pattern.name:
            found.append(pattern.name)
    return found


def a_record() -> Record:
    """A statement with a topic and a link, whose document is archived, and an address for every route."""
    by = factories.publisher()
    kept = factories.snapshot("Macron said: “We must think about security.”")
    where = kept.document
    made = factories.publish(topics=[factories.topic()], document=where, editor=by)
    record.correct(made, record.Changes(spans=parse("“We must think of security.”")), editor=by, reason="A slip")
    other = factories.publish("“No.”", "relayed_by TASS", by="Olaf Scholz", editor=by)
    record.link(other, made, "denies", editor=by)
    checkpoint()
    return Record(
        made,
        {
            **_of_pages(made, where.pid),
            **_of_archives(kept),
            **_of_editors(made, where.pid),
            **_of_programs(made, where.pid),
        },
    )


def _of_pages(made: Statement, document: str) -> dict[str, str]:
    at, check = made.get_absolute_url(), SavedCheck.objects.first()
    return {
        "home": "/",
        "about": "/about/",
        "glossary": "/glossary/",
        "tour": "/tour/",
        "tour_step": "/tour/2/",
        "statements": "/statements/?speaker=emmanuel-macron",
        "newest_feed": "/feed.atom",
        "statements_feed": "/statements/feed.json",
        "speakers": "/speakers/",
        "speaker": "/speakers/emmanuel-macron/",
        "outlets": "/outlets/",
        "outlet": "/outlets/tf1/",
        "topics": "/topics/",
        "topic": "/topics/security-guarantees/",
        "speaker_overview": "/speakers/emmanuel-macron/overview/",
        "speaker_figure": "/speakers/emmanuel-macron/overview/over-time.csv",
        "outlet_overview": "/outlets/tf1/overview/",
        "outlet_figure": "/outlets/tf1/overview/over-time.csv",
        "topic_overview": "/topics/security-guarantees/overview/",
        "topic_figure": "/topics/security-guarantees/overview/speakers.csv",
        "coverage": "/coverage/",
        "coverage_figure": "/coverage/origins.csv",
        "exchange_figure": "/topics/security-guarantees/exchange/thread.csv",
        "roads_figure": f"{at}/roads-drawn.csv",
        "compare": "/compare/?topic=security-guarantees",
        "on_this_day": "/on-this-day/?day=12-03",
        "keys": "/keys/",
        "styleguide": "/styleguide/",
        "suggest": "/suggest/?q=mac",
        "suggest_options": "/suggest/options/?q=mac",
        "check": "/check/",
        "saved_check": f"/check/saved/{check.key if check else 'x' * 22}/",
        "robots": "/robots.txt",
        "opensearch": "/opensearch.xml",
        "sitemap_index": "/sitemap.xml",
        "sitemap": f"/sitemap-{(made.pk - 1) // 50_000 + 1}.xml",
        "exchange": "/topics/security-guarantees/exchange/",
        "wordings": f"{at}/wordings",
        "statements_download": "/statements.csv",
        "lists_package": "/data/statements.json",
        "data": "/data/",
        "dump_file": "/data/dumps/none/none",
        "document": f"/documents/{document}/",
        "embed": f"{at}/embed",
        "oembed": f"/oembed?url={quote(settings.SITE_URL + at)}",
        "picture": f"{at}/v1.png",
        "qr_code": f"{at}/v1.qr.svg",
        "statement": at,
        "export": f"{at}.bib",
        "version": f"{at}/v1",
        "version_export": f"{at}/v1.csl.json",
        "timemap": f"{at}/timemap",
        "linkset": f"{at}/linkset",
        "linkset_json": f"{at}/linkset.json",
        "history": f"{at}/history",
        "log": "/log/",
        "log_checkpoint": "/log/checkpoint",
        "log_checkpoints": "/log/checkpoints",
        "log_consistency": "/log/consistency?from=1&to=2",
        "log_verifier": "/log/onrecord_verify.py",
        "log_tile": "/log/tile/0/000.p/2",
        "proof": f"{at}/v1/proof",
        "corrections": "/corrections/",
        "corrections_feed": "/corrections/feed.atom",
        "report": f"{at}/report",
        "signin": "/signin/",
        "signout": "/signout/",
        "password": "/password/",
        "signin_factor": "/signin/factor/",
        "signin_again": "/signin/again/",
        "password_reset": "/password/reset/",
        "password_reset_confirm": "/password/reset/none/none/",
    }


def _of_archives(kept: Snapshot) -> dict[str, str]:
    at = f"/documents/{kept.document.pid}"
    return {"archived_text": f"{at}/{kept.sha256}.txt", "web_archive": f"{at}/snapshots.warc.gz"}


def _of_editors(made: Statement, document: str) -> dict[str, str]:
    desk, draft = f"/desk/statements/{made.pid}", f"/desk/statements/{factories.draft('“Not yet.”').pid}"
    acts = ("correct", "retract", "restore", "merge", "remove", "removed", "links", "copies")
    return {
        **{f"desk_{act}": f"{desk}/{act}/" for act in acts},
        "desk_undo_merge": "/desk/merges/1/undo/",
        "searches": "/searches/",
        "search_new": "/searches/new/?q=security",
        "search_rename": "/searches/1/rename/",
        "search_delete": "/searches/1/delete/",
        "watches": "/watches/",
        "watch_new": "/watches/new/?speaker=emmanuel-macron",
        "watch": "/watches/1/",
        "mailbox": "/watches/mail/",
        "mailbox_confirm": "/watches/confirm/none/",
        "watches_stop": "/watches/stop/none/",
        "webhook_new": "/watches/webhooks/new/",
        "webhook": "/watches/webhooks/1/",
        "desk": "/desk/",
        "desk_new": "/desk/statements/new/",
        "desk_edit": f"{draft}/",
        "desk_preview": f"{draft}/preview/",
        "desk_publish": f"{draft}/publish/",
        "desk_discard": f"{draft}/discard/",
        "desk_appearance": f"{desk}/appearances/new/",
        "desk_suggest": "/desk/suggest/speakers/?q=mac",
        "intake": "/intake/",
        "arrival": "/intake/arrivals/1/",
        "review": f"/intake/documents/{document}/",
        "imports": "/desk/imports/",
        "import": "/desk/imports/1/",
        "import_findings": "/desk/imports/1/rows.csv",
        "import_template_delete": "/desk/imports/templates/1/delete/",
        "tokens": "/desk/tokens/",
        "token_revoke": "/desk/tokens/1/revoke/",
        "account": "/account/",
        "discarded": "/discarded/",
        "sessions_end": "/account/sessions/end/",
        "session_end": "/account/sessions/1/end/",
        "factors": "/account/factors/",
        "factor_remove": "/account/factors/1/remove/",
        "audit": "/desk/audit/",
        "accounts": "/desk/accounts/",
        "account_of": "/desk/accounts/1/",
        "desk_reports": "/desk/reports/",
        "desk_report": "/desk/reports/1/",
    }


def _of_programs(made: Statement, document: str) -> dict[str, str]:
    api = "/api/v1"
    suffixed = {
        f"api_{name}_file": f"{api}/{name}.{suffix}"
        for name, suffix in (("schema", "json"), ("statements", "csv"), ("search", "csv"), ("corrections", "csv"))
    }
    lists = ("statements", "facets", "speakers", "outlets", "topics", "documents", "links", "corrections", "schema")
    return {
        **{f"api_{name}": f"{api}/{name}" for name in lists},
        **suffixed,
        "api": f"{api}/",
        "api_docs": f"{api}/docs/",
        "api_search": f"{api}/search?q=security",
        "api_search_file": f"{api}/search.csv?q=security",
        "api_statement": f"{api}/statements/{made.pid}",
        "api_statement_file": f"{api}/statements/{made.pid}.bib",
        "api_publish": f"{api}/statements/{made.pid}/publish",
        "api_check": f"{api}/check?text=We+must+think+of+security",
        "api_revisions": f"{api}/statements/{made.pid}/revisions",
        "api_revision": f"{api}/statements/{made.pid}/revisions/1",
        "api_speaker": f"{api}/speakers/emmanuel-macron",
        "api_outlet": f"{api}/outlets/tf1",
        "api_topic": f"{api}/topics/security-guarantees",
        "api_document": f"{api}/documents/{document}",
        "api_watches": f"{api}/watches",
        "api_watch": f"{api}/watches/1",
        "api_unknown": f"{api}/nothing",
    }
