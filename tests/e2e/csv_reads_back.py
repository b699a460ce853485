"""The gap report, read by another CSV reader, says what the JSON says, and no cell is a formula."""

import csv
import json
import subprocess
import sys
from pathlib import Path

annexa, work = sys.argv[1], Path(sys.argv[2])
STARTS = tuple("=+-@\t\r\n＝＋－＠")

for profile in [*Path("templates/microsoft-cloud/profiles").glob("*.toml"), Path("tests/e2e/hostile.toml")]:
    report = work / "gaps.csv"
    base = [annexa, "gaps", str(profile), "--as-of", "2021-12-01", "--quiet"]
    subprocess.run([*base, "-o", str(report)], check=True)
    rows = json.loads(subprocess.run([*base, "--format", "json"], check=True, capture_output=True).stdout)
    with report.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, strict=True))
    assert len(read) == len(rows) > 0, profile
    guarded = 0
    for found, said in zip(read, rows):
        assert list(found) == list(said), "columns"
        for column, cell in found.items():
            assert not cell.lstrip(" \u00a0\u3000").startswith(STARTS), (profile, column, cell)
            if cell != said[column]:
                assert cell == "'" + said[column], (profile, column, cell, said[column])
                guarded += 1
    assert (guarded > 0) == (profile.name == "hostile.toml"), (profile, guarded)
    print(f"csv: {profile}: {len(read)} rows, {guarded} cells guarded")
