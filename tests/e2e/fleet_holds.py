"""A large fleet: memory stays bounded, a run killed at any time goes on to the same bytes, a full disk leaves nothing half.

A million tiny profiles, a line of 200 MB, kills at random times, a file system without room.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

annexa, work = sys.argv[1], Path(sys.argv[2], "fleet")
library = ["--no-builtin", "--library", str(Path("tests/cases/migrate-library").resolve()), "--as-of", "2021-06-01"]
# What the issue asks for at any number of tenants.
MOST_MEMORY_KIB = 100 * 1024

shutil.rmtree(work, ignore_errors=True)
work.mkdir()
os.chdir(work)


def line(n):
    state = ["implemented", "planned", "not-implemented"][n % 3]
    return json.dumps({
        "organization": {"name": f"Tenant {n}", "tenant": f"t-{n:07}"},
        "assessment": [{"template": "acme-cloud/old"}],
        "service": [{"id": "acme-mail"}],
        "action": [{"id": "write-policies", "implementation": state}],
    }, separators=(",", ":"))


def fleet(*args, **more):
    return subprocess.run([annexa, "fleet", *args, *library], capture_output=True, text=True, **more)


def peak(*args, stdin=None):
    """The exit code and the most memory of a run, in KiB."""
    pid = os.posix_spawn(
        annexa, [annexa, "fleet", *args, *library], os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, stdin or "/dev/null", os.O_RDONLY, 0)],
    )
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


def a_million_tenants():
    count = 1_000_000
    with open("million.ndjson", "w") as out:
        out.writelines(f"{line(n)}\n" for n in range(count))
    code, memory = peak("score", "million.ndjson", "-o", "million.csv", "--quiet")
    assert code == 0, code
    with open("million.csv") as rows:
        assert sum(1 for _ in rows) == count + 1
    assert json.loads(Path("million.csv.summary.json").read_text())["tenants"] == count
    assert memory < MOST_MEMORY_KIB, f"{memory} KiB"
    print(f"a million tenants in a file: {memory // 1024} MiB")
    # The last one again: found among a million.
    with open("million.ndjson", "a") as out:
        out.write(f"{line(3)}\n")
    code, memory = peak("score", "-", "-o", "again.csv", "--rejects", "again.ndjson", "--quiet", stdin="million.ndjson")
    assert code == 1, code
    rejects = [json.loads(text) for text in Path("again.ndjson").read_text().splitlines()]
    assert [(r["tenant"], r["line"]) for r in rejects] == [("t-0000003", count + 1)]
    assert memory < MOST_MEMORY_KIB, f"{memory} KiB"
    os.remove("million.ndjson")


def a_line_of_200_megabytes():
    with open("long.ndjson", "w") as out:
        out.write(f"{line(0)}\n")
        for _ in range(200):
            out.write("x" * 1_000_000)
        out.write(f"\n{line(1)}\n")
    for name, stdin in [("long.ndjson", None), ("-", "long.ndjson")]:
        code, memory = peak("score", name, "-o", "long.csv", "--rejects", "long-rejects.ndjson", "--quiet", stdin=stdin)
        assert code == 1, code
        assert len(Path("long.csv").read_text().splitlines()) == 3
        [reject] = [json.loads(text) for text in Path("long-rejects.ndjson").read_text().splitlines()]
        assert reject["line"] == 2 and reject["diagnostics"][0]["code"] == "too-large", reject
        assert memory < MOST_MEMORY_KIB, f"{memory} KiB"
    print(f"a line of 200 MB: {memory // 1024} MiB")


OUTPUTS = ["out.csv", "gaps.csv", "controls.ndjson", "rejects.ndjson", "out.csv.summary.json"]
SCORE = ["score", "fleet.ndjson", "-o", "out.csv", "--gaps", "gaps.csv", "--controls", "controls.ndjson",
         "--rejects", "rejects.ndjson", "--part", "64"]


def outputs():
    return [Path(name).read_bytes() for name in OUTPUTS]


def clear():
    for name in OUTPUTS:
        Path(name).unlink(missing_ok=True)
    shutil.rmtree("out.csv.parts", ignore_errors=True)


def kills():
    count = 8_000
    Path("fleet.ndjson").write_text("".join(f"{line(n)}\n" if n % 1000 != 999 else "{}\n" for n in range(count)))
    start = time.monotonic()
    done = fleet(*SCORE)
    whole_time = time.monotonic() - start
    assert done.returncode == 1, done.stderr
    expected = outputs()
    clear()
    dice, resumed, killed = random.Random(8), [], 0
    for _ in range(200):
        run = subprocess.Popen([annexa, "fleet", *SCORE, *resumed, *library, "--threads", str(dice.randint(1, 4))],
                               stderr=subprocess.DEVNULL)
        try:
            run.wait(dice.uniform(0, whole_time / 3))
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            killed += 1
        if Path("out.csv").exists():
            break  # The last of them was there already: so are all.
        resumed = ["--resume"]
    else:
        raise AssertionError("the run does not come to an end")
    assert killed > 2, f"killed {killed} times only"
    assert outputs() == expected, "another result than without interruption"
    if Path("out.csv.parts").exists():
        assert fleet(*SCORE, "--resume").returncode == 1
        assert outputs() == expected and not Path("out.csv.parts").exists()
    print(f"killed {killed} times: the same bytes")
    return expected


def full_disk(expected):
    """A small file system of its own; the room it lacks is given by hand."""
    Path("small").mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", "small"], capture_output=True, text=True)
    if done.returncode != 0:
        # No right to mount: files may grow to so much and no further.
        clear()
        resource_limit = lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                                  resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, resource.RLIM_INFINITY)))
        done = fleet(*SCORE, preexec_fn=resource_limit)
        assert done.returncode == 3, (done.returncode, done.stderr)
        assert not Path("out.csv").exists() and "`--resume` goes on after" in done.stderr, done.stderr
    else:
        try:
            clear()
            there = [arg.replace("out.csv", "small/out.csv") for arg in SCORE]
            done = fleet(*there)
            assert done.returncode == 3 and "No space left" in done.stderr, (done.returncode, done.stderr)
            assert "`--resume` goes on after" in done.stderr, done.stderr
            assert not Path("small/out.csv").exists()
            subprocess.run(["mount", "-o", "remount,size=100%", "small"], check=True)
            done = fleet(*there, "--resume")
            assert done.returncode == 1, done.stderr
            assert Path("small/out.csv").read_bytes() == expected[0]
        finally:
            subprocess.run(["umount", "small"], check=True)
        print("a full disk: gone on with when there is room")
        return
    assert fleet(*SCORE, "--resume").returncode == 1
    assert outputs() == expected
    print("files that may not grow: gone on with when they may")


a_million_tenants()
a_line_of_200_megabytes()
full_disk(kills())
