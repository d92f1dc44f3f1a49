"""The five languages that a generated record speaks: its sentences are put together from these lists alone.

Every phrase stands as the object of every sentence of its language, so that whatever is drawn can be read.
"""

from quotes.generating.tongues.arabic import ARABIC
from quotes.generating.tongues.chinese import CHINESE
from quotes.generating.tongues.english import ENGLISH
from quotes.generating.tongues.french import FRENCH
from quotes.generating.tongues.russian import RUSSIAN
from quotes.generating.tongues.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (ENGLISH, FRENCH, RUSSIAN, ARABIC, CHINESE)
SHARES = (45, 18, 17, 10, 10)
"""How many of a hundred documents are in each."""

__all__ = ["SHARES", "TONGUES", "Tongue"]
