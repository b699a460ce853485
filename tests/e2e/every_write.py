"""The store is killed at every write, and every write fails: nothing that was acknowledged is lost.

Each run of `annexa` is repeated with a fault at the first, second, third ... call of one sort, until no call is left to
fail: killed there, out of room from there on, or with an I/O error there. After each, the store must verify, hold
what was printed, and take a further snapshot.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

annexa, work = sys.argv[1], Path(sys.argv[2], "every-write")
cases = Path("tests/cases").resolve()
library = ["--no-builtin", "--library", str(cases / "migrate-library")]
ENDS = ["", "-journal", "-wal", "-shm"]
WRITES = ["pwrite64", "write", "ftruncate", "fallocate"]
SYNCS = ["fsync", "fdatasync"]
NAMES = ["openat", "mkdir", "unlink"]
FULL = [("error=ENOSPC", "+", call) for call in [*WRITES, "openat"]]
BROKEN = [("error=EIO", "", call) for call in [*WRITES, *SYNCS, "unlink"]]
FAULTS = [*(("signal=SIGKILL", "", call) for call in [*WRITES, *SYNCS, *NAMES]), *FULL, *BROKEN]

shutil.rmtree(work, ignore_errors=True)
work.mkdir()
profiles = []
for name in ["contoso", "fabrikam"]:
    text = (cases / "diff/nothing/before.toml").read_text()
    profiles.append(str(work / f"{name}.toml"))
    Path(profiles[-1]).write_text(text.replace("contoso.example", f"{name}.example"))
assert Path(profiles[0]).read_text() != Path(profiles[1]).read_text()


def run(db, *args, before=()):
    command = [*before, annexa, "history", *args, "--db", str(db)]
    if args[0] == "record":
        command += library
    return subprocess.run(command, capture_output=True, text=True)


def record(db, day, before=()):
    return run(db, "record", *profiles, "--as-of", day, before=before)


def acknowledged(done):
    return [line.split(" ")[0] for line in done.stdout.splitlines() if ": recorded in" in line]


def ids(db):
    done = run(db, "list", "--format", "json")
    assert done.returncode == 0, done.stderr
    return [row["id"] for row in json.loads(done.stdout)]


def verified(db):
    """How many snapshots are there and how many were pruned; none for a store that was not begun."""
    done = run(db, "verify")
    if done.returncode == 2 and ("nothing is recorded" in done.stderr or "there is no history" in done.stderr):
        return 0, 0
    assert done.returncode == 0, (done.returncode, done.stderr)
    words = done.stdout.split()
    return int(words[2]), int(words[4])


def holds(db, done, old, keep, what):
    """What the faulty run left is sound, has all that was there or acknowledged, and goes on."""
    assert "panicked" not in done.stderr, (what, done.stderr)
    if done.returncode not in (0, -9):
        assert done.returncode == 3 and "error: " in done.stderr and db.name in done.stderr, (what, done)
    kept, pruned = verified(db)
    assert keep(done, kept, pruned), (what, done, kept, pruned)
    if "nothing was changed" in done.stderr:
        assert kept == len(old) + len(acknowledged(done)), (what, done, kept)
    again = record(db, "2022-12-31")
    assert again.returncode == 0, (what, again.stderr)
    expected = acknowledged(done) + acknowledged(again) + (old if pruned == 0 else [])
    found = ids(db)
    assert set(expected) <= set(found) and len(found) == kept + 2, (what, done, found)


def fault(db, kind, call, when, args):
    log = db.with_suffix(".strace")
    paths = [part for end in ENDS for part in ("-P", f"{db}{end}")]
    strace = ["strace", "-f", "-o", str(log), "-P", str(db.parent), *paths, "-e", f"trace={call}"]
    done = run(db, *args, before=[*strace, "-e", f"inject={call}:{kind}:when={when}"])
    hit = done.returncode == -9 or "(INJECTED)" in log.read_text()
    return done, hit


def every(job):
    """One command, one fault, one call: at each of its times."""
    name, begun, args, keep, (kind, plus, call) = job
    folder = work / f"{name}-{kind}-{call}"
    old = ids(begun) if begun else []
    count = 0
    for n in range(1, 1000):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        db = folder / "history.db"
        if begun:
            shutil.copy(begun, db)
        done, hit = fault(db, kind, call, f"{n}{plus}", args)
        holds(db, done, old, keep, f"{name}, {kind} at {call} {n}{plus}")
        if not hit:
            assert done.returncode == 0, (name, done)
            return count
        count += 1
    raise AssertionError("no end")


# A store that was begun, one with what is to be imported, and the export of it.
begun = work / "begun.db"
for day in ["2022-06-01", "2022-07-01"]:
    assert record(begun, day).returncode == 0
lines = work / "export.ndjson"
assert run(begun, "export", "-o", str(lines)).returncode == 0


def recorded(old):
    return lambda done, kept, pruned: old + len(acknowledged(done)) <= kept <= old + 2 and pruned == 0


def all_or_nothing(before, after, word):
    return lambda done, kept, pruned: (kept, pruned) == after or (kept, pruned) == before and word not in done.stdout


commands = [
    ("new", None, ["record", *profiles, "--as-of", "2022-06-01"], recorded(0)),
    ("more", begun, ["record", *profiles, "--as-of", "2022-08-01"], recorded(4)),
    ("prune", begun, ["prune", "--keep-last", "1", "--apply"], all_or_nothing((4, 0), (2, 2), "taken away")),
    ("import", None, ["import", str(lines)], all_or_nothing((0, 0), (4, 0), "added")),
]
jobs = [(*command, fault) for command in commands for fault in FAULTS]
with ThreadPoolExecutor(os.cpu_count()) as pool:
    counts = list(pool.map(every, jobs))
by_kind = {}
for (*_, (kind, _, call)), count in zip(jobs, counts):
    by_kind[kind] = by_kind.get(kind, 0) + count
    assert count or call not in ("pwrite64", "fsync"), (kind, call)

# The write-ahead log that a killed process leaves: it is read where it can be, and nothing is lost.
left = work / "left.db"
for n in range(1, 100):
    for end in ENDS:
        Path(f"{left}{end}").unlink(missing_ok=True)
    shutil.copy(begun, left)
    kill = ["strace", "-f", "-o", "/dev/null", "-P", str(left), "-e", f"inject=pwrite64:signal=SIGKILL:when={n}"]
    killed = record(left, "2022-09-01", before=kill)
    assert killed.returncode == -9, killed
    # The first snapshot was acknowledged, and the second is on its way from the log into the file.
    if acknowledged(killed):
        break
assert len(acknowledged(killed)) == 1 and Path(f"{left}-wal").stat().st_size
copy = work / "copy"
copy.mkdir()
for end in ["", "-wal"]:
    shutil.copy(f"{left}{end}", copy / f"left.db{end}")
assert verified(left) == verified(copy / "left.db") == (6, 0)
assert set(acknowledged(killed)) <= set(ids(left))

# Where nothing can be written, and on a disk that is really full: both need a mount of our own.
mounts = os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"]).returncode == 0


def shell(script, *args):
    return subprocess.run(["unshare", "-m", "sh", "-ec", script, "sh", *args], capture_output=True, text=True)


if mounts:
    still = work / "still"
    (still / "log").mkdir(parents=True)
    shutil.copy(begun, still / "history.db")
    shutil.copy(copy / "left.db", still / "log" / "history.db")
    (still / "log" / "history.db-wal").write_bytes(b"left by another")
    read_only = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; shift; exec "$@"'
    for command in (["verify"], ["list"], ["show", "last", "--tenant", "contoso.example"]):
        done = shell(read_only, str(still), annexa, "history", *command, "--db", str(still / "history.db"))
        assert done.returncode == 0, done.stderr
    writing = [annexa, "history", "record", *profiles, "--as-of", "2022-09-01", *library]
    done = shell(read_only, str(still), *writing, "--db", str(still / "history.db"))
    assert done.returncode == 3 and "history.db" in done.stderr, done
    done = shell(read_only, str(still), annexa, "history", "list", "--db", str(still / "log" / "history.db"))
    assert done.returncode == 3 and "history.db" in done.stderr, done

    full, failed = work / "full", 0
    full.mkdir()
    fill = """
        mount -t tmpfs -o size="$1k" none "$2"
        for day in 01 02 03 04 05 06; do
            "$3" history record "$4" "$5" --as-of "2022-06-$day" --db "$2/history.db" \
                --no-builtin --library "$6" || { code=$?; [ $code = 3 ] || exit $code; echo full; }
        done
        mount -o remount,size=64m "$2"
        "$3" history record "$4" --as-of 2022-09-01 --db "$2/history.db" --no-builtin --library "$6"
        "$3" history verify --db "$2/history.db" >&2
        "$3" history list --format json --db "$2/history.db" >&2
    """
    for size in range(4, 600, 28):
        done = shell(fill, str(size), str(full), annexa, *profiles, str(cases / "migrate-library"))
        assert done.returncode == 0, (size, done)
        assert all(f'"{line}"' in done.stderr for line in acknowledged(done)), (size, done)
        failed += done.stdout.count("full\n")
    assert failed > 20, failed

told = ", ".join(f"{count} times {kind.split('=')[1]}" for kind, count in by_kind.items())
print(f"every write: {told}" + (f", a full disk {failed} times" if mounts else ", no mounts") + ": nothing is lost")
