//! Random cases for the tests: a small valid library and a valid profile from one seed, always the same.
//! Every id is unique, every reference resolves and every pair of statuses and of dates is allowed;
//! within those rules the cases reach for each mode of the assessment model. Ids differ from the built-in ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

pub struct Case {
    /// Path inside the library folder, and TOML text.
    pub files: Vec<(String, String)>,
    pub profile: String,
    pub as_of: NaiveDate,
    pub expiring_within: i64,
}

const CLAUSES: [(&str, &str); 5] = [("4", "4.1"), ("4", "4.2"), ("5", "5.3"), ("6.1", "6.1.2"), ("6.1", "6.1.3")];
const ANNEX: [(&str, &str); 9] = [
    ("A.5", "A.5.1"),
    ("A.5", "A.5.2"),
    ("A.5", "A.5.10"),
    ("A.6", "A.6.3"),
    ("A.6.1", "A.6.1.1"),
    ("A.6.1", "A.6.1.2"),
    ("A.9", "A.9.2"),
    ("A.11.1", "A.11.1.4"),
    ("A.11.1", "A.11.1.12"),
];
const PARENTS: [(&str, &str); 3] = [("6.1", "6"), ("A.6.1", "A.6"), ("A.11.1", "A.11")];
const FRAMEWORKS: [&str; 2] = ["norm-alpha-2013", "norm-beta-2022"];
const PROVIDERS: [&str; 2] = ["north-cloud", "south-hosting"];
const GROUPS: [&str; 3] = ["default", "emea", "plant-7"];
const KINDS: [&str; 4] = ["certificate", "audit-report", "statement-of-applicability", "bridge-letter"];
const OWN_KINDS: [&str; 3] = ["configuration", "policy", "minutes of a meeting"];
const FRACTIONS: [&str; 9] = ["0.0", "0.0001", "0.29", "0.3333", "0.5", "0.57", "0.7501", "0.9999", "1.0"];
const TITLES: [&str; 12] = [
    "Keep an inventory",
    "Say \"hello\", world",
    "=SUM(A1:A9)",
    "+1 more reviewer",
    "-dash first",
    "@handle",
    "Überprüfung – проверка 鍵",
    "one; two; three",
    "it's the owner's",
    "back\\slash",
    "<b>& co</b>",
    "100 %, at least",
];

/// SplitMix64.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below((last - first + 1) as usize) as i64
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// Between `least` and `most` of the items, in random order.
    fn some<T: Clone>(&mut self, items: &[T], least: usize, most: usize) -> Vec<T> {
        let mut items = items.to_vec();
        self.shuffle(&mut items);
        let (least, most) = (least.min(items.len()), most.min(items.len()));
        items.truncate(least + self.below(most - least + 1));
        items
    }
}

/// One table of a file: its header, its keys in random order, and the sub-tables after them.
struct Block {
    head: String,
    lines: Vec<String>,
    tail: String,
}

impl Block {
    fn new(head: &str) -> Block {
        Block { head: head.to_string(), lines: vec![], tail: String::new() }
    }

    fn raw(&mut self, key: &str, value: impl std::fmt::Display) {
        self.lines.push(format!("{key} = {value}"));
    }

    fn text(&mut self, key: &str, value: &str) {
        self.raw(key, quoted(value));
    }

    fn date(&mut self, key: &str, value: Option<NaiveDate>) {
        if let Some(date) = value {
            self.raw(key, date);
        }
    }

    fn words(&mut self, key: &str, values: &[String]) {
        self.raw(key, array(&values.iter().map(|v| quoted(v)).collect::<Vec<_>>()));
    }

    fn render(mut self, rng: &mut Rng) -> String {
        rng.shuffle(&mut self.lines);
        format!("{}\n{}\n{}\n", self.head, self.lines.join("\n"), self.tail)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn array(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}

fn file(rng: &mut Rng, mut blocks: Vec<Block>) -> String {
    rng.shuffle(&mut blocks);
    blocks.into_iter().map(|b| b.render(rng)).collect::<Vec<_>>().join("\n")
}

/// The dates that mean something for a pair of statuses.
fn meant(
    implementation: &str,
    test: &str,
    (done, tested): (Option<NaiveDate>, Option<NaiveDate>),
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let is_done = ["implemented", "alternative"].contains(&implementation);
    let is_tested = !["", "none", "not-in-scope"].contains(&test);
    (done.filter(|_| is_done), tested.filter(|_| is_tested))
}

#[derive(Clone)]
struct Action {
    id: String,
    provider: String,
    customer: bool,
    technical: bool,
}

#[derive(Clone)]
struct Template {
    provider: String,
    framework: String,
}

struct World {
    rng: Rng,
    as_of: NaiveDate,
    expiring_within: i64,
    files: Vec<(String, String)>,
    /// Framework and its controls.
    controls: BTreeMap<String, Vec<String>>,
    /// Provider and its services.
    services: BTreeMap<String, Vec<String>>,
    /// Id and kind of the library's evidence.
    evidence: Vec<(String, String)>,
    actions: Vec<Action>,
    templates: Vec<Template>,
    blocks: Vec<Block>,
}

pub fn case(seed: u64) -> Case {
    let mut world = world(seed);
    let profile = world.profile();
    world.rng.shuffle(&mut world.files);
    Case { files: world.files, profile, as_of: world.as_of, expiring_within: world.expiring_within }
}

/// Two profiles that know nothing of each other, of one library, at two dates that are often the same.
pub fn pair(seed: u64) -> (Case, Case) {
    let mut world = world(seed);
    let profiles = [world.profile(), world.profile()];
    let later = if world.rng.chance(70) { world.rng.between(-200, 500) } else { 0 };
    let dates = [world.as_of, world.as_of + TimeDelta::days(later)];
    let case = |n: usize| Case {
        files: world.files.clone(),
        profile: profiles[n].clone(),
        as_of: dates[n],
        expiring_within: world.expiring_within,
    };
    (case(0), case(1))
}

/// Profiles that know nothing of each other, of one library; each is a tenant of its own, in one of a few cohorts.
pub fn fleet(seed: u64, count: usize) -> (Case, Vec<String>) {
    let mut world = world(seed);
    let profile = |n: usize, text: String| {
        let tenant = format!("[organization]\ntenant = \"tenant-{n}\"\nsector = \"sector-{}\"\n", n % 3);
        let text = text.replacen("tenant = \"contoso.example\"", "", 1);
        assert!(text.contains("[organization]\n"));
        text.replacen("[organization]\n", &tenant, 1)
    };
    let profiles: Vec<String> = (0..count).map(|n| profile(n, world.profile())).collect();
    let (as_of, expiring_within) = (world.as_of, world.expiring_within);
    (Case { files: world.files, profile: String::new(), as_of, expiring_within }, profiles)
}

fn world(seed: u64) -> World {
    let mut rng = Rng(seed);
    let as_of = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date") + TimeDelta::days(rng.between(0, 900));
    let expiring_within = *rng.pick(&[0, 30, 90, 90, 200]);
    let mut world = World {
        rng,
        as_of,
        expiring_within,
        files: vec![],
        controls: BTreeMap::new(),
        services: BTreeMap::new(),
        evidence: vec![],
        actions: vec![],
        templates: vec![],
        blocks: vec![],
    };
    world.catalogues();
    world.providers();
    world.actions();
    world.templates();
    world
}

// ---- The library ----

impl World {
    fn title(&mut self) -> String {
        let title = *self.rng.pick(&TITLES);
        if self.rng.chance(50) { title.to_string() } else { format!("{title} {}", self.rng.below(100)) }
    }

    /// A day near the as-of date, often at one of the model's limits.
    fn day(&mut self) -> NaiveDate {
        let within = self.expiring_within;
        let limits = [0, 0, -1, 1, -30, -31, -365, -366, within - 1, within, within + 1];
        let days = match self.rng.below(10) {
            0..=2 => *self.rng.pick(&limits),
            3..=7 => self.rng.between(-420, -1),
            _ => self.rng.between(-900, 400),
        };
        self.as_of + TimeDelta::days(days)
    }

    fn maybe_day(&mut self, percent: usize) -> Option<NaiveDate> {
        self.rng.chance(percent).then(|| self.day())
    }

    /// Two days in order, each of them there with the given chance.
    fn days(&mut self, first: usize, second: usize) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let (a, b) = (self.day(), self.day());
        (self.rng.chance(first).then_some(a.min(b)), self.rng.chance(second).then_some(a.max(b)))
    }

    /// A period of validity; one that ends mostly reaches the as-of date.
    fn validity(&mut self, from: usize, to: usize) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let (from, to) = self.days(from, to);
        let stretch = TimeDelta::days(self.rng.between(0, 500));
        (from, if self.rng.chance(50) { to.map(|d| d + stretch) } else { to })
    }

    fn catalogues(&mut self) {
        let count = 1 + self.rng.below(2);
        for id in &FRAMEWORKS[..count] {
            let mut chosen = self.rng.some(&ANNEX, 2, 8);
            chosen.extend(self.rng.some(&CLAUSES, 1, 4));
            if self.rng.chance(60) {
                chosen.sort_unstable();
            }
            let mut framework = Block::new("[framework]");
            framework.text("id", id);
            let title = self.title();
            framework.text("title", &title);
            framework.text("edition", &id[id.len() - 4..]);
            framework.text("publisher", "The Norm Office");
            let status = *self.rng.pick(&["current", "withdrawn"]);
            framework.text("status", status);
            let mut parts = vec![framework.render(&mut self.rng)];
            parts.extend(self.groups(&chosen));
            for (group, control) in &chosen {
                let mut block = Block::new("[[control]]");
                block.text("id", control);
                block.text("group", group);
                let title = self.title();
                block.text("title", &title);
                block.text("kind", if control.starts_with('A') { "annex-a" } else { "clause" });
                parts.push(block.render(&mut self.rng));
            }
            self.controls.insert((*id).to_string(), chosen.iter().map(|(_, c)| (*c).to_string()).collect());
            self.files.push((format!("controls/{id}.toml"), parts.join("\n")));
        }
    }

    fn groups(&mut self, chosen: &[(&str, &str)]) -> Vec<String> {
        let parent = |group: &str| PARENTS.iter().find(|(g, _)| *g == group).map(|(_, p)| *p);
        let mut groups: BTreeSet<&str> = chosen.iter().map(|(g, _)| *g).collect();
        groups.extend(groups.clone().iter().filter_map(|g| parent(g)));
        let mut blocks = vec![];
        for group in groups {
            let mut block = Block::new("[[group]]");
            block.text("id", group);
            let title = self.title();
            block.text("title", &title);
            if let Some(parent) = parent(group) {
                block.text("parent", parent);
            }
            blocks.push(block.render(&mut self.rng));
        }
        blocks
    }

    fn providers(&mut self) {
        let count = 1 + self.rng.below(2);
        for id in &PROVIDERS[..count] {
            let mut provider = Block::new("[provider]");
            provider.text("id", id);
            let title = self.title();
            provider.text("name", &title);
            let cycle = *self.rng.pick(&[365, 365, 180, 30]);
            provider.raw("review_cycle_days", cycle);
            let mut blocks = vec![provider];
            let count = 1 + self.rng.below(5);
            let ids: Vec<String> = (0..count).map(|n| format!("{}-svc-{n}", &id[..5])).collect();
            for n in 0..count {
                let block = self.service(&ids, n);
                blocks.push(block);
            }
            for n in 0..self.rng.below(5) {
                let block = self.library_evidence(&format!("{}-ev-{n}", &id[..5]), &ids);
                blocks.push(block);
            }
            self.services.insert((*id).to_string(), ids);
            let text = file(&mut self.rng, blocks);
            self.files.push((format!("templates/{id}/provider.toml"), text));
        }
    }

    fn service(&mut self, ids: &[String], n: usize) -> Block {
        let mut block = Block::new("[[service]]");
        block.text("id", &ids[n]);
        let title = self.title();
        block.text("name", &title);
        block.raw("certified", self.rng.chance(80));
        let mut days = [self.day(), self.day(), self.day()];
        days.sort_unstable();
        block.date("first_seen", self.rng.chance(40).then_some(days[0]));
        block.date("last_seen", self.rng.chance(30).then_some(days[1]));
        block.date("retired_on", self.rng.chance(15).then_some(days[2]));
        if self.rng.chance(30) {
            block.text("environment", "public");
        }
        if n + 1 < ids.len() && self.rng.chance(15) {
            block.text("renamed_to", &ids[n + 1]);
        }
        if self.rng.chance(20) {
            block.words("aliases", &[format!("Former {}", ids[n])]);
        }
        block
    }

    /// Services as evidence names them: some with the date from which it does.
    fn named(&mut self, services: &[String], since: usize) -> String {
        let mut values = vec![];
        for id in services {
            values.push(match self.maybe_day(since) {
                Some(day) => format!("{{ id = {}, since = {day} }}", quoted(id)),
                None => quoted(id),
            });
        }
        array(&values)
    }

    fn library_evidence(&mut self, id: &str, services: &[String]) -> Block {
        let mut block = Block::new("[[evidence]]");
        block.text("id", id);
        let kind = *self.rng.pick(&KINDS);
        block.text("kind", kind);
        block.words("standards", &["Norm 27001".to_string()]);
        let named = self.rng.some(services, 1, services.len());
        let named = self.named(&named, 30);
        block.raw("services", named);
        block.text("reference", "Ref. 7");
        if self.rng.chance(60) {
            block.text("url", &format!("https://example.org/{id}?a=1,2"));
        }
        let (first, last) = self.days(50, 50);
        block.date("first_seen", first);
        block.date("last_seen", last);
        let (from, to) = self.validity(60, 60);
        block.date("valid_from", from);
        block.date("valid_to", to);
        self.evidence.push((id.to_string(), kind.to_string()));
        block
    }

    fn actions(&mut self) {
        let providers: Vec<String> = self.services.keys().cloned().collect();
        let mut files: BTreeMap<String, Vec<Block>> = BTreeMap::new();
        for n in 0..4 + self.rng.below(13) {
            let provider = self.rng.pick(&providers).clone();
            let customer = self.rng.chance(65);
            let kind = *self.rng.pick(&["technical", "technical", "documentation", "operational"]);
            let prefix = *self.rng.pick(&["act", "do", "keep"]);
            let action = Action { id: format!("{prefix}-{n}"), provider, customer, technical: kind == "technical" };
            let block = self.action(&action, kind);
            let path = format!("templates/{}/actions/{}.toml", action.provider, self.rng.pick(&["people", "systems"]));
            files.entry(path).or_default().push(block);
            self.actions.push(action);
        }
        for (path, blocks) in files {
            let text = file(&mut self.rng, blocks);
            self.files.push((path, text));
        }
    }

    fn action(&mut self, action: &Action, kind: &str) -> Block {
        let mut block = Block::new("[[action]]");
        block.text("id", &action.id);
        let title = self.title();
        block.text("title", &title);
        block.text("owner", if action.customer { "customer" } else { "provider" });
        block.text("type", kind);
        block.text("purpose", self.rng.pick::<&str>(&["preventative", "detective", "corrective"]));
        block.text("enforcement", self.rng.pick::<&str>(&["mandatory", "discretionary"]));
        if self.rng.chance(30) {
            block.raw("points", self.rng.between(1, 99));
        }
        match self.rng.below(5) {
            0..=1 => {}
            2 => block.words("services", &[]),
            _ => {
                let services = self.rng.some(&self.services[&action.provider], 1, 3);
                block.words("services", &services);
            }
        }
        self.action_extras(&mut block);
        block
    }

    /// What no figure hangs on.
    fn action_extras(&mut self, block: &mut Block) {
        if self.rng.chance(20) {
            block.raw("effort_hours", self.rng.between(1, 80));
        }
        let earlier: Vec<String> = self.actions.iter().map(|a| a.id.clone()).collect();
        if !earlier.is_empty() && self.rng.chance(25) {
            let needed = self.rng.some(&earlier, 1, 2);
            block.words("depends_on", &needed);
        }
        if self.rng.chance(30) {
            block.words("signals", &[format!("secure-score:Check{}", self.actions.len())]);
        }
        if self.rng.chance(30) {
            block.text("guidance", "Do it, then \"prove\" it.");
            block.words("links", &["https://example.org/guide".to_string()]);
        }
    }

    fn templates(&mut self) {
        let frameworks: Vec<String> = self.controls.keys().cloned().collect();
        let providers: Vec<String> = self.services.keys().cloned().collect();
        let mut pairs = vec![];
        for provider in &providers {
            for framework in &frameworks {
                pairs.push(Template { provider: provider.clone(), framework: framework.clone() });
            }
        }
        self.templates = self.rng.some(&pairs, 1, 3);
        for template in self.templates.clone() {
            let blocks = self.template(&template);
            let text = file(&mut self.rng, blocks);
            self.files.push((format!("templates/{}/{}.toml", template.provider, template.framework), text));
        }
    }

    fn template(&mut self, template: &Template) -> Vec<Block> {
        let mut head = Block::new("[template]");
        head.text("id", &format!("{}/{}", template.provider, template.framework));
        let title = self.title();
        head.text("title", &title);
        head.text("framework", &template.framework);
        head.text("provider", &template.provider);
        head.text("product", "Every product");
        head.text("certification", "Norm 27001");
        head.raw("version", "2020-01-15");
        let mut blocks = vec![head];
        // One template in three also maps the actions of the other provider.
        let foreign = self.rng.chance(33);
        let usable = self.actions.iter().filter(|a| foreign || a.provider == template.provider);
        let usable: Vec<String> = usable.map(|a| a.id.clone()).collect();
        for control in self.controls[&template.framework].clone() {
            let actions = self.rng.some(&usable, 1, 4);
            if !actions.is_empty() && self.rng.chance(85) {
                let mut map = Block::new("[[map]]");
                map.text("control", &control);
                map.words("actions", &actions);
                blocks.push(map);
            }
        }
        blocks
    }
}

// ---- The profile ----

impl World {
    fn profile(&mut self) -> String {
        let mut organization = Block::new("[organization]");
        organization.text("name", "=Contoso, \"Ltd\"");
        if self.rng.chance(70) {
            organization.text("tenant", "contoso.example");
        }
        self.blocks.push(organization);
        let (frameworks, groups) = self.assessments();
        self.used_services();
        let evidence = self.own_evidence();
        self.entries(&groups, &evidence);
        self.claims(&frameworks);
        for action in self.actions.clone() {
            if self.rng.chance(12) {
                let mut block = Block::new("[[risk_acceptance]]");
                block.text("action", &action.id);
                block.text("owner", "CISO");
                let day = self.day();
                block.raw("expires_on", day);
                block.text("rationale", "Until the migration is done.");
                self.blocks.push(block);
            }
        }
        let blocks = std::mem::take(&mut self.blocks);
        file(&mut self.rng, blocks)
    }

    /// The assessments; gives the assessed frameworks and the groups.
    fn assessments(&mut self) -> (Vec<String>, Vec<String>) {
        let mut pairs = vec![];
        for template in &self.templates {
            for group in GROUPS {
                pairs.push((template.clone(), group));
            }
        }
        let (mut frameworks, mut groups) = (BTreeSet::new(), BTreeSet::new());
        for (template, group) in self.rng.some(&pairs, 1, 3) {
            let mut block = Block::new("[[assessment]]");
            block.text("template", &format!("{}/{}", template.provider, template.framework));
            if group != "default" || self.rng.chance(50) {
                block.text("group", group);
            }
            if self.rng.chance(30) {
                block.raw("target", "82.5");
            }
            if self.rng.chance(25) {
                block.raw("retest_days", self.rng.pick(&[90, 200, 700]));
            }
            if self.rng.chance(25) {
                block.raw("retest_days_automatic", self.rng.pick(&[7, 60, 400]));
            }
            self.blocks.push(block);
            frameworks.insert(template.framework);
            groups.insert(group.to_string());
        }
        (frameworks.into_iter().collect(), groups.into_iter().collect())
    }

    fn used_services(&mut self) {
        let known = self.known_services();
        let least = usize::from(self.rng.chance(95));
        for id in self.rng.some(&known, least, known.len()) {
            let mut block = Block::new("[[service]]");
            block.text("id", &id);
            self.blocks.push(block);
        }
        for n in 0..2 {
            if self.rng.chance(20) {
                let mut block = Block::new("[[service]]");
                block.text("id", &format!("outside-{n}"));
                block.raw("external", "true");
                let title = self.title();
                block.text("name", &title);
                self.blocks.push(block);
            }
        }
    }

    fn known_services(&self) -> Vec<String> {
        self.services.values().flatten().cloned().collect()
    }

    /// The profile's evidence: its own, and the provider's, new or renewing; gives the ids.
    fn own_evidence(&mut self) -> Vec<String> {
        let mut ids = vec![];
        for n in 0..1 + self.rng.below(5) {
            let id = format!("own-{n}");
            let kind = *self.rng.pick(&OWN_KINDS);
            let (from, to) = self.validity(60, 60);
            self.evidence_block(&id, kind, false, from, to);
            ids.push(id);
        }
        let mut renewable = self.evidence.clone();
        renewable.push(("letter-1".to_string(), KINDS[self.rng.below(4)].to_string()));
        for (id, kind) in renewable {
            if self.rng.chance(20) {
                let (from, to) = self.validity(85, 70);
                self.evidence_block(&id, &kind, true, from, to);
                ids.push(id);
            }
        }
        ids
    }

    fn evidence_block(&mut self, id: &str, kind: &str, provider: bool, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        let mut block = Block::new("[[evidence]]");
        block.text("id", id);
        block.text("kind", kind);
        let title = self.title();
        block.text("title", &title);
        if self.rng.chance(60) {
            block.text("url", &format!("https://contoso.example/{id}"));
        }
        if (provider && self.rng.chance(90)) || self.rng.chance(20) {
            let known = self.known_services();
            let services = self.rng.some(&known, 1, 3);
            let named = self.named(&services, if provider { 25 } else { 0 });
            block.raw("services", named);
        }
        block.date("valid_from", from);
        block.date("valid_to", to);
        self.blocks.push(block);
    }

    fn entries(&mut self, groups: &[String], evidence: &[String]) {
        let customer: Vec<Action> = self.actions.iter().filter(|a| a.customer).cloned().collect();
        for (n, action) in customer.iter().enumerate() {
            // Parents stand before their children, so that there is no cycle.
            let parents: Vec<String> = customer[..n].iter().map(|a| a.id.clone()).collect();
            if self.rng.chance(75) {
                self.entry(action, None, &parents, evidence);
            }
            for group in groups {
                if !action.technical && self.rng.chance(30) {
                    self.entry(action, Some(group), &parents, evidence);
                }
            }
        }
    }

    fn entry(&mut self, action: &Action, group: Option<&String>, parents: &[String], evidence: &[String]) {
        let mut block = Block::new("[[action]]");
        block.text("id", &action.id);
        if let Some(group) = group {
            block.text("group", group);
        }
        if self.rng.chance(40) {
            let owner = self.title();
            block.text("assigned_to", &owner);
        }
        let due = self.maybe_day(30);
        block.date("due_on", due);
        if self.rng.chance(20) {
            block.text("notes", "Ask again, \"soon\".");
        }
        if !parents.is_empty() && self.rng.chance(18) {
            block.text("test_source", "parent");
            let parent = self.rng.pick(parents).clone();
            block.text("parent", &parent);
            if self.rng.chance(20) {
                block.text("implementation", "implemented");
                block.text("test", "passed");
            }
        } else if self.rng.chance(30) {
            self.entry_with_instances(&mut block, evidence);
        } else {
            let dates = self.place_dates();
            let automatic = self.source(&mut block, 40);
            let (implementation, test) = self.pair(automatic);
            self.status(&mut block, implementation, test, automatic, meant(implementation, test, dates));
            self.links(&mut block, evidence, 85);
        }
        self.blocks.push(block);
    }

    fn entry_with_instances(&mut self, block: &mut Block, evidence: &[String]) {
        let automatic = self.source(block, 50);
        let dates = self.place_dates();
        block.date("implemented_on", dates.0);
        block.date("tested_on", dates.1);
        // The action's own status counts for nothing beside its instances; its fraction is theirs.
        match self.rng.below(3) {
            0 if automatic => {
                block.text("implementation", "implemented");
                block.text("test", "partially-tested");
                let fraction = self.fraction();
                block.raw("fraction", fraction);
            }
            1 => {
                block.text("implementation", "implemented");
                block.text("test", "passed");
            }
            _ => {}
        }
        self.links(block, evidence, 70);
        for n in 0..1 + self.rng.below(3) {
            let mut instance = Block::new("[[action.instance]]");
            instance.text("name", &format!("place, {n}"));
            let mut automatic = automatic;
            if self.rng.chance(40) {
                automatic = self.rng.chance(50);
                instance.text("test_source", if automatic { "automatic" } else { "manual" });
            }
            let (implementation, test) = self.pair(automatic);
            let drawn = self.place_dates();
            let own = if self.rng.chance(60) { meant(implementation, test, drawn) } else { (None, None) };
            let in_order =
                !matches!((own.0.or(dates.0), own.1.or(dates.1)), (Some(done), Some(tested)) if tested < done);
            self.status(&mut instance, implementation, test, automatic, if in_order { own } else { (None, None) });
            self.links(&mut instance, evidence, 30);
            block.tail += &instance.render(&mut self.rng);
        }
    }

    /// Writes the test source, or leaves the default; true if it is automatic.
    fn source(&mut self, block: &mut Block, percent: usize) -> bool {
        let automatic = self.rng.chance(percent);
        if automatic || self.rng.chance(50) {
            block.text("test_source", if automatic { "automatic" } else { "manual" });
        }
        automatic
    }

    fn place_dates(&mut self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        self.days(65, 92)
    }

    /// An allowed pair of implementation and test; "" is an absent test.
    fn pair(&mut self, automatic: bool) -> (&'static str, &'static str) {
        const DONE: [&str; 10] = [
            "",
            "none",
            "in-progress",
            "failed-low",
            "failed-medium",
            "failed-high",
            "partially-tested",
            "to-be-detected",
            "could-not-be-detected",
            "not-in-scope",
        ];
        const OPEN: [&str; 7] =
            ["", "none", "failed-low", "failed-medium", "failed-high", "to-be-detected", "could-not-be-detected"];
        match self.rng.below(20) {
            0..=1 => ("not-in-scope", *self.rng.pick(&["", "not-in-scope"])),
            2..=5 => {
                let tests = if automatic { &OPEN[..] } else { &OPEN[..2] };
                (*self.rng.pick(&["not-implemented", "planned"]), *self.rng.pick(tests))
            }
            6..=12 => (*self.rng.pick(&["implemented", "implemented", "alternative"]), "passed"),
            13..=15 if automatic => ("implemented", "partially-tested"),
            _ => (*self.rng.pick(&["implemented", "implemented", "alternative"]), *self.rng.pick(&DONE)),
        }
    }

    fn status(
        &mut self,
        block: &mut Block,
        implementation: &str,
        test: &str,
        automatic: bool,
        dates: (Option<NaiveDate>, Option<NaiveDate>),
    ) {
        block.text("implementation", implementation);
        if !test.is_empty() {
            block.text("test", test);
        }
        if test == "partially-tested" && automatic && self.rng.chance(85) {
            let fraction = self.fraction();
            block.raw("fraction", fraction);
        }
        block.date("implemented_on", dates.0);
        block.date("tested_on", dates.1);
    }

    fn fraction(&mut self) -> String {
        if self.rng.chance(50) {
            (*self.rng.pick(&FRACTIONS)).to_string()
        } else {
            format!("0.{:04}", self.rng.below(10_000))
        }
    }

    fn links(&mut self, block: &mut Block, evidence: &[String], percent: usize) {
        if self.rng.chance(percent) {
            let linked = self.rng.some(evidence, 0, 3);
            block.words("evidence", &linked);
        }
    }

    /// Exclusions and claims of inheritance: none meets another for the same control and framework.
    fn claims(&mut self, frameworks: &[String]) {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for framework in frameworks {
            for control in &self.controls[framework] {
                places.entry(control.clone()).or_default().push(framework.clone());
            }
        }
        for (control, frameworks) in places {
            if control.starts_with('A') && self.rng.chance(15) {
                self.claim("exclusion", &control, &frameworks);
            }
            if self.rng.chance(20) {
                self.claim("inheritance", &control, &frameworks);
            }
        }
    }

    fn claim(&mut self, kind: &str, control: &str, frameworks: &[String]) {
        let scopes = if self.rng.chance(50) { vec![None] } else { frameworks.iter().map(Some).collect() };
        for framework in scopes {
            let mut block = Block::new(&format!("[[{kind}]]"));
            block.text("control", control);
            if let Some(framework) = framework {
                block.text("framework", framework);
            }
            if kind == "exclusion" && self.rng.chance(85) {
                block.text(
                    "justification",
                    self.rng.pick::<&str>(&["No development is outsourced.", "Nothing, yet", "", "  "]),
                );
            }
            self.blocks.push(block);
        }
    }
}
