#!/usr/bin/env python3
"""annexa beside its peers on one workload, in one run: agreement first, then medians and ratios.

    python3 benches/peers/run.py --annexa target/release/annexa --out peers.md

makes the workload, installs the peers into an environment of their own, holds each figure of each peer against
annexa's rows on every tenant (a difference ends the run), and prints tables in Markdown. README.md beside this file
says what is compared and what is not. Start at `main`; `Bench.once` is what measures one process.
"""

import argparse
import csv
import itertools
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import workload
from rules import COLUMNS, STATUSES

HERE = Path(__file__).resolve().parent
AS_OF, LATER = workload.AS_OF.isoformat(), "2027-01-01"
LARGE = 10_000
# A run longer than this is made once.
LONG_SECONDS = 60
BY_HAND = "floor: scanner by hand for this one layout, C"


@dataclass
class Figures:
    """The medians of the runs of one process."""

    wall: float
    cpu: float
    megabytes: float
    runs: int


class Failed(Exception):
    """Something that ends the run."""


def say(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    def __init__(self, given, work):
        self.given, self.work = given, work
        self.library = work / "library"
        self.annexa = given.annexa.resolve()
        self.cores = sorted(os.sched_getaffinity(0))
        self.out = []
        # What was aimed at, with what was reached.
        self.goals = []

    def install(self):
        """The peers in an environment of their own, the least programs compiled, and the library."""
        venv = self.given.venv or self.work / "venv"
        self.python = venv / "bin" / "python"
        if not self.python.exists():
            say(f"installing the peers into {venv}")
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
        for name in ("nothing", "lines", "measure", "scan"):
            subprocess.run(["cc", "-O2", "-o", self.work / name, HERE / f"{name}.c"], check=True)
        # Python keeps what it compiled beside a script: not beside the sources.
        self.scripts = self.work / "scripts"
        self.scripts.mkdir()
        for script in HERE.glob("*.py"):
            shutil.copy(script, self.scripts)
        rust = ["rustc", "-O", "-o", self.work / "nothing-rust", HERE / "nothing.rs"]
        self.has_rust = bool(shutil.which("rustc")) and subprocess.run(rust).returncode == 0
        workload.write_library(self.library)
        table = [self.python, self.scripts / "scan_table.py", self.library, AS_OF, self.work / "table"]
        subprocess.run([str(part) for part in table], check=True)

    def peer(self, name, *arguments):
        return [self.python, self.scripts / f"by_{name}.py", "--library", self.library, "--as-of", AS_OF, *arguments]

    def ours(self, command, *arguments, program=None):
        base = [program or self.annexa, "--no-builtin", "--library", self.library, "--quiet", "fleet", command]
        return [*base, *arguments]

    def score(self, *arguments, program=None):
        return self.ours("score", *arguments, "--as-of", AS_OF, program=program)

    def once(self, command, cores=1, to=None):
        """One process on so many cores: wall and CPU seconds, and the most memory it had in MB."""
        command = [str(part) for part in command]
        os.sched_setaffinity(0, set(self.cores[-cores:]))
        # Libraries that count the cores of the machine, not those they may run on.
        threads = {"POLARS_MAX_THREADS": str(cores), "OMP_NUM_THREADS": str(cores), "ARROW_NUM_THREADS": str(cores)}
        environment = os.environ | threads | {"NO_COLOR": "1"}
        spent = self.work / "spent"
        with open(to or os.devnull, "wb") as output:
            measured = subprocess.run([self.work / "measure", spent, *command], stdout=output, env=environment)
        os.sched_setaffinity(0, set(self.cores))
        if measured.returncode != 0:
            raise Failed(f"exit {measured.returncode}: {' '.join(command)}")
        wall, user, system, kilobytes = map(int, spent.read_text().split())
        return wall / 1e6, (user + system) / 1e6, kilobytes / 1024

    def run(self, command, repeats, cores=1, before=None, to=None):
        """The medians of so many runs; `before` makes ready what a run takes away."""
        runs = []
        for _ in range(repeats):
            if before:
                before()
            runs.append(self.once(command, cores, to))
            if runs[-1][0] > LONG_SECONDS:
                break
        return Figures(*(statistics.median(values) for values in zip(*runs, strict=True)), runs=len(runs))

    def tell(self, text=""):
        print(text, flush=True)
        self.out.append(text)

    def table(self, heads, rows):
        self.tell("| " + " | ".join(heads) + " |")
        self.tell("|" + "---|" * len(heads))
        for row in rows:
            self.tell("| " + " | ".join(row) + " |")
        self.tell()


# ---------------------------------------------------------------------------------------------------
# Agreement


def units(text):
    """An amount such as `123.5000` in 1/10 000 of a point; a whole number of points has no places."""
    whole, _, places = text.partition(".")
    return int(whole) * 10_000 + int(places.ljust(4, "0") or 0)


def our_rows(path):
    amounts = COLUMNS[1:5]
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            figures = [units(row[column]) for column in amounts]
            yield row["tenant"], figures + [int(row[f"controls_{status}"]) for status in STATUSES]


def their_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows) != COLUMNS:
            raise Failed(f"{path}: other columns")
        for tenant, *figures in rows:
            yield tenant, [int(figure) for figure in figures]


def hold(name, ours, theirs, size):
    """Ends the run unless both have the same tenants, `size` of them, with the same figures."""
    if len(ours) != size or len(theirs) != size:
        raise Failed(f"{name}: {len(theirs)} rows beside {len(ours)} of annexa, for {size} tenants")
    for tenant, figures in ours.items():
        if theirs.get(tenant) != figures:
            what = f"{name} and annexa differ on {tenant}\n  {COLUMNS[1:]}\n"
            raise Failed(f"{what}  annexa: {figures}\n  {name}: {theirs.get(tenant)}")


def peers_of(bench, size, files):
    """The peers that read the same profiles, by name, each with its command."""
    output = bench.work / "peer.csv"
    ndjson, parquet = files["ndjson"], files["parquet"]
    yield "Python, orjson", bench.peer("python", "--reader", "orjson", ndjson, output)
    yield "Python, json", bench.peer("python", "--reader", "json", ndjson, output)
    yield "DuckDB, NDJSON", bench.peer("duckdb", ndjson, output)
    yield "DuckDB, Parquet", bench.peer("duckdb", parquet, output)
    yield "Polars, NDJSON", bench.peer("polars", ndjson, output)
    yield "Polars, Parquet", bench.peer("polars", parquet, output)
    yield "NumPy, Parquet", bench.peer("numpy", parquet, output)


def agree(bench, size, files):
    """Holds every peer against annexa, tenant by tenant; gives annexa's rows."""
    rows = bench.work / "annexa.csv"
    bench.once(bench.score(files["ndjson"], "-o", rows))
    ours = dict(our_rows(rows))
    bench.once(bench.score(files["mixed"], "-o", rows))
    hold("other layouts of JSON", ours, dict(our_rows(rows)), size)
    for name, command in peers_of(bench, size, files):
        bench.once(command)
        hold(name, ours, dict(their_rows(bench.work / "peer.csv")), size)
        say(f"{name} agrees on {size} tenants")
    bench.once([bench.work / "scan", bench.work / "table", files["ndjson"], bench.work / "peer.csv"])
    hold("scanner by hand", ours, dict(their_rows(bench.work / "peer.csv")), size)
    say(f"the scanner by hand agrees on {size} tenants")
    if bench.given.annexa_arrow:
        bench.once(bench.score(files["parquet"], "-o", rows, program=bench.given.annexa_arrow.resolve()))
        hold("annexa on Parquet", ours, dict(our_rows(rows)), size)
        say(f"annexa on Parquet agrees on {size} tenants")
    if "toml" in files:
        bench.once(bench.score(files["toml"], "-o", rows))
        hold("annexa on TOML", ours, dict(our_rows(rows)), size)
        bench.once(bench.peer("python", "--reader", "tomllib", files["toml"], bench.work / "peer.csv"))
        hold("Python, tomllib", ours, dict(their_rows(bench.work / "peer.csv")), size)
        trestle = [bench.python, bench.scripts / "by_trestle.py"]
        bench.once([*trestle, "--make", bench.work / "peer.csv", bench.work / "oscal"])
        bench.once([*trestle, bench.work / "oscal", bench.work / "trestle.csv"])
        with open(bench.work / "trestle.csv", encoding="utf-8", newline="") as file:
            counted = {tenant: int(count) for tenant, count in itertools.islice(csv.reader(file), 1, None)}
        if counted != {tenant: figures[4] for tenant, figures in ours.items()}:
            raise Failed("compliance-trestle counts other controls as satisfied")
        say(f"TOML, tomllib and compliance-trestle agree on {size} tenants")
    if has(bench, "pack"):
        pack = bench.work / "agree.pack"
        bench.once(bench.ours("pack", files["ndjson"], "-o", pack))
        bench.once(bench.score(pack, "-o", rows))
        hold("the pack", ours, dict(our_rows(rows)), size)
        bench.once(bench.ours("score", pack, "--as-of", LATER, "-o", rows))
        later = bench.peer("python", "--reader", "orjson", "--as-of", LATER, files["ndjson"], bench.work / "peer.csv")
        bench.once(later)
        hold("Python on another day", dict(our_rows(rows)), dict(their_rows(bench.work / "peer.csv")), size)
        if has(bench, "forecast"):
            told = bench.work / "forecast.csv"
            bench.once(bench.ours("forecast", pack, "--on", f"{AS_OF},{LATER}", "--format", "csv"), to=told)
            forecast_holds(told, [ours, dict(our_rows(rows))])
        pack.unlink()
        say(f"the pack agrees on {size} tenants, on two days")
    return ours


def forecast_holds(path, days):
    """Ends the run unless the forecast has the sums of all rows of each day."""
    with open(path, encoding="utf-8", newline="") as file:
        told = [[units(row[column]) for column in COLUMNS[1:5]] for row in csv.DictReader(file)]
    sums = [[sum(figures[n] for figures in rows.values()) for n in range(4)] for rows in days]
    if told != sums:
        raise Failed(f"the forecast of a pack says {told}, its rows come to {sums}")


def has(bench, command):
    """Whether this annexa has a command of `fleet`."""
    told = subprocess.run([bench.annexa, "fleet", "--help"], capture_output=True, text=True, check=True).stdout
    return any(line.split()[:1] == [command] for line in told.splitlines())


# ---------------------------------------------------------------------------------------------------
# Measurements


def make_files(bench, size, small):
    """The profiles of so many tenants in the forms that are read."""
    say(f"writing {size} tenants")
    files = {"ndjson": bench.work / f"t{size}.ndjson", "parquet": bench.work / f"t{size}.parquet"}
    workload.write_tenants(size, files["ndjson"])
    parquet = [bench.python, bench.scripts / "workload.py", "parquet", files["ndjson"], files["parquet"]]
    subprocess.run([str(part) for part in parquet], check=True)
    if size <= LARGE:
        files["mixed"] = bench.work / f"t{size}-mixed.ndjson"
        workload.write_tenants(size, files["mixed"], layout="mixed")
    if small:
        files["toml"] = bench.work / f"t{size}.toml"
        workload.write_toml(files["ndjson"], files["toml"])
    return files


def drop(files):
    for path in files.values():
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def times(ratio):
    return f"{ratio:,.2f} x" if ratio >= 0.1 else f"{ratio:.3f} x"


def warm(path):
    """Reads a file once, so that no run waits for the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def many_tenants(bench, size, files, repeats):
    """annexa and its peers over the same profiles on one core."""
    for path in files.values():
        if path.is_file():
            warm(path)
    rows = bench.work / "annexa.csv"
    commands = {"annexa, NDJSON": bench.score(files["ndjson"], "-o", rows)}
    if bench.given.annexa_arrow:
        program = bench.given.annexa_arrow.resolve()
        commands["annexa, Parquet"] = bench.score(files["parquet"], "-o", rows, program=program)
    commands |= dict(peers_of(bench, size, files))
    if size <= 100:
        folder, counts = bench.work / "oscal", bench.work / "trestle.csv"
        commands["compliance-trestle, counts alone"] = [bench.python, bench.scripts / "by_trestle.py", folder, counts]
    scan = [bench.work / "scan", bench.work / "table", files["ndjson"], bench.work / "peer.csv"]
    commands[BY_HAND] = scan
    commands["floor: bytes read, lines counted"] = [bench.work / "lines", files["ndjson"]]
    commands["floor: cat"] = ["cat", files["ndjson"]]
    figures = {}
    for name, command in commands.items():
        figures[name] = bench.run(command, repeats)
        say(f"{size} tenants, {name}: {figures[name].cpu / size * 1e6:,.1f} us of CPU a tenant")
    ours = figures["annexa, NDJSON"]
    bench.tell(f"### {size:,} tenants, one core\n")
    kilobytes, packed_kilobytes = (files[form].stat().st_size / size / 1000 for form in ("ndjson", "parquet"))
    bench.tell(f"{kilobytes:.1f} kB a profile as NDJSON, {packed_kilobytes:.1f} kB as Parquet.\n")
    heads = ["", "CPU a tenant", "wall", "memory", "CPU beside annexa", "runs"]
    lines = [
        [
            name,
            f"{f.cpu / size * 1e6:,.1f} us",
            f"{f.wall:,.3f} s",
            f"{f.megabytes:,.0f} MB",
            times(f.cpu / ours.cpu),
            str(f.runs),
        ]
        for name, f in figures.items()
    ]
    bench.table(heads, lines)
    scanner, floor = figures[BY_HAND].cpu, figures["floor: bytes read, lines counted"].cpu
    bench.tell(
        f"annexa takes {ours.cpu / scanner:.2f} times the scanner by hand, {ours.cpu / floor:.1f} times reading.\n"
    )
    if size == LARGE:
        each = ours.cpu / size * 1e6
        bench.goals.append(("NDJSON, a row a tenant", "60 us, better 30", f"{each:.1f} us"))
        bench.goals.append(("NDJSON beside the scanner by hand", "3 x", f"{ours.cpu / scanner:.2f} x"))
    return ours


def one_tenant(bench, runs):
    """Whole processes, in turns, so that what disturbs one disturbs all."""
    file = bench.work / "one.ndjson"
    workload.write_tenants(1, file)
    toml = bench.work / "one"
    workload.write_toml(file, toml)
    (profile,) = toml.iterdir()
    rows = bench.work / "annexa.csv"
    base = "an empty program in Rust" if bench.has_rust else "an empty program in C"
    commands = {"an empty program in C": [bench.work / "nothing"]}
    if bench.has_rust:
        commands[base] = [bench.work / "nothing-rust"]
    score = [bench.annexa, "--no-builtin", "--library", bench.library, "score", profile, "--as-of", AS_OF]
    builtin = workload.as_builtin(bench.work / "builtin.ndjson")
    commands |= {
        "annexa, NDJSON": bench.score(file, "-o", rows),
        "annexa, NDJSON, rows to standard output": bench.score(file),
        "annexa, NDJSON, built-in library": [bench.annexa, "--quiet", "fleet", "score", builtin, "--as-of", AS_OF],
        "annexa, TOML": bench.score(profile, "-o", rows),
        "`annexa score`, TOML, JSON with all gaps": [*score, "--format", "json"],
        "Python that does nothing": [bench.python, "-c", ""],
        "Python, orjson": bench.peer("python", "--reader", "orjson", file, bench.work / "peer.csv"),
    }
    # Python takes a hundred times as long: fewer runs say as much.
    measured = {name: [] for name in commands}
    for turn in range(runs):
        for name, command in commands.items():
            if turn % 10 == 0 or not name.startswith("Python"):
                measured[name].append(bench.once(command))
    medians = {name: [statistics.median(v) for v in zip(*values, strict=True)] for name, values in measured.items()}
    bench.tell("### One tenant, the whole process\n")
    heads = ["", "wall", "CPU", "memory", f"wall beside {base}", "runs"]
    lines = [
        [name, f"{wall * 1e3:.2f} ms", f"{cpu * 1e3:.2f} ms", f"{megabytes:.1f} MB", f"{wall / medians[base][0]:.2f} x",
         str(len(measured[name]))]
        for name, (wall, cpu, megabytes) in medians.items()
    ]  # fmt: skip
    bench.table(heads, lines)

    built_in = medians["annexa, NDJSON, built-in library"][0]
    bench.goals.append(("one tenant, beside an empty program", "2 x", f"{built_in / medians[base][0]:.2f} x"))


def toml_folder(bench, size, repeats):
    files = {"ndjson": bench.work / "toml.ndjson", "toml": bench.work / "toml"}
    workload.write_tenants(size, files["ndjson"])
    workload.write_toml(files["ndjson"], files["toml"])
    total = sum(path.stat().st_size for path in files["toml"].iterdir())
    output = bench.work / "peer.csv"
    commands = {
        "annexa": bench.score(files["toml"], "-o", bench.work / "annexa.csv"),
        "tomllib, reading alone": bench.peer("python", "--reader", "tomllib", "--only-read", files["toml"], output),
        "tomllib and the score": bench.peer("python", "--reader", "tomllib", files["toml"], output),
        "floor: bytes read": [bench.work / "lines", *sorted(files["toml"].iterdir())],
    }
    figures = {name: bench.run(command, repeats) for name, command in commands.items()}
    bench.tell(f"### A folder of TOML, {size:,} files of {total / size / 1000:.1f} kB, one core\n")
    ours = figures["annexa"].cpu
    lines = [
        [
            name,
            f"{f.cpu / size * 1e6:,.0f} us",
            f"{total / f.cpu / 1e6:,.0f} MB/s",
            times(f.cpu / ours),
            str(f.runs),
        ]
        for name, f in figures.items()
    ]
    bench.table(["", "CPU a tenant", "rate", "CPU beside annexa", "runs"], lines)
    drop(files)
    rate = figures["tomllib, reading alone"].cpu / ours
    bench.goals.append(("TOML, as fast as tomllib reads", "5 x", f"{rate:.1f} x"))


def cores(bench, size, file, repeats):
    """One core beside two, and as many threads on one core as on two."""
    if len(bench.cores) < 2:
        bench.tell("Two cores were not to be had.\n")
        return
    rows = bench.work / "annexa.csv"
    one, two = (bench.run(bench.score(file, "-o", rows), repeats, cores=n) for n in (1, 2))
    bench.tell(f"### Two cores, {size:,} tenants\n")
    lines = [
        [
            name,
            f"{f.wall:,.3f} s",
            f"{f.cpu / size * 1e6:,.1f} us",
            f"{f.megabytes:,.0f} MB",
            f"{one.wall / f.wall:.2f} x",
        ]
        for name, f in (("one core", one), ("two cores", two))
    ]
    bench.table(["", "wall", "CPU a tenant", "memory", "as fast as one"], lines)
    bench.goals.append(("two cores, as fast as one", "1.8 x", f"{one.wall / two.wall:.2f} x"))


def variants(bench, size, repeats):
    """What else profiles may be like: a day for each action, all actions listed, several layouts."""
    kinds = {
        "campaigns of 24 days, 50 % listed": {},
        "a day for each action": {"own_days": True},
        "every action listed": {"listed": 1.0},
        "other layouts of JSON": {"layout": "mixed"},
    }
    lines = []
    for name, how in kinds.items():
        file = bench.work / "variant.ndjson"
        workload.write_tenants(size, file, **how)
        found = bench.run(bench.score(file, "-o", bench.work / "annexa.csv"), repeats)
        kilobytes = file.stat().st_size / size / 1000
        each = found.cpu / size * 1e6
        lines.append([name, f"{kilobytes:.1f} kB", f"{each:,.1f} us", f"{each / kilobytes:,.2f} us"])
        file.unlink()
    bench.tell(f"### Other profiles, {size:,} tenants, one core\n")
    bench.table(["annexa", "a profile", "CPU a tenant", "CPU a kB"], lines)


def packed(bench, size, file, repeats):
    if not has(bench, "pack"):
        bench.tell("### Packed\n\nThis build has no `fleet pack`.\n")
        return
    pack, rows = bench.work / "fleet.pack", bench.work / "annexa.csv"
    # How many dates each command answers for; a forecast of a hundred days says what a date costs.
    commands = {
        "`fleet pack`, from NDJSON": (0, bench.ours("pack", file, "-o", pack)),
        "`fleet score` of the pack, a row each": (1, bench.score(pack, "-o", rows)),
        "`fleet score` of the pack, another day": (1, bench.ours("score", pack, "--as-of", LATER, "-o", rows)),
    }
    if has(bench, "forecast"):
        last = (workload.AS_OF + timedelta(days=99)).isoformat()
        forecast = bench.ours("forecast", pack, "--format", "json")
        commands |= {
            "`fleet forecast`, one date": (1, [*forecast, "--on", AS_OF]),
            "`fleet forecast`, a year by months": (13, [*forecast, "--from", AS_OF]),
            "`fleet forecast`, a hundred days": (100, [*forecast, "--from", AS_OF, "--to", last, "--step", "day"]),
        }
    lines = []
    for name, (dates, command) in commands.items():
        makes = dates == 0
        found = bench.run(command, repeats, before=(lambda: pack.unlink(missing_ok=True)) if makes else None)
        each = found.cpu / size * 1e6
        by_date = f"{each / dates:,.3f} us" if dates else ""
        lines.append([name, f"{found.wall:,.3f} s", f"{each:,.2f} us", by_date, f"{found.megabytes:,.0f} MB"])
        say(f"{size} tenants, {name}: {each:,.2f} us of CPU a tenant")
        if dates:
            bench.goals.append((f"packed: {name}, a tenant and date", "2 us", by_date))
    bench.tell(f"### Packed, {size:,} tenants, one core\n")
    bench.tell(f"{pack.stat().st_size / size:,.0f} bytes a tenant.\n")
    bench.table(["", "wall", "CPU a tenant", "CPU a tenant and date", "memory"], lines)
    pack.unlink()


def machine(bench):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    frozen = subprocess.run([bench.python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    names = {line.split("==")[0] for line in (HERE / "requirements.txt").read_text().split()}
    versions = [line.replace("==", " ") for line in frozen.split() if line.split("==")[0] in names]
    ours = subprocess.run([bench.annexa, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    load = os.getloadavg()[0]
    bench.tell(
        f"{model}, {len(bench.cores)} cores, {memory:.0f} GiB; Linux {platform.release()}; load at the start {load:.1f}."
    )
    bench.tell(f"{ours}; Python {platform.python_version()}; {', '.join(versions)}.")
    bench.tell("Medians; CPU is user and system time of the whole process, its start included.\n")


def measure(bench):
    given = bench.given
    sizes = sorted(given.sizes)
    small, large = (given.repeats, max(1, min(given.repeats, 3)))
    agreed, ours = {}, {}
    for size in sizes:
        files = make_files(bench, size, small=size <= 100)
        if size <= LARGE:
            agree(bench, size, files)
            agreed[size] = True
        if given.only_agree:
            drop(files)
            continue
        repeats = large if size >= LARGE else small
        if size > 1:
            ours[size] = many_tenants(bench, size, files, repeats)
        if size == max(s for s in sizes if s <= LARGE) and size > 1:
            cores(bench, size, files["ndjson"], small)
        if size == sizes[-1] and size > 1:
            packed(bench, size, files["ndjson"], repeats)
        drop(files)
    told = ", ".join(f"{size:,}" for size in agreed)
    bench.tell(f"All peers agree with annexa on every figure of every tenant, at {told} tenants.\n")
    if given.only_agree:
        return
    one_tenant(bench, given.process_runs)
    most = min(1000, sizes[-1])
    toml_folder(bench, most, small)
    variants(bench, most, small)
    bench.tell("### As the fleet grows, one core\n")
    lines = []
    for size, found in ours.items():
        each = found.cpu / size
        against = ours.get(LARGE) if size > LARGE else None
        share = f"{100 * each / (against.cpu / LARGE) - 100:+.1f} %" if against else ""
        lines.append(
            [f"{size:,}", f"{each * 1e6:,.1f} us", f"{found.wall:,.3f} s", f"{found.megabytes:,.0f} MB", share]
        )
        if against:
            bench.goals.append((f"{size:,} tenants, each beside one of {LARGE:,}", "within 10 %", share))
    bench.table(["tenants", "CPU a tenant", "wall", "memory", "beside 10,000"], lines)
    if ours:
        most = max(found.megabytes for found in ours.values())
        bench.goals.append(("memory at any number of tenants", "100 MB", f"{most:,.0f} MB"))
    bench.tell("### Goals\n")
    bench.table(["", "goal", "reached"], [list(goal) for goal in bench.goals])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annexa", type=Path, default=HERE.parents[1] / "target" / "release" / "annexa")
    parser.add_argument("--annexa-arrow", type=Path, help="a build with the feature `arrow`, to read Parquet with too")
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[1, 100, 10_000, 100_000],
                        help="numbers of tenants, `,` between them")  # fmt: skip
    parser.add_argument(
        "--repeats", type=int, default=5, help="runs of each process; 3 at the most from 10,000 tenants on"
    )
    parser.add_argument("--process-runs", type=int, default=200, help="runs of each process over one tenant")
    parser.add_argument("--out", type=Path, help="write the tables to a file too")
    parser.add_argument("--work", type=Path, help="a folder for the workload, some 5 GB; a temporary one without it")
    parser.add_argument("--venv", type=Path, help="an environment to keep; one in the work folder without it")
    parser.add_argument(
        "--only-agree", action="store_true", help="hold the figures against each other, measure nothing"
    )
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="annexa-peers-", dir=given.work))
    bench = Bench(given, work)
    try:
        bench.install()
        if not given.only_agree:
            machine(bench)
        measure(bench)
    except (Failed, subprocess.CalledProcessError, OSError) as fault:
        sys.exit(f"failed: {fault}")
    finally:
        shutil.rmtree(work)
    if given.out:
        given.out.write_text("\n".join(bench.out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
