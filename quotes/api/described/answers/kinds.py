"""The kinds of values that answers have."""

from typing import Any

from rest_framework import serializers

MAYBE: dict[str, Any] = {"allow_null": True}


def text(told: str = "", **options: Any) -> serializers.Field:
    return serializers.CharField(help_text=told, **options)


def known(told: str = "") -> serializers.Field:
    """A text, or null where it isn't known."""
    return serializers.CharField(help_text=told, **MAYBE)


def number(told: str = "", **options: Any) -> serializers.Field:
    return serializers.IntegerField(help_text=told, **options)


def yes_or_no(told: str = "") -> serializers.Field:
    return serializers.BooleanField(help_text=told)


def one_of(values: Any, told: str = "", **options: Any) -> serializers.Field:
    return serializers.ChoiceField(choices=list(values), help_text=told, **options)


def day(told: str = "") -> serializers.Field:
    return serializers.DateField(help_text=told, **MAYBE)


def time(told: str = "", **options: Any) -> serializers.Field:
    return serializers.DateTimeField(help_text=told, **options)


def address(told: str = "", **options: Any) -> serializers.Field:
    return serializers.URLField(help_text=told, **options)


def listed(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a list of such rows."""
    fields = {
        "total": number("Up to 10,000; null where it wasn’t counted", **MAYBE),
        "total_is_more": yes_or_no("Whether there are more than that"),
        "next": address("The next page", **MAYBE),
        "previous": address("The page before", **MAYBE),
        "results": row(many=True),
    }
    return type(f"{row.__name__}Page", (serializers.Serializer,), fields)
