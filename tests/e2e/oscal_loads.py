"""OSCAL as compliance-trestle reads it: every export loads by its object models, goes into a workspace and is
valid there, and the profile over the catalogue resolves to the controls that the template maps.

usage: oscal_loads.py ANNEXA WORK
"""

import json
import pathlib
import subprocess
import sys

from trestle.core.profile_resolver import ProfileResolver
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.catalog import Catalog
from trestle.oscal.component import ComponentDefinition
from trestle.oscal.poam import PlanOfActionAndMilestones
from trestle.oscal.profile import Profile
from trestle.oscal.ssp import SystemSecurityPlan

annexa, work = sys.argv[1], pathlib.Path(sys.argv[2]) / "oscal"
trestle = pathlib.Path(sys.executable).parent / "trestle"
here = pathlib.Path.cwd()
profiles = here / "templates/microsoft-cloud/profiles"
workspace = work / "workspace"
workspace.mkdir(parents=True)

MODELS = {
    "catalog": Catalog,
    "profile": Profile,
    "component-definition": ComponentDefinition,
    "ssp": SystemSecurityPlan,
    "assessment-results": AssessmentResults,
    "poam": PlanOfActionAndMilestones,
}


def run(*command, cwd=here):
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def plain(value):
    """The text in a value of trestle's: a string type or a member of a set."""
    value = getattr(value, "__root__", value)
    return getattr(value, "value", value)


def export(model, name, *args):
    """Writes a document, loads it by its object model, and takes it into the workspace."""
    path = work / f"{model}-{name}.json"
    run(annexa, "oscal", "export", model, *args, "-o", path)
    document = MODELS[model].oscal_read(path)
    assert document is not None and plain(document.metadata.oscal_version) == "1.1.3", path
    run(trestle, "import", "-f", path, "-o", name, cwd=workspace)
    return document


run(trestle, "init", "--local", cwd=workspace)
count = 0
for edition in ["2013", "2022"]:
    framework = f"iso-27001-{edition}"
    catalog = export("catalog", framework, "--framework", framework)
    href = f"trestle://catalogs/{framework}/catalog.json"
    profile = export("profile", framework, "--framework", framework, "--catalog-href", href)
    components = export("component-definition", framework, "--framework", framework, "--catalog-href", href)
    assert any(component.control_implementations for component in components.components)
    count += 3

    # The controls of the profile over the catalogue, as another program resolves them.
    resolved = ProfileResolver.get_resolved_profile_catalog(
        workspace, workspace / f"profiles/{framework}/profile.json"
    )

    def ids(part):
        found = {control.id for control in part.controls or []}
        for group in part.groups or []:
            found |= ids(group)
        return found

    wanted = {plain(one) for chosen in profile.imports[0].include_controls for one in chosen.with_ids}
    assert ids(resolved) == wanted and len(wanted) > 100, (framework, len(wanted), len(ids(resolved)))
    assert wanted <= ids(catalog)

cases = [
    ("enterprise", profiles / "enterprise.toml", "headquarters"),
    ("small-business", profiles / "small-business.toml", "default"),
    ("us-government", profiles / "us-government.toml", "default"),
    ("hostile", here / "tests/e2e/hostile.toml", "=1+1"),
]
for name, path, group in cases:
    args = [f"--group={group}"]
    date = ["--as-of", "2021-12-01"]
    href = "trestle://profiles/iso-27001-2013/profile.json"
    export("ssp", name, path, *args, *date, "--profile-href", href)
    results = export("assessment-results", name, path, *args, *date)
    items = export("poam", name, path, *args, *date)
    count += 3

    # The figures of another report, as these documents have them.
    score = json.loads(run(annexa, "score", path, *date, "--format", "json"))
    (controls,) = [a["controls"] for a in score["assessments"] if a["group"] == group]
    judged = [c for c in controls if c["status"] not in ("excluded", "not-in-scope")]
    findings = results.results[0].findings
    assert len(findings) == len(judged), name
    satisfied = [f for f in findings if plain(f.target.status.state) == "satisfied"]
    assert len(satisfied) == sum(c["status"] == "covered" for c in judged), name
    assert len(items.poam_items) == len(items.risks), name

run(trestle, "validate", "-a", cwd=workspace)
print(f"OSCAL: {count} documents load in compliance-trestle and are valid in a workspace")
