"""Comparing wordings: is this what was said? Pure: texts in, verdicts and differences out."""
