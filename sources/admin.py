"""Documents and their archived texts, to look at: both change through the record alone."""

from django.contrib import admin
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from sources.models import Document, Recheck, Snapshot


class ReadOnlyAdmin(admin.ModelAdmin):
    """For looking at."""

    # Django asks for a word about addresses typed without a scheme, though nothing is typed here.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  # Django's
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002  # Django's
        """Nothing is deleted here."""
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Published things."""

    list_display = ["__str__", "pid", "outlet", "kind", "published"]
    list_filter = ["kind"]
    list_select_related = ["outlet"]
    search_fields = ["pid", "title", "url", "outlet__name"]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Archived texts."""

    list_display = ["document", "taken_at", "sha256", "check_result"]
    list_select_related = ["document"]
    search_fields = ["sha256", "document__pid", "document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        """Leave the texts in the database until one is opened."""
        return super().get_queryset(request).defer("text")


@admin.register(Recheck)
class RecheckAdmin(ReadOnlyAdmin):
    """Looks at whether documents still say what was archived of them."""

    list_display = ["document", "at", "result", "status", "reason"]
    list_filter = ["result"]
    list_select_related = ["document"]
    search_fields = ["document__pid", "document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recheck]:
        """Leave the archived texts in the database."""
        return super().get_queryset(request).defer("passages")
