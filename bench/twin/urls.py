from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.twin.views import SpeakerView, StatementList, StatementView


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's views take one
    return HttpResponse("")


urlpatterns = [
    path("", empty),
    path("statements/", StatementList.as_view()),
    path("q/<str:pid>", StatementView.as_view()),
    path("speakers/<str:slug>/", SpeakerView.as_view()),
]
