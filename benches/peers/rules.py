"""What the peers share: the library read from its TOML, and the form of a result.

Nothing here comes from annexa but the format of its files: the rules are those of docs/model.md, written down a
second time. A peer reads profiles in its own way and writes a CSV of `COLUMNS`, amounts in 1/10 000 of a point.
"""

import argparse
import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path

STATUSES = ["covered", "partial", "gap", "not_in_scope", "unmapped", "excluded"]
COLUMNS = ["tenant", "achieved", "possible", "assured", "unassessed", *STATUSES]
TABLE = {("preventative", "mandatory"): 27, ("preventative", "discretionary"): 9}
FIRST, LAST = date.min, date.max
MANUAL_DAYS, AUTOMATIC_DAYS = 365, 30


class Action:
    """An improvement action with its services as bits and its controls by position."""

    def __init__(self, raw, bits, controls):
        self.id = raw["id"]
        self.is_provider = raw["owner"] == "provider"
        # The table of the model: what is not preventative is worth 3 or 1.
        usual = 3 if raw["enforcement"] == "mandatory" else 1
        self.points = raw.get("points", TABLE.get((raw["purpose"], raw["enforcement"]), usual))
        self.services = raw.get("services", [])
        self.mask = sum(bits[s] for s in self.services)
        self.controls = controls
        # An action of the provider that names no service concerns all; one of the customer, the organization.
        self.everywhere = not self.services and not self.is_provider
        if not self.services and self.is_provider:
            self.mask = sum(bits.values())


class Library:
    """A library folder with one framework, one provider and one template, at a day."""

    def __init__(self, folder, as_of):
        def read(pattern):
            (path,) = Path(folder).glob(pattern)
            return tomllib.loads(path.read_text(encoding="utf-8"))

        self.as_of = as_of
        self.manual_from = as_of - timedelta(days=MANUAL_DAYS)
        self.automatic_from = as_of - timedelta(days=AUTOMATIC_DAYS)
        catalogue, provider = read("controls/*.toml"), read("templates/*/provider.toml")
        self.controls = [c["id"] for c in catalogue["control"]]
        position = {c: n for n, c in enumerate(self.controls)}
        self.bits = {s["id"]: 1 << n for n, s in enumerate(provider["service"])}
        serving = {}
        for entry in read("templates/*/[!p]*.toml")["map"]:
            for action in entry["actions"]:
                serving.setdefault(action, set()).add(position[entry["control"]])
        raws = [raw for name in ("customer", "provider") for raw in read(f"templates/*/actions/{name}.toml")["action"]]
        actions = [Action(r, self.bits, sorted(serving[r["id"]])) for r in raws if r["id"] in serving]
        self.customer = [a for a in actions if not a.is_provider]
        self.provider = [a for a in actions if a.is_provider]
        self.retired = sum(self.bits[s["id"]] for s in provider["service"] if s.get("retired_on", LAST) <= as_of)
        # The services that the library's evidence names by the day, and those of them named by a current item.
        self.attested = self.current = 0
        cycle = timedelta(days=provider["provider"].get("review_cycle_days", 365))
        for item in provider["evidence"]:
            start = item.get("valid_from", item.get("first_seen"))
            end = item.get("valid_to", item["last_seen"] + cycle if "last_seen" in item else LAST)
            for named in item["services"]:
                service, since = (named, None) if isinstance(named, str) else (named["id"], named.get("since"))
                since = since or item.get("first_seen") or item.get("valid_from")
                if since is not None and since <= as_of:
                    self.attested |= self.bits[service]
                    if (start or FIRST) <= as_of <= end:
                        self.current |= self.bits[service]
        self.attested &= ~self.retired
        self.current &= ~self.retired


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    return parser


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
