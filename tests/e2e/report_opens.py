"""The report as a workbook, read by another reader: tables, headers that stay, colours, charts, links, real dates, no formula."""

import csv
import datetime
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

annexa, work = sys.argv[1], Path(sys.argv[2])
base = ["--as-of", "2021-12-01", "--quiet"]
enterprise = "templates/microsoft-cloud/profiles/enterprise.toml"

book_of = work / "report.xlsx"
subprocess.run([annexa, "report", enterprise, *base, "-o", str(book_of)], check=True)
subprocess.run([annexa, "gaps", enterprise, *base, "-o", str(work / "gaps.csv")], check=True)
book = load_workbook(book_of)
tables = ["Controls", "Gaps", "Actions", "Evidence"]
assert book.sheetnames[0] == "Summary" and set(tables) < set(book.sheetnames), book.sheetnames
assert len(book["Summary"]._charts) >= 2
assert book.properties.title == "Contoso: Compliance report" and not book.properties.creator
assert book.properties.created == datetime.datetime(2021, 12, 1)
for name in tables:
    sheet = book[name]
    (table,) = sheet.tables.values()
    assert table.displayName == name and table.autoFilter.ref == table.ref == sheet.dimensions, name
    assert sheet.freeze_panes.endswith("2") and sheet.print_title_rows == "$1:$1", name
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9, name
    assert sheet.conditional_formatting, name

# The gap report, cell by cell, with dates that are dates and points that are numbers.
with (work / "gaps.csv").open(encoding="utf-8", newline="") as file:
    expected = list(csv.reader(file, strict=True))
gaps = book["Gaps"]
assert gaps.max_row == len(expected) > 1000
dates, numbers = 0, 0
for row, wanted in zip(gaps.iter_rows(), expected):
    for cell, text in zip(row, wanted, strict=True):
        if isinstance(cell.value, datetime.datetime):
            assert cell.value.date().isoformat() == text
            dates += 1
        elif isinstance(cell.value, (int, float)):
            assert cell.value == float(text), (cell.coordinate, text)
            numbers += 1
        else:
            assert (cell.value or "") == text.removeprefix("'"), (cell.coordinate, text)
assert dates > 1000 and numbers > 1000
assert all(cell.comment and cell.comment.text for cell in gaps[1])
assert gaps["J2"].value == expected[1][9]

links = [cell.hyperlink.target for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
assert links and all(link.startswith(("https://", "http://")) for link in links)

# Several tenants, and a profile whose texts try to be formulas.
several = ["tests/e2e/hostile.toml", "templates/microsoft-cloud/profiles/small-business.toml"]
for number, profiles in enumerate([several[:1], several]):
    path = work / f"hostile-{number}.xlsx"
    subprocess.run([annexa, "report", *profiles, *base, "-o", str(path)], check=True)
    hostile = load_workbook(path)
    cells = [cell for sheet in hostile for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK(") for cell in cells)
print(f"report: {len(book.sheetnames)} sheets, {gaps.max_row} rows of gaps as in the CSV, {len(links)} links, no formula")
