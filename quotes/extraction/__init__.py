"""From an article's text to who said what in it: pure functions, and a learned tagger that needs no network."""
