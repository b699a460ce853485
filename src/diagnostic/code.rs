//! The closed list of diagnostic codes, with what each means and how to mend it.
//!
//! A code is kept for good: it is what users search for, allow, and test against. Each has a case
//! folder of its name under `tests/cases/diagnostics/`, and a test says so.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $explanation:literal)+) => {
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

            /// How grave it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// What it means and how to mend it.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation),+ }
            }
        }
    };
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
    TooDeep "too-deep" Error
        "Tables or arrays are nested deeper than any known file needs. The limit is named in the message; it keeps a hostile file from exhausting the stack."
    SyntaxError "syntax-error" Error
        "The text is not TOML at this place. All places of a file that can be told apart are shown at once; mend the first ones first, for one missing quote can make many."
    UnknownKey "unknown-key" Error
        "A table holds a key that the program does not know. A misspelt key would otherwise be silently without effect, which is the worst kind of mistake in a compliance file. `annexa schema` prints all keys."
    MissingKey "missing-key" Error
        "A table lacks a key that it needs. The message names the key and what belongs there."
    WrongType "wrong-type" Error
        "A value is of another type than its key takes: text where a date is due, say. Dates are written without quotes: `2020-03-01`."
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
    ExclusionOverlap "exclusion-overlap" Warning
        "A control is excluded and claimed as inherited at once. The exclusion wins; one of the two statements is not meant."
    UnusedEvidence "unused-evidence" Warning
        "An evidence item of a profile is linked by no action and names no service, so nothing rests on it."
    StrayFile "stray-file" Warning
        "A TOML file lies in a library folder where the program does not look, so it has no effect. Catalogues are `controls/*.toml`; a provider's folder is `templates/<provider>/` with `provider.toml`, `actions/*.toml`, templates, and `profiles/*.toml`."
    UnreachedControl "unreached-control" Warning
        "A template maps no action to a control of its framework, so the control can never be covered and will be reported as unmapped."
    UnusedAction "unused-action" Warning
        "No template maps this action to a control, so it can never earn a point."
    UnevidencedService "unevidenced-service" Warning
        "A provider lists a service in scope, and no evidence names it: every provider action loses its share for this service. If that is a true hole of the sources, say so in the service's `note`."
    EvidenceForNothing "evidence-for-nothing" Warning
        "An item of provider evidence names no service, so nothing can rest on it."
    DominantAction "dominant-action" Warning
        "One action is mapped to more than 40 % of a framework's controls. Such a mapping says little about any of them and lets one status move the whole score."
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
