#!/usr/bin/env bash
# Plain Python, DuckDB, Polars, NumPy and compliance-trestle, which know the rules and not this program, come to the same
# figures on a hundred generated tenants, each of them to the unit. What else `benches/peers/run.py` does is measuring.
set -euo pipefail
cd "$(dirname "$0")/../.."
annexa=$1 work=$2
python3 benches/peers/run.py --annexa "$annexa" --sizes 1,100 --only-agree --work "$work"
