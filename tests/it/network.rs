//! The graph of a profile: cases as a person meets them, and what holds for every profile.
//!
//! A case is a folder with a profile and `args`; `expected.txt` is what is printed, with the exit code as its
//! last line.

use crate::random;
use crate::support::{cases, code, differs, err, folders, none, out, run_in};
use crate::trend::assert_well_formed;
use annexa::report::{network_dot, network_graphml, network_mermaid, network_svg, to_json};
use annexa::{Library, LibraryText, Locale, Model, Network, NetworkKind, Sources, TenantProfile, Unchecked};
use chrono::NaiveDate;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;

#[test]
fn cases_read_as_expected() {
    let library = cases("migrate-library");
    let mut faults = Vec::new();
    for name in folders(&cases("graph")) {
        let case = cases("graph").join(&name);
        let args = fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<&str> = args.split_whitespace().collect();
        let all = [&["graph", "--no-builtin", "--library", library.to_str().unwrap()], &args[..]].concat();
        let output = run_in(&case, &all);
        faults.extend(differs(
            &case.join("expected.txt"),
            &format!("{}{}exit {}\n", out(&output), err(&output), code(&output)),
        ));
        assert_eq!(code(&output), if name.starts_with("refused") { 2 } else { 0 }, "{name}: {}", err(&output));
        match args[args.len() - 1] {
            "svg" if code(&output) == 0 => assert_well_formed(out(&output)),
            "graphml" => assert_well_formed(out(&output).split_once("?>\n").unwrap().1),
            _ => {}
        }
    }
    none(&faults);
}

#[test]
fn hostile_text_stays_text_in_every_form() {
    let told = |form: &str| {
        fs::read_to_string(cases("graph").join(format!("hostile-as-{form}")).join("expected.txt")).unwrap()
    };
    let svg = told("svg");
    let tags: BTreeSet<&str> = svg.split('<').skip(1).map(|tag| tag.split([' ', '>', '/']).next().unwrap()).collect();
    assert_eq!(tags, BTreeSet::from(["", "desc", "g", "path", "rect", "style", "svg", "text", "title"]));
    // A quoted string ends at the first quote with no backslash before it: what follows is the form's own.
    for line in told("dot").lines().filter(|line| line.trim_start().starts_with('n')) {
        let outside: String = outside_quotes(line);
        assert!(outside.chars().all(|c| c.is_ascii_alphanumeric() || " [],=;->_#".contains(c)), "{outside}");
    }
    let mermaid = told("mermaid");
    let (head, chart) = mermaid.split_once("\nflowchart LR\n").unwrap();
    assert_eq!(head.lines().count(), 3, "{head}");
    assert!(!chart.contains("%%") && !chart.contains("script>") && !chart.contains('`'), "{chart}");
    for line in chart.lines().filter(|line| line.contains('[')) {
        assert_eq!(
            (line.matches('"').count(), line.matches('[').count(), line.matches(']').count()),
            (2, 1, 1),
            "{line}"
        );
    }
    for form in ["svg", "dot", "mermaid", "graphml"] {
        let text = told(form);
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{fffe}', '\u{ffff}', '\u{85}']), "{form}");
    }
    // JSON hands texts on as they are.
    let json: Json = serde_json::from_str(told("json").split_once("exit").unwrap().0).unwrap();
    assert!(json["organization"].as_str().unwrap().ends_with("\u{fffe}\u{ffff}\u{202e}"), "{json}");
}

/// A line without what stands in quotes.
fn outside_quotes(line: &str) -> String {
    let (mut outside, mut is_inside, mut is_escaped) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' if !is_escaped => is_inside = !is_inside,
            c if !is_inside => outside.push(c),
            _ => {}
        }
        is_escaped = is_inside && c == '\\' && !is_escaped;
    }
    assert!(!is_inside, "{line}");
    outside
}

fn read(seed: u64) -> (Model, TenantProfile, NaiveDate) {
    let case = random::case(seed);
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let profile = model.profile(&case.profile, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    (model, profile, case.as_of)
}

/// The keys within `depth` steps, by the book: a queue, and the links looked through for each node.
fn naive(network: &Network, id: &str, depth: usize, is_down: bool) -> BTreeSet<usize> {
    let mut steps: BTreeMap<usize, usize> = BTreeMap::new();
    let starts = network.nodes.iter().enumerate().filter(|(_, n)| n.id == id).map(|(position, _)| (position, 0));
    let mut queue: VecDeque<(usize, usize)> = starts.collect();
    while let Some((node, step)) = queue.pop_front() {
        if steps.contains_key(&node) || step > depth {
            continue;
        }
        steps.insert(node, step);
        for link in &network.links {
            let (from, to) = if is_down { (link.source, link.target) } else { (link.target, link.source) };
            if from == node {
                queue.push_back((to, step + 1));
            }
        }
    }
    steps.into_keys().collect()
}

#[test]
fn every_graph_is_whole_and_each_part_of_it_is_what_a_search_finds() {
    let (mut parts, mut cut) = (0, 0);
    for seed in 61_000..61_060 {
        let (model, profile, day) = read(seed);
        let network = model.network(&profile, day, None);
        let keys: BTreeSet<&str> = network.nodes.iter().map(|n| n.key.as_str()).collect();
        assert_eq!(keys.len(), network.nodes.len(), "seed {seed}: a key stands twice");
        assert!(network.nodes.is_sorted_by_key(|n| n.kind), "seed {seed}");
        assert!(network.links.is_sorted() && network.links.windows(2).all(|l| l[0] != l[1]), "seed {seed}");
        for link in &network.links {
            let (from, to) = network.ends(link).unwrap_or_else(|| panic!("seed {seed}: {link:?}"));
            let is_among_actions = from.kind == NetworkKind::Action && to.kind == NetworkKind::Action;
            assert!(from.kind < to.kind || is_among_actions, "seed {seed}: {from:?} {link:?} {to:?}");
        }
        let ids: BTreeSet<&str> = network.ids().collect();
        for (id, depth) in ids.iter().zip([0, 1, 2, 3, 9].into_iter().cycle()) {
            let part = network.around(id, depth).unwrap();
            let kept = &naive(&network, id, depth, true) | &naive(&network, id, depth, false);
            let expected: Vec<_> = kept.iter().map(|n| &network.nodes[*n]).collect();
            assert_eq!(part.nodes.iter().collect::<Vec<_>>(), expected, "seed {seed}: {id} {depth}");
            let both = network.links.iter().filter(|l| kept.contains(&l.source) && kept.contains(&l.target));
            let told = |of: &Network, l: &annexa::NetworkLink| {
                let (from, to) = of.ends(l).unwrap();
                (from.key.clone(), to.key.clone(), l.kind, l.since)
            };
            let expected: Vec<_> = both.map(|l| told(&network, l)).collect();
            assert_eq!(part.links.iter().map(|l| told(&part, l)).collect::<Vec<_>>(), expected, "seed {seed}: {id}");
            parts += 1;
            cut += usize::from(part.nodes.len() < network.nodes.len());
        }
        assert!(network.around("no-such-id", 3).is_none());
    }
    assert!(parts > 500 && cut > 300, "{parts} parts, {cut} smaller than the whole");
}

/// A node stands in the graph as `explain` tells it, and a control and action as the score has it.
#[test]
fn every_state_is_that_of_the_explanation_and_of_the_score() {
    let mut seen = BTreeSet::new();
    for seed in 62_000..62_040 {
        let (model, profile, day) = read(seed);
        let network = model.network(&profile, day, None);
        let score = model.score(&profile, day, 0);
        for node in &network.nodes {
            let state = node.state.map(|state| state.to_string());
            let assessment = node.assessment.as_ref();
            let of = assessment.map(|name| {
                let mut all = score.assessments.iter();
                all.find(|a| (&a.template, &a.group) == (&name.template, &name.group)).unwrap()
            });
            match node.kind {
                NetworkKind::Assessment => {
                    let sums = of.unwrap().figures.total;
                    let expected = sums.percent().map(|_| match sums.achieved.units() {
                        all if all == sums.possible.units() => "covered",
                        0 => "gap",
                        _ => "partial",
                    });
                    assert_eq!(state.as_deref(), expected, "seed {seed}: {node:?}");
                }
                NetworkKind::Domain => {
                    assert!(of.unwrap().domains.iter().any(|d| d.id == node.id), "seed {seed}: {node:?}");
                }
                NetworkKind::Control => {
                    let control = of.unwrap().controls.iter().find(|c| c.id == node.id).unwrap();
                    assert_eq!(state, Some(control.status.to_string()), "seed {seed}: {node:?}");
                }
                NetworkKind::Action | NetworkKind::Service | NetworkKind::Evidence => {
                    let told = model.explain(&profile, &Sources::default(), day, &node.id, None).unwrap();
                    let mut roots = told.roots.iter().filter(|r| r.kind.to_string() == node.kind.to_string());
                    let found = roots.any(|r| {
                        (assessment.is_none() || r.assessment.as_ref() == assessment) && r.state == node.state
                    });
                    let is_outside = node.state == Some(annexa::State::NotUsed);
                    assert!(found || is_outside, "seed {seed}: {node:?}");
                }
            }
            seen.insert((node.kind, node.state));
        }
        let counted = |kind| network.nodes.iter().filter(|n| n.kind == kind).count();
        assert_eq!(counted(NetworkKind::Control), score.assessments.iter().map(|a| a.controls.len()).sum::<usize>());
        assert_eq!(counted(NetworkKind::Domain), score.assessments.iter().map(|a| a.domains.len()).sum::<usize>());
    }
    assert!(seen.len() > 20, "{seen:?}");
}

#[test]
fn every_form_has_all_nodes_and_links_and_the_same_bytes_again() {
    for seed in 63_000..63_020 {
        let (model, profile, day) = read(seed);
        for locale in Locale::ALL {
            let network = model.in_locale(locale).network(&profile, day, None);
            let again = model.in_locale(locale).network(&profile, day, None);
            let (nodes, links) = (network.nodes.len(), network.links.len());
            let svg = network_svg(&network, locale);
            assert_well_formed(&svg);
            assert_eq!(svg, network_svg(&again, locale));
            assert_eq!(svg.matches("<g class=\"n ").count(), nodes + 5, "seed {seed}: with the legend");
            assert_eq!(svg.matches("<path ").count(), links + 4, "seed {seed}");
            let dot = network_dot(&network, locale);
            assert_eq!((dot.matches("fillcolor").count(), dot.matches(" -> ").count()), (nodes, links), "seed {seed}");
            let mermaid = network_mermaid(&network, locale);
            assert_eq!((mermaid.matches("]:::").count(), mermaid.matches(" -->|").count()), (nodes, links));
            let graphml = network_graphml(&network, locale);
            assert_well_formed(graphml.split_once("?>\n").unwrap().1);
            assert_eq!((graphml.matches("<node ").count(), graphml.matches("<edge ").count()), (nodes, links));
            let json: Json = serde_json::from_str(&to_json(&network).unwrap()).unwrap();
            assert_eq!(
                (json["nodes"].as_array().unwrap().len(), json["links"].as_array().unwrap().len()),
                (nodes, links)
            );
        }
    }
}

/// Boxes stand in columns, none over another, and all of them on the sheet.
#[test]
fn no_box_of_a_picture_covers_another() {
    for seed in 64_000..64_030 {
        let (model, profile, day) = read(seed);
        let svg = network_svg(&model.network(&profile, day, None), Locale::English);
        let number = |tag: &str, name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse::<u64>().unwrap()
        };
        let sheet = number(&svg[svg.find("<rect class=\"bg\"").unwrap()..], "height");
        let mut columns: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for tag in svg.split("<rect x=").skip(1).filter(|tag| tag.contains(" height=\"520\"")) {
            let tag = format!(" x={tag}");
            columns.entry(number(&tag, "x")).or_default().push(number(&tag, "y"));
        }
        for (x, mut column) in columns {
            column.sort_unstable();
            assert!(column.windows(2).all(|pair| pair[0] + 520 < pair[1]), "seed {seed}: {x} {column:?}");
            assert!(column.last().unwrap() + 520 < sheet, "seed {seed}: {column:?}");
        }
    }
}

#[test]
fn a_graph_too_large_for_its_form_is_said_so_and_written_all_the_same() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let profile = "templates/microsoft-cloud/profiles/enterprise.toml";
    let args = ["graph", profile, "--as-of", "2021-12-01", "--format"];
    for (form, noted) in
        [("mermaid", "Mermaid draws no more than 500 links"), ("svg", "much for a picture"), ("graphml", "")]
    {
        let output = run_in(here, &[&args[..], &[form]].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(err(&output).contains(noted) && err(&output).is_empty() == noted.is_empty(), "{}", err(&output));
        let quiet = run_in(here, &[&args[..], &[form, "-q"]].concat());
        assert_eq!((err(&quiet), out(&quiet) == out(&output)), ("", true));
    }
}
