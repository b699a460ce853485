//! What a migration came to, from the profile before and the one read back.

use super::Draft;
use super::result::{
    ActionName, ActionToAssess, AssessmentChange, Carried, ControlName, Counts, Decision, Edition, Joint, Migration,
    NewControl, SCHEMA, Standing, StatementKind, Unconfirmed,
};
use super::verdict::{Fate, Verdict};
use crate::compiled::{Compiled, CompiledTemplate};
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx, TemplateIdx};
use crate::library::{Library, RelationStatus};
use crate::profile::{ActionEntry, Profile};
use crate::result::TenantScore;
use crate::tenant::{Slot, Tenant, TenantAssessment};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What a report is made from.
pub(crate) struct Outcome<'a> {
    pub(crate) library: &'a Library,
    pub(crate) compiled: &'a Compiled,
    pub(crate) draft: &'a Draft<'a>,
    /// The profile as it was read back, and ready for evaluation.
    pub(crate) profile: &'a Profile,
    pub(crate) tenant: &'a Tenant,
}

impl Outcome<'_> {
    /// The report, with the figures of both profiles.
    pub(crate) fn tell(&self, before: &TenantScore, after: &TenantScore, as_of: NaiveDate) -> Migration {
        let (decided, open): (Vec<&Verdict>, Vec<&Verdict>) =
            self.draft.verdicts.iter().partition(|v| !matches!(v.fate, Fate::Open(_)));
        let mut report = Migration {
            schema: SCHEMA,
            tenant: self.profile.tenant.clone(),
            organization: self.profile.name.clone(),
            as_of,
            from: self.edition(self.draft.route.from),
            to: self.edition(self.draft.route.to),
            kept: self.draft.route.keep,
            counts: Counts::default(),
            assessments: self.moved().map(|(_, change)| change).collect(),
            decisions: open.into_iter().filter_map(|v| self.decision(v)).collect(),
            carried: decided.into_iter().filter_map(|v| self.carried(v)).collect(),
            new_controls: self.new_controls(),
            merged: self.merged(),
            split: self.split(),
            ended: self.ended(),
            unconfirmed: self.unconfirmed(),
            unused_actions: self.unused_actions(),
            to_assess: self.to_assess(),
        };
        report.counts = self.counts(&report);
        report.set_figures(before, after);
        report
    }

    fn counts(&self, report: &Migration) -> Counts {
        let of_kind = |kind| report.carried.iter().filter(|c| c.kind == kind).count();
        let used = |e: &&ActionEntry| self.target().actions.binary_search(&e.action).is_ok();
        Counts {
            action_entries: self.profile.actions.len(),
            action_entries_used: self.profile.actions.iter().filter(used).count(),
            evidence: self.profile.evidence.len(),
            risk_acceptances: self.profile.acceptances.len(),
            exclusions_carried: of_kind(StatementKind::Exclusion),
            inheritances_carried: of_kind(StatementKind::Inheritance),
            inclusions_carried: of_kind(StatementKind::Inclusion),
            requirements_carried: of_kind(StatementKind::Requirement),
            decisions: report.decisions.len(),
            controls: self.controls(self.to()).len(),
            new_controls: report.new_controls.len(),
            merged: report.merged.len(),
            split: report.split.len(),
            to_assess: report.to_assess.len(),
        }
    }

    fn from(&self) -> FrameworkIdx {
        self.draft.route.relations.from
    }

    fn to(&self) -> FrameworkIdx {
        self.draft.route.relations.to
    }

    fn target(&self) -> &CompiledTemplate {
        self.compiled.template(self.draft.route.to)
    }

    fn edition(&self, template: TemplateIdx) -> Edition {
        let template = self.library.template(template);
        Edition {
            template: template.id.value.as_str().to_owned(),
            title: template.title.clone(),
            framework: template.framework.value.as_str().to_owned(),
        }
    }

    /// The new assessments, each as evaluation has it and as a change whose figures are still to come.
    fn moved(&self) -> impl Iterator<Item = (&TenantAssessment, AssessmentChange)> {
        let plans = self.tenant.assessments.iter().zip(&self.profile.assessments);
        let of_target = plans.filter(|(_, plan)| plan.template == self.draft.route.to);
        of_target.map(|(assessment, plan)| {
            let (before, after) = (Standing::default(), Standing::default());
            (assessment, AssessmentChange { group: plan.group.clone(), target: plan.target, before, after })
        })
    }

    fn controls(&self, framework: FrameworkIdx) -> Vec<ControlIdx> {
        (0..self.library.framework(framework).controls.len()).map(ControlIdx::at).collect()
    }

    fn control(&self, framework: FrameworkIdx, control: ControlIdx) -> Option<ControlName> {
        let found = self.library.framework(framework).controls.get(control.position())?;
        Some(ControlName { id: found.id.value.as_str().to_owned(), title: found.title.clone() })
    }

    fn ids(&self, framework: FrameworkIdx, controls: &[ControlIdx]) -> Vec<String> {
        controls.iter().filter_map(|c| self.control(framework, *c)).map(|c| c.id).collect()
    }

    fn decision(&self, verdict: &Verdict) -> Option<Decision> {
        decision(self.library, &self.draft.route, self.draft.profile, verdict)
    }

    fn carried(&self, verdict: &Verdict) -> Option<Carried> {
        let target = verdict.target?;
        Some(Carried {
            kind: verdict.kind,
            requirement: requirement(self.draft.profile, verdict),
            control: self.control(self.to(), target)?.id,
            from: self.ids(self.from(), &verdict.stated),
            was_there: verdict.fate == Fate::WasThere,
            status: self.draft.route.relations.status(target),
        })
    }

    fn new_controls(&self) -> Vec<NewControl> {
        let relations = &self.draft.route.relations;
        let new = self.controls(self.to()).into_iter().filter(|c| relations.sources(*c).is_empty());
        new.filter_map(|c| self.new_control(c)).collect()
    }

    fn new_control(&self, control: ControlIdx) -> Option<NewControl> {
        let ControlName { id, title } = self.control(self.to(), control)?;
        let mut new = NewControl { id, title, customer_actions: 0, provider_actions: 0, listed: 0 };
        for slot in self.target().slots_of_control.row(control.position()) {
            let slot = usize::try_from(*slot).ok()?;
            let stands: Vec<Slot> = self.moved().filter_map(|(a, _)| a.slots.get(slot).copied()).collect();
            let any = |wanted: fn(&Slot) -> bool| usize::from(stands.iter().any(wanted));
            new.customer_actions += any(|s| matches!(s, Slot::Listed(_) | Slot::Unlisted(_)));
            new.provider_actions += any(|s| matches!(s, Slot::Provider(_)));
            new.listed += any(|s| matches!(s, Slot::Listed(_)));
        }
        Some(new)
    }

    fn merged(&self) -> Vec<Joint> {
        let sources = |c| self.ids(self.from(), &self.draft.route.relations.sources(c));
        self.joints(self.to(), sources)
    }

    fn split(&self) -> Vec<Joint> {
        let targets = |c| self.ids(self.to(), &self.draft.route.relations.targets(c));
        self.joints(self.from(), targets)
    }

    fn joints(&self, framework: FrameworkIdx, others: impl Fn(ControlIdx) -> Vec<String>) -> Vec<Joint> {
        let joint = |c: ControlIdx| Some(Joint { control: self.control(framework, c)?, others: others(c) });
        self.controls(framework).into_iter().filter_map(joint).filter(|j| j.others.len() > 1).collect()
    }

    fn ended(&self) -> Vec<ControlName> {
        let relations = &self.draft.route.relations;
        let ended = self.controls(self.from()).into_iter().filter(|c| relations.targets(*c).is_empty());
        ended.filter_map(|c| self.control(self.from(), c)).collect()
    }

    fn unconfirmed(&self) -> Vec<Unconfirmed> {
        let mut list = Vec::new();
        for target in self.controls(self.to()) {
            for (source, pair) in self.draft.route.relations.pairs_of(target) {
                if pair.status == RelationStatus::Confirmed {
                    continue;
                }
                let ends = self.control(self.from(), source).zip(self.control(self.to(), target));
                let note = pair.note.map(str::to_owned);
                list.extend(ends.map(|(from, to)| Unconfirmed { from: from.id, to: to.id, relation: pair.kind, note }));
            }
        }
        list
    }

    /// The actions that the profile lists and none of its assessments uses.
    fn unused_actions(&self) -> Vec<ActionName> {
        let templates = self.profile.assessments.iter().map(|a| self.compiled.template(a.template));
        let used: BTreeSet<ActionIdx> = templates.flat_map(|t| t.actions.iter().copied()).collect();
        let listed: BTreeSet<ActionIdx> = self.profile.actions.iter().map(|e| e.action).collect();
        let name = |action: &ActionIdx| {
            let action = self.library.action(*action);
            ActionName { id: action.id.value.as_str().to_owned(), title: action.title.clone() }
        };
        listed.difference(&used).map(name).collect()
    }

    /// The customer's actions that apply, count, and have no entry.
    fn to_assess(&self) -> Vec<ActionToAssess> {
        let before = &self.compiled.template(self.draft.route.from).actions;
        let mut found: BTreeMap<ActionIdx, Vec<String>> = BTreeMap::new();
        for (assessment, change) in self.moved() {
            let stands = assessment.slots.iter().zip(&assessment.is_open);
            for (action, (slot, is_open)) in self.target().actions.iter().zip(stands) {
                let is_listed = self.profile.entry(*action, &change.group).is_some();
                if matches!(slot, Slot::Unlisted(_)) && *is_open && !is_listed {
                    found.entry(*action).or_default().push(change.group.clone());
                }
            }
        }
        let to_assess = |(idx, groups): (ActionIdx, Vec<String>)| {
            let action = self.library.action(idx);
            ActionToAssess {
                id: action.id.value.as_str().to_owned(),
                title: action.title.clone(),
                groups,
                points: action.points(),
                is_new: before.binary_search(&idx).is_err(),
            }
        };
        found.into_iter().map(to_assess).collect()
    }
}

/// A verdict as something to decide; nothing if it was carried.
pub(super) fn decision(
    library: &Library,
    route: &super::Route<'_>,
    profile: &Profile,
    verdict: &Verdict,
) -> Option<Decision> {
    let Fate::Open(reason) = verdict.fate else { return None };
    let control = |framework: FrameworkIdx, c: &ControlIdx| library.framework(framework).controls.get(c.position());
    let ids = |list: &[ControlIdx]| -> Vec<String> {
        list.iter().filter_map(|c| control(route.relations.from, c)).map(|c| c.id.value.as_str().to_owned()).collect()
    };
    let target = verdict.target.and_then(|t| control(route.relations.to, &t));
    Some(Decision {
        kind: verdict.kind,
        requirement: requirement(profile, verdict),
        from: ids(&verdict.stated),
        control: target.map(|c| c.id.value.as_str().to_owned()),
        title: target.map(|c| c.title.clone()),
        open: ids(&verdict.open),
        reason,
    })
}

/// The id of the requirement that a verdict is about.
fn requirement(profile: &Profile, verdict: &Verdict) -> Option<String> {
    Some(profile.statement.requirements.get(verdict.requirement?)?.id.value.clone())
}
