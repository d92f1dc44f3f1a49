import datetime as dt
import io

import pyarrow as pa
import pytest
from pyarrow import parquet as arrow

from quotes.parquet import Kind, Writer

COLUMNS = {
    "text": Kind.TEXT,
    "texts": Kind.TEXTS,
    "whole": Kind.WHOLE,
    "truth": Kind.TRUTH,
    "day": Kind.DAY,
    "time": Kind.TIME,
}
FULL = ("“é” 🎈", ["a", "", "b"], -(2**63), True, dt.date(1, 1, 1), dt.datetime(2022, 12, 3, 1, 2, 3, 4, tzinfo=dt.UTC))
EMPTY: tuple[object, ...] = (None, [], None, None, None, None)
PLAIN = ("", ["c"], 2**63 - 1, False, dt.date(9999, 12, 31), dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=dt.UTC))


def written(*groups):
    writer = Writer(COLUMNS, {"licence": "CC0 “1.0”"}, "On Record")
    return b"".join([writer.head(), *(part for rows in groups for part in writer.group(rows)), writer.foot()])


def read(data):
    return arrow.read_table(io.BytesIO(data))


@pytest.mark.parametrize(
    "rows",
    [[FULL], [EMPTY], [PLAIN], [FULL, EMPTY, PLAIN], [EMPTY, EMPTY, FULL] * 100, [PLAIN] * 5000],
    ids=["full", "empty", "plain", "mixed", "many", "long runs"],
)
def test_arrow_reads_back_what_was_written(rows):
    read_rows = [tuple(row.values()) for row in read(written(rows)).to_pylist()]
    assert read_rows == rows


def test_row_groups_follow_one_another():
    table = arrow.ParquetFile(io.BytesIO(written([FULL] * 3, [EMPTY], [PLAIN] * 20)))
    assert table.metadata.num_rows == 24
    assert [table.metadata.row_group(n).num_rows for n in range(3)] == [3, 1, 20]
    assert [len(table.read_row_group(n)) for n in range(3)] == [3, 1, 20]


def test_a_table_without_rows_is_one():
    assert read(written()).num_rows == 0


def test_columns_have_their_own_types():
    assert read(written([FULL])).schema.remove_metadata() == pa.schema(
        [
            pa.field("text", pa.string()),
            pa.field("texts", pa.list_(pa.field("element", pa.string(), nullable=False)), nullable=False),
            pa.field("whole", pa.int64()),
            pa.field("truth", pa.bool_()),
            pa.field("day", pa.date32()),
            pa.field("time", pa.timestamp("us", tz="UTC")),
        ]
    )


def test_what_is_told_about_a_table_is_kept_in_it():
    assert read(written([FULL])).schema.metadata[b"licence"].decode() == "CC0 “1.0”"


def test_a_table_of_many_columns_is_read_too():
    columns = {f"column {n}": Kind.WHOLE for n in range(40)}
    writer = Writer(columns, {}, "On Record")
    data = writer.head() + b"".join(writer.group([range(40)])) + writer.foot()
    assert read(data).to_pylist() == [{f"column {n}": n for n in range(40)}]
