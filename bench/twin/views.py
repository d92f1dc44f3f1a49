"""The generic views of Django's tutorial, with its Paginator and `icontains`."""

from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import DetailView, ListView

from bench.twin.models import Statement

FILTERS = {
    "speaker": "speaker__slug",
    "outlet": "outlets__slug",
    "topic": "topics__slug",
    "mode": "mode",
    "language": "language",
    "year": "said_max__year",
    "q": "text__icontains",
}
FACETS = ("speaker__name", "outlets__name", "topics__name", "mode", "language", "said_max__year")


class StatementView(DetailView):
    queryset = Statement.objects.filter(state="published").select_related("speaker")
    slug_field = slug_url_kwarg = "pid"
    template_name = "statement.html"


class StatementList(ListView):
    paginate_by = 50
    template_name = "statements.html"

    def get_queryset(self) -> QuerySet[Statement]:
        asked = {FILTERS[name]: value for name, value in self.request.GET.items() if name in FILTERS}
        found = Statement.objects.filter(state="published", **asked)
        return found.select_related("speaker").prefetch_related("outlets", "topics").distinct()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if "facets" in self.request.GET:
            found = self.get_queryset().order_by()
            context["facets"] = [
                (name, found.values(name).annotate(n=Count("pk", distinct=True)).order_by("-n")[:10]) for name in FACETS
            ]
        return super().get_context_data(**context)


class SpeakerView(StatementList):
    def get_queryset(self) -> QuerySet[Statement]:
        return super().get_queryset().filter(speaker__slug=self.kwargs["slug"])
