"""NumPy over Parquet: statuses scattered into a matrix of tenants and actions, controls by a product of matrices.

Sums stay far below 2^53, so the products of floats are exact.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rules import Library, arguments, write_rows

BATCH = 1_000
WHOLE = 10_000
NEVER = np.iinfo(np.int32).max
COLUMNS_READ = [
    "organization.tenant", "service.list.element.id", "action.list.element.id", "action.list.element.implementation",
    "action.list.element.test", "action.list.element.test_source", "action.list.element.implemented_on",
    "action.list.element.tested_on", "action.list.element.fraction", "action.list.element.evidence",
    "action.list.element.instance", "evidence.list.element.id", "evidence.list.element.valid_from",
    "evidence.list.element.valid_to", "evidence.list.element.services", "exclusion.list.element.control",
]  # fmt: skip


def rows_of(column):
    """The items of a column of lists, and the row that each stands in."""
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy()
    return column.flatten(), np.repeat(np.arange(len(column)), lengths), lengths


def codes(texts, words):
    return pc.fill_null(pc.index_in(texts, value_set=words), -1).to_numpy()


def days(dates, missing):
    return pc.fill_null(dates.cast(pa.int32()), missing).to_numpy()


class Places:
    """The columns of places as arrays of numbers."""

    IMPLEMENTATIONS = pa.array(["implemented", "alternative", "planned", "not-implemented", "not-in-scope"])
    TESTS = pa.array(["passed", "partially-tested", "to-be-detected", "could-not-be-detected", "not-in-scope"])
    AUTOMATIC = pa.array(["automatic"])

    def __init__(self, table):
        field = table.field
        self.implementation = codes(field("implementation"), self.IMPLEMENTATIONS)
        self.test = codes(field("test"), self.TESTS)
        self.has_source = field("test_source").is_valid().to_numpy(zero_copy_only=False)
        self.automatic = codes(field("test_source"), self.AUTOMATIC) == 0
        # A day that is not given is no day to come, and none that a test is fresh from.
        self.implemented_on = days(field("implemented_on"), -NEVER)
        self.tested_on = days(field("tested_on"), -NEVER)
        fraction = field("fraction")
        self.has_fraction = fraction.is_valid().to_numpy(zero_copy_only=False)
        share = pc.fill_null(fraction.cast(pa.float64()), 0).to_numpy()
        self.fraction = np.rint(share * WHOLE).astype(np.int64)

    def taking_from(self, other):
        """These, with what they do not give themselves taken from `other`, place by place."""
        self.automatic = np.where(self.has_source, self.automatic, other.automatic)
        for name in ("implemented_on", "tested_on"):
            own = getattr(self, name)
            setattr(self, name, np.where(own == -NEVER, getattr(other, name), own))
        self.fraction = np.where(self.has_fraction, self.fraction, other.fraction)
        return self

    def at(self, positions):
        some = object.__new__(Places)
        some.__dict__ = {name: values[positions] for name, values in self.__dict__.items()}
        return some


class Scorer:
    def __init__(self, library):
        self.library = library
        epoch = np.datetime64("1970-01-01")
        self.day, self.manual_from, self.automatic_from = (
            int((np.datetime64(d) - epoch).astype(int))
            for d in (library.as_of, library.manual_from, library.automatic_from)
        )
        self.services, self.bits = pa.array(library.bits), np.array(list(library.bits.values()), np.int64)
        self.controls = pa.array(library.controls)
        self.ids = pa.array([a.id for a in library.customer])
        actions = library.customer + library.provider
        self.points = np.array([a.points for a in actions], np.int64)
        self.mask = np.array([a.mask for a in actions], np.int64)
        self.everywhere = np.array([a.everywhere for a in library.customer])
        self.serves = np.zeros((len(actions), len(library.controls)))
        for n, action in enumerate(actions):
            self.serves[n, action.controls] = 1

    def judge(self, places, shown):
        """Whether places are in scope, what they earn, what is assured, and what is unassessed."""
        future = (places.tested_on > self.day) | (places.implemented_on > self.day)
        in_scope = (places.implementation != 4) & (future | (places.test != 4))
        counted = in_scope & ~future
        done = (places.implementation == 0) | (places.implementation == 1)
        earned = np.where(counted & done & (places.test == 0), WHOLE, 0)
        earned = np.where(counted & places.automatic & (places.test == 1), places.fraction, earned)
        fresh = places.tested_on >= np.where(places.automatic, self.automatic_from, self.manual_from)
        assured = np.where(fresh & (places.automatic | shown), earned, 0)
        unassessed = np.where(counted & ((places.test == 2) | (places.test == 3)), WHOLE, 0)
        return in_scope, earned, assured, unassessed

    def shown(self, links, tenants, items, item_tenants, current):
        """Which entries link an item that is current: texts are told apart by code, tenants by number."""
        texts, entries, _ = rows_of(links)
        both = pa.chunked_array([texts, items.field("id")]).combine_chunks().dictionary_encode()
        code, size = both.indices.to_numpy(), max(1, len(both.dictionary))
        linked = tenants[entries] * size + code[: len(texts)]
        held = item_tenants[current] * size + code[len(texts) :][current]
        found = np.zeros(len(links), bool)
        found[entries[np.isin(linked, held)]] = True
        return found

    def customer(self, batch, items, item_tenants, current, size):
        """In scope, earned, assured, unassessed of each of the customer's actions, tenant by tenant."""
        entries, tenants, _ = rows_of(batch.column("action"))
        at = tenants * len(self.ids) + codes(entries.field("id"), self.ids)
        places = Places(entries)
        shown = self.shown(entries.field("evidence"), tenants, items, item_tenants, current)
        shape = (size, len(self.ids))
        unlisted = (True, 0, 0, WHOLE)
        matrices = [np.full(shape, value) for value in unlisted]
        for matrix, values in zip(matrices, self.judge(places, shown)):
            matrix.ravel()[at] = values
        instances, owners, lengths = rows_of(entries.field("instance"))
        if len(instances):
            links = instances.field("evidence")
            own = self.shown(links, tenants[owners], items, item_tenants, current)
            own = np.where(links.is_valid().to_numpy(zero_copy_only=False), own, shown[owners])
            in_scope, *figures = self.judge(Places(instances).taking_from(places.at(owners)), own)
            count = np.bincount(owners, in_scope, len(entries)).astype(np.int64)
            parted = lengths > 0
            matrices[0].ravel()[at[parted]] = count[parted] > 0
            for matrix, values in zip(matrices[1:], figures):
                total = np.bincount(owners, values * in_scope, len(entries)).astype(np.int64)
                matrix.ravel()[at[parted]] = (total // np.maximum(count, 1))[parted]
        return matrices

    def used(self, batch, items, item_tenants, current, size):
        """The services used, attested, and attested by something current, as bits."""
        library = self.library
        services, tenants, _ = rows_of(batch.column("service"))
        used = np.zeros(size, np.int64)
        np.bitwise_or.at(used, tenants, self.bits[codes(services.field("id"), self.services)])
        attested, now = np.full(size, library.attested), np.full(size, library.current)
        named, owners, _ = rows_of(items.field("services"))
        if len(named):
            start = days(items.field("valid_from"), NEVER)
            since = days(named.field("since"), NEVER)
            since = np.where(since == NEVER, start[owners], since)
            bits = np.where(since <= self.day, self.bits[codes(named.field("id"), self.services)], 0)
            np.bitwise_or.at(attested, item_tenants[owners], bits)
            np.bitwise_or.at(now, item_tenants[owners], np.where(current[owners] & (start[owners] != NEVER), bits, 0))
        return used, attested & used & ~library.retired, now & used & ~library.retired

    def rows(self, batch):
        size = len(batch)
        items, item_tenants, _ = rows_of(batch.column("evidence"))
        current = days(items.field("valid_from"), -NEVER) <= self.day
        current &= days(items.field("valid_to"), NEVER) >= self.day
        used, attested, now = self.used(batch, items, item_tenants, current, size)
        theirs = self.customer(batch, items, item_tenants, current, size)
        mine = self.mask[len(self.ids) :]
        applicable = np.bitwise_count(mine & used[:, None]).astype(np.int64)
        share = [WHOLE * np.bitwise_count(mine & b[:, None]).astype(np.int64) for b in (attested, now)]
        share = [total // np.maximum(applicable, 1) for total in share]
        provider = [np.ones_like(applicable, bool), *share, np.zeros_like(applicable)]
        in_scope, earned, assured, unassessed = (np.hstack(pair) for pair in zip(theirs, provider))
        applies = (self.mask & used[:, None]) != 0
        applies[:, : len(self.ids)] |= self.everywhere
        points = np.where(applies & in_scope, self.points, 0)

        texts, owners, _ = rows_of(batch.column("exclusion"))
        excluded = np.zeros((size, len(self.controls)), bool)
        excluded[owners, codes(texts.field("control"), self.controls)] = True
        control_earned, control_points = ((points * w).astype(float) @ self.serves for w in (earned, 1))
        some = applies.astype(float) @ self.serves > 0
        coverage = np.floor(control_earned / np.maximum(control_points, 1))
        counted = some & ~excluded & (control_points > 0)
        statuses = [
            counted & (coverage == WHOLE),
            counted & (coverage > 0) & (coverage < WHOLE),
            counted & (coverage == 0),
            some & ~excluded & (control_points == 0),
            ~some & ~excluded,
            excluded,
        ]
        # An action all of whose controls are excluded is left out.
        with_some = excluded.any(axis=1)
        closed = excluded[with_some].astype(float) @ self.serves.T == self.serves.sum(axis=1)
        points[with_some] = np.where(closed, 0, points[with_some])
        figures = [(points * w).sum(axis=1) for w in (earned, WHOLE, assured, unassessed)]
        columns = figures + [s.sum(axis=1) for s in statuses]
        tenants = batch.column("organization").field("tenant").to_pylist()
        return zip(tenants, *(column.tolist() for column in columns))


def main():
    given = arguments(__doc__).parse_args()
    scorer = Scorer(Library(given.library, given.as_of))
    batches = pq.ParquetFile(given.input).iter_batches(BATCH, columns=COLUMNS_READ, use_threads=False)
    write_rows(given.output, (row for batch in batches for row in scorer.rows(batch)))


if __name__ == "__main__":
    main()
