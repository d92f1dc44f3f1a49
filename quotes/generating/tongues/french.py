"""Invented French."""

from quotes.generating.tongues.tongue import Tongue

FRENCH = Tongue(
    code="fr",
    marks=("« ", " »"),
    gap=" ",
    said=(
        "Nous ne signerons pas {thing} tant que nous attendons {other}.",
        "Il faut à {place} {thing}, et dès cette année.",
        "J’ai lu {thing} deux fois sans rien y trouver sur {other}.",
        "Personne à {place} ne nous a demandé {thing}.",
        "Je vois {count} raisons de saluer {thing}.",
        "Sans {thing}, nous n’aurons jamais {other}.",
        "Mon gouvernement défend {thing}, quoi qu’on écrive à {place}.",
        "Soyons clairs : nous refusons {thing}.",
        "Nous avons proposé {thing} à {place} et attendu {count} semaines.",
        "Nos ingénieurs ont vérifié {thing} sur {count} chantiers.",
        "Qui abandonne {thing} abandonnera {other}.",
        "{name} m’a parlé de {place}, jamais devant témoins.",
    ),
    told=(
        "le gouvernement présentera {thing} d’ici {count} semaines",
        "{place} connaissait déjà {thing}",
        "personne n’avait encore décidé {thing}",
        "{count} communes éviteraient {thing}",
        "la délégation avait quitté {place} sans {thing}",
    ),
    leads=("Le ministre a indiqué que", "Selon le communiqué,", "Dans une longue réponse, on ajoute que"),
    tails=("la pire des réponses", "une promesse, pas un projet", "une affaire de semaines", "tout à fait exclu"),
    phrase="{head} sur {field}",
    heads=(
        "le traité", "l’accord", "le rapport", "le projet", "la loi", "l’enquête", "le budget", "le sommet",
        "la charte", "l’embargo", "le quota", "la taxe", "le moratoire", "le mémorandum", "le recensement",
    ),
    fields=(
        "le commerce", "les frontières", "les céréales", "l’énergie", "le logement", "les écoles", "l’eau", "le rail",
        "les prix", "la pêche", "les ports", "les hôpitaux", "les retraites", "les données", "l’acier", "les salaires",
        "les forêts", "l’aviation", "les vaccins", "les glaciers", "le lithium", "les phares", "le safran", "la tourbe",
    ),
    places=(
        "Arvélie", "Nordrenne", "Quessalie", "Tambourg", "Ostrelle", "Veldemarque", "Sollis", "Cardovie", "Zemblerive",
        "Mirandore", "Lomasse", "Drévanie",
    ),
    dates=("samedi", "mardi", "la veille", "jeudi soir", "plus tôt dans la semaine"),
)  # fmt: skip
