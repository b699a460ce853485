"""Writes a seeded fleet of small tenants, as lines of JSON and as Parquet: `fleet_tenants.py ANNEXA NUMBER FOLDER`."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FILES = 16
SECTORS = ["health", "finance", "public", "retail", "utilities"]
REGIONS = ["EMEA", "APAC", "Americas"]
STATUS = [
    {"implementation": "implemented", "implemented_on": "2025-02-03", "test": "passed", "tested_on": "2026-03-02"},
    {"implementation": "implemented", "implemented_on": "2024-02-03", "test": "failed-medium", "tested_on": "2026-01-15"},
    {"implementation": "implemented", "implemented_on": "2024-11-30"},
    {"implementation": "planned", "notes": "after the move, \"Q3\""},
    {"implementation": "not-implemented"},
]
# What goes wrong in tables: JSON that was cut, a word that is none, an action that is none, nothing at all.
BROKEN = ['{"organization": {"name": "Cut', '{"organization":{"name":"Words"},"action":[{"id":"x","implementation":"done"}]}', "{}", None]


def actions(annexa):
    listed = subprocess.run([annexa, "library", "list", "actions", "--format", "json"], check=True, capture_output=True)
    return [action["id"] for action in json.loads(listed.stdout) if action["owner"] == "customer"]


def tenants(annexa, number):
    """The profile of each, as JSON; every 10,000th is broken."""
    rng = random.Random(20260630)
    known = actions(annexa)
    rng.shuffle(known)
    parts = [[json.dumps({"id": one, **status}, separators=(",", ":")) for status in STATUS] for one in known]
    around = parts + parts[:60]
    for at in range(number):
        if at % 10_000 == 9_999:
            yield BROKEN[at // 10_000 % len(BROKEN)]
            continue
        first = rng.randrange(len(parts))
        listed = around[first : first + rng.randint(40, 60)]
        chosen = rng.choices(range(len(STATUS)), k=len(listed))
        organization = json.dumps({
            "name": f"Contoso {at}", "tenant": f"tenant-{at:07}", "sector": SECTORS[at % 5], "partner": f"partner-{at % 23}",
            "region": REGIONS[at % 3],
        })
        template = "2013" if at % 4 == 0 else "2022"
        services = '{"id":"office-365"}' + (',{"id":"azure"}' if at % 2 else "")
        yield (
            f'{{"organization":{organization},"assessment":[{{"template":"microsoft-cloud/iso-27001-{template}","target":60}}],'
            f'"service":[{services}],"action":[{",".join(part[status] for part, status in zip(listed, chosen))}]}}'
        )


def main():
    annexa, number, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    table = folder / "profiles"
    table.mkdir(parents=True)
    profiles = list(tenants(annexa, number))
    with open(folder / "profiles.ndjson", "w") as lines:
        # What is no text in the table is no object in the lines.
        lines.writelines(f"{profile or 'null'}\n" for profile in profiles)
    each = -(-number // FILES)
    for at in range(FILES):
        part = pa.table({"profile": pa.array(profiles[at * each : (at + 1) * each], pa.string())})
        pq.write_table(part, table / f"part-{at:05}.parquet", row_group_size=2_000, use_dictionary=False)


if __name__ == "__main__":
    main()
