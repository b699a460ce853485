//! Profiles in JSON: read as the TOML of the same shape is, carried there and back, and refused with their place.

use crate::random::{Case, case};
use annexa::{
    Checked, Diagnostics, Library, LibraryText, Model, Notation, ProfileForm, Sources, TenantProfile, Unchecked,
    convert,
};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::prop_assert_eq;

const HEAD: &str =
    r#""organization":{"name":"Contoso Ltd"},"assessment":[{"template":"microsoft-cloud/iso-27001-2013"}]"#;

/// Every fault of a text read as a profile in JSON: its code, where it is, and what is said of it.
fn faults(text: &str) -> Vec<(&'static str, usize, usize, String)> {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let file = sources.add("profile.json", text.to_owned());
    let told = match model.profile_json(text, file, &Unchecked) {
        Ok(profile) => profile.warnings,
        Err(faults) => faults,
    };
    let place = |d: &annexa::Diagnostic| {
        let (_, line, column) = sources.place(d.labels.first().expect("a place").span).expect("inside the text");
        (d.code.name(), line, column, d.message.clone())
    };
    told.sorted().into_iter().map(place).collect()
}

/// A text that has one fault and no other.
#[track_caller]
fn assert_fault(text: &str, code: &str, line: usize, column: usize, message: &str) {
    let found = faults(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let (found_code, found_line, found_column, said) = &found[0];
    assert_eq!((*found_code, *found_line, *found_column), (code, line, column), "{text}: {said}");
    assert!(said.contains(message), "{text}: {said}");
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    for (text, column, message) in [
        ("", 1, "the text is empty"),
        (" \t", 3, "the text is empty"),
        ("{", 2, "a key in double quotes was expected, and the text ends"),
        ("{\"a\"", 5, "`:` after the key was expected"),
        ("{\"a\" 1}", 6, "`:` after the key"),
        ("{\"a\":}", 6, "a value was expected, and this is `}`"),
        ("{\"a\":1", 7, "`,` or `}` was expected, and the text ends"),
        ("{\"a\":1 \"b\":2}", 8, "`,` or `}`"),
        ("{\"a\":1,}", 8, "a key in double quotes"),
        ("{\"a\":[1,]}", 9, "a value was expected"),
        ("{\"a\":[1 2]}", 9, "`,` or `]`"),
        ("{'a':1}", 2, "this is `'`"),
        ("{a:1}", 2, "a key in double quotes"),
        ("// {}", 1, "this looks like a comment"),
        ("{\"a\":NaN}", 6, "`NaN` is no value of JSON"),
        ("{\"a\":-Infinity}", 6, "`-Infinity` is no number of JSON"),
        ("{\"a\":True}", 6, "`True` is no value"),
        ("{\"a\":01}", 6, "`01` is no number"),
        ("{\"a\":+1}", 6, "`+1` is no number"),
        ("{\"a\":.5}", 6, "`.5` is no number"),
        ("{\"a\":1.}", 6, "`1.` is no number"),
        ("{\"a\":1e}", 6, "`1e` is no number"),
        ("{\"a\":0x10}", 6, "`0x10` is no number"),
        ("{\"a\":1_000}", 6, "`1_000` is no number"),
        ("{\"a\":\"b", 6, "the text ends inside quotes"),
        ("{\"a\":\"b\\", 8, "is no escape"),
        ("{\"a\":\"\\x41\"}", 7, "`\\x` is no escape"),
        ("{\"a\":\"\\u12g4\"}", 7, "four hexadecimal digits"),
        ("{\"a\":\"\\u12é4\"}", 7, "four hexadecimal digits"),
        ("{\"a\":\"\\ud800\"}", 7, "`\\ud800` is half a character"),
        ("{\"a\":\"\\udc00\\ud800\"}", 7, "`\\udc00` is half a character"),
        ("{\"a\":\"\\ud800\\u0041\"}", 7, "is half a character"),
        ("{\"a\":\"b\tc\"}", 8, "the control character \\u{9}"),
        ("{\"a\":\"b\nc\"}", 8, "the control character \\u{a}"),
        ("{\"a\u{0}\":1}", 4, "the control character \\u{0}"),
        ("{} x", 4, "the text goes on after its end"),
        ("{}{}", 3, "the text goes on after its end"),
        ("\u{feff}\u{feff}{}", 2, "a value was expected, and this is \\u{feff}"),
    ] {
        assert_fault(text, "syntax-error", 1, column, message);
    }
}

#[test]
fn what_is_json_and_no_profile_is_told_with_its_place() {
    for (keys, code, column, message) in [
        ("\"service\":7", "wrong-type", 11, "takes a list of objects, and this is a whole number"),
        ("\"service\":[7]", "wrong-type", 12, "takes a list of objects, and this is a whole number"),
        ("\"service\":[null]", "wrong-type", 12, "`null` stands in a list"),
        ("\"service\":[{}]", "missing-key", 12, "a service lacks `id`"),
        ("\"service\":[{\"id\":null}]", "missing-key", 12, "a service lacks `id`"),
        ("\"serice\":[]", "unknown-key", 1, "a profile has no key `serice`"),
        ("\"serice\":null", "unknown-key", 1, "a profile has no key `serice`"),
        ("\"service\":[],\"service\":[]", "syntax-error", 14, "the key `service` stands twice"),
        ("\"service\":null,\"s\\u0065rvice\":[],\"service\":[]", "syntax-error", 34, "the key `service` stands twice"),
        (
            "\"risk_acceptance\":[{\"action\":\"require-mfa-for-admins\",\"owner\":\"A\",\"expires_on\":\"2020-02-31\"}]",
            "wrong-type",
            80,
            "`expires_on` takes a date, and `2020-02-31` is none",
        ),
        (
            "\"statement_of_applicability\":{\"issued_on\":\"2020-03-01T00:00:00Z\"}",
            "wrong-type",
            43,
            "`issued_on` takes a date without a time, and this is `2020-03-01T00:00:00Z`",
        ),
        ("\"statement_of_applicability\":{\"issued_on\":\"\"}", "wrong-type", 43, "takes a date, and `` is none"),
        ("\"statement_of_applicability\":{\"issued_on\":20200301}", "wrong-type", 43, "a date in quotes, such as"),
        ("\"statement_of_applicability\":[]", "wrong-type", 30, "takes an object, and this is a list"),
    ] {
        let line = HEAD.chars().count() + 2;
        assert_fault(&format!("{{{HEAD},{keys}}}"), code, 1, line + column, message);
        // The same on a line of its own, with a character of several bytes before it.
        let column = column + 2;
        let text = HEAD.replace("Contoso", "社");
        assert_fault(&format!("{{{text},\n  {keys}}}"), code, 2, column, message);
    }
    for (text, found) in [("[]", "a list"), ("7", "a whole number"), ("\"x\"", "text"), ("null", "`null`")] {
        assert_fault(text, "wrong-type", 1, 1, &format!("a profile is an object, and this is {found}"));
    }
    let decimal = |number: &str| HEAD.replace("}]", &format!(",\"target\":{number}}}]"));
    for (number, code) in [("1e1", "malformed-decimal"), ("100.01", "out-of-range"), ("0.001", "malformed-decimal")] {
        assert_eq!(faults(&format!("{{{}}}", decimal(number)))[0].0, code, "{number}");
    }
    assert_eq!(faults(&format!("{{{}}}", decimal("82.50"))), []);
}

#[test]
fn all_faults_are_told_at_once() {
    let text = format!("{{{HEAD},\"a\":1,\"a\":2,\"service\":[{{\"id\":\"nowhere\"}},{{\"id\":7}}]}}");
    let codes: Vec<&str> = faults(&text).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["unknown-key", "syntax-error", "unknown-service", "wrong-type"]);
}

#[test]
fn what_is_too_much_is_refused() {
    let most = annexa::MAX_DEPTH;
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert!(faults(&nested(most)).iter().any(|(code, ..)| *code == "unknown-key"));
    assert_fault(&nested(most + 1), "too-deep", 1, 6 + most - 1, "nested deeper than 80 levels");
    assert_fault(&"[".repeat(1_000_000), "too-deep", 1, most + 1, "nested deeper");
    let many = format!("{{\"a\":[{}0]}}", "0,".repeat(annexa::MAX_ENTRIES));
    assert_fault(&many, "too-many-entries", 1, 1, "the file has more than");
    let twice = format!("{{\"a\":0{}}}", ",\"a\":0".repeat(100_000));
    assert!((20..30).contains(&faults(&twice).len()), "{}", faults(&twice).len());
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(annexa::MAX_FILE_BYTES));
    assert_fault(&large, "too-large", 1, 1, "larger than 16 MiB");
}

#[test]
fn blanks_escapes_and_a_mark_of_the_encoding_change_nothing() {
    let plain = format!("{{{HEAD}}}");
    assert_eq!(faults(&plain), []);
    let odd = plain.replace(':', " :\r\n\t").replace("organization", "org\\u0061nization").replace("/", "\\/");
    assert_eq!(faults(&format!("\u{feff} {odd}\r\n")), []);
    let read = |text: &str| {
        let mut sources = Sources::default();
        let model = Model::builtin(&mut sources);
        let file = sources.add("profile.json", text.to_owned());
        model.profile_json(text, file, &Unchecked).expect("no faults").value.profile().name.clone()
    };
    let name = |name: &str| read(&plain.replace("Contoso Ltd", name));
    assert_eq!(name("\\ud83d\\ude00\\u00e9\\n\\t\\\"\\\\\\/\\b\\f\\r\\u0000x"), "😀é\n\t\"\\/\u{8}\u{c}\r\0x");
}

/// What was read, without the places.
fn seen(profile: &TenantProfile) -> String {
    let text = format!("{:?}", profile.profile());
    let mut parts = text.split("Span { ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(" }").expect("the end of a span").1)
}

fn model_of(case: &Case) -> Model {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value
}

pub(crate) fn converted(notation: Notation, text: &str, form: ProfileForm) -> String {
    convert(notation, text, 0, form).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")).value.text
}

/// Holds every form of a profile against its TOML.
fn assert_same(model: &Model, toml: &str, as_of: chrono::NaiveDate) {
    let told = |result: Result<Checked<TenantProfile>, Diagnostics>| {
        let Checked { value, warnings } = result.unwrap_or_else(|faults| panic!("{faults:#?}"));
        let score = serde_json::to_string(&model.score(&value, as_of, 90)).unwrap();
        // Of two assessments with the same faults the order of the text decides which is told first.
        let mut codes: Vec<_> = warnings.sorted().iter().map(|d| (d.code, d.message.clone())).collect();
        codes.sort();
        (seen(&value), score, codes)
    };
    let expected = told(model.profile(toml, 9, &Unchecked));
    let line = converted(Notation::Toml, toml, ProfileForm::Line);
    assert_eq!(line.matches('\n').count(), 1, "{line}");
    let pretty = converted(Notation::Toml, toml, ProfileForm::Json);
    assert_eq!(told(model.profile_json(&line, 9, &Unchecked)), expected, "{line}");
    assert_eq!(told(model.profile_json(&pretty, 9, &Unchecked)), expected, "{pretty}");
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&line), value(&pretty));
    assert_eq!(converted(Notation::Json, &pretty, ProfileForm::Line), line);
    assert_eq!(converted(Notation::Json, &line, ProfileForm::Json), pretty);
    let back = converted(Notation::Json, &line, ProfileForm::Toml);
    assert_eq!(told(model.profile(&back, 9, &Unchecked)), expected, "{back}");
    let again = converted(Notation::Toml, &back, ProfileForm::Line);
    assert_eq!(value(&again), value(&line));
    assert_eq!(converted(Notation::Json, &again, ProfileForm::Toml), back);
}

#[test]
fn random_profiles_are_the_same_in_every_form() {
    for seed in 40_000..40_200 {
        let case = case(seed);
        assert_same(&model_of(&case), &case.profile, case.as_of);
    }
}

#[test]
fn shipped_profiles_are_the_same_in_every_form() {
    let model = Model::builtin(&mut Sources::default());
    let profiles: Vec<_> = annexa::starter_profiles().collect();
    assert_eq!(profiles.len(), 3);
    for (_, text) in profiles {
        assert_same(&model, text, "2020-06-01".parse().unwrap());
    }
}

#[test]
fn every_way_of_writing_toml_has_one_form_in_json() {
    let toml = "
        # A comment.
        organization.name = 'Contoso \"Ltd\"'
        organization.scope = '''
All sites
and \\services.'''
        assessment = [{ retest_days = 0x1_00, template = \"microsoft-cloud/iso-27001-2013\", target = +82.50 }]
        service = []
        [statement_of_applicability]
        [[action]]
        id = \"require-mfa-for-admins\"
        [[evidence]]
        id = \"certificate\"
        services = [\"azure\", { since = 2020-01-22, id = \"office-365\" }]
        valid_to = 2021-01-01
        [[action]]
        id = \"x\"
        instance = [{ name = \"\\u0007\", implementation = \"planned\" }]
    ";
    let expected = concat!(
        r#"{"organization":{"name":"Contoso \"Ltd\"","scope":"All sites\nand \\services."},"#,
        r#""assessment":[{"retest_days":256,"template":"microsoft-cloud/iso-27001-2013","target":82.50}],"#,
        r#""service":[],"statement_of_applicability":{},"#,
        r#""action":[{"id":"require-mfa-for-admins"},"#,
        r#"{"id":"x","instance":[{"name":"\u0007","implementation":"planned"}]}],"#,
        r#""evidence":[{"id":"certificate","services":["azure",{"since":"2020-01-22","id":"office-365"}],"#,
        r#""valid_to":"2021-01-01"}]}"#,
        "\n",
    );
    assert_eq!(converted(Notation::Toml, toml, ProfileForm::Line), expected);
    let back = "\
service = []

[organization]
name = 'Contoso \"Ltd\"'
scope = '''
All sites
and \\services.'''

[[assessment]]
retest_days = 256
template = \"microsoft-cloud/iso-27001-2013\"
target = 82.50

[statement_of_applicability]

[[action]]
id = \"require-mfa-for-admins\"

[[action]]
id = \"x\"

[[action.instance]]
name = \"\\u0007\"
implementation = \"planned\"

[[evidence]]
id = \"certificate\"
services = [\"azure\", { since = 2020-01-22, id = \"office-365\" }]
valid_to = 2021-01-01
";
    assert_eq!(converted(Notation::Json, expected, ProfileForm::Toml), back);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_the_same_in_every_form(text in "([\\x00-\\x7f]|[\"'\\\\\r\n\t#{}]|\\PC){0,40}") {
        let written = serde_json::json!({
            "organization": { "name": "Contoso", "scope": text },
            "action": [{ "id": "x", "notes": text, "instance": [{ "name": "y", "implementation": "planned" }] }],
        });
        let toml = converted(Notation::Json, &written.to_string(), ProfileForm::Toml);
        let back = converted(Notation::Toml, &toml, ProfileForm::Json);
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&back).unwrap(), written);
    }

    #[test]
    fn no_bytes_break_the_reader(text in "[\\[\\]{}:,\"\\\\u0-9a-f\\-+.eE \\n\u{e9}]{0,60}") {
        // That a number is too large for a machine is no fault of the notation.
        let is_json = match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(_) => true,
            Err(error) => error.to_string().starts_with("number out of range"),
        };
        let found = convert(Notation::Json, &text, 0, ProfileForm::Line).expect_err("no profile");
        let is_syntax = |d: &&annexa::Diagnostic| d.code == annexa::Code::SyntaxError;
        let is_broken = found.sorted().into_iter().filter(is_syntax).any(|d| !d.message.contains("stands twice"));
        prop_assert_eq!(is_json, !is_broken, "{}: {:?}", text, found);
    }
}
