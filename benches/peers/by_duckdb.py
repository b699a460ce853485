"""DuckDB: the figures as SQL over NDJSON or Parquet, in five statements with tables of numbers between them.

Slower in 2.0, and so not done: `list_has_any` for the evidence linked (3.7 us a call), an unnested list carried
through a second unnest, one statement for all.
"""

import duckdb
import pyarrow as pa
from rules import Library, arguments, write_rows

PLACE = """implementation VARCHAR, test VARCHAR, test_source VARCHAR, implemented_on DATE, tested_on DATE,
    fraction DECIMAL(5, 4), evidence VARCHAR[]"""
NDJSON = f"""(SELECT * REPLACE (list_transform(evidence, lambda e: struct_pack(
        id := e.id, valid_from := e.valid_from, valid_to := e.valid_to, services := list_transform(e.services,
            lambda s: struct_pack(id := coalesce(s->>'$.id', s->>'$'), since := CAST(s->>'$.since' AS DATE))))) AS evidence)
    FROM read_ndjson($path, maximum_object_size = 1000000, columns = {{
        organization: 'STRUCT(tenant VARCHAR)', service: 'STRUCT(id VARCHAR)[]',
        action: 'STRUCT(id VARCHAR, {PLACE}, instance STRUCT({PLACE})[])[]',
        evidence: 'STRUCT(id VARCHAR, valid_from DATE, valid_to DATE, services JSON[])[]',
        exclusion: 'STRUCT(control VARCHAR)[]' }}))"""
PARQUET = "read_parquet($path)"

PROFILE = """CREATE TEMP TABLE profile AS
SELECT row_number() OVER () AS n, organization.tenant AS tenant, service, action, evidence, exclusion,
    list_transform(list_filter(evidence, lambda e:
        coalesce(e.valid_from <= $day, true) AND coalesce(e.valid_to >= $day, true)), lambda e: e.id) AS shown
FROM {source}"""

TENANT = """CREATE TEMP TABLE tenant AS
WITH used AS (
    SELECT n, bit_or(bit) AS used FROM (SELECT n, unnest(service).id AS service FROM profile) JOIN services USING (service)
    GROUP BY n
), item AS (SELECT n, unnest(evidence) AS e FROM profile
), naming AS (SELECT n, e, unnest(e.services) AS s FROM item WHERE len(e.services) > 0
), own AS (
    SELECT n, bit_or(bit) AS attested,
        bit_or(CASE WHEN e.valid_from <= $day AND coalesce(e.valid_to >= $day, true) THEN bit ELSE 0 END) AS current
    FROM naming JOIN services ON services.service = naming.s.id
    WHERE coalesce(s.since, e.valid_from) <= $day GROUP BY n
)
SELECT n, used,
    used & ~$retired & ($attested | coalesce(own.attested, 0)) AS attested,
    used & ~$retired & ($current | coalesce(own.current, 0)) AS current,
FROM used LEFT JOIN own USING (n)"""

# An entry without instances is its own place; with them, each takes from its action what it does not say.
STATUS = """CREATE TEMP TABLE status AS
WITH entry AS NOT MATERIALIZED (
    SELECT n, e.id AS action, e.implementation AS implementation, e.test AS test, e.test_source AS test_source,
        e.implemented_on AS implemented_on, e.tested_on AS tested_on, e.fraction AS fraction,
        len(list_filter(e.evidence, lambda x: list_contains(shown, x))) > 0 AS is_shown, e.instance AS instance,
        CASE WHEN len(e.instance) > 0 THEN shown END AS shown
    FROM (SELECT n, shown, unnest(action) AS e FROM profile)
), place AS NOT MATERIALIZED (
    SELECT n, action, false AS split, implementation, test, test_source, implemented_on, tested_on, fraction, is_shown
    FROM entry WHERE coalesce(len(instance), 0) = 0
    UNION ALL
    SELECT n, action, true, i.implementation, i.test, coalesce(i.test_source, test_source),
        coalesce(i.implemented_on, implemented_on), coalesce(i.tested_on, tested_on), coalesce(i.fraction, fraction),
        coalesce(len(list_filter(i.evidence, lambda x: list_contains(shown, x))) > 0, is_shown)
    FROM (SELECT *, unnest(instance) AS i FROM entry WHERE len(instance) > 0)
), dated AS (
    SELECT *, coalesce(tested_on > $day, false) OR coalesce(implemented_on > $day, false) AS is_future,
        coalesce(test_source = 'automatic', false) AS is_automatic FROM place
), judged AS (
    SELECT n, action, split, is_automatic, tested_on, is_shown,
        implementation <> 'not-in-scope' AND (is_future OR coalesce(test <> 'not-in-scope', true)) AS in_scope,
        CASE WHEN is_future OR NOT in_scope THEN 0
            WHEN test = 'passed' AND implementation IN ('implemented', 'alternative') THEN 10000
            WHEN test = 'partially-tested' AND is_automatic THEN CAST(floor(fraction * 10000) AS INTEGER)
            ELSE 0 END AS earned,
        CASE WHEN in_scope AND NOT is_future AND test IN ('to-be-detected', 'could-not-be-detected') THEN 10000
            ELSE 0 END AS unassessed
    FROM dated
), sure AS (
    SELECT n, action, split, in_scope, earned, unassessed,
        CASE WHEN tested_on >= CASE WHEN is_automatic THEN $automatic_from ELSE $manual_from END
            AND (is_automatic OR is_shown) THEN earned ELSE 0 END AS assured
    FROM judged
)
SELECT n, a, in_scope, earned, assured, unassessed FROM sure JOIN actions USING (action) WHERE NOT split
UNION ALL
SELECT n, a, bool_or(in_scope), coalesce(sum(earned) FILTER (in_scope) // count(*) FILTER (in_scope), 0)::INTEGER,
    coalesce(sum(assured) FILTER (in_scope) // count(*) FILTER (in_scope), 0)::INTEGER,
    coalesce(sum(unassessed) FILTER (in_scope) // count(*) FILTER (in_scope), 0)::INTEGER
FROM sure JOIN actions USING (action) WHERE split GROUP BY n, a"""

# What each action that applies comes to; of the customer's, what nobody listed is unassessed.
FIGURES = """CREATE TEMP TABLE figures AS
SELECT tenant.n, actions.a, points,
    coalesce(in_scope, true) AS in_scope, coalesce(earned, 0) AS earned, coalesce(assured, 0) AS assured,
    coalesce(unassessed, 10000) AS unassessed
FROM tenant JOIN actions ON NOT is_provider AND (everywhere OR mask & used <> 0)
    LEFT JOIN status ON status.n = tenant.n AND status.a = actions.a
UNION ALL
SELECT n, a, points, true, (10000 * bit_count(mask & attested)) // bit_count(mask & used),
    (10000 * bit_count(mask & current)) // bit_count(mask & used), 0
FROM tenant JOIN actions ON is_provider AND mask & used <> 0"""

ROWS = """WITH excluded AS (
    SELECT DISTINCT n, c FROM (SELECT n, unnest(exclusion).control AS control FROM profile) JOIN controls USING (control)
), closed AS (
    SELECT n, a FROM excluded JOIN serves USING (c) JOIN actions USING (a)
    GROUP BY n, a HAVING count(*) = any_value(controls)
), total AS (
    SELECT n, sum(points * earned) AS achieved, sum(points * 10000) AS possible, sum(points * assured) AS assured,
        sum(points * unassessed) AS unassessed
    FROM figures ANTI JOIN closed USING (n, a) WHERE in_scope GROUP BY n
), control AS (
    SELECT n, c, sum(CASE WHEN in_scope THEN points * earned ELSE 0 END) AS achieved,
        sum(CASE WHEN in_scope THEN points ELSE 0 END) AS possible
    FROM figures JOIN serves USING (a) GROUP BY n, c
), counts AS (
    SELECT n, count(*) FILTER (possible > 0 AND achieved = 10000 * possible) AS covered,
        count(*) FILTER (achieved >= possible AND achieved < 10000 * possible) AS partial,
        count(*) FILTER (possible > 0 AND achieved < possible) AS gap,
        count(*) FILTER (possible = 0) AS not_in_scope
    FROM control ANTI JOIN excluded USING (n, c) GROUP BY n
), without AS (SELECT n, count(*) AS excluded FROM excluded GROUP BY n)
SELECT tenant, coalesce(achieved, 0), coalesce(possible, 0), coalesce(assured, 0), coalesce(unassessed, 0),
    coalesce(covered, 0), coalesce(partial, 0), coalesce(gap, 0), coalesce(not_in_scope, 0),
    (SELECT count(*) FROM controls) - coalesce(covered + partial + gap + not_in_scope, 0) - coalesce(excluded, 0),
    coalesce(excluded, 0)
FROM profile LEFT JOIN total USING (n) LEFT JOIN counts USING (n) LEFT JOIN without USING (n) ORDER BY n"""


def tables(library):
    actions = library.customer + library.provider
    serves = [(a, c) for a, action in enumerate(actions) for c in action.controls]
    yield "services", {"service": list(library.bits), "bit": pa.array(library.bits.values(), pa.int64())}
    yield "controls", {"control": library.controls, "c": pa.array(range(len(library.controls)), pa.int32())}
    columns = {"action": [x.id for x in actions], "a": pa.array(range(len(actions)), pa.int32())}
    columns |= {"points": [x.points for x in actions], "mask": [x.mask for x in actions]}
    columns |= {"everywhere": [x.everywhere for x in actions], "is_provider": [x.is_provider for x in actions]}
    yield "actions", columns | {"controls": [len(x.controls) for x in actions]}
    yield (
        "serves",
        {"a": pa.array([a for a, _ in serves], pa.int32()), "c": pa.array([c for _, c in serves], pa.int32())},
    )


def main():
    parser = arguments(__doc__)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    library = Library(given.library, given.as_of)
    con = duckdb.connect(config={"threads": given.threads, "temp_directory": f"{given.output}.tmp"})
    for name, columns in tables(library):
        table = pa.table(columns)
        con.register("columns_of_it", table)
        con.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM columns_of_it")
    days = {"day": library.as_of, "manual_from": library.manual_from, "automatic_from": library.automatic_from}
    sets = {"retired": library.retired, "attested": library.attested, "current": library.current}
    source = NDJSON if given.input.suffix == ".ndjson" else PARQUET
    known = days | sets | {"path": str(given.input)}
    for query in (PROFILE.format(source=source), TENANT, STATUS, FIGURES, ROWS):
        result = con.execute(query, {k: v for k, v in known.items() if f"${k}" in query})
    write_rows(given.output, result.fetchall())


if __name__ == "__main__":
    main()
