"""Puts some of everything on a record that is run apart, files too: `python -m tests.filling`; prints ids."""

import sys
from io import StringIO

import django


def main(words: str) -> None:
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 - models exist from here on
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from quotes import record  # noqa: PLC0415
    from quotes.notation import parse  # noqa: PLC0415
    from sources.models import Arrival  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    by = User.objects.filter(groups__name="Publisher").first() or factories.publisher()
    text = f"Macron said: “{words}.”"
    kept = factories.snapshot(text, document=factories.document("Le Monde", title=words))
    file(kept, text)
    statement = factories.publish(f"“{words}.”", "spoken_to TF1", document=kept.document, editor=by)
    corrected = factories.publish(f"“{words} once.”", "relayed_by TASS", editor=by)
    changes = record.Changes(spans=parse(f"“{words} twice.”"))
    record.correct(corrected, changes, editor=by, reason="A word was misheard")
    arrival = Arrival(state="ready", text=words, name="brought.txt", by=by, arrived_at=timezone.now())
    arrival.original.save("aa/brought.txt", ContentFile(words.encode()), save=False)
    arrival.save()
    call_command("checkpoint", stdout=StringIO())
    print(statement.pid, corrected.pid)


def file(kept, text):
    import hashlib  # noqa: PLC0415

    from django.core.files.base import ContentFile  # noqa: PLC0415

    original = f"<p>{text}</p>".encode() * 500
    kept.original.save("ab/page.html", ContentFile(original), save=False)
    kept.original_sha256 = hashlib.sha256(original).hexdigest()
    kept.save()


if __name__ == "__main__":
    main(sys.argv[1])
