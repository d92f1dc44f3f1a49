"""What a reporter's verb tells that one statement does to another, by language.

| language | denies | confirms | contradicts | repeats | answers |
|---|---|---|---|---|---|
| English | denied | confirmed | contradicted | reiterated | replied |
| French | a démenti | a confirmé | a contredit | a répété | a répondu |
| German | bestritt | bestätigte | widersprach | bekräftigte | entgegnete |
| Spanish | negó | confirmó | contradijo | reiteró | respondió |
| Italian | ha smentito | ha confermato | ha contraddetto | ha ribadito | ha replicato |
| Portuguese | negou | confirmou | contradisse | reiterou | rebateu |
| Arabic | نفى | – | ناقض | كرر | رد |
| Russian | опроверг | подтвердил | противоречит | повторил | ответил |

Forms that the press writes, whole words alone: a suggestion is an editor's to refuse, and a missed one is cheaper than
a wrong one. So words that mostly mean something else are left out: “wiederholt” (again and again) and “zurück” in
German, the Arabic verb أكد, which reports use for any saying with emphasis, and nouns outside English. That words are
told by somebody else (`reports`) follows from where they stand, in any language, and needs no verb.
"""

import re
import unicodedata
from collections.abc import Mapping

from quotes.extraction.proposals import LinkKind

Verbs = Mapping[str, LinkKind]
"""What each form of a verb tells."""

ECHOING = frozenset("echo echoes echoed echoing".split())  # noqa: SIM905
"""Verbs by which others' words are repeated, and not one's own."""

_FORMS: dict[str, dict[LinkKind, str]] = {
    "en": {
        "denies": "deny denies denied denying denial refute refutes refuted refuting disputes disputed dispute",
        "confirms": "confirm confirms confirmed confirming confirmation",
        "contradicts": "contradict contradicts contradicted contradicting",
        "repeats": "echo echoes echoed echoing repeat repeats repeated repeating reiterate reiterates reiterated "
        "reiterating",
        "responds_to": """reply replies replied replying respond responds responded responding answer answers answered
            answering retort retorts retorted counter counters countered reject rejects rejected rejecting dismiss
            dismisses dismissed rebuff rebuffed rebuffs react reacts reacted reacting response reaction""",
    },
    "fr": {
        "denies": """nie nient nié niée niait niaient niant dément démentent démenti démentie démentait démentaient
            démentant réfute réfutent réfuté réfutée réfutait réfutant""",
        "confirms": "confirme confirment confirmé confirmée confirmait confirmaient confirmant",
        "contradicts": "contredit contredite contredisent contredisait contredisant",
        "repeats": "répète répètent répété répétait répétant réitère réitèrent réitéré réitérait réitérant",
        "responds_to": """répond répondent répondu répondait répondaient répondant réplique répliquent répliqué
            répliquait rétorque rétorquent rétorqué rétorquait rejette rejettent rejeté rejetée rejetait réagit réagi
            réagissait réagissant""",
    },
    "de": {
        "denies": """bestreitet bestreiten bestritt bestritten dementiert dementieren dementierte dementierten leugnet
            leugnen leugnete leugneten geleugnet verneint verneinte verneinten""",
        "confirms": "bestätigt bestätigen bestätigte bestätigten",
        "contradicts": "widerspricht widersprechen widersprach widersprachen widersprochen",
        "repeats": "wiederholte wiederholten bekräftigt bekräftigen bekräftigte bekräftigten",
        "responds_to": """antwortet antwortete antworteten geantwortet entgegnet entgegnen entgegnete entgegneten
            erwidert erwidern erwiderte erwiderten konterte konterten zurückgewiesen reagiert reagierte reagierten""",
    },
    "es": {
        "denies": """niega niegan negó negaron negado negaba negando desmiente desmienten desmintió desmintieron
            desmentido desmintiendo refuta refutan refutó refutaron refutado""",
        "confirms": "confirma confirman confirmó confirmaron confirmado confirmaba confirmando",
        "contradicts": "contradice contradicen contradijo contradijeron contradicho contradiciendo",
        "repeats": """repite repiten repitió repitieron repetido repitiendo reitera reiteran reiteró reiteraron
            reiterado reiterando""",
        "responds_to": """responde responden respondió respondieron respondido respondiendo replica replican replicó
            replicaron replicado contesta contestan contestó contestaron contestado rechaza rechazan rechazó rechazaron
            rechazado reaccionó reaccionaron reaccionado""",
    },
    "it": {
        "denies": """nega negano negò negarono negato negava negando smentisce smentiscono smentì smentirono smentito
            smentendo""",
        "confirms": "conferma confermano confermò confermarono confermato confermava confermando",
        "contradicts": "contraddice contraddicono contraddisse contraddissero contraddetto contraddicendo",
        "repeats": "ripete ripetono ripeté ripetuto ripetendo ribadisce ribadiscono ribadì ribadirono ribadito "
        "ribadendo",
        "responds_to": """risponde rispondono rispose risposero risposto rispondendo replica replicano replicò
            replicarono replicato replicando respinge respingono respinse respinsero respinto reagisce reagì reagito""",
    },
    "pt": {
        "denies": """nega negam negou negaram negado negava negando desmente desmentem desmentiu desmentiram desmentido
            desmentindo refuta refutam refutou refutaram refutado""",
        "confirms": "confirma confirmam confirmou confirmaram confirmado confirmava confirmando",
        "contradicts": "contradiz contradizem contradisse contradisseram contradizendo",
        "repeats": "repete repetem repetiu repetiram repetido repetindo reitera reiteram reiterou reiteraram reiterado "
        "reiterando",
        "responds_to": """responde respondem respondeu responderam respondido respondendo replica replicam replicou
            replicaram retruca retrucou retrucaram rebate rebatem rebateu rebateram rejeita rejeitam rejeitou rejeitaram
            rejeitado reage reagiu reagiram""",
    },
    "ar": {
        "denies": "نفى نفت نفوا ينفي تنفي ينفون نافيا نافية أنكر أنكرت أنكروا ينكر تنكر ينكرون",
        "contradicts": "ناقض ناقضت ناقضوا يناقض مناقضا مناقضة",
        "repeats": "كرر كررت كرروا يكرر تكرر مكررا مكررة",
        "responds_to": "رد ردت ردوا ردا أجاب أجابت أجابوا يجيب تجيب مجيبا مجيبة رفض رفضت رفضوا يرفض ترفض رافضا رافضة",
    },
    "ru": {
        "denies": """отрицает отрицают отрицал отрицала отрицало отрицали опроверг опровергла опровергло опровергли
            опровергает опровергают""",
        "confirms": "подтвердил подтвердила подтвердило подтвердили подтверждает подтверждают",
        "contradicts": "противоречит противоречат",
        "repeats": "повторил повторила повторило повторили повторяет повторяют вторит вторят",
        "responds_to": """ответил ответила ответило ответили отвечает отвечают возразил возразила возразило возразили
            возражает возражают парировал парировала парировали отверг отвергла отвергло отвергли отвергает отвергают
            отреагировал отреагировала отреагировало отреагировали""",
    },
}
_POINTS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ALEFS = str.maketrans("أإآ", "ااا")
_ARABIC_AND = re.compile("[وف](?=.{2})")


def verbs_of(language: str) -> Verbs:
    """The verbs of a language given by its BCP 47 tag; of English where none is given, none of a language not known."""
    return _VERBS.get(language.partition("-")[0].lower() or "en", {})


def told_by(word: str, verbs: Verbs) -> LinkKind | None:
    """What a word of a text tells; an Arabic one with “and” or “so” before it, too."""
    plain = _plain(word)
    if kind := verbs.get(plain):
        return kind
    joined = _ARABIC_AND.match(plain)
    return verbs.get(plain[joined.end() :]) if joined else None


def _plain(word: str) -> str:
    """A word without case, and without the points and the kinds of alef that Arabic may leave out."""
    return _POINTS.sub("", unicodedata.normalize("NFC", word).lower()).translate(_ALEFS)


_VERBS: dict[str, Verbs] = {
    language: {_plain(form): kind for kind, several in forms.items() for form in several.split()}
    for language, forms in _FORMS.items()
}
