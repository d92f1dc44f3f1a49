"""Words that decide: offices, bodies, media, places that stand for governments, verbs of saying. English, lower case.

They are hints for a first suggestion; names on record always go before them.
"""

from collections.abc import Iterable

from quotes.extraction.known import OutletKind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Nouns that make the words before a name, or after it, an office.
OFFICES = _words(
    """president vice-president minister premier chancellor secretary senator congressman congresswoman governor mayor
    ambassador envoy spokesman spokeswoman spokesperson spokesmen chief head director chairman chairwoman chair leader
    general admiral colonel commander commissioner adviser advisor aide judge justice attorney professor analyst
    economist ceo founder co-founder candidate nominee lawmaker representative deputy mp mep pope archbishop bishop
    cardinal patriarch coach captain king queen prince princess emperor sultan sheikh governor-general manager
    strategist pollster historian lawyer scientist researcher doctor officer sergeant lieutenant sheriff rapporteur
    negotiator diplomat ex-president ex-minister counsel prosecutor rep sen gov gen prof dr lord sir dame rev pastor
    rabbi imam treasurer whip speaker expert consultant author writer actor actress singer activist engineer owner
    editor columnist reporter journalist correspondent host anchor teacher student businessman businesswoman tycoon
    billionaire mogul dictator ruler statesman politician democrat republican conservative liberal independent
    chairperson president-elect prime foreign defense defence interior finance first former acting deputy vice interim
    senior presidential special congressional gubernatorial running-mate mate secretary-general
    director-general attorney-general""",
)
# Of those, the ones that only qualify: “foreign”, “former”. Alone they make no office.
QUALIFIERS = _words(
    """prime foreign defense defence interior finance first former acting deputy vice interim senior presidential
    special congressional gubernatorial chief general then then-president outgoing incoming current longtime top
    national security state republican democratic democrat conservative liberal independent""",
)
HONORIFICS = {
    "mr": "male",
    "mister": "male",
    "sir": "male",
    "lord": "male",
    "king": "male",
    "prince": "male",
    "spokesman": "male",
    "congressman": "male",
    "chairman": "male",
    "businessman": "male",
    "actor": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "dame": "female",
    "lady": "female",
    "queen": "female",
    "princess": "female",
    "spokeswoman": "female",
    "congresswoman": "female",
    "chairwoman": "female",
    "businesswoman": "female",
    "actress": "female",
}
TITLES_BEFORE_NAMES = _words("mr mister mrs ms miss dr prof sir lord lady dame rev")
SPOKESPEOPLE = _words("spokesman spokeswoman spokesperson spokespeople spokesmen lawyer attorney representative")
# Who is described and not named: “a senior official”, “diplomats”, “one expert”.
DESCRIBED = _words(
    """official officials source sources diplomat diplomats aide aides insider insiders witness witnesses expert
    experts analyst analysts critic critics observer observers supporter supporters opponent opponents resident
    residents adviser advisers advisor advisors lawmaker lawmakers minister ministers officer officers soldier soldiers
    economist economists scientist scientists researcher researchers spokesman spokeswoman spokesperson employee
    employees person people man woman men women voter voters activist activists democrats republicans politician
    politicians senator senators strategist strategists operative operatives historian historians journalist
    journalists reporter reporters commentator commentators prosecutor prosecutors lawyer lawyers doctor doctors
    executive executives member members user users leaders some others many most several few everyone somebody
    someone anyone nobody those protesters demonstrators""",
)
PLURAL_ENDINGS = ("people", "men", "women", "police", "sources", "others", "some", "many", "most", "several", "few")
# Nouns that make a name an organisation's.
BODIES = _words(
    """ministry department agency parliament council committee party campaign company corporation bank court union
    commission police army university institute foundation office administration embassy house senate congress
    association federation organisation organization alliance coalition bureau directorate staff authority service
    services forces command secretariat board group fund church chamber league trust society academy college center
    centre team delegation mission presidency watchdog regulator firm think-tank tribunal assembly duma cabinet
    navy guard consulate museum hospital school newspaper magazine""",
)
GOVERNMENTS = _words("government cabinet administration kremlin regime authorities presidency")
ARTICLES = _words("the a an this that these those its his her their our one another")
INDEFINITE = _words("a an one another some several many most few two three four five unnamed anonymous other")
PARTICLES = _words("de del della di da do dos du la le van von der den ter ten zu bin ibn al el ben st st. mac af av")

CALENDAR = _words(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday""",
)

PRONOUNS = {
    "he": ("male", "one"),
    "him": ("male", "one"),
    "his": ("male", "one"),
    "himself": ("male", "one"),
    "she": ("female", "one"),
    "her": ("female", "one"),
    "herself": ("female", "one"),
    "it": ("thing", "one"),
    "its": ("thing", "one"),
    "they": ("", "many"),
    "them": ("", "many"),
    "their": ("", "many"),
    "who": ("", "relative"),
    "whom": ("", "relative"),
    "which": ("thing", "relative"),
    "that": ("thing", "relative"),
    "i": ("", "writer"),
    "we": ("", "writer"),
}

SAYING = _words(
    """say says said saying tell tells told telling add adds added adding continue continues continued continuing
    explain explains explained note notes noted noting argue argues argued state states stated stating declare declares
    declared announce announces announced warn warns warned warning stress stresses stressed stressing emphasise
    emphasises emphasised emphasize emphasizes emphasized insist insists insisted claim claims claimed claiming assert
    asserts asserted reply replies replied respond responds responded answer answers answered ask asks asked asking
    recall recalls recalled reiterate reiterates reiterated repeat repeats repeated repeating conclude concludes
    concluded concede concedes conceded admit admits admitted acknowledge acknowledges acknowledged deny denies denied
    confirm confirms confirmed suggest suggests suggested suggesting write writes wrote written tweet tweets tweeted
    post posts posted observe observes observed remark remarks remarked comment comments commented pointed
    predict predicts predicted promise promises promised vow vows vowed pledge pledges pledged urge urges urged
    call calls called describe describes described consider considers considered believe believes believed think thinks
    thought demand demands demanded require requires required propose proposes proposed quip quips quipped joke jokes
    joked mention mentions mentioned affirm affirms affirmed maintain maintains maintained complain complains complained
    boast boasts boasted caution cautions cautioned contend contends contended lament laments lamented remind reminds
    reminded reveal reveals revealed report reports reported read reads express expresses expressed listed""",
)
# Verbs under which a few quoted words are a view and not scare quotes.
VIEWING = _words(
    """consider considers considered considering call calls called calling describe describes described describing
    label labels labelled labeled brand brands branded dub dubbed term terms termed deem deems deemed regard regards
    regarded denounce denounces denounced condemn condemns condemned dismiss dismisses dismissed view viewed see sees
    saw praise praised hail hailed characterize characterizes characterized characterise characterised slam slammed
    blast blasted name named""",
)

_COUNTRIES = """
Russia|Russian|Moscow,Kremlin
Ukraine|Ukrainian|Kyiv,Kiev
France|French|Paris,Elysee,Elysée,Élysée
Germany|German|Berlin
United States|American|Washington,White House,US,U.S.,USA,America
United Kingdom|British|London,Downing Street,Britain,UK,U.K.
China|Chinese|Beijing
Turkey|Turkish|Ankara,Türkiye
Poland|Polish|Warsaw
Belarus|Belarusian|Minsk
Iran|Iranian|Tehran
Israel|Israeli|Jerusalem
India|Indian|Delhi,New Delhi
Japan|Japanese|Tokyo
Italy|Italian|Rome
Spain|Spanish|Madrid
Hungary|Hungarian|Budapest
Syria|Syrian|Damascus
Egypt|Egyptian|Cairo
Serbia|Serbian|Belgrade
Georgia|Georgian|Tbilisi
Armenia|Armenian|Yerevan
Azerbaijan|Azerbaijani|Baku
Kazakhstan|Kazakh|Astana
Moldova|Moldovan|Chisinau
Romania|Romanian|Bucharest
Bulgaria|Bulgarian|Sofia
Greece|Greek|Athens
Sweden|Swedish|Stockholm
Finland|Finnish|Helsinki
Norway|Norwegian|Oslo
Denmark|Danish|Copenhagen
Netherlands|Dutch|
Belgium|Belgian|
Austria|Austrian|Vienna
Switzerland|Swiss|Bern
Czech Republic|Czech|Prague,Czechia
Slovakia|Slovak|Bratislava
Lithuania|Lithuanian|Vilnius
Latvia|Latvian|Riga
Estonia|Estonian|Tallinn
Canada|Canadian|Ottawa
Mexico|Mexican|
Brazil|Brazilian|Brasilia
Argentina|Argentine|
Venezuela|Venezuelan|Caracas
Cuba|Cuban|Havana
Saudi Arabia|Saudi|Riyadh
Qatar|Qatari|Doha
Iraq|Iraqi|Baghdad
Afghanistan|Afghan|Kabul
Pakistan|Pakistani|Islamabad
North Korea|North Korean|Pyongyang
South Korea|South Korean|Seoul
Australia|Australian|Canberra
South Africa|South African|Pretoria
Portugal|Portuguese|Lisbon
Ireland|Irish|Dublin
Taiwan|Taiwanese|Taipei
Vietnam|Vietnamese|Hanoi
"""


def _rows() -> Iterable[tuple[str, str, list[str]]]:
    for row in _COUNTRIES.strip().splitlines():
        country, adjective, seats = row.split("|")
        yield country, adjective, [seat for seat in seats.split(",") if seat]


# Country by each of its names, as folded text: adjective, capital, seat of government.
COUNTRY_OF = {
    name.casefold(): country for country, adjective, seats in _rows() for name in (country, adjective, *seats)
}
# What stands for a government where it is said to say something: a country, its capital, a seat.
SEATS = {name.casefold(): country for country, _, seats in _rows() for name in (country, *seats)}
NATIONAL = frozenset(adjective.casefold() for _, adjective, _ in _rows())

_OUTLETS: dict[OutletKind, str] = {
    "agency": """Reuters|AFP|Agence France-Presse|AP|Associated Press|TASS|ITAR-TASS|Interfax|Interfax-Ukraine|RIA
        Novosti|RIA|dpa|DPA|Xinhua|Ukrinform|UNIAN|ANSA|EFE|PAP|Anadolu|Anadolu Agency|Kyodo|Yonhap|PTI|Belta|UPI|IRNA|
        Bloomberg News|Bloomberg|Tasnim|PA Media|Press Association""",
    "broadcaster": """TF1|BBC|CNN|Fox News|NBC|NBC News|CBS|CBS News|ABC|ABC News|MSNBC|NPR|PBS|C-SPAN|Sky News|ITV|
        Channel 4|ARD|ZDF|BFMTV|BFM TV|France 2|France 24|LCI|RFI|Al Jazeera|RT|Deutsche Welle|DW|Euronews|CNBC|RAI|
        Rossiya 1|Channel One|Radio Free Europe|RFE/RL|Voice of America|Fox|Univision|Telemundo|
        TVN24|NHK|CBC|Suspilne""",
    "newspaper": """The New York Times|New York Times|The Washington Post|Washington Post|The Guardian|Guardian|Le
        Monde|Le Figaro|Die Zeit|Der Spiegel|Spiegel|Bild|Financial Times|The Wall Street Journal|Wall Street Journal|
        USA Today|The Times|The Economist|The Telegraph|Kommersant|Izvestia|Politico|Los Angeles Times|Chicago Tribune|
        Boston Globe|New York Post|Daily Mail|Time|Newsweek|The Atlantic|The Hill|El País|Corriere della Sera|
        La Repubblica|Haaretz|Global Times|Süddeutsche Zeitung|Frankfurter Allgemeine Zeitung|Les Echos""",
    "website": "Breitbart|Breitbart News|HuffPost|Huffington Post|BuzzFeed|BuzzFeed News|Axios|Vox|Slate|Meduza|Yahoo",
    "platform": "Twitter|Facebook|Telegram|YouTube|Instagram|TikTok|Truth Social|VKontakte|Snapchat|Reddit|LinkedIn",
}
# Outlets that are named without saying what they are.
FAMILIAR_OUTLETS: dict[str, OutletKind] = {
    " ".join(name.split()): kind for kind, names in _OUTLETS.items() for name in names.split("|") if name.strip()
}
# What an outlet is called by what it is: “the French TV “TF1””, “the news agency TASS”.
MEDIA_NOUNS: dict[str, OutletKind] = {
    "agency": "agency",
    "newswire": "agency",
    "wire": "agency",
    "tv": "broadcaster",
    "television": "broadcaster",
    "channel": "broadcaster",
    "broadcaster": "broadcaster",
    "radio": "broadcaster",
    "station": "broadcaster",
    "network": "broadcaster",
    "newspaper": "newspaper",
    "daily": "newspaper",
    "weekly": "newspaper",
    "tabloid": "newspaper",
    "magazine": "newspaper",
    "paper": "newspaper",
    "website": "website",
    "site": "website",
    "portal": "website",
    "blog": "website",
    "podcast": "website",
    "platform": "platform",
}
# The last words of outlets' own names.
MEDIA_ENDINGS: dict[str, OutletKind] = {
    "times": "newspaper",
    "post": "newspaper",
    "journal": "newspaper",
    "herald": "newspaper",
    "tribune": "newspaper",
    "gazette": "newspaper",
    "telegraph": "newspaper",
    "chronicle": "newspaper",
    "observer": "newspaper",
    "mail": "newspaper",
    "courier": "newspaper",
    "zeitung": "newspaper",
    "magazine": "newspaper",
    "news": "broadcaster",
    "tv": "broadcaster",
    "radio": "broadcaster",
    "television": "broadcaster",
    "agency": "agency",
    "press": "agency",
}

_MEN = """
    adam alan albert alexander alexei alexey anders andrei andrew andriy anthony antonio arthur barack ben
    benjamin bernie bill bjorn björn bob boris brian bruce carl carlos charles chris christian christopher craig
    daniel david dennis diego dmitri dmitry dmytro donald douglas edgar edward emmanuel enrique eric erik ernst
    fabian felipe fernando francois frank françois fred gabriel gary georg george gerhard giorgio gordon graham
    greg gregory gustav hans harry hassan heinrich henry hugo hussein ian igor ivan jack jacob jacques james jan
    jason javier jean jeff jeffrey jens jeremy jerry jim joe johan johann john jonathan jorge joseph juan jürgen
    karl keith ken kenneth kevin kofi larry lars leo leonid lloyd luis lukas magnus manuel marco marek mark
    martin mateusz matthew michael michel miguel mike mikhail milos mitch mohammed nathan neil newt nicholas
    nicolas nikolai olaf ole oleg oleksandr oleksiy olof oscar otto pablo patrick paul pedro peter petro philip
    pierre piotr rafael ralph ray recep richard rick robert roberto roger ron ronald rudy russell ryan sam
    samuel scott sean sergei sergey serhiy simon stanislav stefan stefano stephen steve steven sven ted thomas
    tim timothy tom tomas tomasz tony ulf victor viktor vitali vladimir volodymyr walter warren wayne william
    wolfgang xavier yuri yusuf
"""
_WOMEN = """
    ada agnes alexandra alice alina amanda amelia amy andrea angela anja ann anna annalena anne astrid aung
    barbara beatriz beth betty birgit brigitte camila carla carol caroline catherine cecilia charlotte chiara
    christina christine claire clara cynthia daria debbie deborah diana dilma donna dorothy ebba edith eleanor
    elena elina elizabeth ella ellen ellie elsa emily emma eva fatima frances frida giulia gloria greta gudrun
    hanna hannah heather helen hilde hillary ida ines ingrid irina isabel isabella ivanka jana jane janet
    jennifer jessica jill joan joanna joyce judith judy julia julie karen karin katarina katherine kathleen
    katja kelly kellyanne kimberly kirsten kirsti laura lena linda lisa liv lucia lucy lydia lynn magdalena
    mairead maja malala margaret maria marie marina marine marlene marta martha mary megan melania melissa mette
    mia michaela michelle miriam mona monica nadia nancy natalia natasha nicole nina nora oksana olena olga
    pamela paola patricia paula petra pia rachel raisa rebecca renata renate roberta rosa ruta ruth sahra sandra
    sanna sara sarah sharon signe sigrid silvia simone sofia solveig sophie stephanie susan svetlana sylvie
    tatiana teresa theresa tina tulsi ulrike ursula valerie vera veronica victoria viola virginia wendy yulia
    yvette zuzana
"""
GIVEN_NAMES = dict.fromkeys(_MEN.split(), "male") | dict.fromkeys(_WOMEN.split(), "female")
