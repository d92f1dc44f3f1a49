"""News agencies that a document credits: in its byline, its dateline, or a credit line."""

import re

# Each agency by the name it is known by, and how credits print it.
_AGENCIES = {
    "Reuters": ("Reuters", "Thomson Reuters", "Рейтер", "Рейтерс", "रॉयटर्स", "رويترز", "路透社", "路透"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse", "АФП", "فرانس برس", "أ ف ب", "法新社"),
    "AP": ("AP", "Associated Press", "The Associated Press", "أسوشيتد برس", "美联社"),
    "TASS": ("TASS", "ITAR-TASS", "ТАСС", "ИТАР-ТАСС", "تاس", "塔斯社"),
    "RIA Novosti": ("RIA Novosti", "RIA", "РИА Новости", "РИА"),
    "Interfax": ("Interfax", "Интерфакс"),
    "Interfax-Ukraine": ("Interfax-Ukraine", "Интерфакс-Украина", "Інтерфакс-Україна"),
    "Ukrinform": ("Ukrinform", "Укринформ", "Укрінформ"),
    "UNIAN": ("UNIAN", "УНИАН", "УНІАН"),
    "BelTA": ("BelTA", "БелТА", "БЕЛТА"),
    "dpa": ("dpa", "Deutsche Presse-Agentur"),
    "APA": ("APA", "Austria Presse Agentur"),
    "Keystone-SDA": ("Keystone-SDA", "Keystone-ATS", "SDA", "ATS"),
    "EFE": ("EFE", "Agencia EFE"),
    "Europa Press": ("Europa Press",),
    "ANSA": ("ANSA",),
    "Adnkronos": ("Adnkronos",),
    "Lusa": ("Lusa", "Agência Lusa"),
    "Belga": ("Belga", "Agence Belga"),
    "ANP": ("ANP",),
    "PA Media": ("PA Media", "PA", "Press Association"),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "ČTK": ("ČTK", "CTK"),
    "MTI": ("MTI",),
    "NTB": ("NTB",),
    "TT": ("TT", "TT Nyhetsbyrån"),
    "Ritzau": ("Ritzau",),
    "STT": ("STT", "STT-Lehtikuva"),
    "Xinhua": ("Xinhua", "新华社", "新華社", "شينخوا"),
    "Kyodo": ("Kyodo", "Kyodo News", "共同通信", "共同社"),
    "Jiji": ("Jiji", "Jiji Press", "時事通信"),
    "Yonhap": ("Yonhap", "연합뉴스", "韩联社"),
    "KCNA": ("KCNA", "조선중앙통신"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA", "الأناضول"),
    "IRNA": ("IRNA", "ایرنا"),
    "Tasnim": ("Tasnim", "تسنیم"),
    "SANA": ("SANA", "سانا"),
    "WAFA": ("WAFA", "وفا"),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI", "Asian News International"),
    "IANS": ("IANS",),
    "Antara": ("Antara",),
    "Bernama": ("Bernama",),
    "AAP": ("AAP", "Australian Associated Press"),
    "The Canadian Press": ("The Canadian Press", "Canadian Press", "La Presse Canadienne"),
    "UPI": ("UPI", "United Press International"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "Dow Jones Newswires": ("Dow Jones Newswires", "Dow Jones"),
    "Agência Brasil": ("Agência Brasil",),
    "Estadão Conteúdo": ("Estadão Conteúdo",),
    "Télam": ("Télam", "Telam"),
    "Prensa Latina": ("Prensa Latina",),
}
_CALLED = {printed: name for name, spellings in _AGENCIES.items() for printed in spellings}
_ANY = "|".join(sorted(map(re.escape, _CALLED), key=len, reverse=True))
_NAME = rf"(?<![\w-])(?P<name>{_ANY})(?![\w-])"
_NAMES = re.compile(_NAME)
_MIXED_CASE = re.compile(rf"(?<![\w-])(?:{_ANY})(?![\w-])", re.IGNORECASE)

_SHORT = 200
_START = 160
_DATELINES = [
    # PARIS (Reuters) - , LONDON, Dec 4 (AP) —, (AFP) –
    re.compile(rf"^[^()“”\"«»\n]{{0,80}}\([^()\n]{{0,60}}?{_NAME}(?:\s*[/,][^()\n]{{0,40}})?\)\s*(?:[-–—:.]|$)"),
    # MOSCOW, December 4. /TASS/.   Berlin/dpa –
    re.compile(rf"^[^()“”\"«»\n]{{0,80}}/\s*{_NAME}\s*(?:/|[-–—:.])"),
    # TASS, 4 December –   МОСКВА, 4 дек — РИА Новости.   Reuters –
    re.compile(rf"^{_NAME}(?:,[^-–—\n]{{0,40}})?\s*[-–—:]\s"),
    re.compile(rf"^[^“”\"«»\n.]{{3,60}},[^“”\"«»\n]{{3,20}}?[-–—]\s*{_NAME}\s*[.:–—-]"),
]
_CREDIT_LINES = re.compile(
    r"(?:^\W*(?:©|\(c\)|copyright|source[s]?\b|quelle[n]?\b|fuente[s]?\b|fonte\b|источник|джерело|cr[eé]dits?\b)"
    r"|with (?:additional )?(?:reporting|files|material|input|contributions?)\b"
    r"|(?:additional )?(?:reporting|writing|editing) by\b|\bcontributed to this\b|\bmit material\b"
    r"|\bcon información de\b|\bpo materiałach|по материалам|за матеріалами)",
    re.IGNORECASE,
)
# These words begin sentences too: only a short line that is none counts.
_WEAK_CREDIT = re.compile(r"^\W*(?:by|par|von|por|da|avec|mit|agenc\w+)\b(?!.*[.!?:;“”\"«»])", re.IGNORECASE)
_SHORT_BYLINE = 80
_PARENTHESISED = re.compile(rf"[(\[/]\s*(?:[\w\s]{{0,20}},\s*)?{_NAME}(?:\s*[,/]\s*[\w\s./-]{{0,30}})?\s*[)\]/]?\s*$")


def credited(text: str, bylines: str = "") -> tuple[str, ...]:
    """The agencies that a text's datelines and credit lines, and its bylines, name; in the order they are met.

    An agency that the text merely tells about (“TASS reported”) is no credit.
    """
    found: list[str] = _named(bylines)
    for line in text.split("\n"):
        found += _in_dateline(line[:_START].strip())
        found += _in_credit(line.strip())
    return tuple(dict.fromkeys(found))


def _named(text: str) -> list[str]:
    """Every agency named in a byline: short ones only in their own case, long ones in any (REUTERS)."""
    names = []
    for match in _MIXED_CASE.finditer(text[:2000]):
        exact = _CALLED.get(match[0])
        loose = next((name for printed, name in _CALLED.items() if printed.lower() == match[0].lower()), None)
        if exact or (loose and len(match[0]) > len("Lusa")):
            names.append(exact or loose or "")
    return names


def _in_dateline(start: str) -> list[str]:
    for pattern in _DATELINES:
        if match := pattern.search(start):
            return [_CALLED[match["name"]]]
    return []


def _in_credit(line: str) -> list[str]:
    if (len(line) <= _SHORT and _CREDIT_LINES.search(line)) or (
        len(line) <= _SHORT_BYLINE and _WEAK_CREDIT.search(line)
    ):
        return _named(line)
    match = _PARENTHESISED.search(line[-_START:])
    if match:
        return [_CALLED[match["name"]]]
    return [_CALLED[line]] if line in _CALLED else []
