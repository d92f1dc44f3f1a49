"""What a migration's SQL would lock on PostgreSQL for as long as it reads or rewrites a whole table.

docs/migrations.md says what to write instead. The rules are PostgreSQL 15's; a table that the migration itself makes
is empty and exempt.
"""

import re

# Constant or stable: evaluated once, not for every row.
_CHEAP_DEFAULT = r"DEFAULT\s+(?!\w+\s*\()(?:'(?:[^']|'')*'|[\w.+-]+)|DEFAULT\s+(?:now|statement_timestamp)\(\)"

CONCURRENTLY = "locks its table against writes while it is built: AddIndexConcurrently, with atomic = False"
BY_INDEX = "builds its index under a lock against everything: build it concurrently, then ADD CONSTRAINT … USING INDEX"
NOT_VALID = "reads the whole table under a lock: AddConstraintNotValid, and ValidateConstraint in a later migration"
REWRITES = "rewrites the whole table under a lock: add a column, fill it in batches, then leave the old one"
CHECKED = "reads the whole table under a lock: validate CHECK (… IS NOT NULL) NOT VALID first"
EVERY_ROW = "gives each row its own value, and so rewrites the table: add it without a default, fill it in batches"
IN_COLUMN = "checks every row under a lock: add the column alone, and the rule as a constraint that is validated later"
AT_ONCE = "holds the lock that ADD CONSTRAINT took for as long as the table is read: two migrations"
BATCHES = "changes any number of rows in one transaction: RunPython in batches, with atomic = False"
RENAMES = "breaks the processes of the version before, which still serve: add, fill, switch, and drop a release later"
WHOLE = "locks the whole table while it works: CONCURRENTLY where there is one"


def complaints(statements: list[str]) -> list[str]:
    """What is wrong with a migration's statements, each with what to do; in their order."""
    made = {
        table for statement in statements for table in re.findall(r'CREATE TABLE (?:IF NOT EXISTS )?"(\w+)"', statement)
    }
    found = []
    unvalidated: set[str] = set()
    for statement in map(_plain, statements):
        table = _table(statement)
        if table in made:
            continue
        if "NOT VALID" in statement:
            unvalidated.add(table)
        why = _fault(statement, held=table in unvalidated)
        if why:
            found.append(f"{statement[:160]} — {why}")
    return found


def _plain(statement: str) -> str:
    without_comments = re.sub(r"--[^\n]*", "", statement)
    return " ".join(without_comments.split())


def _table(statement: str) -> str:
    found = re.search(r'(?:\bON|ALTER TABLE(?: IF EXISTS)?(?: ONLY)?|UPDATE|DELETE FROM) "?(\w+)"?', statement)
    return found[1] if found else ""


def _fault(statement: str, *, held: bool) -> str:
    for pattern, why in _FAULTS:
        if re.search(pattern, statement, re.IGNORECASE):
            return why
    if held and "VALIDATE CONSTRAINT" in statement:
        return AT_ONCE
    added = re.search(r"ADD COLUMN (.*)", statement, re.IGNORECASE)
    return _fault_of_column(added[1]) if added else ""


_FAULTS = [
    (r"^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)", CONCURRENTLY),
    (r"ADD CONSTRAINT \S+ (UNIQUE|PRIMARY KEY|EXCLUDE)(?! USING INDEX)", BY_INDEX),
    (r"ADD CONSTRAINT \S+ (CHECK|FOREIGN KEY)(?!.*NOT VALID)", NOT_VALID),
    (r"ALTER COLUMN \S+ (SET DATA )?TYPE ", REWRITES),
    (r"ALTER COLUMN \S+ SET NOT NULL", CHECKED),
    (r"RENAME (COLUMN|TO|\")", RENAMES),
    (r"^(UPDATE|DELETE FROM) ", BATCHES),
    (r"^(VACUUM FULL|CLUSTER|REINDEX|REFRESH MATERIALIZED VIEW)(?!.*CONCURRENTLY)", WHOLE),
]


def _fault_of_column(column: str) -> str:
    if re.search(r"\b(STORED|(?:small|big)?serial|GENERATED\b)", column, re.IGNORECASE):
        return EVERY_ROW
    rest = re.sub(_CHEAP_DEFAULT, "", column, flags=re.IGNORECASE)
    if re.search(r"\bDEFAULT\b", rest, re.IGNORECASE):
        return EVERY_ROW
    if re.search(r"\b(UNIQUE|PRIMARY KEY|CHECK)\b", rest, re.IGNORECASE):
        return IN_COLUMN
    referenced = re.search(r"\bREFERENCES\b", rest, re.IGNORECASE)
    return IN_COLUMN if referenced and "NOT NULL" in rest.upper() else ""
