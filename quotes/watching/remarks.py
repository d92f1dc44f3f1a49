"""What is said of e-mail that could not be sent: kept in English, shown in its reader's language."""

from sources.sayings import Saying

NOT_CONFIRMED = Saying("The e-mail that asks you to confirm the address could not be sent.")
NOT_TAKEN = Saying("The last e-mail could not be sent: no server took it.")
REFUSED = Saying("The mail server refused %(address)s: %(words)s")
