//! A second evaluator ("oracle") for the tests: it computes the result of section 9 of the assessment model
//! for one library and one profile. It was written from the model's text and its readings (docs/model.md), without
//! sight of the engine, and is naive on purpose: plain tables, linear searches, everything asked anew, no validation.
//! Sums are whole numbers of `points x basis points`. `next_step`, free text, is left out of the gap rows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use toml::Table;

const FULL: u64 = 10_000;
const PROVIDER_KINDS: [&str; 4] = ["certificate", "audit-report", "statement-of-applicability", "bridge-letter"];

struct World {
    catalogues: Vec<Table>,
    providers: Vec<Table>,
    /// The id of the provider in whose folder the action lies, and the action.
    actions: Vec<(String, Table)>,
    templates: Vec<Table>,
    profile: Table,
    /// The provider's evidence, of the library and of the profile.
    items: Vec<Item>,
    as_of: NaiveDate,
    expiring_within: i64,
}

/// One `[[assessment]]` of the profile.
struct Assessment<'a> {
    world: &'a World,
    template: &'a Table,
    framework: &'a str,
    group: &'a str,
    retest_days: i64,
    retest_days_automatic: i64,
}

/// Where one action stands in one assessment, exclusions left aside.
#[derive(Clone)]
struct Standing {
    applicable: bool,
    in_scope: bool,
    achieved: u64,
    assured: u64,
    unassessed: u64,
    test: &'static str,
}

/// A piece of evidence, of the library or of the profile, its dates completed.
#[derive(Clone)]
struct Item {
    id: String,
    url: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    /// The services it names and the date from which it names each; without a date it names none.
    names: Vec<(String, Option<NaiveDate>)>,
}

/// Why an action or a control has a gap row.
#[derive(Default)]
struct Cause {
    kind: String,
    risk: String,
    service: String,
    item: Option<Item>,
    stake: u64,
}

#[derive(Default)]
struct Sum {
    possible: u64,
    achieved: u64,
    assured: u64,
    unassessed: u64,
}

pub fn evaluate(files: &[(String, String)], profile: &str, as_of: NaiveDate, expiring_within: i64) -> Value {
    let world = load(files, profile, as_of, expiring_within);
    let mut assessments: Vec<Assessment> =
        list(&world.profile, "assessment").iter().map(|a| assessment(&world, a)).collect();
    assessments.sort_by_key(|a| (text(header(a.template, "template"), "id"), a.group));
    json!({
        "schema": 1,
        "tenant": tenant(&world),
        "as_of": as_of.to_string(),
        "overall": overall(&assessments),
        "assessments": assessments.iter().map(assessment_json).collect::<Vec<_>>(),
    })
}

// ---- Section 1: files ----

fn load(files: &[(String, String)], profile: &str, as_of: NaiveDate, expiring_within: i64) -> World {
    let parse = |source: &str| source.parse::<Table>().expect("valid TOML");
    let profile = parse(profile);
    let (catalogues, providers, actions, templates, items) = (vec![], vec![], vec![], vec![], vec![]);
    let mut world = World { catalogues, providers, actions, templates, profile, items, as_of, expiring_within };
    for (path, source) in files {
        match path.split('/').collect::<Vec<_>>()[..] {
            ["controls", _] => world.catalogues.push(parse(source)),
            ["templates", _, "provider.toml"] => world.providers.push(parse(source)),
            ["templates", provider, "actions", _] => {
                let file = parse(source);
                world.actions.extend(list(&file, "action").into_iter().map(|a| (provider.to_string(), a.clone())));
            }
            ["templates", _, _] => world.templates.push(parse(source)),
            _ => {}
        }
    }
    world.items = provider_items(&world);
    world
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(|v| v.as_str()).unwrap_or_default()
}

fn number(table: &Table, key: &str) -> Option<i64> {
    table.get(key).and_then(|v| v.as_integer())
}

fn date(table: &Table, key: &str) -> Option<NaiveDate> {
    let day = table.get(key)?.as_datetime().expect("a date").date.expect("a date");
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
}

fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let values = table.get(key).and_then(|v| v.as_array()).into_iter().flatten();
    values.map(|v| v.as_table().expect("a table")).collect()
}

fn words<'a>(table: &'a Table, key: &str) -> Vec<&'a str> {
    let values = table.get(key).and_then(|v| v.as_array()).into_iter().flatten();
    values.map(|v| v.as_str().expect("a text")).collect()
}

fn header<'a>(file: &'a Table, key: &str) -> &'a Table {
    file[key].as_table().expect("a table")
}

fn later(date: NaiveDate, days: i64) -> NaiveDate {
    date + TimeDelta::days(days)
}

fn or_else<'a>(value: &'a str, otherwise: &'a str) -> &'a str {
    if value.is_empty() { otherwise } else { value }
}

fn tenant(world: &World) -> &str {
    let organization = header(&world.profile, "organization");
    or_else(text(organization, "tenant"), text(organization, "name"))
}

fn assessment<'a>(world: &'a World, table: &'a Table) -> Assessment<'a> {
    let template = world.templates.iter().find(|t| text(header(t, "template"), "id") == text(table, "template"));
    let template = template.expect("a known template");
    Assessment {
        world,
        template,
        framework: text(header(template, "template"), "framework"),
        group: or_else(text(table, "group"), "default"),
        retest_days: number(table, "retest_days").unwrap_or(365),
        retest_days_automatic: number(table, "retest_days_automatic").unwrap_or(30),
    }
}

/// The controls of the assessment's framework, in catalogue order.
fn controls<'a>(a: &Assessment<'a>) -> Vec<&'a Table> {
    let catalogue = a.world.catalogues.iter().find(|c| text(header(c, "framework"), "id") == a.framework);
    list(catalogue.expect("a known framework"), "control")
}

fn action<'a>(world: &'a World, id: &str) -> &'a Table {
    &world.actions.iter().find(|(_, a)| text(a, "id") == id).expect("a known action").1
}

fn is_provider(action: &Table) -> bool {
    text(action, "owner") == "provider"
}

/// The actions that the template maps to the control, in id order, each once.
fn mapped<'a>(a: &Assessment<'a>, control: &str) -> BTreeSet<&'a str> {
    let maps = list(a.template, "map").into_iter().filter(|m| text(m, "control") == control);
    maps.flat_map(|m| words(m, "actions")).collect()
}

fn all_mapped<'a>(a: &Assessment<'a>) -> BTreeSet<&'a str> {
    list(a.template, "map").into_iter().flat_map(|m| words(m, "actions")).collect()
}

/// The `[[exclusion]]` or `[[inheritance]]` entries that hold for the control in this framework.
fn claims<'a>(a: &Assessment<'a>, kind: &str, control: &str) -> Vec<&'a Table> {
    let here = |t: &&Table| text(t, "control") == control && or_else(text(t, "framework"), a.framework) == a.framework;
    list(&a.world.profile, kind).into_iter().filter(here).collect()
}

fn is_excluded(a: &Assessment, control: &str) -> bool {
    !claims(a, "exclusion", control).is_empty()
}

/// The controls of the action that are not excluded, in catalogue order.
fn served<'a>(a: &Assessment<'a>, action: &str) -> Vec<&'a str> {
    let maps: Vec<&Table> =
        list(a.template, "map").into_iter().filter(|m| words(m, "actions").contains(&action)).collect();
    let ids = controls(a).into_iter().map(|c| text(c, "id"));
    ids.filter(|c| maps.iter().any(|m| text(m, "control") == *c) && !is_excluded(a, c)).collect()
}

// ---- Section 3: points ----

fn points(action: &Table) -> u64 {
    if let Some(own) = number(action, "points") {
        return own.try_into().expect("a whole number");
    }
    match (text(action, "purpose"), text(action, "enforcement")) {
        ("preventative", "mandatory") => 27,
        ("preventative", _) => 9,
        (_, "mandatory") => 3,
        _ => 1,
    }
}

/// A fraction in basis points, from its decimal digits, rounded down.
fn fraction(value: &toml::Value) -> u64 {
    let digits = value.as_float().map_or_else(|| value.to_string(), |f| format!("{f}"));
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let four = &format!("{rest:0<4}")[..4];
    whole.parse::<u64>().expect("digits") * FULL + four.parse::<u64>().expect("digits")
}

fn four_places(amount: u64) -> String {
    format!("{}.{:04}", amount / FULL, amount % FULL)
}

/// Percent to two decimals, half up; `amount` is in points x basis points.
fn percent(amount: u64, possible: u64) -> Value {
    if possible == 0 {
        return Value::Null;
    }
    let hundredths = (2 * amount + possible) / (2 * possible);
    json!(hundredths as f64 / 100.0)
}

// ---- Section 4: what a customer action earns ----

/// The profile's entry of an action in a group; the one with the group wins.
fn entry<'a>(a: &Assessment<'a>, id: &str) -> Option<&'a Table> {
    let entries: Vec<&Table> = list(&a.world.profile, "action").into_iter().filter(|e| text(e, "id") == id).collect();
    let own = entries.iter().find(|e| text(e, "group") == a.group);
    own.or(entries.iter().find(|e| !e.contains_key("group"))).copied()
}

/// The entry that the status comes from: the action's own, or that of its parent, or of the parent's parent.
fn status<'a>(a: &Assessment<'a>, id: &str) -> Option<&'a Table> {
    let entry = entry(a, id)?;
    if text(entry, "test_source") != "parent" || contradiction(a.world, entry) == Some(true) {
        return Some(entry);
    }
    status(a, text(entry, "parent"))
}

/// The entry at the end of a chain of parents, in a group.
fn end_of<'a>(world: &'a World, group: &str, entry: &'a Table) -> Option<&'a Table> {
    let mut next = entry;
    while text(next, "test_source") == "parent" {
        let same = list(&world.profile, "action").into_iter().filter(|e| text(e, "id") == text(next, "parent"));
        let same: Vec<&Table> = same.collect();
        let own = same.iter().find(|e| text(e, "group") == group);
        next = own.or(same.iter().find(|e| !e.contains_key("group")))?;
    }
    Some(next)
}

// ---- Readings: an action that says of itself what its instances or its parent deny ----

/// Whether an entry contradicts what it rests on, and if so, whether its own word is the lower one.
fn contradiction(world: &World, entry: &Table) -> Option<bool> {
    let is_child = text(entry, "test_source") == "parent";
    let has_other = is_child || !list(entry, "instance").is_empty();
    if !has_other || !entry.contains_key("implementation") {
        return None;
    }
    let is_silent = text(entry, "test").is_empty() && is_done(entry);
    if is_silent || text(entry, "test") == "partially-tested" {
        return None;
    }
    let mut own = entry.clone();
    own.remove("instance");
    let own = come_to(&[own]);
    let others: Vec<Option<u64>> = if is_child {
        let groups = list(&world.profile, "assessment").into_iter().map(|a| or_else(text(a, "group"), "default"));
        let here = |group: &&str| is_in_effect(world, entry, group);
        groups.filter(here).filter_map(|g| end_of(world, g, entry)).map(|end| come_to(&places(end))).collect()
    } else {
        vec![come_to(&inherited(entry))]
    };
    let differs = others.iter().any(|other| *other != own);
    differs.then(|| own == Some(0))
}

/// Whether it is this entry that holds for its action in a group.
fn is_in_effect(world: &World, entry: &Table, group: &str) -> bool {
    let same = list(&world.profile, "action").into_iter().filter(|e| text(e, "id") == text(entry, "id"));
    let has_own = same.into_iter().any(|e| text(e, "group") == group);
    text(entry, "group") == group || (!entry.contains_key("group") && !has_own)
}

/// What places earn once their dates have come, rounded down; nothing if none is in scope.
fn come_to(places: &[Table]) -> Option<u64> {
    let share = |place: &Table| match (text(place, "implementation"), text(place, "test")) {
        ("not-in-scope", _) | (_, "not-in-scope") => None,
        ("implemented" | "alternative", "passed") => Some(FULL),
        (_, "partially-tested") if is_automatic(place) => Some(place.get("fraction").map_or(0, fraction)),
        _ => Some(0),
    };
    let shares: Vec<u64> = places.iter().filter_map(share).collect();
    shares.iter().sum::<u64>().checked_div(shares.len() as u64)
}

fn places(entry: &Table) -> Vec<Table> {
    let is_child = text(entry, "test_source") == "parent";
    let own = come_to(std::slice::from_ref(entry));
    let says = entry.contains_key("implementation")
        && (entry.contains_key("test") || !is_done(entry))
        && text(entry, "test") != "partially-tested";
    if is_child || list(entry, "instance").is_empty() || (says && own == Some(0) && come_to(&inherited(entry)) != own) {
        return vec![entry.clone()];
    }
    inherited(entry)
}

/// The instances with what they take from their action.
fn inherited(entry: &Table) -> Vec<Table> {
    let mut instances: Vec<Table> = list(entry, "instance").into_iter().cloned().collect();
    for instance in &mut instances {
        for key in ["test_source", "implemented_on", "tested_on", "fraction", "evidence"] {
            if let (false, Some(value)) = (instance.contains_key(key), entry.get(key)) {
                instance.insert(key.to_string(), value.clone());
            }
        }
    }
    instances
}

/// The test as it stands at the as-of date.
fn test<'a>(world: &World, place: &'a Table) -> &'a str {
    let future = |key: &str| date(place, key).is_some_and(|d| d > world.as_of);
    if future("implemented_on") || future("tested_on") { "none" } else { or_else(text(place, "test"), "none") }
}

fn is_automatic(place: &Table) -> bool {
    text(place, "test_source") == "automatic"
}

fn is_in_scope(world: &World, place: &Table) -> bool {
    text(place, "implementation") != "not-in-scope" && test(world, place) != "not-in-scope"
}

fn is_done(place: &Table) -> bool {
    ["implemented", "alternative"].contains(&text(place, "implementation"))
}

fn earned(world: &World, place: &Table) -> u64 {
    match test(world, place) {
        _ if !is_done(place) => 0,
        "passed" => FULL,
        "partially-tested" if is_automatic(place) => place.get("fraction").map_or(0, fraction),
        _ => 0,
    }
}

fn unassessed(world: &World, place: &Table) -> u64 {
    if ["to-be-detected", "could-not-be-detected"].contains(&test(world, place)) { FULL } else { 0 }
}

fn uses(world: &World, service: &str) -> bool {
    list(&world.profile, "service").iter().any(|s| text(s, "id") == service)
}

fn customer_standing(a: &Assessment, action: &Table) -> Standing {
    let services = words(action, "services");
    let applicable = services.is_empty() || services.iter().any(|s| uses(a.world, s));
    let Some(entry) = status(a, text(action, "id")) else {
        return Standing { applicable, in_scope: true, achieved: 0, assured: 0, unassessed: FULL, test: "none" };
    };
    let all = places(entry);
    let scoped: Vec<&Table> = all.iter().filter(|p| is_in_scope(a.world, p)).collect();
    let mean = |value: &dyn Fn(&Table) -> u64| {
        let total: u64 = scoped.iter().map(|p| value(p)).sum();
        total.checked_div(scoped.len() as u64).unwrap_or(0)
    };
    Standing {
        applicable,
        in_scope: !scoped.is_empty(),
        achieved: mean(&|p| earned(a.world, p)),
        assured: mean(&|p| {
            if is_assured(a, p) { earned(a.world, p) } else { 0 }
        }),
        unassessed: mean(&|p| unassessed(a.world, p)),
        test: roll_up(&all.iter().map(|p| place_test(a.world, p)).collect::<Vec<_>>()),
    }
}

// ---- Section 4: what a provider action earns ----

fn provider_items(world: &World) -> Vec<Item> {
    let mut items = vec![];
    for provider in &world.providers {
        let cycle = number(header(provider, "provider"), "review_cycle_days").unwrap_or(365);
        for e in list(provider, "evidence") {
            let from = date(e, "valid_from").or(date(e, "first_seen"));
            let to = date(e, "valid_to").or(date(e, "last_seen").map(|d| later(d, cycle)));
            items.push(item(e, from, to, date(e, "first_seen").or(date(e, "valid_from"))));
        }
    }
    // Provider evidence of the profile stands beside the library's; without `services` it names nothing.
    for e in list(&world.profile, "evidence") {
        if PROVIDER_KINDS.contains(&text(e, "kind")) {
            items.push(item(e, date(e, "valid_from"), date(e, "valid_to"), date(e, "valid_from")));
        }
    }
    items
}

fn item(table: &Table, from: Option<NaiveDate>, to: Option<NaiveDate>, named_from: Option<NaiveDate>) -> Item {
    let name = |service: &toml::Value| match service {
        toml::Value::Table(t) => (text(t, "id").to_string(), date(t, "since").or(named_from)),
        other => (other.as_str().expect("a service id").to_string(), named_from),
    };
    let services = table.get("services").and_then(|v| v.as_array()).into_iter().flatten();
    Item { id: text(table, "id").into(), url: text(table, "url").into(), from, to, names: services.map(name).collect() }
}

/// The evidence that names the service by the as-of date.
fn naming<'a>(world: &'a World, service: &str) -> Vec<&'a Item> {
    let by_then = |i: &&Item| i.names.iter().any(|(s, since)| s == service && since.is_some_and(|d| d <= world.as_of));
    world.items.iter().filter(by_then).collect()
}

fn library_service<'a>(world: &'a World, id: &str) -> &'a Table {
    let mut services = world.providers.iter().flat_map(|p| list(p, "service"));
    services.find(|s| text(s, "id") == id).expect("a known service")
}

fn is_retired(world: &World, service: &str) -> bool {
    date(library_service(world, service), "retired_on").is_some_and(|d| d <= world.as_of)
}

fn is_attested(world: &World, service: &str) -> bool {
    !naming(world, service).is_empty() && !is_retired(world, service)
}

fn provider_services<'a>(world: &'a World, action: &'a Table) -> Vec<&'a str> {
    let mut services = words(action, "services");
    if services.is_empty() {
        let folder =
            &world.actions.iter().find(|(_, a)| text(a, "id") == text(action, "id")).expect("a known action").0;
        let provider = world.providers.iter().find(|p| text(header(p, "provider"), "id") == folder);
        services = list(provider.expect("a known provider"), "service").iter().map(|s| text(s, "id")).collect();
    }
    services.retain(|s| uses(world, s));
    services
}

fn provider_standing(world: &World, action: &Table) -> Standing {
    let services = provider_services(world, action);
    let all = services.len() as u64;
    if all == 0 {
        return Standing { applicable: false, in_scope: false, achieved: 0, assured: 0, unassessed: 0, test: "none" };
    }
    let attested: Vec<&str> = services.into_iter().filter(|s| is_attested(world, s)).collect();
    let is_current = |s: &&&str| naming(world, s).iter().any(|i| is_current(i, world.as_of));
    let (named, current) = (attested.len() as u64, attested.iter().filter(is_current).count() as u64);
    Standing {
        applicable: true,
        in_scope: true,
        achieved: FULL * named / all,
        assured: FULL * current / all,
        unassessed: 0,
        test: if named == 0 {
            "none"
        } else if named == all {
            "passed"
        } else {
            "in-progress"
        },
    }
}

fn standing(a: &Assessment, id: &str) -> Standing {
    let action = action(a.world, id);
    if is_provider(action) { provider_standing(a.world, action) } else { customer_standing(a, action) }
}

/// Those of the actions that stand in the denominator: applicable, in scope, serving a control that is not excluded.
fn denominator<'a>(a: &Assessment<'a>, ids: &BTreeSet<&str>) -> Vec<(&'a Table, Standing)> {
    let all = ids.iter().map(|id| (action(a.world, id), standing(a, id)));
    all.filter(|(action, s)| s.applicable && s.in_scope && !served(a, text(action, "id")).is_empty()).collect()
}

// ---- Section 5: scores ----

fn sum(parts: &[(&Table, Standing)], side: impl Fn(&Table) -> bool) -> Sum {
    let mut sum = Sum::default();
    for (action, standing) in parts.iter().filter(|(action, _)| side(action)) {
        sum.possible += points(action);
        sum.achieved += points(action) * standing.achieved;
        sum.assured += points(action) * standing.assured;
        sum.unassessed += points(action) * standing.unassessed;
    }
    sum
}

fn sum_json(sum: &Sum) -> Value {
    json!({
        "achieved": four_places(sum.achieved),
        "possible": sum.possible,
        "assured": four_places(sum.assured),
        "unassessed": four_places(sum.unassessed),
        "percent": percent(sum.achieved, sum.possible),
    })
}

/// The whole, the customer's and the provider's sum as one object.
fn score_json(parts: &[(&Table, Standing)]) -> Value {
    let whole = sum(parts, |_| true);
    let mut object = sum_json(&whole);
    object["assurance_percent"] = percent(whole.assured, whole.possible);
    object["customer"] = sum_json(&sum(parts, |a| !is_provider(a)));
    object["provider"] = sum_json(&sum(parts, is_provider));
    object
}

fn overall(assessments: &[Assessment]) -> Value {
    let mut keys: BTreeMap<(&str, &str), (&Table, Standing)> = BTreeMap::new();
    for a in assessments {
        for (action, standing) in denominator(a, &all_mapped(a)) {
            let once = is_provider(action) || text(action, "type") == "technical";
            let key = (text(action, "id"), if once { "" } else { a.group });
            let lowest = &mut keys.entry(key).or_insert((action, standing.clone())).1;
            lowest.achieved = lowest.achieved.min(standing.achieved);
            lowest.assured = lowest.assured.min(standing.assured);
            lowest.unassessed = lowest.unassessed.max(standing.unassessed);
        }
    }
    score_json(&keys.into_values().collect::<Vec<_>>())
}

// ---- Section 6: assurance ----

fn is_current(item: &Item, at: NaiveDate) -> bool {
    item.from.is_none_or(|d| d <= at) && item.to.is_none_or(|d| d >= at)
}

fn has_lapsed(world: &World, item: &Item) -> bool {
    item.to.is_some_and(|d| d < world.as_of)
}

fn is_expiring(world: &World, item: &Item) -> bool {
    is_current(item, world.as_of) && !is_current(item, later(world.as_of, world.expiring_within))
}

fn is_fresh(a: &Assessment, place: &Table) -> bool {
    let days = if is_automatic(place) { a.retest_days_automatic } else { a.retest_days };
    date(place, "tested_on").is_some_and(|d| later(d, days) >= a.world.as_of)
}

/// The profile's evidence that a place links.
fn linked(world: &World, place: &Table) -> Vec<Item> {
    let evidence =
        list(&world.profile, "evidence").into_iter().filter(|e| words(place, "evidence").contains(&text(e, "id")));
    evidence.map(|e| item(e, date(e, "valid_from"), date(e, "valid_to"), None)).collect()
}

fn is_assured(a: &Assessment, place: &Table) -> bool {
    let proved = is_automatic(place) || linked(a.world, place).iter().any(|i| is_current(i, a.world.as_of));
    is_fresh(a, place) && proved
}

// ---- Section 7: controls ----

fn place_test(world: &World, place: &Table) -> &'static str {
    match test(world, place) {
        _ if !is_in_scope(world, place) => "not-in-scope",
        "passed" => "passed",
        "none" => "none",
        other if other.starts_with("failed-") => "failed",
        _ => "in-progress",
    }
}

fn roll_up(tests: &[&'static str]) -> &'static str {
    let scoped: Vec<&str> = tests.iter().copied().filter(|t| *t != "not-in-scope").collect();
    let all = |test: &str| scoped.iter().all(|t| *t == test);
    match () {
        () if tests.is_empty() => "none",
        () if scoped.contains(&"failed") => "failed",
        () if scoped.is_empty() => "not-in-scope",
        () if all("passed") => "passed",
        () if all("none") => "none",
        () => "in-progress",
    }
}

fn responsibility(applicable: &[&Table]) -> Value {
    let provider = applicable.iter().any(|a| is_provider(a));
    let customer = applicable.iter().any(|a| !is_provider(a));
    match (customer, provider) {
        (true, true) => json!("shared"),
        (true, false) => json!("customer"),
        (false, true) => json!("provider"),
        (false, false) => Value::Null,
    }
}

fn shared_gap(customer: &Sum, provider: &Sum) -> Value {
    let lacks = |sum: &Sum| sum.achieved < sum.possible * FULL;
    match (lacks(customer), lacks(provider)) {
        (true, true) => json!("both-sides"),
        (true, false) => json!("customer-side"),
        (false, true) => json!("provider-side"),
        (false, false) => Value::Null,
    }
}

fn control_json(a: &Assessment, id: &str) -> Value {
    let all = mapped(a, id).into_iter().map(|m| (action(a.world, m), standing(a, m)));
    let (applicable, standings): (Vec<&Table>, Vec<Standing>) = all.filter(|(_, s)| s.applicable).unzip();
    let excluded = is_excluded(a, id);
    let counted = if excluded { vec![] } else { denominator(a, &mapped(a, id)) };
    let (customer, provider, whole) =
        (sum(&counted, |a| !is_provider(a)), sum(&counted, is_provider), sum(&counted, |_| true));
    let coverage = whole.achieved.checked_div(whole.possible);
    let status = match coverage {
        _ if excluded => "excluded",
        _ if applicable.is_empty() => "unmapped",
        None => "not-in-scope",
        Some(FULL) => "covered",
        Some(0) => "gap",
        Some(_) => "partial",
    };
    let responsibility = responsibility(&applicable);
    let lacking = responsibility == "shared" && ["partial", "gap"].contains(&status);
    json!({
        "id": id,
        "status": status,
        "test_status": roll_up(&standings.iter().map(|s| s.test).collect::<Vec<_>>()),
        "coverage": coverage,
        "responsibility": responsibility,
        "shared_gap": if lacking { shared_gap(&customer, &provider) } else { Value::Null },
        "customer": sum_json(&customer),
        "provider": sum_json(&provider),
    })
}

// ---- Section 8: gaps ----

fn cause(kind: &str, stake: u64) -> Cause {
    Cause { kind: kind.to_string(), stake, ..Cause::default() }
}

/// What keeps a place in scope from being earned in full.
fn place_kind<'a>(world: &World, place: &'a Table) -> Option<&'a str> {
    match earned(world, place) {
        _ if test(world, place).starts_with("failed-") => Some("test-failed"),
        _ if !is_done(place) => Some(text(place, "implementation")),
        FULL => None,
        0 => Some("untested"),
        _ => Some("partial"),
    }
}

fn worst_risk(world: &World, places: &[Table]) -> String {
    let failed = |risk: &&str| places.iter().any(|p| test(world, p) == format!("failed-{risk}"));
    ["high", "medium", "low"].into_iter().find(failed).unwrap_or_default().to_string()
}

fn customer_causes(a: &Assessment, action: &Table, stake: u64) -> Vec<Cause> {
    let Some(entry) = status(a, text(action, "id")) else {
        return vec![cause("not-assessed", stake)];
    };
    let scoped: Vec<Table> = places(entry).into_iter().filter(|p| is_in_scope(a.world, p)).collect();
    let kinds: BTreeSet<&str> = scoped.iter().filter_map(|p| place_kind(a.world, p)).collect();
    let mut causes: Vec<Cause> = kinds.iter().map(|kind| cause(kind, stake)).collect();
    for failed in causes.iter_mut().filter(|c| c.kind == "test-failed") {
        failed.risk = worst_risk(a.world, &scoped);
    }
    let earning: Vec<&Table> = scoped.iter().filter(|p| earned(a.world, p) > 0).collect();
    if earning.iter().any(|p| !is_fresh(a, p)) {
        causes.push(cause("test-stale", 0));
    }
    causes.extend(customer_evidence_causes(a.world, &earning));
    causes
}

fn customer_evidence_causes(world: &World, earning: &[&Table]) -> Vec<Cause> {
    let mut missing = false;
    let mut lapsed: Vec<Item> = vec![];
    let mut expiring: BTreeMap<String, Item> = BTreeMap::new();
    for place in earning.iter().filter(|p| !is_automatic(p)) {
        let items = linked(world, place);
        expiring.extend(items.iter().filter(|i| is_expiring(world, i)).map(|i| (i.id.clone(), i.clone())));
        if !items.iter().any(|i| is_current(i, world.as_of)) {
            missing |= !items.iter().any(|i| has_lapsed(world, i));
            lapsed.extend(items.into_iter().filter(|i| has_lapsed(world, i)));
        }
    }
    let mut causes = vec![];
    if missing {
        causes.push(cause("evidence-missing", 0));
    }
    if !lapsed.is_empty() {
        causes.push(Cause {
            item: lapsed_last(&lapsed.iter().collect::<Vec<_>>()).cloned(),
            ..cause("evidence-expired", 0)
        });
    }
    causes.extend(expiring.into_values().map(|i| Cause { item: Some(i), ..cause("evidence-expiring", 0) }));
    causes
}

fn lapsed_last<'a>(items: &[&'a Item]) -> Option<&'a Item> {
    items.iter().copied().min_by_key(|i| (Reverse(i.to), &i.id, &i.url))
}

fn provider_causes(world: &World, action: &Table, stake: u64) -> Vec<Cause> {
    let mut causes = vec![];
    for id in provider_services(world, action) {
        let service = library_service(world, id);
        let certified = service.get("certified").and_then(|v| v.as_bool()) != Some(false);
        let listed = date(service, "first_seen").is_none_or(|d| d <= world.as_of);
        let attested = is_attested(world, id);
        if !certified || !listed || is_retired(world, id) {
            causes
                .push(Cause { service: id.into(), ..cause("service-not-certified", if attested { 0 } else { stake }) });
        } else if !attested {
            causes.push(Cause { service: id.into(), ..cause("provider-unattested", stake) });
        }
        if attested {
            causes.extend(provider_evidence_causes(world, id));
        }
    }
    causes
}

fn provider_evidence_causes(world: &World, service: &str) -> Vec<Cause> {
    let items = naming(world, service);
    let row =
        |kind: &str, item: Option<&Item>| Cause { service: service.to_string(), item: item.cloned(), ..cause(kind, 0) };
    if items.iter().any(|i| is_current(i, world.as_of)) {
        let expiring = items.into_iter().filter(|i| is_expiring(world, i));
        return expiring.map(|i| row("evidence-expiring", Some(i))).collect();
    }
    let lapsed: Vec<&Item> = items.into_iter().filter(|i| has_lapsed(world, i)).collect();
    vec![row(if lapsed.is_empty() { "evidence-missing" } else { "evidence-expired" }, lapsed_last(&lapsed))]
}

fn action_causes(a: &Assessment, id: &str) -> Vec<Cause> {
    let (action, standing) = (action(a.world, id), standing(a, id));
    let stake = points(action) * (FULL - standing.achieved);
    match (standing.applicable && standing.in_scope, is_provider(action)) {
        (false, _) => vec![],
        (true, true) => provider_causes(a.world, action, stake),
        (true, false) => {
            let mut causes = customer_causes(a, action, stake);
            if entry(a, id).is_some_and(|e| contradiction(a.world, e).is_some()) {
                causes.push(cause("conflicting-status", 0));
            }
            causes
        }
    }
}

/// The causes on a control that belong to no action.
fn control_causes(a: &Assessment, id: &str, status: &str) -> Vec<Cause> {
    if status == "excluded" {
        let unjustified = claims(a, "exclusion", id).iter().any(|e| text(e, "justification").trim().is_empty());
        return if unjustified { vec![cause("exclusion-unjustified", 0)] } else { vec![] };
    }
    let mut causes = vec![];
    if status == "unmapped" {
        causes.push(cause("unmapped-control", 0));
    }
    let all = mapped(a, id).into_iter().map(|m| (is_provider(action(a.world, m)), standing(a, m)));
    let applicable: Vec<(bool, Standing)> = all.filter(|(_, s)| s.applicable).collect();
    let carried = !applicable.is_empty() && applicable.iter().all(|(provider, s)| *provider && s.achieved == FULL);
    if !carried && !claims(a, "inheritance", id).is_empty() {
        causes.push(cause("inheritance-unsupported", 0));
    }
    if mapped(a, id).iter().any(|m| is_provider(action(a.world, m))) {
        let external = |s: &&Table| s.get("external").and_then(|v| v.as_bool()) == Some(true);
        for service in list(&a.world.profile, "service").into_iter().filter(external) {
            causes.push(Cause { service: text(service, "id").into(), ..cause("service-not-certified", 0) });
        }
    }
    causes
}

type Row = BTreeMap<&'static str, String>;

/// The columns of one row but `next_step`.
fn row(a: &Assessment, control: &Table, state: &Value, id: Option<&str>, cause: Cause) -> Row {
    let shown = |key: &str| state[key].as_str().unwrap_or_default().to_string();
    let item = |value: fn(&Item) -> String| cause.item.as_ref().map(value).unwrap_or_default();
    let runs = |r: &&Table| Some(text(r, "action")) == id && date(r, "expires_on") >= Some(a.world.as_of);
    let accepted = list(&a.world.profile, "risk_acceptance").iter().any(runs);
    let (kind, former) = if accepted { ("risk-accepted", &*cause.kind) } else { (&*cause.kind, "") };
    let mut row: Row = [
        ("tenant", tenant(a.world).to_string()),
        ("as_of", a.world.as_of.to_string()),
        ("framework", a.framework.to_string()),
        ("group", a.group.to_string()),
        ("control_id", text(control, "id").to_string()),
        ("control_title", text(control, "title").to_string()),
        ("control_status", shown("status")),
        ("responsibility", shown("responsibility")),
        ("shared_gap", shown("shared_gap")),
        ("gap_kind", kind.to_string()),
        ("cause", former.to_string()),
        ("evidence_id", item(|i| i.id.clone())),
        ("evidence_url", item(|i| i.url.clone())),
        ("valid_to", item(|i| day(i.to))),
        ("risk", cause.risk),
        ("service_id", cause.service),
        ("points_at_stake", four_places(cause.stake)),
    ]
    .into();
    row.extend(action_columns(a, text(control, "id"), id));
    row
}

/// The columns that tell of the action; without one they are empty.
fn action_columns(a: &Assessment, control: &str, id: Option<&str>) -> Row {
    let action = id.map(|id| action(a.world, id));
    let entry = id.and_then(|id| entry(a, id));
    let of = |table: Option<&Table>, key: &str| table.map_or("", |t| text(t, key)).to_string();
    let others = id.map(|id| served(a, id)).into_iter().flatten().filter(|c| *c != control);
    [
        ("action_id", of(action, "id")),
        ("action_title", of(action, "title")),
        ("action_owner", of(action, "owner")),
        ("action_type", of(action, "type")),
        ("assigned_to", of(entry, "assigned_to")),
        ("due_on", day(entry.and_then(|e| date(e, "due_on")))),
        ("points", action.map(|a| points(a).to_string()).unwrap_or_default()),
        ("also_affects", others.collect::<Vec<_>>().join(";")),
    ]
    .into()
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

fn gaps(a: &Assessment) -> Vec<Row> {
    let mut all = vec![];
    for control in controls(a) {
        let id = text(control, "id");
        let state = control_json(a, id);
        let status = state["status"].as_str().expect("a status");
        let mut rows = vec![];
        for cause in control_causes(a, id, status) {
            rows.push(row(a, control, &state, None, cause));
        }
        for action in if status == "excluded" { BTreeSet::new() } else { mapped(a, id) } {
            for cause in action_causes(a, action) {
                rows.push(row(a, control, &state, Some(action), cause));
            }
        }
        let order = ["action_id", "gap_kind", "service_id", "cause", "evidence_id", "valid_to", "evidence_url"];
        rows.sort_by_key(|row| order.map(|key| row[key].clone()));
        all.extend(rows);
    }
    all
}

// ---- Section 9: the result ----

fn action_json(a: &Assessment, id: &str) -> Value {
    let (action, standing) = (action(a.world, id), standing(a, id));
    let in_scope = !denominator(a, &[id].into()).is_empty();
    let shown = |bp: u64| if in_scope { bp } else { 0 };
    json!({
        "id": id,
        "owner": text(action, "owner"),
        "points": points(action),
        "basis_points": shown(standing.achieved),
        "assured_basis_points": shown(standing.assured),
        "unassessed_basis_points": shown(standing.unassessed),
        "in_scope": in_scope,
        "applicable": standing.applicable,
    })
}

fn assessment_json(a: &Assessment) -> Value {
    let actions = all_mapped(a);
    let mut object = score_json(&denominator(a, &actions));
    object["template"] = json!(text(header(a.template, "template"), "id"));
    object["framework"] = json!(a.framework);
    object["group"] = json!(a.group);
    object["controls"] = controls(a).iter().map(|c| control_json(a, text(c, "id"))).collect();
    object["actions"] = actions.iter().map(|id| action_json(a, id)).collect();
    object["gaps"] = json!(gaps(a));
    object
}
