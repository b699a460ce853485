"""Scores a table of tenants on Spark, or on an engine that speaks Spark Connect, with `annexa fleet worker`.

    spark-submit fleet_score.py --annexa ./annexa --in s3a://lake/profiles --out s3a://lake/scores --as-of 2026-06-30

IN is Parquet: a column `profile` with the JSON of each profile, or columns of the profile's own shape. OUT becomes
Parquet in one pass, all of it or nothing: OUT/part=rows has a row for each tenant and assessment, OUT/part=rejects a
row for each profile that cannot be read, and with --summary OUT/part=sums the sums of each task, which are merged
into the file SUMMARY. A task that fails or whose machine goes is done again by Spark. README.md has the rest.
"""

import argparse
import itertools
import os
import subprocess
import threading

TEXTS = {"tenant", "organization", "sector", "partner", "region", "template", "group"}
DATES = {"as_of", "outlook_by"}
BATCH = 2048  # rows handed back to the engine at once


def sql_type(column):
    if column in TEXTS:
        return "string"
    if column in DATES:
        return "date"
    if column == "target" or column.endswith("percent"):
        return "decimal(5,2)"
    return "decimal(18,4)" if column.endswith(("achieved", "assured", "unassessed")) else "bigint"


def scorer(command, installed, archive, stream):
    """The function that runs on the executors: one process of the program for each partition."""

    def find(name):
        if installed:
            return name
        from pyspark import SparkFiles

        return SparkFiles.get(os.path.basename(name))

    def score(batches):
        import pyarrow as pa
        import pyarrow.compute as pc

        call = [find(command[0]), *command[1:], "--stream", stream]
        if archive:
            call += ["--library", find(archive)]
        # What it says goes to the executor's log. It ends when its input does, so it outlives no task.
        process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        broken = []

        def feed():
            try:
                with process.stdin as pipe:
                    if stream == "arrow":
                        first = next(batches, None)
                        if first is None:
                            first = pa.record_batch({"profile": pa.array([], pa.string())})
                        with pa.ipc.new_stream(pipe, first.schema) as writer:
                            for batch in itertools.chain([first], batches):
                                writer.write_batch(batch)
                        return
                    for batch in batches:
                        # A line break inside JSON is only a space between its parts.
                        lines = pc.replace_substring_regex(pc.fill_null(batch.column(0), "null"), "[\r\n]+", " ")
                        pipe.write("".join(f"{line}\n" for line in lines.to_pylist()).encode())
            except BrokenPipeError:
                pass  # it has ended; its exit code says why
            except BaseException as error:
                broken.append(error)
                process.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            if stream == "arrow":
                with pa.ipc.open_stream(process.stdout) as reader:
                    yield from reader
            else:
                while lines := list(itertools.islice(process.stdout, BATCH)):
                    yield pa.record_batch({"line": pa.array([line.rstrip(b"\n") for line in lines]).cast(pa.string())})
            feeder.join()
            if broken:
                raise broken[0]
            if process.wait() != 0:
                raise RuntimeError(f"{' '.join(call)} ended with {process.returncode}")
        finally:
            process.kill()
            process.wait()

    return score


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", required=True, help="a folder of Parquet")
    parser.add_argument("--out", required=True, help="the folder to write, which must not be there")
    parser.add_argument("--as-of", required=True, help="the date of every figure: fixed here, so that all tasks agree")
    parser.add_argument("--annexa", default="annexa", help="the program: a file here, sent to the executors")
    parser.add_argument("--library", help="a library folder as an archive (zip, tar.gz), sent to the executors")
    parser.add_argument("--installed", action="store_true", help="program and library are on every executor: send nothing")
    parser.add_argument("--stream", choices=["jsonl", "arrow"], default="jsonl", help="arrow: builds with that feature")
    parser.add_argument("--threads", type=int, default=1, help="threads of each process: what `spark.task.cpus` says")
    parser.add_argument("--summary", help="also write the sums over all tenants to this file")
    parser.add_argument("--partition-by", help="a column such as `region` whose values become folders")
    parser.add_argument("--partitions", type=int, help="deal the profiles out anew over so many tasks")
    parser.add_argument("--remote", help="a Spark Connect server, such as `sc://localhost:50051`")
    args = parser.parse_args()

    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    builder = SparkSession.builder.appName("annexa fleet score")
    spark = (builder.remote(args.remote) if args.remote else builder).getOrCreate()
    if not args.installed:
        spark.sparkContext.addFile(args.annexa)
        if args.library:
            spark.sparkContext.addArchive(args.library)

    profiles = spark.read.parquet(args.source)
    one = "profile" if "profile" in profiles.columns else F.to_json(F.struct("*")).alias("profile")
    profiles = profiles.select(one)
    if args.partitions:
        profiles = profiles.repartition(args.partitions)
    header = subprocess.run([args.annexa, "fleet", "score", "-", "--quiet"], input="", check=True, stdout=subprocess.PIPE, text=True)
    row = ", ".join(f"`{column}` {sql_type(column)}" for column in header.stdout.strip().split(","))
    command = [args.annexa, "fleet", "worker", "--quiet", "--as-of", args.as_of, "--threads", str(args.threads)]
    command += ["--emit", "both"] if args.summary else []
    score = scorer(command, args.installed, args.library, args.stream)
    if args.stream == "arrow":
        scored = profiles.mapInArrow(score, f"{row}, error string").withColumnRenamed("error", "other")
    else:
        is_row = F.col("line").startswith('{"tenant":')
        scored = profiles.mapInArrow(score, "line string").select(
            F.when(is_row, F.from_json("line", row)).alias("row"), F.when(~is_row, F.col("line")).alias("other")
        ).select("row.*", "other")
    kind = F.when(F.col("other").isNull(), "rows").when(F.col("other").startswith('{"error":'), "rejects").otherwise("sums")
    by = ["part", args.partition_by] if args.partition_by else ["part"]
    scored.withColumn("part", kind).write.partitionBy(*by).parquet(args.out)

    if args.summary:
        parts = spark.read.parquet(args.out).where("part = 'sums'").select("other")
        with open(args.summary, "w") as file:
            merge = subprocess.Popen([args.annexa, "fleet", "merge", "-"], stdin=subprocess.PIPE, stdout=file, text=True)
            for part in parts.toLocalIterator():
                merge.stdin.write(part.other + "\n")
            merge.stdin.close()
        if merge.wait() != 0:
            raise SystemExit(f"the sums of the tasks cannot be merged: exit code {merge.returncode}")
    spark.stop()


if __name__ == "__main__":
    main()
