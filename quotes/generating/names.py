"""Names of people, outlets and topics that nobody bears, in the order of their numbers."""

from math import gcd

_GIVEN = (
    "Aro", "Belva", "Cyndra", "Dovan", "Elmet", "Fiora", "Gwillo", "Hestor", "Ilvane", "Jorun", "Keziel", "Lunet",
    "Maroth", "Nelwyn", "Ozmar", "Perrin", "Quilla", "Rustem", "Sabelle", "Tovik", "Ulrisse", "Vanya-Lo", "Wendrel",
    "Xandor", "Ysolte", "Zebran", "Ambry", "Borsk", "Callis", "Deverin", "Ettore-Li", "Faylen",
)  # fmt: skip
_FIRST = (
    "Bro", "Cal", "Dre", "Fen", "Gor", "Hul", "Jas", "Kel", "Lom", "Mir", "Nov", "Ost", "Pel", "Quor", "Rud", "Sel",
    "Tam", "Ulv", "Vas", "Wex", "Yor", "Zan",
)  # fmt: skip
_MIDDLE = ("ba", "dri", "fe", "go", "li", "mu", "ni", "po", "ra", "shu", "te", "vo", "wi", "xa", "zu", "")
_LAST = ("quil", "vask", "zemb", "ndle", "rrowth", "thop", "lwick", "mbarel", "xley", "ztan", "ffinor", "gnorm")
_PARTICLES = ("de", "van", "af")

COUNTRIES = (
    "Arvelia", "Norrenland", "Quessaly", "Tamburg", "Ostrel", "Veldmark", "Sollis", "Cardovia", "Mirandor", "Lomasse",
    "Drevany", "Zemble",
)  # fmt: skip
OFFICES = (
    "President", "Prime Minister", "Foreign Minister", "Finance Minister", "Minister of Energy",
    "Government Spokesperson", "Central Bank Governor", "Chief of Staff", "Ombudsman", "Trade Envoy", "Party Leader",
    "Mayor of the Capital",
)  # fmt: skip
_BODIES = ("Government", "Ministry of Trade", "Ministry of Energy", "Senate", "Statistics Office", "Grain Board")
_PAPERS = ("Courier", "Gazette", "Observer", "Herald", "Ledger", "Post", "Tribune", "Chronicle", "Dispatch", "Mirror")
_AGENCIES = ("Wire", "News Agency", "Press Service", "Telegraph Agency")

# Letter by letter, which nobody would do with a name that means something.
_CYRILLIC = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввксиз", strict=False)) | {" ": " ", "-": "-"}
)
_ARABIC = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "ابكدافجهيجكلمنوبقرستوفوكيز", strict=False)))

PEOPLE = len(_GIVEN) * len(_FIRST) * len(_MIDDLE) * len(_LAST)
"""So many people have different names."""
_STEP = next(step for step in range(PEOPLE * 618 // 1000, PEOPLE) if gcd(step, PEOPLE) == 1)


def person(number: int) -> tuple[str, str, str]:
    """Given name, particle and family name of person `number`; all below `PEOPLE` differ, and neighbours do a lot."""
    place = number * _STEP % PEOPLE
    place, given = divmod(place, len(_GIVEN))
    place, first = divmod(place, len(_FIRST))
    last, middle = divmod(place, len(_MIDDLE))
    particle = _PARTICLES[number % len(_PARTICLES)] if number % 17 == 0 else ""
    return _GIVEN[given], particle, _FIRST[first] + _MIDDLE[middle] + _LAST[last]


def cyrillic(name: str) -> str:
    """A Latin name in Cyrillic letters."""
    return name.lower().translate(_CYRILLIC).title()


def arabic(name: str) -> str:
    """A Latin name in Arabic letters."""
    return name.lower().translate(_ARABIC)


def body(number: int) -> str:
    """An organisation or a government."""
    return f"{_BODIES[number % len(_BODIES)]} of {place(number // len(_BODIES))}"


def newspaper(number: int) -> str:
    """A newspaper, a website or a broadcaster."""
    return f"{place(number // len(_PAPERS))} {_PAPERS[number % len(_PAPERS)]}"


def broadcaster(number: int) -> str:
    """A radio or television station."""
    return f"Radio {place(number)}"


def agency(number: int) -> str:
    """A news agency."""
    return f"{place(number // len(_AGENCIES))} {_AGENCIES[number % len(_AGENCIES)]}"


def place(number: int) -> str:
    """A country, and then towns without end."""
    if number < len(COUNTRIES):
        return COUNTRIES[number]
    number -= len(COUNTRIES)
    number, first = divmod(number, len(_FIRST))
    number, last = divmod(number, len(_LAST))
    number, middle = divmod(number, len(_MIDDLE))
    return _FIRST[first] + _MIDDLE[middle] + _LAST[last] + ("" if number == 0 else f" {number + 1}")
