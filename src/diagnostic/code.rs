//! The closed list of diagnostic codes, with what each means and how to mend it.
//!
//! A code is kept for good: it is what users search for, allow, and test against. Each has a case
//! folder of its name under `tests/cases/diagnostics/`, and a test says so.

use super::Severity;

/// What kind of finding a code is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The input cannot be used.
    Error,
    /// Something of a profile is probably not meant.
    Warning,
    /// Something of a library is probably not meant; `[[allow]]`, `--allow` and `--deny` take it.
    Lint,
}

macro_rules! codes {
    ($($variant:ident $name:literal $kind:ident $explanation:literal)+) => {
        /// The stable name of a kind of diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(
            #[doc = $explanation]
            $variant,
        )+ }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The kebab-case name, as shown and as given to `annexa explain`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind),+ }
            }

            /// What it means and how to mend it.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation),+ }
            }
        }
    };
}

impl Code {
    /// The code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.kind() == Kind::Error { Severity::Error } else { Severity::Warning }
    }

    /// Whether it is a lint: a warning about a library, which can be allowed or denied.
    #[must_use]
    pub fn is_lint(self) -> bool {
        self.kind() == Kind::Lint
    }
}

codes! {
    CannotRead "cannot-read" Error
        "A file or folder that was named could not be read: it does not exist, is not a file, or may not be opened. The message carries what the operating system said. Check the path and the rights."
    NotUtf8 "not-utf-8" Error
        "TOML files are UTF-8. The message gives the first byte that is not. Save the file as UTF-8; spreadsheets and old editors like to write other encodings."
    TooLarge "too-large" Error
        "A file is larger than the program reads at once. The limit is named in the message; it is far above any real library or profile. Check that the right file was given."
    TooManyEntries "too-many-entries" Error
        "A file holds more entries than the program takes from one file, or a profile more assessments or external services than it takes of them: the gap report has rows for each. The limit is named in the message. Split a library over several files, and an organization over several profiles."
    BadExport "bad-export" Error
        "A file that was exported by another tool is not what the command takes it for: it was cut off, is of another format, or lacks what the format needs. Where single rows are at fault, they are listed as not used, and the others are imported."
    TooDeep "too-deep" Error
        "Tables or arrays are nested deeper than any known file needs. The limit is named in the message; it keeps a hostile file from exhausting the stack."
    SyntaxError "syntax-error" Error
        "The text is not TOML (or, where a profile is read as JSON, not JSON) at this place. All places of a file that can be told apart are shown at once; mend the first ones first, for one missing quote can make many."
    UnknownKey "unknown-key" Error
        "A table holds a key that the program does not know. A misspelt key would otherwise be silently without effect, which is the worst kind of mistake in a compliance file. `annexa schema` prints all keys."
    MissingKey "missing-key" Error
        "A table lacks a key that it needs. The message names the key and what belongs there."
    WrongType "wrong-type" Error
        "A value is of another type than its key takes: text where a date is due, say. Dates are written without quotes: `2020-03-01`; in JSON, which has no dates, with them."
    UnknownValue "unknown-value" Error
        "A key takes one word of a fixed set, and this is another. The message lists the set and the nearest word."
    MalformedId "malformed-id" Error
        "An id starts with a letter or digit and holds letters, digits and `. _ - / ( )`, 128 at most, so that it can be typed, searched, and printed anywhere."
    EmptyText "empty-text" Error
        "A text that people will read is empty or only white space: the name of an organization, a title."
    TooLong "too-long" Error
        "A text is longer than any reader needs. The limit is named in the message; names and addresses stand in thousands of rows of the gap report, so theirs is lower than that of notes and guidance."
    OutOfRange "out-of-range" Error
        "A number lies outside what its key takes: points are whole numbers from 1 to 99, a target is a percentage from 0 to 100, a fraction lies from 0 to 1."
    MalformedDecimal "malformed-decimal" Error
        "Decimals are read exactly as written, so they are written plainly: digits, at most one point, at most as many places as the key takes, no exponent, `nan` or `inf`."
    MalformedUrl "malformed-url" Error
        "A link is an absolute `https://` or `http://` address without white space or control characters. Other schemes are refused, for reports turn links into something one can click."
    UnknownFramework "unknown-framework" Error
        "A framework is named that neither the built-in library nor a `--library` folder defines, or that no assessment of this profile uses. `annexa library list frameworks` shows what there is."
    UnknownGroup "unknown-group" Error
        "A group is named that does not exist: in a catalogue, a group of controls; in a profile, a group that no assessment has."
    UnknownControl "unknown-control" Error
        "A control is named that its framework does not have, or that no assessed framework has. `annexa library list controls` shows the ids."
    UnknownDomain "unknown-domain" Error
        "A gate policy names a domain that its framework does not have. A domain is a topmost heading with controls under it, such as `A.9`; `annexa score` lists them."
    EmptyPolicy "empty-policy" Error
        "A gate policy, or a table of one, asks for nothing. It would let everything pass, and somebody would believe that it does not. Add a rule, or take the table away."
    UnknownAction "unknown-action" Error
        "An improvement action is named that the library does not have. `annexa library list actions` shows the ids."
    UnknownService "unknown-service" Error
        "A service is named that no provider of the library lists. For a service of another vendor write `external = true` and a `name`."
    UnknownEvidence "unknown-evidence" Error
        "An action links an evidence id that neither the profile nor the library defines."
    UnknownProvider "unknown-provider" Error
        "A template or a folder of actions belongs to a provider that no `provider.toml` defines."
    UnknownTemplate "unknown-template" Error
        "An assessment names a template that the library does not have. `annexa library list templates` shows the ids."
    DuplicateId "duplicate-id" Error
        "The same id is defined twice where it must be unique. Within one library folder or profile that is always a mistake; a later `--library` folder may override an earlier one by id."
    DateOrder "date-order" Error
        "Of two dates that belong together the later one comes first: a test before the implementation it tests, an end before its beginning."
    GroupCycle "group-cycle" Error
        "Groups of a catalogue are each other's parents in a ring. The ring is named, a long one shortened; one of the `parent` keys must go."
    DependencyCycle "dependency-cycle" Error
        "Actions depend on each other in a ring, so none of them could be done first. The ring is named, a long one shortened; one of the `depends_on` entries must go."
    ParentCycle "parent-cycle" Error
        "Actions of a profile take their status from each other in a ring, so none of them has one. The ring is named, a long one shortened; one of them needs a status of its own."
    SupersessionCycle "supersession-cycle" Error
        "Frameworks supersede each other in a ring. The ring is named, a long one shortened; one of the `superseded_by` keys must go."
    NoAssessment "no-assessment" Error
        "A profile needs at least one `[[assessment]]` that names a template; without one there is nothing to score."
    StatusPair "status-pair" Error
        "Implementation and test status do not go together. An implemented action may have any test; one that is planned or not implemented cannot have been tested by a person (an automatic check may have failed or not have run); one that is not in scope is not tested."
    MisplacedFraction "misplaced-fraction" Error
        "`fraction` says how much of an automatic check passed, so it belongs to `test = \"partially-tested\"` with `test_source = \"automatic\"` and to nothing else. A manual test passes or does not."
    MisplacedParent "misplaced-parent" Error
        "`parent` and `test_source = \"parent\"` belong together: the one names the action, the other says that its status is taken over. A place of an action cannot have a parent of its own."
    ParentNotCustomer "parent-not-customer" Error
        "A parent must be an action of the customer: a provider's action earns its points by evidence and has no status to take over."
    GroupOnTechnical "group-on-technical" Error
        "A technical action is a setting of the tenant and has one status everywhere; only documentation and operational actions may have a status per group."
    ProviderAction "provider-action" Error
        "A profile lists an action of the provider. Its points follow from the evidence that names the services, not from a status. To renew such evidence, add an `[[evidence]]` with a provider kind and `services`."
    ExcludedClause "excluded-clause" Error
        "Clauses 4 to 10 of ISO/IEC 27001 are requirements of the management system and cannot be excluded; only Annex A controls can be declared not applicable."
    ExternalService "external-service" Error
        "A service outside the library needs `external = true` and a `name`; one that the library knows cannot be external, for its evidence would not count."
    EvidencePath "evidence-path" Error
        "The path of an evidence file is relative, stays inside the profile's folder, and has no `..`, so that a profile can be handed on with its folder and cannot read other files."
    EvidenceDigest "evidence-digest" Error
        "The file of an evidence item is not the one whose SHA-256 the profile records, or the digest is not 64 hexadecimal digits. Either the file was changed after it was recorded, or the digest was not brought up to date."
    EvidenceFile "evidence-file" Warning
        "The file that an evidence item points to is not there or cannot be read. The item still counts by its dates, but nobody could show it; with a `sha256` a missing file is an error of the digest."
    UndatedEvidence "undated-evidence" Warning
        "Provider evidence says from when it names its services; this item has no date at all, so it names nothing at any date. Add `valid_from`."
    ActionNotUsed "action-not-used" Warning
        "A profile gives the status of an action that no template of its assessments maps to a control, so it has no effect on the score."
    ActionNotApplicable "action-not-applicable" Warning
        "A profile gives the status of an action that concerns only services the profile does not use, so it has no effect on the score. Add the service or drop the entry."
    IgnoredStatus "ignored-status" Warning
        "An action whose `test_source` is `parent` takes everything from its parent; the status keys it carries itself have no effect."
    ConflictingStatus "conflicting-status" Warning
        "An action says of itself where it stands, and its instances or the parent whose status it takes say something else: passed, and a place failed; planned, and the parent's is tested. The lower one counts, so that a contradiction never earns points; the gap report has a row for it, and `annexa explain` shows both. Drop or mend one of the two."
    ExclusionOverlap "exclusion-overlap" Warning
        "A control is excluded, and claimed as inherited or said to be applicable (`[[inclusion]]`) at once. The exclusion wins; one of the two statements is not meant."
    NotInStatement "not-in-statement" Warning
        "A requirement or an inclusion names a control that is not in Annex A of ISO/IEC 27001. A Statement of Applicability has only controls of Annex A, so the entry shows nowhere: the clauses 4 to 10 hold for everybody, and other frameworks have no such statement."
    UnusedEvidence "unused-evidence" Warning
        "An evidence item of a profile is linked by no action and names no service, so nothing rests on it."
    StrayFile "stray-file" Lint
        "A TOML file lies in a library folder where the program does not look, so it has no effect. Catalogues are `controls/*.toml`; a provider's folder is `templates/<provider>/` with `provider.toml`, `actions/*.toml`, templates, and `profiles/*.toml`."
    UnreachedControl "unreached-control" Lint
        "A template maps no action to a control of its framework, so the control can never be covered and will be reported as unmapped."
    UnusedAction "unused-action" Lint
        "No template maps this action to a control, so it can never earn a point."
    UnevidencedService "unevidenced-service" Lint
        "A provider lists a service in scope, and no evidence names it: every provider action loses its share for this service. If that is a true hole of the sources, say so in the service's `note`."
    EvidenceForNothing "evidence-for-nothing" Lint
        "An item of provider evidence names no service, so nothing can rest on it."
    DominantAction "dominant-action" Lint
        "One action is mapped to more than 40 % of a framework's controls. Such a mapping says little about any of them and lets one status move the whole score."
    MissingControl "missing-control" Lint
        "A catalogue is an edition of a framework that the built-in library knows, and lacks a control of it. Compared are catalogues with the same framework id, or of the same publisher and edition with the same number in the title. Add the control, or say in an `[[allow]]` why the catalogue is only a part."
    ExtraControl "extra-control" Lint
        "A catalogue is an edition of a framework that the built-in library knows, and has a control that this edition does not have: a slip of the pen, two ids grown together, or a control of somebody's own, which belongs in a catalogue of its own."
    TitleDiffers "title-differs" Lint
        "The title of a control differs from the published one by more than case, punctuation, hyphens, or British and American spelling. A reader who compares it with the standard takes it for another control."
    NumberingHole "numbering-hole" Lint
        "The ids under one heading count up and skip a number, so that a control may have been lost. Where many headings skip numbers, the catalogue is probably only a part of its edition, and one finding says so. Numbers that the publisher withdrew are explained in an `[[allow]]` about the heading."
    MixedEditions "mixed-editions" Lint
        "A catalogue mixes ids of two editions or two standards: A.9.2.3 of 2013 beside A.8.2 of 2022, or 5.1 as ISO/IEC 27002 writes it for the control A.5.1, where 5.1 is a clause of ISO/IEC 27001. Whatever rests on such an id rests on the wrong control."
    CrosswalkToItself "crosswalk-to-itself" Lint
        "A crosswalk relates a framework to itself, or to a catalogue of the same edition under another id. It says nothing about another framework, and carries every status back to where it came from."
    OverloadedControl "overloaded-control" Lint
        "A template maps more than 25 % of all its actions to one control (counted from 40 actions up). So many actions do not say what the control asks, and no single one of them moves it."
    OverusedSignal "overused-signal" Lint
        "More than five actions claim the same automatic check. A check that shows everything shows nothing: one setting would pass for all of them at once."
    DoubtfulSignal "doubtful-signal" Lint
        "An entry of `signals` is probably not the id of an automatic check: it is not written `kind:id`, it is two ids grown together, it is no GUID where the kind asks for one, or it is all but the same as an id that the built-in library knows. A signal that no tool ever reports leaves its action without proof."
    DuplicateMapping "duplicate-mapping" Lint
        "A template maps the same action to the same control twice. It counts once; the other entry was probably meant for another control or another action."
    DenseCrosswalk "dense-crosswalk" Lint
        "A crosswalk relates more than 10 % of all possible pairs of controls, where both frameworks have 20 controls or more. If nearly everything is related to everything, a relation says nothing."
    OverrelatedControl "overrelated-control" Lint
        "A crosswalk relates one control to more than 15 % of the other framework's controls (and to ten at least). What is carried over from so many, or to so many, rests on density and not on evidence."
    ContradictingRelations "contradicting-relations" Lint
        "Relations cannot all be true: the same pair of controls is declared with two different relations (in either direction, in one crosswalk or in two), one control equals two different controls of one framework, or subsets lead in a ring, so that a control would ask more than itself."
    DuplicateRelation "duplicate-relation" Lint
        "The same pair of controls is declared twice with the same relation, in either direction. It counts once; the other was probably meant for another control."
    DiffersFromPublishedRelation "differs-from-published-relation" Lint
        "A crosswalk between two editions of one standard differs from the built-in crosswalk of the same editions: a pair is extra or missing, or a confirmed relation is of another kind. The built-in one follows the published correspondence; its head comment says where public lists go wrong, such as A.13.2.1 to A.8.14."
    UnprovableControl "unprovable-control" Lint
        "A template serves a control only with actions that name neither a kind of proof nor an automatic check, and no action of the provider for it rests on evidence. Nobody could ever show that the control holds; add `proof` or `signals` to its actions."
    IndistinctActions "indistinct-actions" Lint
        "Two actions have the same title, or the same guidance, apart from case and blanks. A reader cannot tell which of them to do, and the same work may earn points twice."
    InsecureLink "insecure-link" Lint
        "A link of an action or of an item of evidence is `http://`. Whoever stands between can change what it shows; publishers of standards and clouds all have `https://`."
    StaleAllowance "stale-allowance" Lint
        "An `[[allow]]` explains a lint that does not occur: it was mended, or the id of `about` is not that of the finding. An allowance holds in the file it stands in. Left in place it would hide the next fault of that kind; remove it."
    UnknownLint "unknown-lint" Lint
        "An `[[allow]]` names a code that does not exist, or that cannot be allowed: errors, warnings about profiles, and the lints about allowances themselves cannot."
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_kebab_case_and_explained() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|c| c.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            let name = code.name();
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
            assert!(code.explanation().len() > 60, "{name}");
        }
    }
}
