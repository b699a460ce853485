//! The JSON of a summary: one line, everything by id and in order, whole numbers only.
//!
//! Points are in 1/10 000. Numbers can pass 2^53, above which some readers of JSON round; a reader that
//! needs such sums exactly takes them as whole numbers, as Python does.

use super::fault::SummaryFault;
use super::figures::FleetFigures;
use super::summary::{COHORTS, OpenSum, SharedSum, Summary, TemplateSums};
use crate::choice::Choice;
use crate::evaluate::GapKind;
use crate::snapshot::Digest;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::io::Read;

/// The version of the form, and what it says it is.
const SCHEMA: u64 = 1;
const KIND: &str = "fleet-summary";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(deserialize_with = "known_schema")]
    schema: u64,
    #[serde(deserialize_with = "known_kind")]
    kind: String,
    as_of: NaiveDate,
    outlook_by: NaiveDate,
    library: Digest,
    tenants: u64,
    rejects: u64,
    templates: Vec<TemplateForm>,
    gaps: Vec<GapForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateForm {
    template: Box<str>,
    figures: FleetFigures,
    groups: Vec<Named>,
    sectors: Vec<Named>,
    partners: Vec<Named>,
    regions: Vec<Named>,
    controls: Vec<ControlForm>,
}

/// A group or a cohort; the cohort of those that name none is empty.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: Box<str>,
    figures: FleetFigures,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlForm {
    control: Box<str>,
    tenants: u64,
    partial: u64,
    gap: u64,
    missing: u128,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GapForm {
    action: Box<str>,
    kind: String,
    tenants: u64,
    assessments: u64,
    missing: u128,
}

fn known_schema<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    match u64::deserialize(from)? {
        SCHEMA => Ok(SCHEMA),
        other => Err(serde::de::Error::custom(SummaryFault::Schema(other))),
    }
}

fn known_kind<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let kind = String::deserialize(from)?;
    if kind == KIND { Ok(kind) } else { Err(serde::de::Error::custom(format!("its kind is not `{KIND}`"))) }
}

impl Summary {
    /// The summary as one line of JSON, with a line end; the same sums give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut whole = self.clone();
        // What fails here has no room in 64 bits, which no run of single tenants reaches.
        let _ = whole.settle();
        let form = Form {
            schema: SCHEMA,
            kind: KIND.to_owned(),
            as_of: whole.as_of,
            outlook_by: whole.outlook_by,
            library: whole.library,
            tenants: whole.tenants,
            rejects: whole.rejects,
            templates: whole.templates.into_iter().map(TemplateForm::of).collect(),
            gaps: whole.gaps.into_iter().map(GapForm::of).collect(),
        };
        // Writing to memory cannot fail, and no key is anything but text.
        let mut text = serde_json::to_string(&form).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The summary that a text is.
    ///
    /// # Errors
    /// It is none, or of another version.
    pub fn from_json(text: &str) -> Result<Self, SummaryFault> {
        let form: Form = serde_json::from_str(text).map_err(|e| SummaryFault::NoSummary(e.to_string()))?;
        form.summary()
    }

    /// Reads summaries one after the other, each in one line or several, and hands each on.
    ///
    /// # Errors
    /// One is none, or `each` fails; what could not be read from `input` is told as such a fault.
    pub fn read_all<E: From<SummaryFault>>(
        input: impl Read,
        mut each: impl FnMut(Self) -> Result<(), E>,
    ) -> Result<(), E> {
        // The parser asks for one byte at a time.
        let input = std::io::BufReader::new(input);
        for form in serde_json::Deserializer::from_reader(input).into_iter::<Form>() {
            let form = form.map_err(|e| SummaryFault::NoSummary(e.to_string()))?;
            each(form.summary()?)?;
        }
        Ok(())
    }
}

impl Form {
    fn summary(self) -> Result<Summary, SummaryFault> {
        let mut summary = Summary::empty(self.as_of, self.outlook_by, self.library);
        (summary.tenants, summary.rejects) = (self.tenants, self.rejects);
        for form in self.templates {
            let template = form.template.clone();
            if summary.templates.insert(form.template.clone(), form.sums()?).is_some() {
                return Err(twice(&template));
            }
        }
        for form in self.gaps {
            let kind = GapKind::from_word(&form.kind);
            let kind = kind.ok_or_else(|| SummaryFault::NoSummary(format!("no kind of gap `{}`", form.kind)))?;
            let sum = SharedSum { tenants: form.tenants, assessments: form.assessments, missing: form.missing };
            if summary.gaps.insert((form.action.clone(), kind), sum).is_some() {
                return Err(twice(&form.action));
            }
        }
        Ok(summary)
    }
}

fn twice(name: &str) -> SummaryFault {
    SummaryFault::NoSummary(format!("`{name}` stands in it twice"))
}

impl TemplateForm {
    fn of((template, sums): (Box<str>, TemplateSums)) -> Self {
        let [sectors, partners, regions] = sums.cohorts.map(named);
        Self {
            template,
            figures: sums.all,
            groups: named(sums.groups),
            sectors,
            partners,
            regions,
            controls: sums.controls.into_iter().map(ControlForm::of).collect(),
        }
    }

    fn sums(self) -> Result<TemplateSums, SummaryFault> {
        let [sectors, partners, regions] = [self.sectors, self.partners, self.regions].map(by_name);
        let cohorts: [_; COHORTS] = [sectors?, partners?, regions?];
        let (groups, mut controls) = (by_name(self.groups)?, BTreeMap::new());
        for c in self.controls {
            let open = OpenSum { tenants: c.tenants, partial: c.partial, gap: c.gap, missing: c.missing };
            if controls.insert(c.control.clone(), open).is_some() {
                return Err(twice(&c.control));
            }
        }
        Ok(TemplateSums { all: self.figures, groups, cohorts, controls })
    }
}

fn named(map: BTreeMap<Box<str>, FleetFigures>) -> Vec<Named> {
    map.into_iter().map(|(name, figures)| Named { name, figures }).collect()
}

fn by_name(list: Vec<Named>) -> Result<BTreeMap<Box<str>, FleetFigures>, SummaryFault> {
    let mut map = BTreeMap::new();
    for Named { name, figures } in list {
        if map.insert(name.clone(), figures).is_some() {
            return Err(twice(&name));
        }
    }
    Ok(map)
}

impl ControlForm {
    fn of((control, open): (Box<str>, OpenSum)) -> Self {
        Self { control, tenants: open.tenants, partial: open.partial, gap: open.gap, missing: open.missing }
    }
}

impl GapForm {
    fn of(((action, kind), sum): ((Box<str>, GapKind), SharedSum)) -> Self {
        let SharedSum { tenants, assessments, missing } = sum;
        Self { action, kind: kind.word().to_owned(), tenants, assessments, missing }
    }
}

/// Counts by the words of a set, those that are not 0; for a field of counts in the order of the set.
pub(super) mod counts {
    use crate::choice::Choice;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub(in super::super) fn write<T: Choice, S: Serializer, const N: usize>(
        counts: &[u64; N],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let map: BTreeMap<&str, u64> = T::WORDS.iter().copied().zip(*counts).filter(|(_, n)| *n > 0).collect();
        to.collect_map(map)
    }

    pub(in super::super) fn read<'de, T: Choice, D: Deserializer<'de>, const N: usize>(
        from: D,
    ) -> Result<[u64; N], D::Error> {
        let mut counts = [0; N];
        for (word, count) in BTreeMap::<String, u64>::deserialize(from)? {
            let slot = T::from_word(&word).and_then(|member| counts.get_mut(member.position()));
            let known = || serde::de::Error::custom(format!("no `{word}` among {}", T::WORDS.join(", ")));
            *slot.ok_or_else(known)? = count;
        }
        Ok(counts)
    }
}
