#!/usr/bin/env bash
# The store is killed and starved at every write; see every_write.py.
set -euo pipefail
annexa=$1 work=$2
command -v strace >/dev/null || { apt-get update -q >/dev/null && apt-get install -y -q strace >/dev/null; }
command -v unshare >/dev/null || { apt-get update -q >/dev/null && apt-get install -y -q util-linux >/dev/null; }
python3 tests/e2e/every_write.py "$annexa" "$work"
