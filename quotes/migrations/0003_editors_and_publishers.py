"""The two groups: editors record drafts and answer reports; publishers also publish, and keep house in the admin."""

from django.db import migrations

NAMES = {
    "record_statement": "Can record statements as drafts",
    "publish_statement": "Can publish statements",
}
HOUSEKEEPING = {
    "quotes": ["speaker", "alias", "role", "topic"],
    "sources": ["outlet"],
}


def create(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    editors, _ = group.objects.get_or_create(name="Editor")
    publishers, _ = group.objects.get_or_create(name="Publisher")
    record, publish = (_permission(apps, "quotes", "statement", code, name) for code, name in NAMES.items())
    editors.permissions.add(record)
    publishers.permissions.add(record, publish)
    publishers.permissions.add(*_housekeeping(apps))


def _housekeeping(apps):
    for app, models in HOUSEKEEPING.items():
        for model in models:
            for verb in ("add", "change", "view", "delete"):
                yield _permission(apps, app, model, f"{verb}_{model}", f"Can {verb} {model}")
    for app, model in (("quotes", "merge"), ("sources", "document"), ("sources", "snapshot")):
        yield _permission(apps, app, model, f"view_{model}", f"Can view {model}")


def _permission(apps, app, model, codename, name):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": name}
    )
    return permission


def drop(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Editor", "Publisher"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0002_append_only"),
        ("sources", "0001_the_record"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, drop)]
