"""A leaf for every version and every act there is: a thousand at a time, each a transaction; it can be begun again."""

from collections import deque

from django.db import migrations

from quotes.models.log import log_missing


def agree(apps, schema_editor):
    """Let what is held against each other agree: a merge with its act, a removal with the versions it blanked."""
    acts, merges = apps.get_model("quotes", "Act").objects, apps.get_model("quotes", "Merge").objects
    for act in acts.filter(verb__in=["merge", "undo_merge"]).order_by("pk").iterator():
        field = "at" if act.verb == "merge" else "undone_at"
        merges.filter(pk=act.detail.get("merge")).exclude(**{field: None}).update(**{field: act.at})
    for act in acts.filter(verb="remove").order_by("pk").iterator():
        if "blanked" not in act.detail:
            act.detail["blanked"] = _blanked(apps, act.statement_id)
            act.save(update_fields=["detail"])


def _blanked(apps, statement):
    """The versions of a removed statement, and of all that was merged into it, that have no words any more."""
    statements, revisions = apps.get_model("quotes", "Statement").objects, apps.get_model("quotes", "Revision").objects
    family, waiting = [statement], deque([statement])
    while waiting:
        merged = list(statements.filter(merged_into=waiting.popleft()).values_list("pk", flat=True))
        family += merged
        waiting.extend(merged)
    return sorted(revisions.filter(statement__in=family, body="").values_list("pk", flat=True))


def begin(apps, schema_editor):
    named = (apps.get_model("quotes", name) for name in ("Revision", "Act", "Leaf"))
    deque(log_missing(*named), maxlen=0)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0017_log")]
    operations = [
        migrations.RunPython(agree, migrations.RunPython.noop),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
