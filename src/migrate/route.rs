//! From where to where: the assessments that move, and the crosswalk they move along.

use super::relation::Relations;
use super::{MigrationFailure, MigrationOptions};
use crate::diagnostic::{listed, quoted};
use crate::graph::Graph;
use crate::id::{FrameworkIdx, TemplateIdx};
use crate::library::Library;
use crate::profile::Profile;
use std::collections::BTreeSet;

/// What moves where.
pub(super) struct Route<'l> {
    pub(super) from: TemplateIdx,
    pub(super) to: TemplateIdx,
    /// Whether the old assessments stay beside the new ones.
    pub(super) keep: bool,
    pub(super) relations: Relations<'l>,
    /// The frameworks assessed before.
    pub(super) assessed: BTreeSet<FrameworkIdx>,
    /// Whether the framework of the source is still assessed afterwards.
    pub(super) source_stays: bool,
}

impl<'l> Route<'l> {
    pub(super) fn find(
        library: &'l Library,
        graph: &Graph,
        profile: &Profile,
        options: &MigrationOptions,
    ) -> Result<Self, MigrationFailure> {
        let search = Search { library, graph, to: options.to };
        let assessed: BTreeSet<TemplateIdx> = profile.assessments.iter().map(|a| a.template).collect();
        let (from, relations) = match options.from {
            Some(from) => search.given(from, &assessed)?,
            None => search.only(&assessed)?,
        };
        search.target_is_free(profile, from)?;
        let framework = |template: &TemplateIdx| search.framework(*template);
        let others = assessed.iter().filter(|t| **t != from).map(framework).collect::<BTreeSet<_>>();
        Ok(Self {
            from,
            to: options.to,
            keep: options.keep,
            source_stays: options.keep || others.contains(&relations.from),
            assessed: assessed.iter().map(framework).collect(),
            relations,
        })
    }

    /// Whether the framework of the target was not assessed before.
    pub(super) fn is_target_new(&self) -> bool {
        !self.assessed.contains(&self.relations.to)
    }

    /// The frameworks assessed afterwards, other than the target's.
    pub(super) fn others(&self) -> impl Iterator<Item = FrameworkIdx> {
        let stays = move |f: &FrameworkIdx| *f != self.relations.to && (*f != self.relations.from || self.source_stays);
        self.assessed.iter().copied().filter(stays)
    }
}

struct Search<'l, 'g> {
    library: &'l Library,
    graph: &'g Graph,
    to: TemplateIdx,
}

impl<'l> Search<'l, '_> {
    fn framework(&self, template: TemplateIdx) -> FrameworkIdx {
        let id = self.library.template(template).framework.value.as_str();
        // INVARIANT: references of a library resolve, so the framework is there.
        self.library.find_framework(id).unwrap_or(FrameworkIdx::at(0))
    }

    fn id(&self, template: TemplateIdx) -> &'l str {
        self.library.template(template).id.value.as_str()
    }

    fn framework_id(&self, template: TemplateIdx) -> &'l str {
        self.library.template(template).framework.value.as_str()
    }

    fn relations(&self, from: TemplateIdx) -> Option<Relations<'l>> {
        Relations::between(self.library, self.graph, self.framework(from), self.framework(self.to))
    }

    /// The template that was named, which must be assessed and related.
    fn given(
        &self,
        from: TemplateIdx,
        assessed: &BTreeSet<TemplateIdx>,
    ) -> Result<(TemplateIdx, Relations<'l>), MigrationFailure> {
        let (old, new) = (quoted(self.id(from)), quoted(self.id(self.to)));
        if from == self.to {
            return Err(MigrationFailure::refused(format!("{old} is both the source and the target"), None));
        }
        if !assessed.contains(&from) {
            let help = format!("it is assessed against {}", listed(assessed.iter().map(|t| self.id(*t))));
            return Err(MigrationFailure::refused(format!("the profile is not assessed against {old}"), help));
        }
        match self.relations(from) {
            Some(relations) => Ok((from, relations)),
            None => Err(self.unrelated(&format!("{old} and {new}"), &[from])),
        }
    }

    /// The one assessed template that relates to the target.
    fn only(&self, assessed: &BTreeSet<TemplateIdx>) -> Result<(TemplateIdx, Relations<'l>), MigrationFailure> {
        let others: Vec<TemplateIdx> = assessed.iter().copied().filter(|t| *t != self.to).collect();
        let mut related: Vec<_> = others.iter().filter_map(|t| Some((*t, self.relations(*t)?))).collect();
        match (related.pop(), related.is_empty()) {
            (Some(found), true) => Ok(found),
            (Some((last, _)), false) => {
                let ids = related.iter().map(|(t, _)| *t).chain([last]).map(|t| self.id(t));
                let help = format!("name the one to leave with `--from`: {}", listed(ids));
                Err(MigrationFailure::refused("several assessments could be carried over", help))
            }
            (None, _) if assessed.contains(&self.to) => {
                let message = format!("the profile is assessed against {} already", quoted(self.id(self.to)));
                Err(MigrationFailure::refused(message, "there is nothing to carry over".to_owned()))
            }
            (None, _) => {
                let what = format!("an assessment of this profile and {}", quoted(self.id(self.to)));
                Err(self.unrelated(&what, &others))
            }
        }
    }

    fn unrelated(&self, what: &str, from: &[TemplateIdx]) -> MigrationFailure {
        let frameworks: BTreeSet<&str> = from.iter().map(|t| self.framework_id(*t)).collect();
        let target = quoted(self.framework_id(self.to));
        let help = format!("no crosswalk has relations between {} and {target}", listed(frameworks));
        MigrationFailure::refused(format!("nothing relates {what}"), help)
    }

    /// Fails if an assessment would come to stand twice.
    fn target_is_free(&self, profile: &Profile, from: TemplateIdx) -> Result<(), MigrationFailure> {
        let groups_of = |template| profile.assessments.iter().filter(move |a| a.template == template).map(|a| &a.group);
        let moving: BTreeSet<&String> = groups_of(from).collect();
        match groups_of(self.to).find(|group| moving.contains(group)) {
            None => Ok(()),
            Some(group) => {
                let (group, to) = (quoted(group), quoted(self.id(self.to)));
                let message = format!("group {group} is assessed against {to} already");
                let help = "take one of its two assessments out of the profile".to_owned();
                Err(MigrationFailure::refused(message, help))
            }
        }
    }
}
