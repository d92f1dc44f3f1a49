"""The site map of the API. Every address is answered with a slash at its end too."""

from django.urls import URLPattern, path, re_path, register_converter
from django.views.generic import View

from quotes.api.resource import Resource
from quotes.api.views import (
    checking,
    corrections,
    documents,
    drafts,
    links,
    parties,
    revisions,
    start,
    statements,
    watches,
)


class Suffix:
    """The word that names a format."""

    regex = "[a-z]{2,8}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    to_url = to_python


class Number(Suffix):
    """The number of a version."""

    regex = r"\d{1,9}"


register_converter(Suffix, "suffix")
register_converter(Number, "number")


def _at(route: str, view: type[View], name: str, *, suffixed: bool = False) -> list[URLPattern]:
    """The routes of one resource; those with a slash at the end are left out of the schema."""
    routes = [path(route, view.as_view(), name=f"api_{name}"), path(f"{route}/", view.as_view(**_HIDDEN))]
    file = path(f"{route}.<suffix:suffix>", view.as_view(**_READ), name=f"api_{name}_file")
    return [file, *routes] if suffixed else routes


_HIDDEN: dict[str, None] = {"schema": None}
_READ = {"http_method_names": Resource.http_method_names}

urlpatterns = [
    path("", start.start, name="api"),
    path("docs", start.docs, name="api_docs"),
    path("docs/", start.docs),
    *_at("schema", start.OpenApi, "schema", suffixed=True),
    *_at("statements", statements.Statements, "statements", suffixed=True),
    *_at("statements/<str:id>", statements.StatementById, "statement", suffixed=True),
    *_at("statements/<str:id>/publish", drafts.PublishStatement, "publish"),
    *_at("statements/<str:id>/revisions", revisions.Revisions, "revisions"),
    *_at("statements/<str:id>/revisions/<number:number>", revisions.RevisionByNumber, "revision"),
    *_at("search", statements.Search, "search", suffixed=True),
    *_at("facets", statements.Facets, "facets"),
    *_at("speakers", parties.Speakers, "speakers"),
    *_at("speakers/<str:slug>", parties.SpeakerBySlug, "speaker"),
    *_at("outlets", parties.Outlets, "outlets"),
    *_at("outlets/<str:slug>", parties.OutletBySlug, "outlet"),
    *_at("topics", parties.Topics, "topics"),
    *_at("topics/<str:slug>", parties.TopicBySlug, "topic"),
    *_at("documents", documents.Documents, "documents"),
    *_at("documents/<str:id>", documents.DocumentById, "document"),
    *_at("links", links.Links, "links"),
    *_at("corrections", corrections.Corrections, "corrections", suffixed=True),
    *_at("check", checking.Check, "check"),
    *_at("watches", watches.Watches, "watches"),
    *_at("watches/<str:id>", watches.WatchById, "watch"),
    re_path("", start.Unknown.as_view(), name="api_unknown"),
]
