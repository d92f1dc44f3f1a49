"""Every address of the site: the record's own, the API's and the admin's where that is open."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("quotes.api.urls")),
    path("", include("quotes.urls")),
]
if settings.ADMIN:
    urlpatterns.append(path("admin/", admin.site.urls))
handler404 = "quotes.views.missing.not_found"
handler500 = "quotes.views.failing.server_error"
