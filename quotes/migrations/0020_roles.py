"""Five roles as groups, from the two there were; whoever could do something goes on doing it.

Reviewing and removing have permissions of their own from now on. Groups of an operator's own, and accounts that were
given a permission by itself, get them with what they had. It can be begun again.
"""

from importlib import import_module

from django.db import migrations, models

AddIndexBeside = import_module("quotes.migrations.0014_fewer_indexes").AddIndexBeside
_house = import_module("quotes.migrations.0003_editors_and_publishers")

NAMES = {
    "record_statement": "Can record statements as drafts",
    "review_statement": "Can review suggestions and others’ drafts, link statements and answer reports",
    "publish_statement": "Can publish statements",
    "remove_statement": "Can remove statements for good",
    "manage_accounts": "Can manage accounts and read their audit trail",
}
ROLES = {
    "Reader": [],
    "Contributor": ["record_statement"],
    "Editor": ["record_statement", "review_statement"],
    "Publisher": ["record_statement", "review_statement", "publish_statement"],
    "Administrator": list(NAMES),
}


def create(apps, schema_editor):
    house = list(_house._housekeeping(apps))  # noqa: SLF001 - what 0003 gives publishers
    for name, codes in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, code) for code in codes))
        if "publish_statement" in codes:
            group.permissions.add(*house)


def _permission(apps, code):
    model = "accountevent" if code == "manage_accounts" else "statement"
    return _house._permission(apps, "quotes", model, code, NAMES[code])  # noqa: SLF001 - made as 0003 makes them


def keep_rights(apps, schema_editor):
    """Give what is now parted from recording and publishing to those who could do it."""
    group, user = apps.get_model("auth", "Group").objects, apps.get_model("auth", "User").objects
    for had, parted in (("record_statement", "review_statement"), ("publish_statement", "remove_statement")):
        old, new = _permission(apps, had), _permission(apps, parted)
        for one in group.filter(permissions=old).exclude(name__in=ROLES):
            one.permissions.add(new)
        for account in user.filter(user_permissions=old):
            account.user_permissions.add(new)
    for account in user.filter(groups__name="Publisher"):
        account.user_permissions.add(_permission(apps, "remove_statement"))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0019_accounts")]
    operations = [
        # Groups of the same names and permissions that nothing asks for mean nothing to the version before.
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunPython(keep_rights, migrations.RunPython.noop),
        AddIndexBeside("act", models.Index(fields=["-at", "-id"], name="act_newest")),
    ]
