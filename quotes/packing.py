"""Texts packed for keeping: zlib (RFC 1950) in Base64, so that a column of text holds them.

A frozen body is mostly names of keys, which a dictionary holds beforehand: packed it takes two fifths of its room.
Neither database packs texts of its length by itself.
"""

import zlib
from base64 import b64decode, b64encode

DICTIONARY = (
    '"website"party"organisation"government"group"unnamed"public_body"interview"broadcast"press_release"post"speech"'
    '{"date":"","language":"","role":"told_by","speaker":{"family":"","given":"","kind":"group","name":"'
    '{"attested":true,"end":null,"snapshot":null,"start":null,"translation":{"from":"en","translator":""},"version":2}'
    '{"by":"source","mode":"insertion","text":"{"mode":"omission"},{"date":"","language":"","outlet":{'
    '"identified":false,"kind":"public_body","name":"","slug":""},"role":"issued_by"},{"date":"","language":"",'
    '"outlet":{"identified":true,"kind":"agency","name":" Agency","slug":"-agency"},"role":"relayed_by"},"mode":'
    '"mixed","recorded":"20","relayed_by":["","said":{"basis":"inferred","edtf":"/20","first":null,"last":"20"resolved",'
    '"edtf":"20","phrase":"on {"id":"","label":"President of Minister of ","language":"fr"ru"zh"ar"en",'
    '"mode":"indirect","recorded":"202","relayed_by":[],"said":{"basis":"stated","edtf":"202","first":"202","last":"202",'
    '"phrase":"","reasoning":""},"salt":"","schema":1,"source":{"attested":false,"document":{"author":"","id":"",'
    '"kind":"article","language":"en","outlet":{"identified":true,"kind":"newspaper","name":"The ","slug":"the-"},'
    '"published":"20","title":"","url":"https://www."},"end":,"hops":[{"date":"","language":"","outlet":{'
    '"identified":true,"kind":"broadcaster","name":"Radio ","slug":"radio-"},"role":"spoken_to"},{"date":"20",'
    '"language":"en","outlet":{"identified":true,"kind":"newspaper","name":"","slug":""},"role":"published_by"}],'
    '"printed":"“”","snapshot":{"sha256":"","taken":"20"},"start":,"translator":""},"spans":[{"mode":"indirect",'
    '"text":""},{"mode":"direct","text":""}],"speaker":{"family":"","given":"","kind":"person","name":"","particle":"",'
    '"slug":"","wikidata":"Q"},"speaks_for":null,"speaks_for":{"family":"","given":"","kind":"organisation",'
    '"name":"Government of ","particle":"","slug":"government-of-","wikidata":""},"topics":[{"name":"","slug":""},'
    '{"name":"","slug":""}],"translation":null,"version":1}'
).encode()
"""What zlib takes as already written. Never changed: what is kept isn't read without it. A better one is a new mark."""
MARK = "zdict1:"
"""What a text begins with that was packed with the dictionary."""
_MARK_WITHOUT = "zlib:"
"""What one begins with that was packed before, without; one kept as it is begins with a brace."""
_LEVEL = 3


def packed(text: str) -> str:
    """The text as it is kept; an empty one is empty."""
    if not text:
        return ""
    packing = zlib.compressobj(_LEVEL, zdict=DICTIONARY)
    return MARK + b64encode(packing.compress(text.encode()) + packing.flush()).decode()


def unpacked(kept: str) -> str:
    """The text that was packed, or what was kept as it is. Raises zlib.error for what is cut short or altered."""
    if kept.startswith(MARK):
        unpacking = zlib.decompressobj(zdict=DICTIONARY)
        text = unpacking.decompress(b64decode(kept[len(MARK) :]))
        if not unpacking.eof:
            raise zlib.error("the packed text is cut short")
        return text.decode()
    if kept.startswith(_MARK_WITHOUT):
        return zlib.decompress(b64decode(kept[len(_MARK_WITHOUT) :])).decode()
    return kept
