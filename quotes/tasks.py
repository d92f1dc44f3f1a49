"""What a request must not wait for. Each is asked for by id, and does nothing where it was done already.

What reading and importing keep is English, whatever language whoever asked for it reads.
"""

from django.utils.translation import override
from django_tasks import task

from quotes.models import Delivery, Import, Mailbox, Reading
from sources.models import Arrival


@task()
@override("en")
def read_document(reading_id: int) -> None:
    """Read an archived text for statements."""
    # A web worker only asks for this: it loads nothing of what reading needs.
    from quotes.intake.running import run  # noqa: PLC0415

    if reading := Reading.objects.filter(pk=reading_id).first():
        run(reading)


@task()
@override("en")
def read_arrival(arrival_id: int) -> None:
    """Fetch or read what has arrived."""
    from quotes.intake.receiving import receive  # noqa: PLC0415 - as above

    if arrival := Arrival.objects.filter(pk=arrival_id).first():
        receive(arrival)


@task()
def ask_for_confirmation(mailbox_id: int) -> None:
    """Write to an address to learn whether it is right."""
    from quotes.watching.warning import ask  # noqa: PLC0415 - as above

    if mailbox := Mailbox.objects.filter(pk=mailbox_id, confirmed_at=None).select_related("owner").first():
        ask(mailbox)


@task()
def send_reset_link(name: str) -> None:
    """Write to whoever forgot a password, if there is such an account."""
    from quotes.accounts.resetting import send_link  # noqa: PLC0415 - as above

    send_link(name)


@task()
def deliver(delivery_id: int) -> None:
    """Send what somebody waits to see arrive."""
    from quotes.watching.delivering import deliver_now  # noqa: PLC0415 - as above
    from sources.fetching.posting import Poster  # noqa: PLC0415

    if delivery := Delivery.objects.filter(pk=delivery_id).first():
        deliver_now(delivery, Poster())


@task()
@override("en")
def do_import(import_id: int) -> None:
    """Do what is left of the stage that an import is in."""
    from quotes.importing.staging import work  # noqa: PLC0415 - as above

    if of := Import.objects.filter(pk=import_id).first():
        work(of)
