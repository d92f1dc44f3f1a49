"""What a request must not wait for. Each is asked for by id, and does nothing where it was done already."""

from django_tasks import task

from quotes.models import Import, Reading
from sources.models import Arrival


@task()
def read_document(reading_id: int) -> None:
    """Read an archived text for statements."""
    # A web worker only asks for this: it loads nothing of what reading needs.
    from quotes.intake.running import run  # noqa: PLC0415

    if reading := Reading.objects.filter(pk=reading_id).first():
        run(reading)


@task()
def read_arrival(arrival_id: int) -> None:
    """Fetch or read what has arrived."""
    from quotes.intake.receiving import receive  # noqa: PLC0415 - as above

    if arrival := Arrival.objects.filter(pk=arrival_id).first():
        receive(arrival)


@task()
def do_import(import_id: int) -> None:
    """Do what is left of the stage that an import is in."""
    from quotes.importing.staging import work  # noqa: PLC0415 - as above

    if of := Import.objects.filter(pk=import_id).first():
        work(of)
