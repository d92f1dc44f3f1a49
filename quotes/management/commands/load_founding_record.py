from quotes.founding.load import load
from quotes.management.unchecked import UncheckedCommand


class Command(UncheckedCommand):
    help = "Put the founding record on record: the first statements, once."

    def handle(self, *args: object, **options: object) -> None:
        loaded = load()
        if loaded is None:
            self.stdout.write("The founding record was loaded before: nothing changed.")
            return
        self.stdout.write(
            f"Loaded the founding record: {loaded.statements} statements, "
            f"in {loaded.appearances} appearances, from {loaded.documents} documents."
        )
