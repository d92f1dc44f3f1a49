"""Why a text was not read."""


class ExtractionFailed(Exception):
    """Its message is a sentence or two for the editor who asked."""
