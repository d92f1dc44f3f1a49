"""The road a statement's words travelled, as a phrase: “statement to TF1, relayed by TASS”."""

from quotes.citing.record import CitedStatement

# The languages that sources most often translate from; a rarer one is left unnamed, never shown as a code.
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def road(cited: CitedStatement) -> str:
    """The phrase without parentheses; never empty, as it is what tells a quotation from a title."""
    if "road" not in cited.made:
        parts = (_beginning(cited), _relays(cited), _reporter(cited), translated(cited))
        cited.made["road"] = ", ".join(part for part in parts if part)
    phrase: str = cited.made["road"]
    return phrase


def title(cited: CitedStatement, words: str) -> str:
    """The record's title in a reference: words, then the road in parentheses."""
    return f"{words} ({road(cited)})"


def _beginning(cited: CitedStatement) -> str:
    """Whom it was said for, by whom it is told, and to whom."""
    source = cited.source
    whose = f" by {cited.speaker.name}" if cited.speaker.is_unnamed else ""
    principal = f" for {cited.speaks_for.name}" if cited.speaks_for else ""
    issuers = [name for name in source.stops("issued_by") if name != cited.speaker.name]
    return (
        "statement"
        + whose
        + principal
        + _phrase(" issued by ", issuers)
        + _phrase(" as told by ", source.stops("told_by"))
        + _phrase(" to ", source.stops("spoken_to"))
    )


def relays(cited: CitedStatement) -> tuple[str, ...]:
    """Every relay agency on record, those of the primary road first."""
    return tuple(dict.fromkeys((*cited.source.stops("relayed_by"), *cited.relayed_by)))


def publisher(cited: CitedStatement) -> str:
    """Who published the document, as far as it is known by name."""
    return next(iter(cited.source.stops("published_by")), cited.source.document.publisher)


def _relays(cited: CitedStatement) -> str:
    reporter = publisher(cited) if cited.mode == "indirect" else ""
    return _phrase("relayed by ", [name for name in relays(cited) if name != reporter])


def _reporter(cited: CitedStatement) -> str:
    """Whose words an indirect statement is in: without marks, a reader must be told."""
    if cited.mode != "indirect":
        return ""
    name = publisher(cited)
    return f"as reported by {name}" if name else "in a reporter’s words"


def translated(cited: CitedStatement) -> str:
    """“translated from French by Anne Roe”, as far as it is known; empty for words in their own language."""
    if cited.translation is None:
        return ""
    language = LANGUAGES.get(cited.translation.source.split("-")[0], "")
    source = f" from {language}" if language else ""
    translator = f" by {cited.translation.translator}" if cited.translation.translator else ""
    return f"translated{source}{translator}"


def _phrase(before: str, names: list[str] | tuple[str, ...]) -> str:
    """Names joined as in a sentence, after some words; empty for no names."""
    if not names:
        return ""
    *first, last = names
    return before + (f"{', '.join(first)} and {last}" if first else last)
