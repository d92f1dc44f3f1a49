"""The record's present moment: what every copy of a public page is a copy of."""

import uuid

from django.db import models


class Epoch(models.Model):
    """A random mark that changes whenever a public page may; all rows together are the epoch.

    Triggers of the database move it, in the transaction that changes what is public. SQLite has one row; PostgreSQL
    has one for each of the writers that ever wrote at the same time, so that none waits for another.
    """

    mark = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.mark)
