"""Polars: the figures as one lazy query for each batch of tenants, over NDJSON or Parquet.

All tenants in one query give the same rows and take gigabytes; batches of 2,000 are no slower.
"""

import io
import itertools

import polars as pl
import pyarrow.parquet as pq
from rules import COLUMNS, Library, arguments

BATCH = 2_000
WHOLE = 10_000
TEXTS = pl.List(pl.String)
PLACE = {"implementation": pl.String, "test": pl.String, "test_source": pl.String, "implemented_on": pl.String,
         "tested_on": pl.String, "fraction": pl.Float64, "evidence": TEXTS}  # fmt: skip
SCHEMA = {
    "organization": pl.Struct({"tenant": pl.String}),
    "service": pl.List(pl.Struct({"id": pl.String})),
    "action": pl.List(pl.Struct({"id": pl.String} | PLACE | {"instance": pl.List(pl.Struct(PLACE))})),
    "evidence": pl.List(
        pl.Struct({"id": pl.String, "valid_from": pl.String, "valid_to": pl.String, "services": TEXTS})
    ),
    "exclusion": pl.List(pl.Struct({"control": pl.String})),
}


class Scorer:
    def __init__(self, library, is_text):
        """Days of a profile are compared as they are read: as texts in JSON."""
        as_day = str if is_text else lambda day: day
        self.library, self.is_text = library, is_text
        self.day = pl.lit(as_day(library.as_of))
        self.manual_from, self.automatic_from = (
            pl.lit(as_day(library.manual_from)),
            pl.lit(as_day(library.automatic_from)),
        )
        actions = library.customer + library.provider
        self.bits = pl.LazyFrame({"service": list(library.bits), "bit": list(library.bits.values())})
        self.controls = pl.LazyFrame({"control": library.controls, "c": range(len(library.controls))})
        self.actions = pl.LazyFrame(
            {
                "id": [x.id for x in actions],
                "a": range(len(actions)),
                "points": [x.points for x in actions],
                "mask": [x.mask for x in actions],
                "everywhere": [x.everywhere for x in actions],
                "is_provider": [x.is_provider for x in actions],
                "controls": [len(x.controls) for x in actions],
            }
        )
        serves = [(a, c) for a, action in enumerate(actions) for c in action.controls]
        self.serves = pl.LazyFrame({"a": [a for a, _ in serves], "c": [c for _, c in serves]})

    def is_current(self):
        day = self.day
        return (pl.col("valid_from") <= day).fill_null(True) & (pl.col("valid_to") >= day).fill_null(True)

    def tenants(self, profiles, items):
        """For each tenant the services used, attested and attested by something current, as bits."""
        library = self.library
        used = profiles.select("n", "service").explode("service").unnest("service").select("n", service="id")
        used = used.join(self.bits, on="service").group_by("n").agg(used=pl.col("bit").bitwise_or())
        named = items.filter(pl.col("services").list.len() > 0).explode("services")
        if self.is_text:
            # A text is an id; the text of an object has one, and perhaps a day.
            is_object = pl.col("services").str.starts_with("{")
            found = pl.when(is_object).then(pl.col("services")).otherwise(pl.lit("{}"))
            found = found.str.json_decode(pl.Struct({"id": pl.String, "since": pl.String}))
            named = named.with_columns(
                service=pl.when(is_object).then(found.struct.field("id")).otherwise(pl.col("services")),
                since=found.struct.field("since"),
            )
        else:
            field = pl.col("services").struct.field
            named = named.with_columns(service=field("id"), since=field("since"))
        named = named.filter(pl.coalesce("since", "valid_from") <= self.day).join(self.bits, on="service")
        bit, current = pl.col("bit"), self.is_current() & pl.col("valid_from").is_not_null()
        own = named.group_by("n").agg(attested=bit.bitwise_or(), current=bit.filter(current).bitwise_or())
        known = {"attested": library.attested, "current": library.current}
        return used.join(own, on="n", how="left").with_columns(
            (pl.col(name).fill_null(0) | known[name]) & ~library.retired & pl.col("used") for name in known
        )

    def statuses(self, profiles, shown):
        """What each action that a profile lists comes to, the mean over its places."""
        entries = profiles.select("n", "action").explode("action").unnest("action")
        # The order is kept, for places are numbered in it below.
        entries = entries.join(self.actions.select("id", "a"), on="id", maintain_order="left").drop("id")
        keys = ["test_source", "implemented_on", "tested_on", "fraction", "evidence"]
        whole = entries.filter(pl.col("instance").list.len().fill_null(0) == 0)
        whole = whole.select("n", "a", "implementation", "test", *keys)
        parted = entries.filter(pl.col("instance").list.len() > 0).explode("instance")
        field = pl.col("instance").struct.field
        parted = parted.select(
            "n", "a", field("implementation"), field("test"), *(pl.coalesce(field(k), k).alias(k) for k in keys)
        )
        day = self.day
        automatic = (pl.col("test_source") == "automatic").fill_null(False)
        fresh_from = pl.when(automatic).then(self.automatic_from).otherwise(self.manual_from)
        in_scope, future = pl.col("in_scope"), pl.col("future")
        done = pl.col("implementation").is_in(["implemented", "alternative"])
        counted = in_scope & ~future
        fraction = (pl.col("fraction").cast(pl.Float64) * WHOLE).round().cast(pl.Int64)
        earned = pl.when(counted & (pl.col("test") == "passed") & done).then(WHOLE)
        earned = earned.when(counted & (pl.col("test") == "partially-tested") & automatic).then(fraction).otherwise(0)
        unknown = counted & pl.col("test").is_in(["to-be-detected", "could-not-be-detected"])

        def judged(places):
            places = places.with_row_index("p").with_columns(
                future=(pl.col("tested_on") > day).fill_null(False) | (pl.col("implemented_on") > day).fill_null(False)
            )
            places = places.with_columns(
                in_scope=(pl.col("implementation") != "not-in-scope")
                & (future | (pl.col("test") != "not-in-scope").fill_null(True))
            ).with_columns(earned=earned, unassessed=pl.when(unknown).then(WHOLE).otherwise(0))
            # The evidence linked matters only where something is earned that was not tested automatically.
            links = places.filter((pl.col("earned") > 0) & ~automatic & (pl.col("tested_on") >= self.manual_from))
            links = links.select("p", "n", "evidence").explode("evidence")
            proved = links.join(shown, on=["n", "evidence"], how="semi").select("p").unique()
            proved = proved.with_columns(proved=pl.lit(True))
            places = places.drop("evidence").join(proved, on="p", how="left")
            sure = (pl.col("tested_on") >= fresh_from) & (automatic | pl.col("proved"))
            sure = pl.when(sure.fill_null(False)).then(pl.col("earned")).otherwise(0)
            return places.select("n", "a", "in_scope", "earned", "unassessed", assured=sure)

        figures = ["earned", "assured", "unassessed"]
        mean = [pl.col(f).filter(in_scope).sum() // in_scope.sum() for f in figures]
        parted = judged(parted).group_by("n", "a").agg(pl.col("in_scope").any(), *mean)
        parted = parted.with_columns(pl.col(f).fill_null(0).cast(pl.Int64) for f in figures)
        whole = judged(whole).with_columns(pl.col(f).cast(pl.Int64) for f in figures)
        return pl.concat([whole.select(parted.collect_schema().names()), parted])

    def figures(self, tenants, statuses):
        """What each action that applies comes to; of the customer's, what nobody listed is unassessed."""
        mask, used = pl.col("mask"), pl.col("used")
        pairs = tenants.join(self.actions, how="cross")
        theirs = pairs.filter(~pl.col("is_provider") & (pl.col("everywhere") | (mask & used != 0)))
        theirs = theirs.select("n", "a", "points").join(statuses, on=["n", "a"], how="left")
        nothing = {"in_scope": True, "earned": 0, "assured": 0, "unassessed": WHOLE}
        theirs = theirs.with_columns(pl.col(name).fill_null(value) for name, value in nothing.items())
        ours = pairs.filter(pl.col("is_provider") & (mask & used != 0))

        def share(bits):
            return WHOLE * (mask & bits).bitwise_count_ones().cast(pl.Int64) // (mask & used).bitwise_count_ones()

        ours = ours.select("n", "a", "points", in_scope=pl.lit(True), earned=share(pl.col("attested")),
                           assured=share(pl.col("current")), unassessed=pl.lit(0, pl.Int64))  # fmt: skip
        return pl.concat([theirs.select(ours.collect_schema().names()), ours])

    def rows(self, profiles):
        items = profiles.select("n", "evidence").explode("evidence").unnest("evidence")
        shown = items.filter(self.is_current()).select("n", evidence="id")
        figures = self.figures(self.tenants(profiles, items), self.statuses(profiles, shown))
        excluded = profiles.select("n", "exclusion").explode("exclusion").unnest("exclusion")
        excluded = excluded.join(self.controls, on="control").select("n", "c").unique()
        closed = excluded.join(self.serves, on="c").join(self.actions, on="a").group_by("n", "a", "controls").len()
        closed = closed.filter(pl.col("len") == pl.col("controls"))
        figures = figures.with_columns(points=pl.col("points") * pl.col("in_scope").cast(pl.Int64))
        points, earned = pl.col("points"), pl.col("points") * pl.col("earned")
        open_figures = figures.join(closed, on=["n", "a"], how="anti")
        totals = open_figures.group_by("n").agg(
            achieved=earned.sum(), possible=points.sum() * WHOLE, assured=(points * pl.col("assured")).sum(),
            unassessed=(points * pl.col("unassessed")).sum(),
        )  # fmt: skip
        control = figures.select("n", "a", "points", earned=earned).join(self.serves, on="a")
        control = control.group_by("n", "c").agg(points.sum(), pl.col("earned").sum())
        control = control.join(excluded, on=["n", "c"], how="anti")
        earned = pl.col("earned")
        counts = control.group_by("n").agg(
            covered=((points > 0) & (earned == WHOLE * points)).sum(),
            partial=((earned >= points) & (earned < WHOLE * points)).sum(),
            gap=((points > 0) & (earned < points)).sum(),
            not_in_scope=(points == 0).sum(),
        )
        rows = profiles.select("n", tenant=pl.col("organization").struct.field("tenant"))
        rows = rows.join(totals, on="n", how="left").join(counts, on="n", how="left")
        rows = rows.join(excluded.group_by("n").agg(excluded=pl.len()), on="n", how="left")
        rows = rows.with_columns(pl.exclude("n", "tenant").fill_null(0).cast(pl.Int64))
        rest = pl.sum_horizontal("covered", "partial", "gap", "not_in_scope", "excluded")
        return rows.with_columns(unmapped=len(self.library.controls) - rest).sort("n").select(COLUMNS)


def batches(path):
    """The profiles, a batch of tenants at a time."""
    if path.suffix == ".parquet":
        columns = list(SCHEMA)
        for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=columns):
            yield pl.from_arrow(batch)
        return
    with open(path, "rb") as file:
        while block := list(itertools.islice(file, BATCH)):
            yield pl.read_ndjson(io.BytesIO(b"".join(block)), schema=SCHEMA)


def main():
    parser = arguments(__doc__)
    given = parser.parse_args()
    library = Library(given.library, given.as_of)
    scorer = Scorer(library, is_text=given.input.suffix != ".parquet")
    with open(given.output, "wb") as file:
        for number, batch in enumerate(batches(given.input)):
            rows = scorer.rows(batch.with_row_index("n").lazy()).collect()
            rows.write_csv(file, include_header=number == 0, line_terminator="\r\n")


if __name__ == "__main__":
    main()
