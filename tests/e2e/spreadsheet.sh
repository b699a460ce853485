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
echo "spreadsheet: opened, no formula"
