"""Why a text was not read."""

from sources.sayings import Saying

BUSY = Saying("The extractor is busy, or hangs. Try again in some minutes.")
ENDED = Saying("The extractor ended while it read this text. Its log is %(log)s.")
FAILED = Saying("The extractor failed on this text (%(error)s). Its log tells more.")
NO_FOLDER = Saying("The extractor can’t be started: the folder VAR_DIR (%(folder)s) can’t be written to (%(why)s).")
NO_MEMORY = Saying("Reading this text took more memory than is allowed. Take in a shorter part of it.")
NO_START = Saying("The extractor can’t be started: %(why)s.")
NO_START_AS_LOGGED = Saying("The extractor can’t be started: %(why)s")
NO_START_IN_TIME = Saying("The extractor did not start within %(seconds)s seconds.")
NOT_SAID = Saying("it said nothing of why.")
NOT_UP = Saying("The extractor is being started and doesn’t come up. Try again later.")
SLOW = Saying("Reading this text took longer than %(seconds)s seconds and was stopped. Take in a shorter part of it.")
TOO_LONG = Saying(
    "This text is longer than %(limit)s characters, the most that is searched for statements. "
    "Add its statements by hand, or take in the part that holds them."
)
UNREACHABLE = Saying("The extractor can’t be reached at %(socket)s: %(why)s.")


class ExtractionFailed(Exception):
    """Its message is a sentence or two for the editor who asked."""
