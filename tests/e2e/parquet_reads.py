"""Parquet files, read by another reader, say what the CSV and the JSON of the same day say, cell by cell and with their types."""

import csv
import datetime
import decimal
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

annexa, work = sys.argv[1], Path(sys.argv[2])
DAY = ["--as-of", "2021-12-01", "--quiet"]


def run(*args):
    return subprocess.run([annexa, *args, *DAY], check=True, capture_output=True).stdout


def table(profile, name):
    target = work / f"{name}.parquet"
    run("export", "parquet", str(profile), "--table", name, "-o", str(target))
    assert target.read_bytes() == run("export", "parquet", str(profile), "--table", name), "the same bytes twice"
    read = pq.read_table(target)
    assert pq.ParquetFile(target).metadata.created_by == "annexa"
    return read


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


TYPES = {
    "as_of": pa.date32(), "due_on": pa.date32(), "valid_to": pa.date32(),
    "points": pa.int64(), "points_at_stake": pa.decimal128(18, 4),
}
for profile in [*Path("templates/microsoft-cloud/profiles").glob("*.toml"), Path("tests/e2e/hostile.toml")]:
    gaps = table(profile, "gaps")
    for field in gaps.schema:
        assert field.type == TYPES.get(field.name, pa.string()), field
    rows = list(csv.DictReader(run("gaps", str(profile), "--format", "csv").decode().splitlines(keepends=True), strict=True))
    found = gaps.to_pylist()
    assert len(found) == len(rows) > 0
    for row, said in zip(found, rows):
        assert list(row) == list(said)
        for column, value in row.items():
            # The CSV guards what a spreadsheet would run; here a text is a text.
            assert cell(value) in (said[column], said[column].removeprefix("'")), (profile, column, value, said[column])
    score = json.loads(run("score", str(profile), "--format", "json"))
    for name, key in (("controls", "controls"), ("actions", "actions")):
        read = table(profile, name).to_pylist()
        expected = [(a, one) for a in score["assessments"] for one in a[key]]
        assert len(read) == len(expected) > 0
        for row, (assessment, one) in zip(read, expected):
            assert row["as_of"] == datetime.date(2021, 12, 1) and row["template"] == assessment["template"]
            assert row[f"{name[:-1]}_id"] == one["id"] and row["group"] == assessment["group"]
            if name == "controls":
                assert row["status"] == one["status"] and row["coverage_basis_points"] == one["coverage"]
                for side in ("customer", "provider"):
                    assert row[f"{side}_achieved"] == decimal.Decimal(one[side]["achieved"]), (row, one)
                assert row["achieved"] == row["customer_achieved"] + row["provider_achieved"]
            else:
                for column in ("owner", "type", "points", "basis_points", "assured_basis_points", "in_scope", "applicable"):
                    assert row[column] == one[column], (column, row, one)
    read = table(profile, "assessments").to_pylist()
    assert [decimal.Decimal(a["achieved"]) for a in score["assessments"]] == [row["achieved"] for row in read]
    assert [len(a["gaps"]) for a in score["assessments"]] == [row["gaps"] for row in read]
    print(f"parquet: {profile}: {len(found)} gaps, cell by cell")
