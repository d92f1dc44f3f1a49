"""Strings that somebody may type, paste or send, and that break programs: written for this project.

Each is put into fields and parameters; `share` gives each place a few of them, so that all are used somewhere.
"""

import zlib
from collections.abc import Sequence

CONTROL = [
    "a\x00b",
    "\x01\x02\x07\x08\x0b\x0c\x0e\x1b[31mred\x1b[0m",
    "line\r\nSet-Cookie: stolen=1\r\n\r\n<html>",
    "tab\there\x85and\u2028there\u2029",
    "\x7f\x80\x9f",
    "\ufffe\uffff\ufdd0",
]
INVISIBLE = [
    "\ufeffbyte order mark",
    "zero\u200bwidth\u200cjoined\u200d\u2060words",
    "soft\u00adhyphen",
    "\u202eevil\u202c reversed",
    "\u2066isolated\u2069 \u061c mark",
    "\U000e0001\U000e0041\U000e007f tags",
    "\u3164\u115f\u1160\uffa0",
    "\u00a0\u2003\u3000",
    " \t\n ",
]
MARKS = [
    "Z" + "\u0300\u0301\u0316\u0330" * 60 + "algo",
    "\u0301 begins with a mark",
    "e\u0301 and \u00e9, \ufb01 and fi, \u212b and \u00c5",
    "\u1100\u1161\u11a8\uac01",
    "i\u0307\u0130\u0131 \u00df\u1e9e \u03c2\u03c3\u03a3",
]
SCRIPTS = [
    "שלום עולם قال الرئيس",
    "تـــــــطويل \u064b\u064c\u064d",
    "私たちは考えなければならない",
    "𝕬𝖘𝖙𝖗𝖆𝖑 𠜎𠜱𠝹 😀",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1️⃣",
    "हिन्दी ไทย ქართული Ꮳꮃꭹ",
]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "<!--<script>-->alert(1)",
    '<a href="javascript:alert(1)">here</a>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "]]><script>alert(1)</script>",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "javascript:alert(1)",
]
COMMANDS = [
    "{{ 90001 * 70003 }}{% load static %}{% debug %}",
    "${90001*70003}#{90001*70003}<%= 90001*70003 %>",
    "%s%n%x%d {0} {0.__class__} {settings.SECRET_KEY}",
    "'; DROP TABLE quotes_statement; --",
    "' OR '1'='1",
    "\\'; SELECT pg_sleep(10); --",
    "a%' AND 1=(SELECT 1) --_",
    "*)(uid=*))(|(uid=*",
    "$(touch /tmp/owned) `id` | cat /etc/passwd; &",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "//evil.example/%0d%0aSet-Cookie:x=1",
    "\\",
    '"',
    "'",
    "`",
]
ENCODED = [
    "%00",
    "%c0%ae%c0%ae/",
    "%ED%A0%80",
    "%25%32%35",
    "%u0041&#x41;&#0;",
    "\\u0000\\ud800",
    "Ã©â€™ mojibake Â",
]
LIKE_OTHERS = [
    "0",
    "-1",
    "00012",
    "1e309",
    "NaN",
    "Infinity",
    "9" * 40,
    "٣٤",
    "²",
    "0x10",
    "1_000",
    "true",
    "null",
    "None",
    "undefined",
    "[]",
    "{}",
    "2022-02-30",
    "9999-99-99",
    "-0001-01-01",
    "2022-12-03/..",
    "../2022",
    "Y170000002",
    "2022-12-03T25:61:61Z",
    "1/2/3",
    "7K2M9QX4TA",
    "en-x-" + "a" * 40,
    ":" * 30,
    'q:speaker:"-OR(',
]
LONG = [
    "x" * 3_000,
    "word " * 700,
    "(" * 500,
    "“" * 300 + "”" * 300,
    "[" * 400,
    "🎙" * 700,
    "a\n" * 800,
]
ALL: list[str] = [
    *CONTROL,
    *INVISIBLE,
    *MARKS,
    *SCRIPTS,
    *MARKUP,
    *COMMANDS,
    *ENCODED,
    *LIKE_OTHERS,
    *LONG,
]
SURROGATES = ["\ud800", "a\udfffb", "\udc00\ud800"]
"""What JSON can hold and UTF-8 can't."""
BYTES = [
    b"\x00",
    b"\xff\xfe",
    b"\xc0\xae\xc0\xae",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80",
    b"\x80",
    b"\xef\xbb\xbf",
]
"""What is no UTF-8, or no text."""
UNESCAPED = (
    "<script>alert",
    "<img src=x",
    "<svg/onload",
    'href="javascript:',
    '<?xml version="1.0"?><!DOC',
    str(90001 * 70003),
)
"""What never stands in a page: markup as somebody typed it, or what a template engine would make of a sum.

The product is too long to stand in a page's nonces, tokens and identifiers by chance.
"""


def share(place: str, number: int, of: Sequence[str] = ALL) -> list[str]:
    """So many of the strings, others for each place."""
    first = zlib.crc32(place.encode())
    return [of[(first + step * 37) % len(of)] for step in range(min(number, len(of)))]
