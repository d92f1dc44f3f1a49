"""The site map."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from quotes.views import about, accounts, browse, desk, documents, home, outlets, permalink, reports, speakers, topics

_ID = r"q/(?P<typed>[^/.]+)"
_SUFFIX = r"(?P<suffix>(?:\.[a-z-]+)+)"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("statements/", browse.browse, name="statements"),
    path("speakers/", speakers.index, name="speakers"),
    path("speakers/<str:slug>/", speakers.speaker, name="speaker"),
    path("outlets/", outlets.index, name="outlets"),
    path("outlets/<str:slug>/", outlets.outlet, name="outlet"),
    path("topics/", topics.index, name="topics"),
    path("topics/<str:slug>/", topics.topic, name="topic"),
    path("documents/<str:typed>/", documents.document, name="document"),
    # Permalinks
    re_path(rf"^{_ID}$", permalink.latest, name="statement"),
    re_path(rf"^{_ID}{_SUFFIX}$", permalink.latest_export, name="export"),
    re_path(rf"^{_ID}/[vV](?P<number>\d{{1,9}})$", permalink.version, name="version"),
    re_path(rf"^{_ID}/[vV](?P<number>\d{{1,9}}){_SUFFIX}$", permalink.version_export, name="version_export"),
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
    path("desk/reports/", reports.queue, name="desk_reports"),
    path("desk/reports/<int:pk>/", reports.answer, name="desk_report"),
]
