#!/usr/bin/env bash
# A spreadsheet opens the gap report of a hostile profile and runs no cell of it.
set -euo pipefail
annexa=$1 work=$2
command -v localc >/dev/null || { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends libreoffice-calc >/dev/null; }

"$annexa" gaps tests/e2e/hostile.toml --as-of 2021-12-01 --quiet -o "$work/hostile.csv"
# 44 comma, 34 quote, 76 UTF-8, from row 1; then "false" for quoted as text and "true" to detect special numbers,
# which is how a person opens a CSV: the spreadsheet interprets what it can.
localc --headless -env:UserInstallation="file://$work/office" --convert-to fods \
    --infilter='CSV:44,34,76,1,,0,false,true,false' --outdir "$work" "$work/hostile.csv" >/dev/null 2>&1
grep -q 'write-cryptography-policy' "$work/hostile.fods"
if grep -q 'table:formula' "$work/hostile.fods"; then echo "a cell became a formula" >&2; exit 1; fi

# So does the review of a library whose texts start like formulas.
mkdir -p "$work/library/controls"
cat > "$work/library/controls/hostile.toml" <<'END'
[framework]
id = "hostile"
title = "Hostile"
edition = "1"
publisher = "P"
status = "current"
[[group]]
id = "g"
title = "=1+1"
[[control]]
id = "C.1"
group = "g"
title = "=cmd|' /C calc'!A0"
note = "@SUM(1+1)"
kind = "control"
END
"$annexa" library export --library "$work/library" --format xlsx --quiet -o "$work/hostile-review.xlsx"
localc --headless -env:UserInstallation="file://$work/office" --convert-to fods \
    --outdir "$work" "$work/hostile-review.xlsx" >/dev/null 2>&1
grep -q "=cmd|" "$work/hostile-review.fods"
if grep -q 'table:formula' "$work/hostile-review.fods"; then echo "a cell became a formula" >&2; exit 1; fi

# So does a report of one tenant and of several, and its sheets and charts can be printed.
convert() {
    localc --headless -env:UserInstallation="file://$work/office" --convert-to "$1" --outdir "$work" "$2" >/dev/null 2>&1
}
"$annexa" report tests/e2e/hostile.toml --as-of 2021-12-01 --quiet -o "$work/hostile-report.xlsx"
"$annexa" report tests/e2e/hostile.toml templates/microsoft-cloud/profiles/small-business.toml --as-of 2021-12-01 \
    --lang ja --quiet -o "$work/hostile-reports.xlsx"
for name in hostile-report hostile-reports; do
    convert fods "$work/$name.xlsx"
    grep -q '=HYPERLINK(' "$work/$name.fods"
    grep -q 'draw:object' "$work/$name.fods" || { echo "$name has no chart" >&2; exit 1; }
    if grep -q 'table:formula' "$work/$name.fods"; then echo "a cell became a formula" >&2; exit 1; fi
done
profile=templates/microsoft-cloud/profiles/small-business.toml
"$annexa" report "$profile" --as-of 2021-12-01 --quiet -o "$work/printed.xlsx"
convert pdf "$work/printed.xlsx"
head -c 5 "$work/printed.pdf" | grep -q '%PDF-'
# The second sheet, the controls, as CSV: its scores are numbers, the same as those of the score.
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2' "$work/printed.xlsx"
"$annexa" score "$profile" --as-of 2021-12-01 --format json --quiet > "$work/printed.json"
python3 - "$work"/printed*.csv "$work/printed.json" <<'END'
import csv, json, sys
from decimal import Decimal
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
controls = [c for a in json.load(open(sys.argv[2], encoding="utf-8"))["assessments"] for c in a["controls"]]
assert len(rows) == len(controls) > 100
for row, control in zip(rows, controls):
    shown, coverage = row["Coverage"], control["coverage"]
    assert row["Control"] == control["id"]
    assert shown == "" if coverage is None else Decimal(shown.removesuffix("%")) * 100 == coverage, (row, coverage)
END
echo "spreadsheet: opened, no formula"
