"""The first letters of names, by which indexes of names are parted."""

from django.db.models import CharField, Func


def first_letter(field: str = "sort_name") -> Func:
    """The first letter of a name. The numbers stand in the SQL, or SQLite wouldn't know its index by them."""
    return Func(field, template="SUBSTR(%(expressions)s, 1, 1)", output_field=CharField(max_length=1))
