"""The schemas are valid JSON Schema, and every shipped file holds against the schema of its kind."""

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

from jsonschema import Draft202012Validator

annexa = sys.argv[1]
KINDS = {
    "catalog": "controls/*.toml",
    "crosswalk": "controls/crosswalk/*.toml",
    "provider": "templates/*/provider.toml",
    "actions": "templates/*/actions/*.toml",
    "template": "templates/*/iso-*.toml",
    "profile": "templates/*/profiles/*.toml",
    "gate": "tests/cases/ci/gate.toml",
}


def plain(value):
    """TOML dates as editors hand them to a schema: text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


for kind, pattern in KINDS.items():
    schema = json.loads(subprocess.run([annexa, "schema", kind], check=True, capture_output=True).stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    files = sorted(Path(".").glob(pattern))
    assert files, pattern
    for file in files:
        content = plain(tomllib.loads(file.read_text(encoding="utf-8")))
        errors = [f"{file}: {error.json_path}: {error.message}" for error in validator.iter_errors(content)]
        assert not errors, errors[:5]
        content["misspelt"] = 1
        assert not validator.is_valid(content), f"{kind}: an unknown key passes"
    print(f"schema: {kind}: {len(files)} files")
