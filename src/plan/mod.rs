//! A plan: which open work to do, in which order, at an exact optimum.
//!
//! Start with [`plan`]. `work` lists what could be done and what it takes, over `source`s of statuses;
//! `build` takes the figure apart into the `part`s that the work moves; `programme` writes that down in
//! whole numbers, alike work by `class`es, with the hours of `pool`s, and `solve`, the one place with floats, hands it to a solver;
//! `search` asks for the most or the fewest hours. `order` puts the work chosen in order, `baseline`
//! says what one would do without a plan, `reach` why a target is out of reach. What is told at the end
//! is always worked out by the ordinary evaluation of a profile after the work (`scenario`).

mod baseline;
mod build;
mod class;
mod options;
mod order;
mod part;
mod pool;
mod programme;
mod reach;
mod result;
mod search;
mod solve;
mod source;
mod standing;
mod work;

pub(crate) use build::problem;
pub use options::{Assignee, AssumedHours, Objective, PlanOptions, SHARE_OF_RENEWAL, WorkType};
pub use reach::{Held, HeldBy, Unreachable};
pub use result::{Baseline, Bound, FrontierPoint, Load, Open, Plan, Step};
pub(crate) use standing::Ground;
pub use standing::Standing;
pub use work::{WorkItem, WorkKind};

use crate::choice::Choice as _;
use crate::id::ActionIdx;
use crate::points::{Amount, Percent, WHOLE};
use crate::profile::EvidenceLink;
use crate::scenario::{Work, after};
use crate::tenant::Tenant;
use baseline::by_points;
use build::Problem;
use order::ordered;
use pool::{Choice, Pools};
use reach::unreachable;
use search::Search;
use std::collections::BTreeMap;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// The best plan for a profile.
pub(crate) fn plan(ground: Ground<'_>, options: &PlanOptions) -> Plan {
    let problem = problem(ground, options);
    let pools = Pools::new(options, &problem.items);
    let before = ground.standing(options.by);
    let planning = Planning { ground, options, problem: &problem, pools: &pools, before };
    let found = planning.choose();
    let (after, chosen) = planning.steps(&found.choice);
    let reached = options.target.is_none_or(|target| planning.is_reached(target, &after));
    let unreachable = options.target.filter(|_| !reached).map(|target| {
        let all = problem.items.iter().map(|item| &item.work);
        unreachable(ground, options.objective, target, &after, all, options.by)
    });
    Plan {
        schema: SCHEMA,
        tenant: ground.profile.tenant.clone(),
        organization: ground.profile.name.clone(),
        as_of: options.as_of,
        by: options.by,
        objective: options.objective,
        unit: if options.objective == Objective::Controls { "controls" } else { "points" },
        target: options.target,
        budget: options.budget,
        assignees: planning.loads(&found.choice),
        now: ground.standing(options.as_of),
        before,
        after,
        chosen,
        hours: found.choice.hours(&problem.items),
        gain: planning.gained(&after),
        // What the solver was told and what the score says must be the same.
        optimal: found.is_proved && problem.gain(&found.choice.chosen()) == planning.gained(&after).units(),
        bound: found.bound,
        baseline_by_points: planning.baseline(),
        frontier: planning.frontier(),
        unreachable,
        open: open(&problem),
        assumed_hours: options.assumed,
    }
}

fn open(problem: &Problem) -> Open {
    Open {
        pieces: problem.items.len(),
        hours: problem.items.iter().map(|item| u64::from(item.hours)).sum(),
        assumed: problem.items.iter().filter(|item| item.is_assumed).count(),
    }
}

/// What was chosen, and how good it is.
struct Found {
    choice: Choice,
    bound: Bound,
    is_proved: bool,
}

struct Planning<'a> {
    ground: Ground<'a>,
    options: &'a PlanOptions,
    problem: &'a Problem,
    pools: &'a Pools,
    before: Standing,
}

impl Planning<'_> {
    /// The fewest hours to a target, if one is given and within reach; else the most.
    fn choose(&self) -> Found {
        let search = self.search(self.pools, None);
        if let Some(least) = self.lacking().and_then(|units| search.least(units)) {
            let hours = least.choice.hours(&self.problem.items);
            let is_proved = least.bound == hours;
            return Found { choice: least.choice, bound: Bound::Hours(least.bound.min(hours)), is_proved };
        }
        let most = search.most();
        let bound = Bound::Gain(Amount::from_units(most.bound.max(most.gain)));
        Found { choice: most.choice, bound, is_proved: most.bound == most.gain }
    }

    fn search<'s>(&'s self, pools: &'s Pools, cap: Option<u64>) -> Search<'s> {
        Search { problem: self.problem, pools, cap, node_limit: self.options.node_limit }
    }

    fn is_reached(&self, target: Percent, standing: &Standing) -> bool {
        target.is_reached_by(standing.amount(self.options.objective), standing.whole(self.options.objective))
    }

    /// How many units are missing to the target; of nothing there is no percentage to reach.
    fn lacking(&self) -> Option<u64> {
        let whole = self.before.whole(self.options.objective).units();
        let target = self.options.target.filter(|_| whole > 0)?;
        let scaled = u128::from(target.hundredths()) * u128::from(whole);
        let needed = u64::try_from(scaled.div_ceil(u128::from(WHOLE))).unwrap_or(u64::MAX);
        Some(needed.saturating_sub(self.before.amount(self.options.objective).units()))
    }

    /// What was gained over doing nothing.
    fn gained(&self, standing: &Standing) -> Amount {
        standing.amount(self.options.objective).less(self.before.amount(self.options.objective))
    }

    fn work<'s>(&'s self, choice: &'s Choice) -> impl Iterator<Item = &'s Work> {
        choice.positions().filter_map(|at| self.problem.items.get(at)).map(|item| &item.work)
    }

    fn standing_after(&self, choice: &Choice) -> Standing {
        self.ground.standing_after(self.work(choice), self.options.by)
    }

    /// The chosen work in order, each piece with what the evaluation says it adds.
    fn steps(&self, choice: &Choice) -> (Standing, Vec<Step>) {
        let (objective, by) = (self.options.objective, self.options.by);
        let mut profile = self.ground.profile.clone();
        let mut standing = self.before;
        let mut steps = Vec::new();
        for position in ordered(self.problem, &choice.chosen()) {
            let Some(item) = self.problem.items.get(position) else { continue };
            profile = after(self.ground.library, &profile, [(&item.work, by)]);
            let tenant = Tenant::new(self.ground.compiled, &profile);
            let then = Ground { profile: &profile, tenant: &tenant, ..self.ground }.standing(by);
            let gain = then.amount(objective).less(standing.amount(objective));
            standing = then;
            steps.push(self.step(position, item, choice, gain, &standing));
        }
        (standing, steps)
    }

    fn step(&self, at: usize, item: &WorkItem, choice: &Choice, gain: Amount, standing: &Standing) -> Step {
        let told = self.told(&item.work);
        let pool = choice.pools.get(at).copied().flatten().and_then(|pool| self.pools.list.get(pool));
        let needed = item.needs.iter().filter_map(|at| self.problem.items.get(*at));
        Step {
            action: told.id,
            kind: told.kind,
            title: told.title,
            group: told.group,
            hours: item.hours,
            assumed: item.is_assumed,
            assignee: pool.and_then(|pool| pool.name.clone()).or_else(|| item.assigned_to.clone()),
            gain,
            percent: standing.percent(self.options.objective),
            after: needed.map(|item| self.told(&item.work).id).collect(),
        }
    }

    fn told(&self, work: &Work) -> Told {
        let action = |kind: WorkKind, action: ActionIdx, group: &Option<String>| {
            let found = self.ground.library.action(action);
            Told { kind, id: found.id.value.as_str().to_owned(), title: found.title.clone(), group: group.clone() }
        };
        match work {
            Work::Do(s) => action(WorkKind::Do, s.action, &s.group),
            Work::Retest(s) => action(WorkKind::Retest, s.action, &s.group),
            Work::Prove(s) => action(WorkKind::Prove, s.action, &s.group),
            Work::Renew(link) => {
                let (id, title) = self.evidence(*link);
                Told { kind: WorkKind::Renew, id, title, group: None }
            }
        }
    }

    fn evidence(&self, link: EvidenceLink) -> (String, String) {
        match link {
            EvidenceLink::Own(at) => {
                let found = self.ground.profile.evidence.get(at);
                found.map(|e| (e.id.value.clone(), e.title.clone().unwrap_or_default())).unwrap_or_default()
            }
            EvidenceLink::Library(item) => {
                let found = self.ground.library.evidence_item(item);
                let title = found.reference.clone().unwrap_or_else(|| found.kind.word().to_owned());
                (found.id.value.as_str().to_owned(), title)
            }
        }
    }

    /// What the hours of people come to.
    fn loads(&self, choice: &Choice) -> Vec<Load> {
        let used: BTreeMap<&str, u64> = (self.pools.list.iter().enumerate())
            .filter_map(|(at, pool)| Some((pool.name.as_deref()?, choice.used(at, &self.problem.items))))
            .collect();
        let load = |a: &Assignee| Load {
            name: a.name.clone(),
            hours: a.hours,
            used: used.get(a.name.as_str()).copied().unwrap_or(0),
        };
        self.options.assignees.iter().map(load).collect()
    }

    fn baseline(&self) -> Baseline {
        let choice = by_points(self.problem, self.pools, None, self.lacking());
        let standing = self.standing_after(&choice);
        Baseline {
            hours: choice.hours(&self.problem.items),
            gain: self.gained(&standing),
            percent: standing.percent(self.options.objective),
            pieces: choice.positions().count(),
        }
    }

    /// The most for equal steps of hours, up to all that is worth doing.
    fn frontier(&self) -> Vec<FrontierPoint> {
        let pools = self.pools.clone().with_open_budget();
        let steps = u64::from(self.options.frontier);
        if steps == 0 {
            return Vec::new();
        }
        let all = self.search(&pools, None).most().choice.hours(&self.problem.items);
        let mut budgets: Vec<u64> = (1..=steps).map(|n| (all * n).div_ceil(steps)).collect();
        budgets.dedup();
        budgets.retain(|budget| *budget > 0);
        let point = |budget: u64| {
            let most = self.search(&pools, Some(budget)).first();
            let standing = self.standing_after(&most.choice);
            FrontierPoint {
                budget,
                hours: most.choice.hours(&self.problem.items),
                gain: self.gained(&standing),
                percent: standing.percent(self.options.objective),
                optimal: most.bound == most.gain,
            }
        };
        budgets.into_iter().map(point).collect()
    }
}

/// A piece of work by its names.
struct Told {
    kind: WorkKind,
    id: String,
    title: String,
    group: Option<String>,
}
