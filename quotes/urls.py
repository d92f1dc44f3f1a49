"""The site map."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from quotes import feeds
from quotes.views import (
    about,
    accounts,
    browse,
    check,
    corrections,
    desk,
    desk_acts,
    discovery,
    documents,
    embed,
    history,
    home,
    intake,
    memento,
    outlets,
    permalink,
    reports,
    review,
    searches,
    speakers,
    suggest,
    topics,
)

_ID = r"q/(?P<typed>[^/.]+)"
_SUFFIX = r"(?P<suffix>(?:\.[a-z-]+)+)"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("statements/", browse.browse, name="statements"),
    re_path(r"^feed\.(?P<form>atom|json)$", feeds.newest, name="newest_feed"),
    re_path(r"^statements/feed\.(?P<form>atom|json)$", feeds.statements, name="statements_feed"),
    path("speakers/", speakers.index, name="speakers"),
    path("speakers/<str:slug>/", speakers.speaker, name="speaker"),
    path("outlets/", outlets.index, name="outlets"),
    path("outlets/<str:slug>/", outlets.outlet, name="outlet"),
    path("topics/", topics.index, name="topics"),
    path("topics/<str:slug>/", topics.topic, name="topic"),
    path("suggest/", suggest.suggestions, name="suggest"),
    path("suggest/options/", suggest.options, name="suggest_options"),
    path("check/", check.check_text, name="check"),
    path("check/saved/<str:key>/", check.saved, name="saved_check"),
    path("robots.txt", discovery.robots, name="robots"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("sitemap.xml", discovery.sitemap_index, name="sitemap_index"),
    re_path(r"^sitemap-(?P<number>[1-9]\d{0,8})\.xml$", discovery.sitemap, name="sitemap"),
    path("documents/<str:typed>/", documents.document, name="document"),
    # Embedding
    re_path(rf"^{_ID}/embed$", embed.embed, name="embed"),
    path("oembed", embed.oembed, name="oembed"),
    # Above the exports, whose suffixes would take it.
    re_path(rf"^{_ID}/[vV](?P<number>\d{{1,9}})\.png$", embed.picture, name="picture"),
    # Permalinks
    re_path(rf"^{_ID}$", permalink.latest, name="statement"),
    re_path(rf"^{_ID}{_SUFFIX}$", permalink.latest_export, name="export"),
    re_path(rf"^{_ID}/[vV](?P<number>\d{{1,9}})$", permalink.version, name="version"),
    re_path(rf"^{_ID}/[vV](?P<number>\d{{1,9}}){_SUFFIX}$", permalink.version_export, name="version_export"),
    re_path(rf"^{_ID}/timemap$", memento.timemap, name="timemap"),
    re_path(rf"^{_ID}/linkset$", memento.linkset, name="linkset"),
    re_path(rf"^{_ID}/linkset\.json$", memento.linkset_json, name="linkset_json"),
    # Corrections
    re_path(rf"^{_ID}/history$", history.history, name="history"),
    path("corrections/", corrections.corrections, name="corrections"),
    re_path(r"^corrections/feed\.(?P<form>atom|json)$", corrections.feed, name="corrections_feed"),
    path("desk/statements/<str:typed>/correct/", desk_acts.correct, name="desk_correct"),
    path("desk/statements/<str:typed>/retract/", desk_acts.retract, name="desk_retract"),
    path("desk/statements/<str:typed>/restore/", desk_acts.restore, name="desk_restore"),
    path("desk/statements/<str:typed>/merge/", desk_acts.merge, name="desk_merge"),
    path("desk/statements/<str:typed>/copies/", desk_acts.copies, name="desk_copies"),
    path("desk/statements/<str:typed>/remove/", desk_acts.remove, name="desk_remove"),
    path("desk/statements/<str:typed>/removed/", desk_acts.removed, name="desk_removed"),
    path("desk/merges/<int:pk>/undo/", desk_acts.undo_merge, name="desk_undo_merge"),
    # Saved searches
    path("searches/", searches.searches, name="searches"),
    path("searches/new/", searches.new, name="search_new"),
    path("searches/<int:pk>/rename/", searches.rename, name="search_rename"),
    path("searches/<int:pk>/delete/", searches.delete, name="search_delete"),
    # Desk
    path("signin/", accounts.SignIn.as_view(), name="signin"),
    path("signout/", LogoutView.as_view(), name="signout"),
    path("password/", accounts.NewPassword.as_view(), name="password"),
    path("q/<str:typed>/report", reports.report, name="report"),
    path("desk/", desk.desk, name="desk"),
    path("desk/statements/new/", desk.new, name="desk_new"),
    path("desk/statements/<str:typed>/", desk.edit, name="desk_edit"),
    path("desk/statements/<str:typed>/preview/", desk.preview, name="desk_preview"),
    path("desk/statements/<str:typed>/publish/", desk.publish, name="desk_publish"),
    path("desk/statements/<str:typed>/discard/", desk.discard, name="desk_discard"),
    path("desk/statements/<str:typed>/appearances/new/", desk.add_appearance, name="desk_appearance"),
    path("desk/suggest/<str:kind>/", desk.suggest, name="desk_suggest"),
    path("intake/", intake.arrivals, name="intake"),
    path("intake/arrivals/<int:pk>/", intake.arrival, name="arrival"),
    path("intake/documents/<str:typed>/", review.review, name="review"),
    path("desk/reports/", reports.queue, name="desk_reports"),
    path("desk/reports/<int:pk>/", reports.answer, name="desk_report"),
]
