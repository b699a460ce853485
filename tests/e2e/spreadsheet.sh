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
echo "spreadsheet: opened, no formula"
