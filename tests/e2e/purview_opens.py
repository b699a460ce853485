"""Another reader opens the workbooks for Compliance Manager, and finds in an updated export only the changes that were told."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

annexa, work = sys.argv[1], Path(sys.argv[2])
samples = Path("tests/samples/compliance-manager")


def run(*args, code=0):
    made = subprocess.run([annexa, *map(str, args)], capture_output=True, text=True, check=False)
    assert made.returncode == code, (args, made.returncode, made.stderr)
    return made.stdout


def looks(cell):
    """How a cell looks."""
    parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
    return [cell.number_format, *(repr(part) for part in parts)]


# A template: the tabs and columns in their order, no formula, points as numbers, every cited title there.
for name in ("iso-27001-2013", "iso-27001-2022"):
    path = work / f"{name}.xlsx"
    run("purview", "export-template", f"microsoft-cloud/{name}", "-q", "-o", path)
    book = load_workbook(path)
    assert book.sheetnames == ["Template", "ControlFamily", "Actions", "Dimensions"], book.sheetnames
    header = lambda tab: [cell.value for cell in book[tab][1]]
    assert header("Template") == ["title", "product", "certification", "inScopeServices"]
    assert header("ControlFamily")[0] == "controlName" and header("ControlFamily")[4] == "controlActionTitle"
    assert header("Actions")[5] == "dimension-Action Purpose" and header("Dimensions") == ["dimensionKey", "dimensionValue"]
    rows = list(book["Actions"].iter_rows(min_row=2, values_only=True))
    titles = [row[0] for row in rows]
    assert len(titles) == len(set(titles)) > 500
    assert all(isinstance(row[2], int) and 1 <= row[2] <= 99 for row in rows)
    assert all(row[1] in {"Operational", "Technical", "Documentation"} for row in rows)
    cited = {title for row in book["ControlFamily"].iter_rows(min_row=2, values_only=True) for title in row[4].split(";;")}
    assert cited == set(titles)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    # Read and written by the other program it is still a template, and comes back the same.
    book.save(work / "saved.xlsx")
    run("purview", "check", work / "saved.xlsx")
    library = work / f"{name}-library"
    run("purview", "import-template", work / "saved.xlsx", "-q", "-o", library, "--version", "2026-11-22")
    template = next(line for line in run("library", "list", "templates", "--library", library, "--no-builtin", "--format", "csv").splitlines()[1:])
    run("purview", "export-template", template.split(",")[0], "--library", library, "--no-builtin", "-q", "-o", work / "again.xlsx")
    again = load_workbook(work / "again.xlsx")
    for tab in book.sheetnames:
        assert list(book[tab].values) == list(again[tab].values), (name, tab)

# An export of actions: what was told is changed, as text, and nothing else; looks stay.
update = ("purview", "update-actions", samples / "ExportActions.xlsx", "--profile", samples / "tenant.toml", "--as-of", "2026-11-22")
told = json.loads(run(*update, "--dry-run", "--format", "json"))
run(*update, "-q", "-o", work / "updated.xlsx")
changed = {change["cell"]: change for change in told["changes"]}
assert len(changed) == len(told["changes"]) > 10
before, after = load_workbook(samples / "ExportActions.xlsx"), load_workbook(work / "updated.xlsx")
assert before.sheetnames == after.sheetnames and len(before.sheetnames) == 5
untouched = dates = 0
for tab in before.sheetnames:
    old, new = before[tab], after[tab]
    assert (old.max_row, old.max_column) == (new.max_row, new.max_column)
    assert {k: v.width for k, v in old.column_dimensions.items()} == {k: v.width for k, v in new.column_dimensions.items()}
    for row in old.iter_rows():
        for cell in row:
            other = new[cell.coordinate]
            if tab == "Action Update" and cell.coordinate in changed:
                change = changed[cell.coordinate]
                assert (other.value or "") == change["new"], (cell.coordinate, other.value)
                assert other.data_type in {"s", "inlineStr", "n"} and other.data_type != "f"
                if cell.has_style:
                    assert looks(cell) == looks(other), cell.coordinate
                continue
            assert cell.value == other.value, (tab, cell.coordinate)
            assert looks(cell) == looks(other), (tab, cell.coordinate)
            untouched += 1
            dates += isinstance(other.value, datetime)
assert dates > 0
# An export that the other program has saved is updated the same.
before.save(work / "saved-export.xlsx")
again = json.loads(run(*update[:2], work / "saved-export.xlsx", *update[3:], "--dry-run", "--format", "json"))
assert again["changes"] == told["changes"]
# So is one that says its dates as dates.
sheet = before["Action Update"]
sheet["J3"] = datetime(2026, 6, 23, 15, 2, 24)
sheet["J3"].number_format = "m/d/yyyy h:mm"
before.save(work / "dated-export.xlsx")
dated = json.loads(run(*update[:2], work / "dated-export.xlsx", *update[3:], "--dry-run", "--format", "json"))
assert dated["changes"] == told["changes"]
print(f"purview: two templates, and an export with {len(changed)} cells changed and {untouched} as they were")
