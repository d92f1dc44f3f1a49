"""What languages are called, and which way they are written."""

from django.utils.translation import get_language_info

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


def language_name(language: str) -> str:
    """A BCP 47 language's English name where Django knows it (French for fr), else the tag itself."""
    try:
        return str(get_language_info(language)["name"])
    except KeyError:
        return language


def direction(language: str) -> str:
    """The writing direction of a BCP 47 language: rtl or ltr."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
