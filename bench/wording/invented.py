"""Invented statements: sentences that nobody said, of one vocabulary, so that any two have words in common."""

from random import Random

SPEAKERS = [f"{given} {family}" for given in ("Anna", "Boris", "Carla", "Dmitri", "Elena") for family in (
    "Arden", "Belov", "Castel", "Dorn", "Eriksen", "Falk", "Garin", "Holt", "Ivers", "Jansen"
)]  # fmt: skip
PLACES = "Arland Belmark Corvia Dunmore Estovia Farholm Gallen Hestria Illara Jorvik Kestria Lomond".split()  # noqa: SIM905
_ADJECTIVES = """
new old large small common public private national regional foreign early late open closed free fair strong weak safe
dangerous lasting temporary urgent quiet joint separate honest secret costly cheap northern southern eastern western
military civil economic social legal moral political technical digital rural urban medical nuclear maritime annual
""".split()  # noqa: SIM905
_NOUNS = """
agreement alliance army assembly bank border bridge budget bus cabinet campaign canal charter city citizen climate coast
commission company conference constitution contract council court crisis customs deadline debt decree deficit delegation
dialogue district doctrine drought economy election embassy emergency employer energy envoy exercise export factory
farmer ferry fleet forest forum freedom frontier fund gas government grain guarantee harbour harvest hospital hostage
housing import income industry inflation inquiry institute interest investment island judge justice labour lake law
league loan market mediator medicine migrant mine minister minority mission mountain museum navy neighbour network
newspaper observer office oil opposition parliament partner party patient peace pension pipeline plan plant police
port power president price prison programme project promise protest province railway reactor reform refugee region
relief republic resolution river road rule sanction satellite school senate settlement ship shipment soldier
station steel storm strategy strike student subsidy summit supply tariff tax teacher territory tourist town trade
tradition treaty tribunal troop truce union university vaccine valley veteran village visa vote wage water weapon
welfare wheat winter witness worker
""".split()  # noqa: SIM905
_VERBS = """
accept address agree approve arrange avoid begin block build cancel change close complete condemn continue control
create cut debate defend delay deliver demand deploy discuss divide draft encourage end enforce examine expand expect
explain extend favour finance follow force form grant guarantee guard improve increase invite isolate join launch lead
limit lower maintain monitor move negotiate offer open oppose organise overcome pay permit plan postpone prepare present
preserve prevent produce prohibit promise propose protect prove publish raise reach rebuild recognise reduce refuse
reject release replace report respect restore restrict return review sell send share shorten sign start stop strengthen
supply support suspend test threaten transfer unite use visit vote welcome withdraw
""".split()  # noqa: SIM905
_MODALS = ("will", "must", "can", "should", "may", "would")
_SUBJECTS = ("We", "They", "I", "You", "Our people", "Our friends", "My government", "Every citizen", "Nobody here")
_LINKS = ("and", "because", "so that", "while", "although", "but")
_TIMES = (
    "this year",
    "next month",
    "in the spring",
    "before the winter",
    "for many years",
    "as soon as we can",
    "today",
)
_PLACES_IN = ("in", "near", "outside", "together with", "on behalf of")


def invent(chance: Random) -> str:
    """A statement of one or two sentences."""
    return " ".join(_sentence(chance) for _ in range(chance.choice((1, 1, 2))))


def _sentence(chance: Random) -> str:
    words = [chance.choice(_SUBJECTS), chance.choice(_MODALS), *_denial(chance), chance.choice(_VERBS), *_thing(chance)]
    words += (
        [chance.choice(_PLACES_IN), chance.choice(PLACES)] if chance.choice((True, False)) else ["for", *_thing(chance)]
    )
    words += [
        f"{chance.choice(_LINKS)}",
        *_thing(chance),
        chance.choice(_MODALS),
        chance.choice(_VERBS),
        *_thing(chance),
    ]
    words += [chance.choice(_TIMES)]
    return " ".join(words) + "."


def _denial(chance: Random) -> list[str]:
    return chance.choice((["not"], [], []))


def _thing(chance: Random) -> list[str]:
    if chance.choice((True, False, False, False)):
        return [str(chance.randrange(2, 900)), chance.choice(_ADJECTIVES), f"{chance.choice(_NOUNS)}s"]
    return [chance.choice(("the", "a", "our", "their")), chance.choice(_ADJECTIVES), chance.choice(_NOUNS)]
