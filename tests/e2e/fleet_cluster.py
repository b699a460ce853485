"""A fleet on Spark and on Sail comes to the same bytes as in one process, also when an executor is killed half-way.

    fleet_cluster.py ANNEXA WORK SPARK_PYTHON SAIL_PYTHON [TENANTS]

ANNEXA is a build with the feature `arrow`. The two Pythons have `requirements-spark.txt` and `requirements-sail.txt`.
"""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

annexa, work, spark_python, sail_python = sys.argv[1], Path(sys.argv[2]) / "cluster", sys.argv[3], sys.argv[4]
tenants = int(sys.argv[5]) if len(sys.argv) > 5 else 200_000
work.mkdir()
here = Path(__file__).parent
job = str(here.parent.parent / "integrations/spark/fleet_score.py")
day = "2026-06-30"
profiles = work / "fleet" / "profiles"


def timed(what, run):
    start, cpu = time.monotonic(), sum(os.times()[:4])
    made = run()
    print(f"cluster: {what}: {time.monotonic() - start:.1f} s, {sum(os.times()[:4]) - cpu:.1f} s of processor time", flush=True)
    return made


def one_process():
    """What one process makes of the lines, and its sums."""
    out = work / "one.csv"
    call = [annexa, "fleet", "score", work / "fleet" / "profiles.ndjson", "--as-of", day, "--quiet", "-o", out]
    # 1 says that some cannot be used: those are told, and the rows of the others are there.
    ended = subprocess.run(call, stderr=subprocess.PIPE)
    assert ended.returncode == 1, ended
    lines = out.read_bytes().splitlines(keepends=True)
    return lines[0], b"".join(sorted(lines[1:])), Path(f"{out}.summary.json").read_text()


def rows_of(folder, header):
    """The rows in Parquet as sorted lines of CSV: decimals have their places, days are ISO, nothing is empty."""
    table = ds.dataset(folder / "part=rows", format="parquet").to_table(columns=header)
    text = [pc.fill_null(column.cast(pa.string()), "") for column in table.columns]
    assert not any(pc.any(pc.match_substring_regex(column, '[",\r\n]')).as_py() for column in text), "no cell needs quotes"
    lines = sorted(pc.binary_join_element_wise(*text, ",").to_pylist())
    return "".join(f"{line}\n" for line in lines).encode()


def holds(name, folder, summary):
    header, expected, sums = single
    columns = header.decode().strip().split(",")
    found = rows_of(folder, columns)
    digests = [hashlib.sha256(rows).hexdigest()[:16] for rows in (expected, found)]
    assert found == expected, (name, digests, len(expected), len(found))
    rejects = ds.dataset(folder / "part=rejects", format="parquet").to_table(columns=["other"])
    assert len(rejects) == tenants // 10_000, (name, len(rejects))
    assert all('"error":[{' in text for text in rejects["other"].to_pylist()), name
    assert summary.read_text() == sums, f"{name}: the sums are those of one process"
    print(f"cluster: {name}: {len(expected.splitlines())} rows, {len(rejects)} rejects and the sums are those of one process ({digests[0]})", flush=True)


def executors():
    """The processes of Spark's executors that this run started: of this master, by their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in line and str(home).encode() in b" ".join(line):
                found.append(int(entry.name))
    return found


def kill_one(out, killed):
    """Waits until some tasks are done and others are not, and takes an executor away."""
    while not killed.is_set():
        if len(list(out.glob("_temporary/0/task_*"))) >= 3:
            victim = min(executors())
            os.kill(victim, signal.SIGKILL)
            killed.victim = victim
            killed.set()
        time.sleep(0.05)


def spark(name, stream, kill=False):
    out, summary = work / name, work / f"{name}.json"
    environment = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_SCALA_VERSION": "2.13", "PYSPARK_PYTHON": spark_python,
        "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(work / "workers"),
    }
    call = [
        home / "bin/spark-submit", "--master", "local-cluster[2,1,1500]", "--conf", "spark.ui.enabled=false",
        # A task for each file: enough that some are done and some are not when an executor goes.
        "--conf", "spark.sql.files.minPartitionNum=16", "--conf", "spark.sql.execution.arrow.maxRecordsPerBatch=1000", job, "--annexa", annexa, "--in", profiles,
        "--out", out, "--as-of", day, "--stream", stream, "--summary", summary,
    ]
    done = threading.Event()
    if kill:
        threading.Thread(target=kill_one, args=(out, done), daemon=True).start()
    with open(work / f"{name}.log", "w") as log:
        ended = subprocess.run(list(map(str, call)), env=environment, stdout=log, stderr=subprocess.STDOUT)
    log = (work / f"{name}.log").read_text()
    assert ended.returncode == 0, log[-5000:]
    if kill:
        assert done.is_set(), "no executor was killed"
        assert "Lost executor" in log or "is now EXITED" in log, "Spark noticed"
        print(f"cluster: {name}: executor {done.victim} was killed while tasks ran", flush=True)
    done.set()
    return name, out, summary


def sail(name):
    out, summary = work / name, work / f"{name}.json"
    call = [sail_python, here / "sail_server.py", job, "--annexa", annexa, "--installed", "--in", profiles, "--out", out]
    call += ["--as-of", day, "--summary", summary]
    ended = subprocess.run(list(map(str, call)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert ended.returncode == 0, ended.stdout[-5000:]
    return name, out, summary


find_home = "import os, pyspark; print(os.path.dirname(pyspark.__file__))"
home = Path(subprocess.run([spark_python, "-c", find_home], check=True, capture_output=True, text=True).stdout.strip())
generate = [sys.executable, here / "fleet_tenants.py", annexa, str(tenants), work / "fleet"]
timed(f"{tenants} tenants written", lambda: subprocess.run(generate, check=True))
single = timed("one process", one_process)
holds(*timed("Spark, lines", lambda: spark("spark", "jsonl")))
holds(*timed("Spark, Arrow, an executor killed", lambda: spark("killed", "arrow", kill=True)))
holds(*timed("Sail", lambda: sail("sail")))
