"""Other programs read the graph of a profile, with all its nodes and links, and text stays text in each."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx

annexa, work = sys.argv[1], Path(sys.argv[2])
SVG = "{http://www.w3.org/2000/svg}"


def graph(profile, form, *more):
    args = [annexa, "graph", profile, "--as-of", "2021-12-01", "--format", form, "--quiet", *more]
    return subprocess.run(args, check=True, capture_output=True).stdout.decode()


cases = [
    ("templates/microsoft-cloud/profiles/enterprise.toml", []),
    ("templates/microsoft-cloud/profiles/enterprise.toml", ["--around", "A.8.2.1"]),
    ("templates/microsoft-cloud/profiles/enterprise.toml", ["--around", "A.8.2.1", "--lang", "ja"]),
    ("templates/microsoft-cloud/profiles/us-government.toml", ["--around", "azure-government", "--depth", "1"]),
    ("tests/e2e/hostile.toml", []),
]
for profile, more in cases:
    told = json.loads(graph(profile, "json", *more))
    nodes, links = told["nodes"], told["links"]

    path = work / "graph.graphml"
    path.write_text(graph(profile, "graphml", *more))
    read = networkx.read_graphml(path, force_multigraph=True)
    assert read.is_directed()
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(nodes), len(links)), more
    for position, node in enumerate(nodes):
        attributes = read.nodes[f"n{position}"]
        assert attributes["id"] == node["id"] and attributes.get("state") == node["state"], node
    at = {node["key"]: f"n{position}" for position, node in enumerate(nodes)}
    expected = sorted((at[link["source"]], at[link["target"]], link["kind"]) for link in links)
    assert sorted((a, b, d["kind"]) for a, b, d in read.edges(data=True)) == expected

    # JSON as networkx takes it.
    same = networkx.node_link_graph(told, directed=True, multigraph=True, name="key", edges="links")
    assert (same.number_of_nodes(), same.number_of_edges()) == (len(nodes), len(links))

    drawing = ET.fromstring(graph(profile, "svg", *more))
    boxes = [g for g in drawing.iter(f"{SVG}g") if g.get("class", "").startswith("n ") and g.find(f"{SVG}title") is not None]
    assert len(boxes) == len(nodes)

    dot = work / "graph.dot"
    dot.write_text(graph(profile, "dot", *more))
    # The layout of thousands of nodes takes minutes; that they are read is seen without it.
    how = ["dot", "-Tsvg"] if len(nodes) < 500 else ["nop"]
    done = subprocess.run([*how, dot], check=True, capture_output=True)
    assert not done.stderr, done.stderr.decode()
    if how[0] == "dot":
        classes = [(g.get("class") or "none").split()[0] for g in ET.fromstring(done.stdout).iter(f"{SVG}g")]
        assert (classes.count("node"), classes.count("edge")) == (len(nodes), len(links)), more
        texts = {"".join(text.itertext()) for text in ET.fromstring(done.stdout).iter(f"{SVG}text")}
        assert all(node["id"] in texts for node in nodes), "an id is drawn otherwise"
    print(f"graph: {len(nodes)} nodes and {len(links)} links read by networkx and Graphviz: {profile} {' '.join(more)}")

# Texts that want to be more than text, as Graphviz draws them.
case = Path("tests/cases/graph/hostile-as-dot")
told = (case / "expected.txt").read_text().removesuffix("exit 0\n")
done = subprocess.run(["dot", "-Tsvg"], input=told.encode(), check=True, capture_output=True)
drawing = ET.fromstring(done.stdout)
classes = [(g.get("class") or "none").split()[0] for g in drawing.iter(f"{SVG}g")]
lines = [line.split() for line in told.splitlines() if line.startswith("  n") and line[3].isdigit()]
links = [line for line in lines if line[1] == "->"]
assert (classes.count("node"), classes.count("edge")) == (len(lines) - len(links), len(links))
texts = ["".join(text.itertext()) for text in drawing.iter(f"{SVG}text")]
assert any('"]; evil -> n0 [label="<script>alert(1)</script>\\N\\G &amp; %%{init: {}}%%' in text for text in texts), texts
assert not list(drawing.iter(f"{SVG}script"))
print("graph: hostile text is text in Graphviz")
