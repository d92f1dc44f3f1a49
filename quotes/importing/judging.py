"""What would come of rows: new, already there, conflicting or refused. One rule for the dry run and the import."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quotes import record
from quotes.importing import remarks
from quotes.importing.errors import Refused
from quotes.importing.mapping import ColumnMap
from quotes.importing.reading import Wanted, understood
from quotes.importing.rows import Row
from quotes.importing.shaping import Key, Shaped, Shaper
from quotes.importing.standing import Standing, on_record, with_ids
from quotes.models import ImportFinding

Kind = ImportFinding.Kind
_SHOWN = 200


@dataclass(frozen=True)
class Finding:
    """Why a row is not imported."""

    kind: str
    row: int
    part: int
    reason: str
    column: str = ""
    value: str = ""
    statement: int | None = None


@dataclass
class Seen:
    """What the rows before tell: statements by their words, and rows by their ids."""

    words: dict[int, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)

    def note(self, row: Row, columns: ColumnMap) -> None:
        """Remember the id of a row, if it is the first that has it."""
        if name := columns.id_of(row.cells):
            self.ids.setdefault(name, (row.number, row.part))


@dataclass
class Judged:
    """What comes of some rows."""

    new: list[Shaped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Understood:
    """What some rows want, and why others can't be statements."""

    rows: int
    wanted: list[Wanted] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)


def understand(rows: Sequence[Row], columns: ColumnMap, seen: Seen) -> Understood:
    """Read rows, without the database: so that it can be done while others are being written."""
    found = Understood(len(rows))
    for row in rows:
        seen.note(row, columns)
        if row.wrong:
            found.refused.append(_refusal(row.number, row.part, Refused("", row.wrong), columns))
            continue
        try:
            found.wanted.append(understood(row.number, row.part, columns.fields(row.cells), columns))
        except Refused as error:
            found.refused.append(_refusal(row.number, row.part, error, columns))
    return found


def judge(rows: Understood, columns: ColumnMap, shaper: Shaper, seen: Seen) -> Judged:
    """What would come of rows, of which `seen` tells the ones before. About twenty queries."""
    judged = Judged(findings=list(rows.refused))
    shaper.known.look_up(rows.wanted)
    shaped = _shaped(rows.wanted, columns, shaper, judged)
    standing, by_id = on_record(shaped), with_ids(shaped)
    for one in shaped:
        same_words = seen.words[hash(one.wanted.folded)]
        finding = _same_id(one, by_id, seen, columns) or _same_words(one, [*standing[one.wanted.folded], *same_words])
        if finding:
            judged.findings.append(finding)
        else:
            judged.new.append(one)
            same_words.append(_stands(one))
    return judged


def _shaped(wanted: Iterable[Wanted], columns: ColumnMap, shaper: Shaper, judged: Judged) -> list[Shaped]:
    shaped = []
    for row in wanted:
        try:
            one = shaper.shape(row)
            record.check(one.spec)
        except record.RecordError as error:
            refused = Refused(error.field or "", str(error))
            judged.findings.append(_refusal(row.row, row.part, refused, columns))
        except Refused as error:
            judged.findings.append(_refusal(row.row, row.part, error, columns))
        else:
            shaped.append(one)
    return shaped


def _refusal(row: int, part: int, error: Refused, columns: ColumnMap) -> Finding:
    column = columns.column(error.field) if error.field else ""
    return Finding(Kind.REFUSED, row, part, error.reason[:500], column[:100], error.value[:_SHOWN])


def _same_id(one: Shaped, by_id: Mapping[str, Standing], seen: Seen, columns: ColumnMap) -> Finding | None:
    wanted = one.wanted
    if not wanted.id:
        return None
    column = columns.column("id")
    if there := by_id.get(wanted.id):
        same = there.folded == wanted.folded and there.speaker == one.speaker
        why = remarks.STANDS % {"why": remarks.ON_RECORD} if same else remarks.OTHER_WORDS
        kind = Kind.THERE if same else Kind.CONFLICTING
        return Finding(kind, wanted.row, wanted.part, why, column, wanted.id[:_SHOWN], there.key)
    first = seen.ids.get(wanted.id, (wanted.row, wanted.part))
    if first != (wanted.row, wanted.part):
        why = remarks.SAME_ID % {"row": f"{first[0]:,}"}
        return Finding(Kind.CONFLICTING, wanted.row, wanted.part, why, column, wanted.id[:_SHOWN])
    return None


def _same_words(one: Shaped, standing: Iterable[Standing]) -> Finding | None:
    """What the nearest statement with the same words makes of a row."""
    wanted, found = one.wanted, None
    for there in standing:
        same_speaker, same_day = there.speaker == one.speaker, there.said == one.spec.said
        if same_speaker and same_day:
            if there.is_retracted:
                told: str = remarks.WAS_RETRACTED
                return Finding(Kind.CONFLICTING, wanted.row, wanted.part, told, statement=there.key)
            return Finding(
                Kind.THERE, wanted.row, wanted.part, remarks.STANDS % {"why": there.where}, statement=there.key
            )
        if one.document in there.documents and not found:
            pattern = remarks.OTHER_DAY if same_speaker else remarks.OTHER_SPEAKER
            why = pattern % {"why": there.where}
            found = Finding(Kind.CONFLICTING, wanted.row, wanted.part, why, statement=there.key)
    return found


def _stands(one: Shaped) -> Standing:
    row: Key = (one.wanted.row, one.wanted.part)
    told = remarks.QUOTATION_HAS_IT if row[1] else remarks.ROW_HAS_IT
    where = told % {"row": f"{row[0]:,}", "part": row[1]}
    return Standing("", one.speaker, frozenset([one.document]), one.spec.said, where)
