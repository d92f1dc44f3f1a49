"""What languages are called, how their tags are written, and which way they run."""

import re

from django.utils.translation import get_language, get_language_info, gettext

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?P<script>-[a-z]{4})?(?P<region>-([a-z]{2}|\d{3}))?"
    r"(?P<rest>(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?)",
    re.IGNORECASE | re.ASCII,
)


class BadTag(ValueError):
    """The text is no BCP 47 tag."""

    def __init__(self, text: str) -> None:
        told = gettext("“%(text)s” is no language tag: write en, fr, uk, pt-BR or zh-Hant.")
        super().__init__(told % {"text": text[:40]})


def tag_of(text: str) -> str:
    """A BCP 47 tag that is well formed, in its usual case; its parts are not looked up. Raises BadTag."""
    tag = _TAG.fullmatch(text)
    if not tag:
        raise BadTag(text)
    script, region = tag["script"] or "", tag["region"] or ""
    return tag["language"].lower() + script.title() + region.upper() + tag["rest"].lower()


def language_name(language: str) -> str:
    """What a BCP 47 language is called in the interface's (French for fr), else the tag itself."""
    try:
        name = str(get_language_info(language)["name_translated"])
    except KeyError:
        return language
    # In French they are no proper names: “traduit du russe”.
    return name.lower() if get_language() == "fr" else name


def direction(language: str) -> str:
    """The writing direction of a BCP 47 language: rtl or ltr."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
