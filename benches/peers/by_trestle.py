"""compliance-trestle's nearest job: assessment results of OSCAL loaded, and the states of their findings counted.

It has no score, so this is no peer of the figures: it reads a document of about the size of a profile for each
tenant, with a finding for each control, and counts those that are satisfied. `--make` writes the documents from the
counts of another peer.
"""

import argparse
import csv
import json
import uuid
from pathlib import Path

NOW = "2026-06-01T00:00:00+00:00"


def document(tenant, controls, covered):
    """The results of a tenant as OSCAL, satisfied for as many controls as are covered."""

    def new(*parts):
        # Version 4, as OSCAL asks for, of a seed, so that each run reads the same bytes.
        return str(uuid.UUID(bytes=uuid.uuid5(uuid.NAMESPACE_DNS, "/".join([tenant, *parts])).bytes, version=4))

    findings = [
        {
            "uuid": new("finding", control),
            "title": f"Control {control}",
            "description": "Drawn from the actions that serve it.",
            "target": {
                "type": "objective-id",
                "target-id": f"{control.lower()}_obj",
                "status": {"state": "satisfied" if number < covered else "not-satisfied"},
            },
        }
        for number, control in enumerate(controls)
    ]
    result = {
        "uuid": new("result"),
        "title": "Assessment",
        "description": "One assessment.",
        "start": NOW,
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
        "findings": findings,
    }
    metadata = {"title": f"Results of {tenant}", "last-modified": NOW, "version": "1", "oscal-version": "1.1.3"}
    body = {"uuid": new("document"), "metadata": metadata, "import-ap": {"href": "#plan"}, "results": [result]}
    return {"assessment-results": body}


def make(rows, folder):
    from workload import controls

    folder.mkdir(parents=True, exist_ok=True)
    ids = [control for control, _ in controls()]
    with open(rows, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            made = document(row["tenant"], ids, int(row["covered"]))
            (folder / f"{row['tenant']}.json").write_text(json.dumps(made, indent=2), encoding="utf-8")


def count(folder, output):
    from trestle.oscal.assessment_results import AssessmentResults

    with open(output, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["tenant", "covered"])
        for path in sorted(folder.iterdir()):
            results = AssessmentResults.oscal_read(path).results
            states = [str(f.target.status.state) for result in results for f in result.findings]
            writer.writerow([path.stem, sum(s.rpartition(".")[2] == "satisfied" for s in states)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", action="store_true", help="write the documents into the folder `output`")
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    given = parser.parse_args()
    (make if given.make else count)(given.input, given.output)


if __name__ == "__main__":
    main()
