from quotes.models.accounts import AccountEvent, AccountSession, Factor, RecoveryCode
from quotes.models.appearances import Appearance, Carriage, Hop
from quotes.models.candidates import Candidate, Decision, Reading
from quotes.models.checks import SavedCheck
from quotes.models.desk import Report
from quotes.models.discarded import Discarded
from quotes.models.epoch import Epoch
from quotes.models.fingerprints import Fingerprint
from quotes.models.imports import Import, Imported, ImportFinding, ImportTemplate
from quotes.models.log import Checkpoint, Leaf, LogKey, Node
from quotes.models.names import NameStart, NameTrigram
from quotes.models.revisions import Act, Merge, MovedRow, Revision
from quotes.models.saved import SavedSearch
from quotes.models.search import Entry, NameWord, Reindexing, TokenCount
from quotes.models.speakers import Alias, Role, Speaker
from quotes.models.statements import Link, Statement
from quotes.models.tokens import Answered, Token
from quotes.models.topics import Topic
from quotes.models.watches import Cadence, Delivery, Digest, Endpoint, Happening, Mailbox, Notice, Watch

__all__ = [
    "AccountEvent",
    "AccountSession",
    "Act",
    "Alias",
    "Answered",
    "Appearance",
    "Cadence",
    "Candidate",
    "Carriage",
    "Checkpoint",
    "Decision",
    "Delivery",
    "Digest",
    "Discarded",
    "Endpoint",
    "Entry",
    "Epoch",
    "Factor",
    "Fingerprint",
    "Happening",
    "Hop",
    "Import",
    "ImportFinding",
    "ImportTemplate",
    "Imported",
    "Leaf",
    "Link",
    "LogKey",
    "Mailbox",
    "Merge",
    "MovedRow",
    "NameStart",
    "NameTrigram",
    "NameWord",
    "Node",
    "Notice",
    "Reading",
    "RecoveryCode",
    "Reindexing",
    "Report",
    "Revision",
    "Role",
    "SavedCheck",
    "SavedSearch",
    "Speaker",
    "Statement",
    "Token",
    "TokenCount",
    "Topic",
    "Watch",
]
