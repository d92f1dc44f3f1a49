"""Was this said? The quotations of a text, each held against the record: for a page, an API and a command alike."""

from quotes.checking.drafts import MOST_CHARACTERS, MOST_IN_ADDRESS, Check, TooLong, check
from quotes.checking.judging import Judgement
from quotes.checking.plain_data import as_data, check_json

__all__ = ["MOST_CHARACTERS", "MOST_IN_ADDRESS", "Check", "Judgement", "TooLong", "as_data", "check", "check_json"]
