from django.apps import AppConfig
from django.db.models import CharField, Field, ForeignKey

from sources.lookups import Among, InAnyCase


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = "Sources"

    def ready(self) -> None:
        """Let every field be asked for one of very many values."""
        Field.register_lookup(Among)
        ForeignKey.register_lookup(Among)
        CharField.register_lookup(InAnyCase)
