"""The review workbook, read by another reader, holds the rows of the CSV, filters, a frozen header, verdicts and no formula."""

import csv
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

annexa, work = sys.argv[1], Path(sys.argv[2])


def plain(cell):
    """Several texts in a cell stand on lines here, and with semicolons between in CSV."""
    return "" if cell is None else str(cell).replace("\n", " ").replace(";", " ")


base = [annexa, "library", "export", "--quiet"]
subprocess.run([*base, "--format", "xlsx", "-o", str(work / "review.xlsx")], check=True)
subprocess.run([*base, "--format", "csv", "-o", str(work / "review.csv")], check=True)
book = load_workbook(work / "review.xlsx")
assert book.sheetnames == ["Controls & actions", "Actions", "Services", "Evidence", "Crosswalks", "Read me"]
with (work / "review.csv").open(encoding="utf-8", newline="") as file:
    expected = [[plain(cell.removeprefix("'")) for cell in row] for row in csv.reader(file, strict=True)]
first = book["Controls & actions"]
found = [[plain(cell) for cell in row] for row in first.iter_rows(values_only=True)]
assert len(found) == len(expected) > 1000
for row, wanted in zip(found, expected):
    assert row == wanted, (row, wanted)
assert first.freeze_panes == "D2"
(validation,) = first.data_validations.dataValidation
assert validation.formula1 == '"right,wrong,incomplete,unsure"'
verdict = expected[0].index("verdict") + 1
assert [cells.min_col for cells in validation.sqref.ranges] == [verdict], validation.sqref
links = 0
for sheet in book:
    (table,) = sheet.tables.values()
    assert table.autoFilter.ref == table.ref == sheet.dimensions, sheet.title
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", (sheet.title, cell.coordinate)
            if cell.hyperlink:
                assert cell.hyperlink.target.startswith("https://"), cell.hyperlink.target
                links += 1
assert links > 0
print(f"review: {len(found)} rows in {len(book.sheetnames)} sheets, {links} links")
