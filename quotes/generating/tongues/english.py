"""Invented English."""

from quotes.generating.tongues.tongue import Tongue

ENGLISH = Tongue(
    code="en",
    marks=("“", "”"),
    gap=" ",
    said=(
        "We will not sign {thing} before {other} is settled.",
        "{place} needs {thing}, and it needs it this year.",
        "I have read {thing} twice and found nothing about {other}.",
        "Nobody in {place} asked us for {thing}.",
        "There are {count} reasons to welcome {thing}.",
        "Without {thing} there can be no talk of {other}.",
        "My government stands by {thing}, whatever is written in {place}.",
        "Let me be plain: {thing} is off the table.",
        "We offered {place} {thing} and heard nothing for {count} weeks.",
        "The people of {place} deserve better than {thing}.",
        "Our engineers checked {thing} on {count} sites.",
        "I would rather lose an election than give up {thing}.",
        "We are ready to discuss {thing} at any hour, in {place} or elsewhere.",
        "If {thing} fails, {other} will fail with it.",
        "I told {name} what I tell you now: {thing} comes first.",
    ),
    told=(
        "the government would put {thing} before parliament within {count} weeks",
        "{place} had been told about {thing} in good time",
        "no decision on {thing} had been taken",
        "{thing} would cost less than {other}",
        "the delegation had left {place} without {thing}",
        "{count} towns would be exempt from {thing}",
    ),
    leads=("The minister told reporters that", "According to the statement,", "In a long answer, it was added that"),
    tails=("the worst answer imaginable", "a promise, not a plan", "a matter of weeks", "quite out of the question"),
    phrase="the {head} on {field}",
    heads=(
        "treaty", "agreement", "report", "draft", "plan", "law", "inquiry", "budget", "summit", "embargo", "charter",
        "quota", "levy", "moratorium", "memorandum", "census", "tribunal", "subsidy", "protocol", "ledger",
    ),
    fields=(
        "trade", "borders", "grain", "energy", "housing", "schools", "water", "rail", "prices", "fisheries", "ports",
        "hospitals", "pensions", "data", "steel", "migration", "wages", "forests", "aviation", "customs", "timber",
        "vaccines", "satellites", "glaciers", "lithium", "beekeeping", "lighthouses", "saffron", "peat", "canals",
        "observatories", "mistletoe",
    ),
    places=(
        "Arvelia", "Norrenland", "Quessaly", "Tamburg", "Ostrel", "Veldmark", "Sollis", "Cardovia", "Yorrick Bay",
        "Upper Zemble", "Fenwick Reach", "Mirandor", "Kestrelport", "Lomasse", "Drevany", "Hulst Isles",
    ),
    dates=("on Saturday", "on Tuesday", "the day before", "late on Thursday", "earlier this week"),
)  # fmt: skip
