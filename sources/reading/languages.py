"""Which language a text is in: by its script where that tells, else by its commonest little words."""

import re
import unicodedata
from collections import Counter

from sources.reading import remarks

_LITTLE_WORDS = {
    "en": "the of and to in that is was for with on as it he his by at from said has have had not be are which this",
    "fr": "le la les des et est dans que pour une sur qui pas au par plus avec ce il elle sont du en un ont été aux",
    "de": "der die das und ist nicht mit den von zu dem sich auch auf ein eine für im sei hat wird es wir dass bei",
    "es": "el la los las que en una con para por del se no es lo su al como más ha sus pero y ser fue este está",
    "pt": "o os as que em uma com para por do da no na se não é mais ao dos das como foi pelo pela são também e um ele",
    "it": "il lo gli che di è un una per con non del della sono nel alla si da dei le ha anche come più ma e al questo",
    "nl": "de het een van en in is dat op te niet met voor zijn die aan er ook als bij door naar om wordt heeft maar",
    "pl": "w i na się z że do nie jest o to od przez po jak za dla są oraz tym ale który przy już także być",
    "cs": "a v se na je že s z do o k i to jsou za by ve pro po který jako ale byl podle jeho být při také",
    "sv": "och i att det som en på är av för med till den har inte om ett men var sig så från vi kan när",
    "da": "og i at det som en på er af for med til den har ikke om et men var sig så fra vi kan når blev",
    "fi": "ja on ei se että hän oli mutta ovat myös kun joka ole tai sen mukaan kuin jos sekä nyt",
    "hu": "a az és hogy nem is egy van meg volt csak azt már de ha el mint ezt még szerint vagy",
    "ro": "și în de la cu pe că nu este din o un care mai pentru ce sunt fi au al prin dar sau",
    "tr": "ve bir bu için da de ile çok olarak daha olan gibi kadar ancak sonra ne o değil her dedi",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena oleh ada telah sudah",
    "ru": "и в не на что с по это как к от за из его для он но также у все было было бы о был сказал",
    "uk": "і в не на що з та у до за від як це для його про він але також є було які який цього під",
    "bg": "и в не на че с по това как към от за из се са да е но също беше като той му при",
    "sr": "и у не на да се је са за од то као су што али би који такође није био после",
    "ar": "في من على أن إلى عن مع هذا التي الذي كان قال لا ما بعد هذه ذلك كما أو قد",
    "fa": "در به از که این را با است برای آن یک خود تا بر هم شد می نیز گفت ایران",
    "ur": "کے میں کی ہے اور سے کا کو نے کہ پر یہ ہیں اس بھی تھا نہیں کہا ہو گیا",
}
_SCRIPTS = {
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_SETS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_SAMPLE = 20_000
_ENOUGH = 8
_LEAD = 1.25
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?", re.IGNORECASE)


def guess(text: str) -> str:
    """The BCP 47 language of a text; empty where it can't be told with some certainty."""
    sample = text[:_SAMPLE]
    return _by_script(sample) or _by_words(sample)


def _by_script(sample: str) -> str:
    letters = Counter(unicodedata.name(symbol, "?").split()[0] for symbol in sample if symbol.isalpha())
    total = sum(letters.values())
    told = {script: count for script, count in letters.items() if script in _SCRIPTS}
    if not told or sum(told.values()) < total / 2:
        return ""
    # Japanese is written mostly in Chinese characters: the kana between them tell.
    kana = told.get("HIRAGANA", 0) + told.get("KATAKANA", 0)
    return "ja" if kana > total / 20 else _SCRIPTS[max(told, key=told.__getitem__)]


def _by_words(sample: str) -> str:
    counts = Counter(_WORD.findall(sample.lower()))
    scores = Counter({one: sum(counts[word] for word in words) for one, words in _SETS.items()})
    (best, most), (_, next_best) = scores.most_common(2)
    return best if most >= _ENOUGH and most >= next_best * _LEAD else ""


def tag(declared: str) -> str:
    """A language as pages declare it (en_GB, EN-gb, "en, fr") as a BCP 47 tag; empty where it is none."""
    found = _TAG.fullmatch(re.split(r"[,;\s]", declared.strip(), maxsplit=1)[0].replace("_", "-"))
    if not found:
        return ""
    parts = found[0].split("-")
    return "-".join([parts[0].lower(), *(part.title() if len(part) == 4 else part.upper() for part in parts[1:])])  # noqa: PLR2004  # scripts have four letters


def decide(declared: str, text: str) -> tuple[str, str]:
    """The language of a text that declares one, and a warning where the text is plainly in another."""
    said, seen = tag(declared), guess(text)
    if said and seen and said.split("-")[0] != seen:
        return seen, remarks.OTHER_LANGUAGE % {"said": said, "seen": seen}
    return said or seen, ""
