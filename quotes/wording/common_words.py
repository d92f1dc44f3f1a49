"""Words that stand in any sentence, and so tell nothing about which one it is.

Of several languages, taken together: what is a telling word in one of them (war, die, come) is left out of the others.
"""

_ENGLISH = """
    a about above after again all also am an and any are as at be because been before being below between both but by
    can could did do does doing down during each for from further get got had has have having he her here hers him his
    how i if in into is it it's its just let me more most must my no nor not now of off on once only or other our ours
    out over own same shall she should so some such than that that's the their them then there these they this those
    through to too under until up us very was we were what when where which while who whom why will with would you your
    one said say says saying told may might much many
"""
_FRENCH = """
    au aux avec ce ces cette dans de des du elle en est et eux il ils je l' d' qu' c' j' m' t' s' la le les leur leurs
    lui ma mais me meme mes moi mon ne nos notre nous on ou par pas que qui sa se ses si sont ta te tes toi
    tu un une vos votre vous y ete etre a ai as avons avez ont """
_GERMAN = """
    aber alle als am an auch auf aus bei bis da das dass dem den der des doch ein eine einem einen einer er es
    fur haben ich ihm ihn ihr im in ist ja kann kein mit nach nicht noch nur oder sein sich sie sind so uber um und
    uns unter vom von vor was wenn wer werden wie wir wird zu zum zur
"""
_SPANISH_ITALIAN = """
    el los las lo un una unos unas de del al a en y o que no es se su sus por para como mas pero le les ha han il lo
    gli i le uno di da su e che non per ma anche sono ho hai della delle dei nel nella si ci
"""
_POLISH = """
    a ale by byc co czy dla do go i ich jak jako jest je jego jej juz ktore ktory ktora mu na nie o od oraz po przez
    przed sa sie ta tak tego to tym w we z za ze
"""
_RUSSIAN_UKRAINIAN = """
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по её ее мне было вот от меня о из ему
    для мы их чем это этот эта эти быть был была были та й у що не на я з як це та але до від для про ми ви вони він
    вона було бути є у чи або
"""
COMMON = frozenset(
    f"{_ENGLISH} {_FRENCH} {_GERMAN} {_SPANISH_ITALIAN} {_POLISH} {_RUSSIAN_UKRAINIAN}".split(),
)
