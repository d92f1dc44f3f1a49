"""Housekeeping: names, offices, topics and merges. Statements are not edited here."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from quotes import record
from quotes.access import PUBLISH, admin_signin, may_keep_house, own_password
from quotes.dates import BadDate, read
from quotes.forms.merging import MergeForm
from quotes.models import Alias, Merge, Role, Speaker, Topic
from sources.admin import ReadOnlyAdmin
from sources.models import Outlet, SlugRedirect
from sources.slugs import kind_of, new_slug

admin.site.site_header = admin.site.site_title = "On Record: housekeeping"
admin.site.has_permission = may_keep_house  # type: ignore[method-assign]  # an instance's own answer
admin.site.password_change = own_password  # type: ignore[assignment,method-assign]  # likewise
admin.site.login = admin_signin  # type: ignore[method-assign]  # likewise


class NamedForm(forms.ModelForm):
    """A thing with a slug: one that leads, or led, elsewhere is refused; an empty one is made from the name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = self.instance.pk is not None

    def clean_slug(self) -> str | None:
        """A slug that is free, now and from former times."""
        slug: str | None = self.cleaned_data.get("slug")
        redirects = SlugRedirect.objects.filter(kind=kind_of(self._meta.model), slug=slug)
        if slug and redirects.exclude(target_id=self.instance.pk or 0).exists():
            raise ValidationError(
                f"“{slug}” leads to another {kind_of(self._meta.model)} already. Choose another slug."
            )
        return slug

    def clean(self) -> dict[str, Any]:
        """Fill in the slug of a new thing, before the model's own checks ask for it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "slug" in cleaned and not cleaned["slug"] and cleaned.get("name"):
            cleaned["slug"] = new_slug(self._meta.model, cleaned["name"])
        return cleaned


class NamedAdmin(admin.ModelAdmin):
    """Names and slugs change through the record, so that old addresses go on answering."""

    form = NamedForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Rename first, then save the rest."""
        if change and {"name", "slug"} & set(form.changed_data):
            before = type(obj)._default_manager.get(pk=obj.pk)
            record.rename(before, editor=editor_of(request), name=obj.name, slug=obj.slug)
        if change:
            # What was not typed stays as it is by now: somebody may have merged the thing meanwhile.
            obj.save(update_fields=[field.name for field in obj._meta.fields if field.name in form.changed_data])
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Let the names lead to the thing, once all of them are saved."""
        super().save_related(request, form, formsets, change)
        record.know_names(type(form.instance), [form.instance.pk])


def editor_of(request: HttpRequest) -> User:
    """The account at work: the admin opens to no visitor."""
    return cast("User", request.user)


@admin.action(description="Merge: they are one", permissions=["change"])
def merge_selected(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask which one stays and why, then merge the others into it."""
    parties = list(queryset.order_by("pk"))
    if len(parties) < 2:  # noqa: PLR2004  # one alone is one already
        modeladmin.message_user(request, "Select two or more that are one.", messages.WARNING)
        return None
    form = MergeForm(request.POST if "chosen" in request.POST else None, parties=parties)
    if not form.is_bound or not form.is_valid():
        context = {
            **modeladmin.admin_site.each_context(request),
            "title": "Which one stays?",
            "parties": parties,
            "form": form,
            "back": request.get_full_path(),
            "opts": modeladmin.opts,
        }
        return TemplateResponse(request, "admin/merge.html", context)
    for loser in form.losers:
        _merge(modeladmin, request, loser, form)
    return None


def _merge(modeladmin: admin.ModelAdmin, request: HttpRequest, loser: Speaker | Outlet, form: MergeForm) -> None:
    survivor = form.stays
    try:
        record.merge(loser, survivor, editor=editor_of(request), reason=form.cleaned_data["reason"])
    except record.CannotMerge as refusal:
        modeladmin.message_user(request, f"{loser}: {refusal}", messages.ERROR)
    else:
        modeladmin.message_user(request, f"{loser} is merged into {survivor}.", messages.SUCCESS)


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 1


class RoleForm(forms.ModelForm):
    """An office, with its days computed from the EDTF interval."""

    def clean_held(self) -> str:
        """Read the interval."""
        try:
            when = read(self.cleaned_data["held"])
        except BadDate as error:
            raise ValidationError(str(error)) from error
        self.instance.held_min, self.instance.held_max = when.first, when.last
        return when.text


class RoleInline(admin.TabularInline):
    model = Role
    form = RoleForm
    extra = 1


class SpeakerForm(NamedForm):
    """A speaker with a page; unnamed sources are their document's."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "kind" in self.fields:
            kinds = [choice for choice in Speaker.Kind.choices if choice[0] != Speaker.Kind.UNNAMED]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # it is a choice field

    def clean(self) -> dict[str, Any]:
        """Only people have the parts of a name."""
        cleaned = super().clean()
        parts = [name for name in ("given", "particle", "family") if cleaned.get(name)]
        if parts and cleaned.get("kind") != Speaker.Kind.PERSON:
            self.add_error(parts[0], "Only people have given and family names.")
        if self.instance.pk and self.instance in cleaned.get("members", ()):
            self.add_error("members", "A group can’t be a member of itself.")
        return cleaned


@admin.register(Speaker)
class SpeakerAdmin(NamedAdmin):
    """People, organisations, governments and groups."""

    form = SpeakerForm
    list_display = ["name", "kind", "slug", "merged_into"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "slug", "aliases__name"]
    fields = ["name", "slug", "kind", "given", "particle", "family", "members", "wikidata", "merged_into"]
    readonly_fields = ["merged_into"]
    autocomplete_fields = ["members"]
    inlines = [AliasInline, RoleInline]
    actions = [merge_selected]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave out unnamed sources: they have no page, no other names and no merges."""
        return super().get_queryset(request).exclude(kind=Speaker.Kind.UNNAMED)


@admin.register(Outlet)
class OutletAdmin(NamedAdmin):
    """Those who publish and carry."""

    list_display = ["name", "kind", "slug", "identified", "merged_into"]
    list_filter = ["kind", "identified", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "slug", "domain"]
    fields = ["name", "slug", "kind", "identified", "domain", "wikidata", "merged_into"]
    readonly_fields = ["merged_into"]
    actions = [merge_selected]


class TopicForm(NamedForm):
    """A topic; it can't hang below itself."""

    def clean_parent(self) -> Topic | None:
        """A parent that isn't below."""
        parent: Topic | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.path.startswith(self.instance.path):
            raise ValidationError(f"“{parent}” is below “{self.instance}”: it can’t be above it as well.")
        return parent


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """The tree of topics."""

    form = TopicForm
    list_display = ["name", "parent", "slug"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "parent", "description", "iptc", "wikidata"]
    autocomplete_fields = ["parent"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Hang it in the tree through the record, which keeps the paths."""
        parent = obj.parent
        if not change:
            made = record.add_topic(obj.name, parent=parent)
            obj.pk, obj.path = made.pk, made.path
            obj.save(force_update=True)
            return
        before = Topic.objects.get(pk=obj.pk)
        if before.parent != parent:
            record.move_topic(before, parent)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Keep a topic that statements are filed under: they would lose it without a trace."""
        used = isinstance(obj, Topic) and obj.statements.exists()
        return super().has_delete_permission(request, obj) and not used


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """What was merged, which can be undone and neither rewritten nor forgotten."""

    list_display = ["what", "kind", "reason", "actor", "at", "undone_at"]
    list_filter = ["kind", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["actor"]
    # Each line names two parties, which takes two queries.
    list_per_page = 20
    actions = ["undo"]

    @admin.display(description="merge")
    def what(self, merge: Merge) -> str:
        """Who went into whom."""
        return str(merge)

    def has_undo_permission(self, request: HttpRequest) -> bool:
        """Whoever may publish may undo."""
        return request.user.has_perm(PUBLISH)

    @admin.action(description="Undo", permissions=["undo"])
    def undo(self, request: HttpRequest, queryset: QuerySet[Merge]) -> None:
        """Move everything back, the newest merge first, and tell what had moved on since."""
        for merge in queryset.order_by("-pk"):
            try:
                undone = record.undo_merge(merge, editor=editor_of(request))
            except record.CannotUndo as refusal:
                self.message_user(request, f"{merge}: {refusal}", messages.ERROR)
            else:
                self._tell(request, merge, undone)

    def _tell(self, request: HttpRequest, merge: Merge, undone: record.Undone) -> None:
        back = f"{merge}: undone, {undone.back} moved back."
        if not undone.skipped:
            self.message_user(request, back, messages.SUCCESS)
            return
        rows = ", ".join(str(row) for row in undone.skipped[:20])
        more = f" and {len(undone.skipped) - 20} more" if len(undone.skipped) > 20 else ""  # noqa: PLR2004  # a line's worth
        self.message_user(request, f"{back} Moved on since, so left where they are: {rows}{more}.", messages.WARNING)
