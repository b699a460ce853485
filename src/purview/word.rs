//! The words of the export of actions, and which of them go together.
//!
//! The words and the table of pairs are those of the rules tab of the export itself.

use crate::choice::Choice;
use crate::profile::{Implementation, Test};

/// The word of the export for an implementation status.
pub(super) fn of_implementation(status: Implementation) -> &'static str {
    match status {
        Implementation::Implemented => "Implemented",
        Implementation::Alternative => "AlternativeImplementation",
        Implementation::NotImplemented => "NotImplemented",
        Implementation::Planned => "Planned",
        Implementation::NotInScope => "NotInScope",
    }
}

/// The word of the export for a test status; the last three have none.
pub(super) fn of_test(status: Test) -> Option<&'static str> {
    match status {
        Test::None => Some("None"),
        Test::InProgress => Some("InProgress"),
        Test::Passed => Some("Passed"),
        Test::FailedLow => Some("FailedLowRisk"),
        Test::FailedMedium => Some("FailedMediumRisk"),
        Test::FailedHigh => Some("FailedHighRisk"),
        Test::NotInScope => Some("NotInScope"),
        Test::PartiallyTested | Test::ToBeDetected | Test::CouldNotBeDetected => None,
    }
}

fn all<T: Choice>() -> impl Iterator<Item = T> {
    T::WORDS.iter().filter_map(|word| T::from_word(word))
}

/// All words for implementation statuses.
pub(super) fn implementations() -> Vec<&'static str> {
    all().map(of_implementation).collect()
}

/// All words for test statuses.
pub(super) fn tests() -> Vec<&'static str> {
    all().filter_map(of_test).collect()
}

/// The implementation status of exactly this word.
pub(super) fn exact_implementation(word: &str) -> Option<Implementation> {
    all().find(|status| of_implementation(*status) == word)
}

/// The test status of exactly this word.
pub(super) fn exact_test(word: &str) -> Option<Test> {
    all().find(|status| of_test(*status) == Some(word))
}

/// A word less its case, spaces and hyphens.
pub(super) fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The implementation status of a word as the export or a page of the portal has it.
#[must_use]
pub fn implementation_of(word: &str) -> Option<Implementation> {
    match folded(word).as_str() {
        "implemented" => Some(Implementation::Implemented),
        "alternativeimplementation" | "alternative" => Some(Implementation::Alternative),
        "notimplemented" => Some(Implementation::NotImplemented),
        "planned" => Some(Implementation::Planned),
        "notinscope" | "outofscope" => Some(Implementation::NotInScope),
        _ => None,
    }
}

/// The test status of a word as the export or a page of the portal has it.
#[must_use]
pub fn test_of(word: &str) -> Option<Test> {
    match folded(word).as_str() {
        "none" | "notassessed" => Some(Test::None),
        "inprogress" => Some(Test::InProgress),
        "passed" => Some(Test::Passed),
        "failedlowrisk" => Some(Test::FailedLow),
        "failedmediumrisk" => Some(Test::FailedMedium),
        "failedhighrisk" => Some(Test::FailedHigh),
        "notinscope" | "outofscope" => Some(Test::NotInScope),
        "partiallytested" => Some(Test::PartiallyTested),
        "tobedetected" | "tobedetermined" => Some(Test::ToBeDetected),
        "couldnotbedetected" | "couldnotbedetermined" => Some(Test::CouldNotBeDetected),
        _ => None,
    }
}

/// The test statuses that may stand beside an implementation status.
pub(super) fn permitted(status: Implementation) -> &'static [Test] {
    match status {
        Implementation::Implemented | Implementation::Alternative => {
            &[Test::Passed, Test::FailedLow, Test::FailedMedium, Test::FailedHigh, Test::InProgress, Test::NotInScope]
        }
        Implementation::NotImplemented | Implementation::Planned => &[Test::None],
        Implementation::NotInScope => &[Test::NotInScope],
    }
}

/// The same as words.
pub(super) fn permitted_words(status: Implementation) -> Vec<&'static str> {
    permitted(status).iter().filter_map(|test| of_test(*test)).collect()
}

#[cfg(test)]
mod tests {
    use super::{all, exact_implementation, exact_test, implementation_of, of_implementation, of_test, test_of};
    use crate::profile::{Implementation, Test};

    #[test]
    fn every_word_is_read_back() {
        for status in all::<Implementation>() {
            let word = of_implementation(status);
            assert_eq!((exact_implementation(word), implementation_of(word)), (Some(status), Some(status)));
        }
        for status in all::<Test>() {
            let Some(word) = of_test(status) else { continue };
            assert_eq!((exact_test(word), test_of(word)), (Some(status), Some(status)));
        }
        assert_eq!(test_of("Failed low risk"), Some(Test::FailedLow));
        assert_eq!((exact_test("passed"), exact_test(""), test_of("")), (None, None, None));
    }
}
