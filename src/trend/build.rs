//! Points and changes out of what a store handed in.

use super::figures::Figure;
use super::{
    AssessmentId, Changed, LibraryChange, Trend, TrendChange, TrendEntry, TrendFault, TrendFigures, TrendMaterial,
    TrendPart, TrendParts, TrendPoint, TrendQuery,
};
use crate::points::Percent;
use std::collections::BTreeSet;

impl TrendMaterial {
    /// The trend that a query asks for; it must be the one for which the material was gathered.
    ///
    /// # Errors
    /// That what is asked for stands in none of the snapshots, or means several things.
    pub fn trend(&self, query: &TrendQuery) -> Result<Trend, TrendFault> {
        let rescored = self.entries.iter().filter_map(|entry| entry.rescored.as_ref()?.as_ref());
        let parts: Vec<&TrendParts> = self.entries.iter().map(|entry| &entry.parts).chain(rescored).collect();
        if !self.entries.is_empty() {
            query.scope.check(&parts)?;
        }
        let counting = self.counting();
        let mut points = Vec::new();
        let shown = if query.all { self.entries.iter().collect() } else { counting.clone() };
        for entry in shown {
            points.extend(entry_points(entry, query)?);
        }
        let changes = counting.windows(2).filter_map(|pair| match pair {
            [before, after] => self.change(before, after),
            _ => None,
        });
        Ok(Trend {
            tenant: self.tenant.clone(),
            assessment: query.scope.assessment.clone(),
            target: query.target.or_else(|| self.target(query)),
            rescored_library: self.rescored_library,
            points,
            changes: changes.collect(),
            extent: self.extent,
        })
    }

    /// The last snapshot of each date.
    fn counting(&self) -> Vec<&TrendEntry> {
        let dates = self.entries.chunk_by(|a, b| a.identity.as_of == b.identity.as_of);
        dates.filter_map(<[TrendEntry]>::last).collect()
    }

    /// The target that all the assessments asked for name, if it is the same; parts of them have none.
    fn target(&self, query: &TrendQuery) -> Option<Percent> {
        let last = self.entries.last().filter(|_| query.scope.part == TrendPart::Whole)?;
        let rows = last.parts.assessments.iter().zip(&self.targets);
        let mut targets = rows.filter(|(row, _)| query.scope.takes(row)).map(|(_, target)| *target);
        let first = targets.next()??;
        targets.all(|target| target == Some(first)).then_some(first)
    }

    fn change(&self, before: &TrendEntry, after: &TrendEntry) -> Option<TrendChange> {
        let (old, new) = (&before.identity, &after.identity);
        let library = (old.library != new.library).then(|| LibraryChange {
            from: old.library,
            to: new.library,
            files: self.files.get(&(old.library, new.library)).cloned().unwrap_or_default(),
        });
        let engine = (old.engine != new.engine).then(|| Changed { from: old.engine.clone(), to: new.engine.clone() });
        let [of_old, of_new] = [before, after].map(assessments);
        let (added, removed): (Vec<_>, Vec<_>) =
            (of_new.difference(&of_old).cloned().collect(), of_old.difference(&of_new).cloned().collect());
        let is_same = library.is_none() && engine.is_none() && added.is_empty() && removed.is_empty();
        let id = new.leaf().short();
        (!is_same).then_some(TrendChange { as_of: new.as_of, id, library, engine, added, removed })
    }
}

fn assessments(entry: &TrendEntry) -> BTreeSet<AssessmentId> {
    let rows = entry.parts.assessments.iter();
    rows.map(|row| AssessmentId { template: row.template.clone(), group: row.group.clone() }).collect()
}

/// The points of a snapshot: one, or one for each domain or control, those too that only the library
/// at hand knows.
fn entry_points(entry: &TrendEntry, query: &TrendQuery) -> Result<Vec<TrendPoint>, TrendFault> {
    let mut recorded = query.scope.figures(&entry.parts)?;
    let mut rescored = match &entry.rescored {
        Some(Some(parts)) => Some(query.scope.figures(parts)?),
        _ => None,
    };
    let key = |f: &Figure| (f.framework.clone(), f.id.clone());
    let mut known: BTreeSet<_> = recorded.iter().map(key).collect();
    let nothing = |f: &Figure| Figure { figures: TrendFigures::default(), ..f.clone() };
    let more = rescored.iter().flatten().filter(|f| known.insert(key(f))).map(nothing);
    recorded.extend(more);
    if let (true, TrendPart::Domain(id) | TrendPart::Control(id)) = (recorded.is_empty(), &query.scope.part) {
        let figures = TrendFigures::default();
        recorded.push(Figure { framework: None, id: Some(id.clone()), title: None, figures });
    }
    let mut anew = |f: &Figure| {
        entry.rescored.as_ref()?;
        let found =
            rescored.as_mut().map(|of| of.iter().position(|other| key(other) == key(f)).map(|n| of.swap_remove(n)));
        Some(found.map(|found| found.map(|f| f.figures).unwrap_or_default()))
    };
    Ok(recorded
        .into_iter()
        .map(|figure| {
            let rescored = anew(&figure);
            point(entry, figure, rescored, query)
        })
        .collect())
}

fn point(entry: &TrendEntry, figure: Figure, rescored: Option<Option<TrendFigures>>, query: &TrendQuery) -> TrendPoint {
    let Figure { framework, id, title, figures } = figure;
    let (domain, control) = if query.scope.part.is_of_domains() { (id, None) } else { (None, id) };
    let identity = &entry.identity;
    TrendPoint {
        id: identity.leaf().short(),
        as_of: identity.as_of,
        recorded_at: identity.recorded_at.clone(),
        framework,
        domain,
        control,
        title,
        figures,
        library: identity.library,
        engine: identity.engine.clone(),
        note: identity.note.clone(),
        subject: identity.subject.clone(),
        commit: identity.commit.clone(),
        rescored,
    }
}
