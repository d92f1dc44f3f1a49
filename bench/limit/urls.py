from django.http import HttpRequest, HttpResponse
from django.urls import path


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's views take one
    return HttpResponse("")


urlpatterns = [path("", empty)]
