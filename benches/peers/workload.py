#!/usr/bin/env python3
"""A seeded workload of the size that users have: a library, and profiles of any number of tenants.

    python3 workload.py library DIR
    python3 workload.py tenants --number 10000 -o tenants.ndjson [--days own] [--layout mixed]
    python3 workload.py toml tenants.ndjson FOLDER
    python3 workload.py parquet tenants.ndjson tenants.parquet        (needs duckdb)

The library has one framework of 114 controls, a provider with 20 services and 15 items of evidence, and a
template with 600 actions, 500 of the customer. A tenant is drawn from the seed and its own number alone, so that
the first 100 of 10,000 tenants are the 100 tenants of a smaller run. Start at `library` and `tenant`.
"""

import argparse
import itertools
import json
import multiprocessing
import os
import random
from datetime import date, timedelta
from pathlib import Path

SEED = 20260601
AS_OF = date(2026, 6, 1)
FRAMEWORK, PROVIDER = "bench-114", "bench-cloud"
TEMPLATE = f"{PROVIDER}/{FRAMEWORK}"
CUSTOMER_ACTIONS, PROVIDER_ACTIONS = 500, 100

# How many controls each objective of each domain has: 114 in all.
OBJECTIVES = {
    5: [2], 6: [5, 2], 7: [2, 3, 1], 8: [4, 3, 3], 9: [2, 6, 1, 5], 10: [2], 11: [6, 9], 12: [4, 1, 1, 4, 1, 2, 1],
    13: [3, 4], 14: [3, 9, 1], 15: [3, 2], 16: [7], 17: [3, 1], 18: [5, 3],
}  # fmt: skip
SERVICES = [
    "compute", "blob-storage", "block-storage", "sql-database", "document-database", "cache", "message-queue",
    "event-stream", "kubernetes", "functions", "virtual-network", "load-balancer", "dns", "identity", "key-vault",
    "monitoring", "backup", "mail", "file-share", "endpoint-manager",
]  # fmt: skip
VERBS = [
    "require", "review", "restrict", "encrypt", "monitor", "document", "approve", "rotate", "log", "test", "block",
    "back-up", "inventory", "separate", "limit", "label", "scan", "patch", "retire", "train",
]  # fmt: skip
OBJECTS = [
    "mfa", "admin-roles", "guest-access", "keys", "secrets", "mailboxes", "laptops", "shared-links", "firewalls",
    "audit-logs", "images", "pipelines", "suppliers", "contracts", "incidents", "backups", "accounts", "endpoints",
    "tokens", "certificates", "databases", "exports", "changes", "media", "visitors", "risks",
]  # fmt: skip
PLACES = [
    "for-admins", "for-everyone", "in-production", "at-sites", "by-owner", "each-quarter", "before-release",
    "on-leaving", "on-joining", "for-guests", "in-the-cloud", "after-changes",
]  # fmt: skip
NAMES = ["Contoso", "Müller & Söhne", "Fabrikam", "東京製作所", "Società Alfa", "Adatum", "Litware", 'Tailspin "Toys"']
SECTORS = ["manufacturing", "finance", "health", "public", "retail", "energy"]
PARTNERS = [f"partner-{n:02}" for n in range(1, 41)]
REGIONS = ["emea", "apac", "amer"]

DATE_KEYS = {"implemented_on", "tested_on", "due_on", "valid_from", "valid_to", "expires_on", "since"}


# ---------------------------------------------------------------------------------------------------
# The library


def controls():
    """The ids of the controls with the heading each stands under, in order."""
    for domain, objectives in OBJECTIVES.items():
        for objective, count in enumerate(objectives, 1):
            for control in range(1, count + 1):
                yield f"A.{domain}.{objective}.{control}", f"A.{domain}.{objective}"


def action_ids(draw):
    ids = ["-".join(words) for words in itertools.product(VERBS, OBJECTS, PLACES)]
    ids = [i for i in ids if 15 <= len(i) <= 30]
    return draw.sample(ids, CUSTOMER_ACTIONS + PROVIDER_ACTIONS)


def library_actions():
    """The actions, each with the controls that it serves."""
    draw = random.Random(f"{SEED}/actions")
    all_controls = [control for control, _ in controls()]
    # Every control is served by one action at least, some by no other, and some by many.
    weights = [draw.choice([0, 1, 2, 3, 4, 6]) for _ in all_controls]
    actions = []
    for position, action_id in enumerate(action_ids(draw)):
        owner = "provider" if position >= CUSTOMER_ACTIONS else "customer"
        if owner == "customer":
            named = draw.choices([0, 1, 2, 3], [40, 35, 15, 10])[0]
        else:
            named = draw.choices([0, 2, 5, 9], [10, 30, 40, 20])[0]
        serves = set(draw.choices(all_controls, weights, k=draw.choices([1, 2, 3], [50, 35, 15])[0]))
        if position < len(all_controls):
            serves = {all_controls[position]}
        purpose = draw.choices(["preventative", "detective", "corrective"], [60, 28, 12])[0]
        enforcement = draw.choice(["mandatory", "discretionary"])
        points = {"preventative": (27, 9)}.get(purpose, (3, 1))[enforcement == "discretionary"]
        actions.append(
            {
                "id": action_id,
                "owner": owner,
                "type": draw.choices(["technical", "operational", "documentation"], [60, 25, 15])[0],
                "purpose": purpose,
                "enforcement": enforcement,
                "points": points,
                "services": sorted(draw.sample(SERVICES, named)),
                "controls": [c for c in all_controls if c in serves],
            }
        )
    return actions


def library_services():
    draw = random.Random(f"{SEED}/services")
    services = []
    for position, service in enumerate(SERVICES):
        seen = date(2022, 1, 1) + timedelta(days=draw.randrange(900))
        services.append({"id": service, "first_seen": seen, "certified": position != 17})
    services[8]["retired_on"] = date(2026, 3, 31)
    services[12]["retired_on"] = date(2027, 3, 31)
    return services


def library_evidence():
    """Fifteen items: current ones, lapsed ones, some without an end, and two services that none names."""
    draw = random.Random(f"{SEED}/evidence")
    named = [s for s in SERVICES if s not in ("cache", "file-share")]
    kinds = ["certificate", "audit-report", "statement-of-applicability", "bridge-letter"]
    items = []
    for position in range(15):
        start = date(2024, 1, 15) + timedelta(days=draw.randrange(780))
        item = {"id": f"{kinds[position % 4]}-{start.year}-{position + 1:02}", "kind": kinds[position % 4]}
        item |= {"first_seen": start, "last_seen": start + timedelta(days=draw.randrange(60, 400))}
        if position % 3 != 0:
            item["valid_from"] = start - timedelta(days=30)
        if position % 3 == 1:
            item["valid_to"] = start + timedelta(days=draw.choice([180, 365, 1095]))
        services = draw.sample(named, draw.randrange(2, 7))
        if position == 0:
            services = named[:10]
        item["services"] = [
            {"id": s, "since": start + timedelta(days=draw.randrange(500))} if draw.random() < 0.25 else s
            for s in services
        ]
        items.append(item)
    seen = {s if isinstance(s, str) else s["id"] for item in items for s in item["services"]}
    items[-1]["services"] += [s for s in named if s not in seen]
    return items


def toml_value(key, value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) or key in DATE_KEYS:
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml_value(k, v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml_value("", v) for v in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def toml_table(heading, values):
    lines = [f"{key} = {toml_value(key, value)}\n" for key, value in values.items()]
    return heading + "\n" + "".join(lines)


def title(action_id):
    return action_id.replace("-", " ").capitalize()


def write_library(folder):
    home = folder / "templates" / PROVIDER
    (home / "actions").mkdir(parents=True, exist_ok=True)
    (folder / "controls").mkdir(exist_ok=True)

    parts = [toml_table("[framework]", {"id": FRAMEWORK, "title": "A framework to measure with", "edition": "1",
                                        "publisher": "nobody", "status": "current"})]  # fmt: skip
    for domain, objectives in OBJECTIVES.items():
        parts.append(toml_table("[[group]]", {"id": f"A.{domain}", "title": f"Domain {domain}"}))
        for objective in range(1, len(objectives) + 1):
            heading = {"id": f"A.{domain}.{objective}", "title": f"Objective {domain}.{objective}"}
            parts.append(toml_table("[[group]]", heading | {"parent": f"A.{domain}"}))
    for control, group in controls():
        heading = {"id": control, "group": group, "title": f"Control {control[2:]}", "kind": "annex-a"}
        parts.append(toml_table("[[control]]", heading))
    (folder / "controls" / f"{FRAMEWORK}.toml").write_text("\n".join(parts), encoding="utf-8")

    parts = [toml_table("[provider]", {"id": PROVIDER, "name": "Bench Cloud", "review_cycle_days": 365})]
    unnamed = {"note": "No document names it: a hole of the workload."}
    for service in library_services():
        extra = unnamed if service["id"] in ("cache", "file-share") else {}
        parts.append(toml_table("[[service]]", service | {"name": title(service["id"])} | extra))
    for item in library_evidence():
        parts.append(toml_table("[[evidence]]", item | {"title": title(item["id"])}))
    (home / "provider.toml").write_text("\n".join(parts), encoding="utf-8")

    actions = library_actions()
    keys = ("id", "owner", "type", "purpose", "enforcement", "services")
    for owner in ("customer", "provider"):
        parts = []
        for action in (a for a in actions if a["owner"] == owner):
            values = {key: action[key] for key in keys if action[key] != []}
            values |= {"title": title(action["id"]), "proof": ["configuration"]}
            parts.append(toml_table("[[action]]", values))
        (home / "actions" / f"{owner}.toml").write_text("\n".join(parts), encoding="utf-8")

    heading = {"id": TEMPLATE, "title": "A template to measure with", "framework": FRAMEWORK, "provider": PROVIDER}
    parts = [toml_table("[template]", heading | {"version": date(2026, 1, 1)})]
    for control, _ in controls():
        serving = [a["id"] for a in actions if control in a["controls"]]
        parts.append(toml_table("[[map]]", {"control": control, "actions": serving}))
    (home / f"{FRAMEWORK}.toml").write_text("\n".join(parts), encoding="utf-8")


# ---------------------------------------------------------------------------------------------------
# Tenants


def iso(day):
    return day.isoformat()


class Draw:
    """What the profile of one tenant is drawn with."""

    def __init__(self, number, own_days):
        self.random = random.Random(f"{SEED}/tenant/{number}")
        self.own_days = own_days
        # Two years of campaigns by hand, and scans of the last weeks; a few days lie after the day of the score.
        self.manual_days = self.days(18, date(2024, 9, 1), 650)
        self.scan_days = self.days(6, date(2026, 4, 1), 64)

    def days(self, count, first, span):
        return sorted(first + timedelta(days=d) for d in self.random.sample(range(span), count))

    def test_day(self, automatic):
        if self.own_days:
            first, span = (date(2026, 4, 1), 64) if automatic else (date(2024, 9, 1), 650)
            return first + timedelta(days=int(self.random.random() * span))
        return self.random.choice(self.scan_days if automatic else self.manual_days)


def action_status(draw, evidence, maturity):
    """The status of an action: the keys but `id`."""
    chance = draw.random.random
    if chance() > maturity:
        if chance() < 0.25:
            on = iso(draw.test_day(True))
            test = draw.random.choice(["failed-low", "failed-medium", "failed-high", "could-not-be-detected"])
            return {"implementation": "not-implemented", "test": test, "test_source": "automatic", "tested_on": on}
        if chance() < 0.4:
            due = iso(AS_OF + timedelta(days=int(chance() * 200)))
            return {"implementation": "planned", "due_on": due}
        return {"implementation": "not-implemented"}
    kind = chance()
    if kind < 0.04:
        return {"implementation": "not-in-scope"}
    status = {"implementation": "alternative" if chance() < 0.06 else "implemented"}
    if kind < 0.09:
        return status if chance() < 0.5 else status | {"test": "in-progress"}
    automatic = chance() < 0.45
    on = draw.test_day(automatic)
    if chance() < 0.3:
        status["implemented_on"] = iso(on - timedelta(days=int(chance() * 90)))
    if automatic:
        share = chance()
        test = "passed" if share < 0.7 else "partially-tested" if share < 0.85 else "failed-medium"
        if share > 0.95:
            test = "to-be-detected"
        status |= {"test": test, "test_source": "automatic", "tested_on": iso(on)}
        if test == "partially-tested":
            status["fraction"] = draw.random.choice([0.25, 0.5, 0.75, 0.9, 0.3333, 0.0725, 0.57, 0.29])
        return status
    share = chance()
    test = "passed" if share < 0.85 else "failed-low" if share < 0.92 else "partially-tested"
    status["test"] = test
    if chance() < 0.5:
        status["test_source"] = "manual"
    status["tested_on"] = iso(on)
    if chance() < 0.93:
        status["evidence"] = sorted(draw.random.sample(evidence, 2 if chance() < 0.2 else 1))
    return status


def with_instances(draw, status):
    """The same as the common part of several places, each with what differs there."""
    common = {k: v for k, v in status.items() if k not in ("implementation", "test", "fraction")}
    places = []
    for name in draw.random.sample(["prod", "test", "site-berlin", "site-oslo", "branch", "legacy"], 3):
        place = {"name": name, "implementation": "implemented"}
        kind = draw.random.random()
        if kind < 0.55:
            place["test"] = "passed"
        elif kind < 0.65:
            place = {"name": name, "implementation": "not-in-scope"}
        elif kind < 0.8 and common.get("test_source") == "automatic":
            place |= {"test": "partially-tested", "fraction": draw.random.choice([0.5, 0.3333, 0.07])}
        elif kind < 0.9:
            place |= {"test": "failed-high"}
        else:
            place = {"name": name, "implementation": "planned"}
        if "test" in place and draw.random.random() < 0.3 and "implemented_on" not in common:
            place["tested_on"] = iso(draw.test_day(common.get("test_source") == "automatic"))
        places.append(place)
    return common | {"instance": places}


def own_evidence(draw):
    kinds = ["configuration", "policy", "minutes", "record", "screenshot", "contract"]
    items = []
    for position in range(draw.random.randrange(6, 11)):
        kind = draw.random.choice(kinds)
        start = date(2024, 6, 1) + timedelta(days=draw.random.randrange(700))
        item = {
            "id": f"{kind}-{start.year}-{position + 1:02}",
            "kind": kind,
            "title": f"{kind.capitalize()} of {start}",
        }
        item |= {"url": f"https://files.example/{start:%Y/%m}/{position + 1:02}", "valid_from": iso(start)}
        if draw.random.random() < 0.9:
            item["valid_to"] = iso(start + timedelta(days=draw.random.choice([180, 365, 365, 730])))
        items.append(item)
    return items


def provider_evidence(draw):
    """A letter of the provider that the library does not know yet."""
    start = date(2025, 9, 1) + timedelta(days=draw.random.randrange(300))
    first, second = draw.random.sample(SERVICES, 2)
    item = {
        "id": "letter-of-the-provider",
        "kind": "bridge-letter",
        "title": "Letter",
        "url": "https://files.example/l",
    }
    since = iso(start + timedelta(days=draw.random.randrange(90)))
    item |= {"services": [first, {"id": second, "since": since}], "valid_from": iso(start)}
    return item | {"valid_to": iso(start + timedelta(days=180))}


def tenant(number, actions, own_days=False, listed=0.5):
    """The profile of one tenant, as annexa reads it."""
    draw = Draw(number, own_days)
    services = sorted(draw.random.sample(SERVICES, draw.random.randrange(12, 21)))
    used = set(services)
    evidence = own_evidence(draw)
    ids = [item["id"] for item in evidence]
    maturity = draw.random.uniform(0.55, 0.9)
    entries, open_actions = [], []
    for action in actions:
        if action["owner"] == "provider" or (action["services"] and used.isdisjoint(action["services"])):
            continue
        if draw.random.random() > listed:
            continue
        status = action_status(draw, ids, maturity)
        if "tested_on" in status and draw.random.random() < 0.06:
            status = with_instances(draw, status)
        if status.get("implementation") in ("planned", "not-implemented"):
            open_actions.append(action["id"])
        if draw.random.random() < 0.1:
            status["assigned_to"] = draw.random.choice(["it-ops", "ciso", "workplace", "hr"])
        entries.append({"id": action["id"]} | status)
    if draw.random.random() < 0.1:
        evidence.append(provider_evidence(draw))
    profile = {
        "organization": {
            "name": f"{draw.random.choice(NAMES)} {number}",
            "tenant": f"tenant-{number:07}.example",
            "sector": draw.random.choice(SECTORS),
            "partner": draw.random.choice(PARTNERS),
            "region": draw.random.choice(REGIONS),
        },
        "assessment": [{"template": TEMPLATE, "target": draw.random.choice([60, 70, 75.5, 80])}],
        "service": [{"id": service} for service in services],
        "action": entries,
        "evidence": evidence,
    }
    excluded = draw.random.sample([c for c, _ in controls()], draw.random.choice([0, 1, 1, 2]))
    if excluded:
        profile["exclusion"] = [{"control": c, "justification": "Nothing of this is done here."} for c in excluded]
    if open_actions and draw.random.random() < 0.25:
        expires = iso(AS_OF + timedelta(days=draw.random.randrange(-60, 300)))
        acceptance = {"action": draw.random.choice(open_actions), "owner": "CISO", "expires_on": expires}
        profile["risk_acceptance"] = [acceptance | {"rationale": "Replaced within the year."}]
    return profile


def line(profile, number, layout):
    """The profile as a line of NDJSON; `mixed` is what several writers make of it."""
    writer = number % 4 if layout == "mixed" else 0
    if writer == 1:
        return json.dumps(profile, ensure_ascii=True, sort_keys=True)
    if writer == 2:
        return json.dumps(dict(reversed(profile.items())), ensure_ascii=False)
    return json.dumps(profile, ensure_ascii=False, separators=(",", ":"))


def lines(block):
    first, last, own_days, layout, listed = block
    actions = library_actions()
    made = (line(tenant(n, actions, own_days, listed), n, layout) for n in range(first, last))
    return "".join(f"{text}\n" for text in made).encode()


def write_tenants(number, output, own_days=False, layout="one", listed=0.5):
    """Writes `number` tenants, some hundred at a time, with a process for each core."""
    size = 250
    blocks = [(n, min(n + size, number), own_days, layout, listed) for n in range(0, number, size)]
    with multiprocessing.Pool(min(len(blocks), os.cpu_count() or 1)) as pool, open(output, "wb") as file:
        for text in pool.imap(lines, blocks):
            file.write(text)


def as_builtin(output):
    """One tenant of the built-in library that lists nothing: what its own loading takes."""
    profile = {"organization": {"name": "One"}, "assessment": [{"template": "microsoft-cloud/iso-27001-2013"}]}
    output.write_text(json.dumps(profile | {"service": [{"id": "azure"}]}) + "\n", encoding="utf-8")
    return output


def as_toml(profile):
    """The profile as a file of TOML, as people write them."""
    parts = [toml_table("[organization]", profile["organization"])]
    for kind in ("assessment", "service", "action", "evidence", "exclusion", "risk_acceptance"):
        for entry in profile.get(kind, []):
            plain = {k: v for k, v in entry.items() if k != "instance"}
            parts.append(toml_table(f"[[{kind}]]", plain))
            parts.extend(toml_table("[[action.instance]]", place) for place in entry.get("instance", []))
    return "\n".join(parts)


def write_toml(source, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with open(source, encoding="utf-8") as file:
        for number, text in enumerate(file):
            (folder / f"tenant-{number:07}.toml").write_text(as_toml(json.loads(text)), encoding="utf-8")


def write_parquet(source, output):
    """The profile's own shape in nested columns; days are days, and a fraction has four places."""
    import duckdb

    days = "implemented_on DATE, tested_on DATE"
    place = f"implementation VARCHAR, test VARCHAR, test_source VARCHAR, {days}, fraction DECIMAL(5, 4)"
    place += ", evidence VARCHAR[]"
    columns = {
        "organization": "STRUCT(name VARCHAR, tenant VARCHAR, sector VARCHAR, partner VARCHAR, region VARCHAR)",
        "assessment": 'STRUCT(template VARCHAR, "group" VARCHAR, target DECIMAL(5, 2))[]',
        "service": "STRUCT(id VARCHAR, name VARCHAR)[]",
        "action": f"STRUCT(id VARCHAR, {place}, assigned_to VARCHAR, due_on DATE,"
        f" instance STRUCT(name VARCHAR, {place})[])[]",
        "evidence": "STRUCT(id VARCHAR, kind VARCHAR, title VARCHAR, url VARCHAR, valid_from DATE, valid_to DATE,"
        " services JSON[])[]",
        "exclusion": "STRUCT(control VARCHAR, framework VARCHAR, justification VARCHAR)[]",
        "risk_acceptance": "STRUCT(action VARCHAR, owner VARCHAR, expires_on DATE, rationale VARCHAR)[]",
    }
    shape = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    items = """list_transform(evidence, lambda e: struct_pack(id := e.id, kind := e.kind, title := e.title,
        url := e.url, valid_from := e.valid_from, valid_to := e.valid_to, services := list_transform(e.services, lambda s:
            struct_pack(id := coalesce(s->>'$.id', s->>'$'), since := CAST(s->>'$.since' AS DATE)))))"""
    read = f"read_ndjson('{source}', maximum_object_size = 1000000, columns = {{{shape}}})"
    query = f"SELECT * REPLACE ({items} AS evidence) FROM {read}"
    duckdb.execute(f"COPY ({query}) TO '{output}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    part = parts.add_parser("library", help="the library folder")
    part.add_argument("folder", type=Path)
    part = parts.add_parser("tenants", help="profiles as NDJSON")
    part.add_argument("--number", type=int, required=True)
    part.add_argument("-o", "--output", type=Path, required=True)
    part.add_argument("--days", choices=["campaigns", "own"], default="campaigns",
                      help="24 days of tests a tenant, or a day drawn for each action")  # fmt: skip
    part.add_argument("--layout", choices=["one", "mixed"], default="one",
                      help="one writer of JSON, or several with other orders of keys, blanks and escapes")  # fmt: skip
    part.add_argument("--listed", type=float, default=0.5,
                      help="the share of the customer's actions that a profile lists")  # fmt: skip
    for name, target in (("toml", "a folder"), ("parquet", "a file")):
        part = parts.add_parser(name, help=f"the profiles of an NDJSON file as {target}")
        part.add_argument("source", type=Path)
        part.add_argument("target", type=Path)
    given = parser.parse_args()
    if given.part == "library":
        write_library(given.folder)
    elif given.part == "tenants":
        write_tenants(given.number, given.output, given.days == "own", given.layout, given.listed)
    elif given.part == "toml":
        write_toml(given.source, given.target)
    else:
        write_parquet(given.source, given.target)


if __name__ == "__main__":
    main()
