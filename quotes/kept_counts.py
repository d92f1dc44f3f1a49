"""Counts of lists, kept as long as the epoch lasts: for further pages of a list, and for editors, who have no copies.

They name speakers, outlets and topics, as pages do, and go with the pages when something is written.
"""

import hashlib
import json
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings

from quotes.epoch import epoch_served
from quotes.kept_pages import Kept, Pages, pages
from quotes.revalidation import code

ROOM = 2 * 1024 * 1024
"""Bytes that counts may take of one process's memory: about a thousand lists."""


def counted(asked: Callable[[], object], count: Callable[[], Any]) -> Any:
    """What `count` finds, as JSON holds it: what was found before where `asked` tells the same, at this epoch.

    Outside requests it is counted each time.
    """
    now = epoch_served()
    if not now:
        return count()
    place, key = _place(settings.CACHE_URL), f"counts-{_digest(now, code(), asked())}"
    place.begin(now)
    if (found := place.get(key)) and found.body:
        return json.loads(zlib.decompress(found.body))
    fresh = count()
    place.put(key, Kept(body=zlib.compress(json.dumps(fresh).encode(), 1)))
    return fresh


@lru_cache(maxsize=1)
def _place(_address: str) -> Pages:
    return pages(ROOM)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
