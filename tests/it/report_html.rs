//! The HTML report without a browser: what its policy lets run, what stands in it, how large it is.
//! `tests/e2e/browser` opens it in one.

use crate::support::{annexa, cases, code, differs, done, err, folder_of, run_in};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 6] = ["en", "fr", "it", "ja", "ko", "zh-TW"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn enterprise() -> String {
    std::fs::read_to_string(root().join("templates/microsoft-cloud/profiles/enterprise.toml")).unwrap()
}

/// The profile whose every text field is hostile, with its long texts.
fn hostile() -> String {
    let text = std::fs::read_to_string(root().join("tests/e2e/browser/hostile.toml")).unwrap();
    text.replace("@LONG@", &"x".repeat(10_000))
}

/// The report on these profiles at the end of 2021.
fn report(profiles: &[&str], args: &[&str]) -> String {
    let names: Vec<String> = (0..profiles.len()).map(|n| format!("{n}.toml")).collect();
    let folder = folder_of(names.iter().map(String::as_str).zip(profiles.iter().map(|p| p.as_bytes())));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let head = ["report", "--as-of", "2021-12-01", "--format", "html", "--no-history", "--quiet"];
    done(folder.path(), &[&head[..], &names, args].concat())
}

/// What stands between two texts, each time.
fn between<'t>(page: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    page.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn of_a_small_profile_reads_as_expected() {
    let case = cases("report/one-assessment");
    let library = cases("migrate-library");
    let args = ["report", "tenant.toml", "--as-of", "2022-06-01", "--format", "html", "--no-builtin", "--library"];
    let page = done(&case, &[&args[..], &[library.to_str().unwrap()]].concat());
    assert_eq!(page, done(&case, &[&args[..], &[library.to_str().unwrap()]].concat()), "twice the same");
    // The style, the script, and the policy with their digests are held elsewhere.
    let mut shown = page.clone();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>"), ("content=\"default-src", "\">")] {
        let inner = between(&page, start, end)[0].to_owned();
        shown = shown.replace(&inner, "");
    }
    none_or(differs(&cases("report_html").join("one-assessment.html"), &shown));
}

fn none_or(difference: Option<String>) {
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

#[test]
fn only_its_own_style_and_script_may_run() {
    for (what, page) in [("enterprise", report(&[&enterprise()], &[])), ("hostile", report(&[&hostile()], &[]))] {
        let policy = between(&page, "Content-Security-Policy content=\"", "\"")[0].replace("&#39;", "'");
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let (styles, scripts) = (between(&page, "<style>", "</style>"), between(&page, "<script>", "</script>"));
        assert_eq!((styles.len(), scripts.len()), (1, 1), "{what}");
        let expected = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(styles[0]),
            hash(scripts[0])
        );
        assert_eq!(policy, expected, "{what}");
        // Beside the script there is the data, which no browser runs.
        assert_eq!(page.matches("<script").count(), 2, "{what}");
        let body = page.replace(styles[0], "").replace(scripts[0], "");
        for tag in between(&body, "<", ">") {
            let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            assert!(!["iframe", "object", "embed", "link", "base"].contains(&name.as_str()), "{what}: <{tag}>");
            assert!(name != "img" || tag.contains(" src=\"data:image/svg+xml;base64,"), "{what}: <{tag}>");
            // What stands in quotes is text.
            let outside: String = tag.split('"').step_by(2).collect();
            for attribute in outside.split_whitespace().skip(1) {
                assert!(!attribute.starts_with("on") && !attribute.starts_with("style="), "{what}: <{tag}>");
            }
        }
        for link in between(&body, " href=\"", "\"") {
            assert!(
                link.starts_with("https://") || link.starts_with("a&#39;onclick") || link.starts_with("a%"),
                "{link}"
            );
        }
    }
}

#[test]
fn a_large_report_stays_small_in_every_language() {
    let profile = enterprise();
    for language in LANGUAGES {
        let page = report(&[&profile], &["--lang", language]);
        assert!(page.len() < 500_000, "{language}: {} bytes", page.len());
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
    }
}

/// What HTML stands for.
fn unescaped(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, c)| text.replace(mark, c))
}

/// The CSV that the script makes of what the page holds, made a second time here.
fn csv_of(page: &str, chapter: usize) -> String {
    let packed = between(page, &format!("<script type=text/plain id=z{chapter}>"), "</script>")[0];
    let mut json = String::new();
    flate2::read::GzDecoder::new(&STANDARD.decode(packed).unwrap()[..]).read_to_string(&mut json).unwrap();
    let parts: Value = serde_json::from_str(&json).unwrap();
    let mut sheets = BTreeMap::new();
    for item in between(page, "<li id=a", "</i>") {
        let (number, rest) = item.split_once(' ').unwrap();
        let (title, id) = rest.split_once("</b>").unwrap().1.rsplit_once(" <i>").unwrap();
        sheets.insert(number.parse::<u64>().unwrap(), (unescaped(id), unescaped(title)));
    }
    let texts =
        |list: &Value| list.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut csv = format!("{}\r\n", parts["head"].as_str().unwrap());
    for (scope, rows) in list(&parts["rows"]).iter().enumerate() {
        let controls: Vec<Vec<String>> = list(&parts["controls"][scope]).iter().map(texts).collect();
        let rows: Vec<Vec<usize>> = serde_json::from_value(rows.clone()).unwrap();
        for (control, findings) in rows.iter().enumerate() {
            for finding in findings {
                let columns = list(&parts["findings"]);
                let number = columns[3][finding].as_u64();
                let cell = |column: &Value| match &column[finding] {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => sheets[&number.as_u64().unwrap()].0.clone(),
                    _ => sheets[&number.unwrap()].1.clone(),
                };
                let mut cells: Vec<String> = columns.iter().map(cell).collect();
                let next = cells.pop().unwrap();
                let others = rows.iter().enumerate().filter(|(n, list)| *n != control && list.contains(finding));
                let others: Vec<&str> = others.map(|(n, _)| controls[n][0].as_str()).collect();
                let head =
                    [vec![parts["scopes"][scope].as_str().unwrap().to_owned()], controls[control].clone()].concat();
                csv += &[head, cells, vec![others.join(";"), next]].concat().join(",");
                csv += "\r\n";
            }
        }
    }
    csv
}

#[test]
fn the_page_holds_the_gap_report_byte_for_byte() {
    for (what, profile) in [("enterprise", enterprise()), ("hostile", hostile())] {
        let folder = folder_of([("0.toml", profile.as_bytes())]);
        for language in ["en", "ko"] {
            let gaps = ["gaps", "0.toml", "--as-of", "2021-12-01", "--format", "csv", "--quiet", "--lang", language];
            let written = done(folder.path(), &gaps);
            let page = report(&[&profile], &["--lang", language]);
            assert!(csv_of(&page, 0) == written, "{what} in {language}");
        }
    }
}

#[test]
fn figures_are_those_of_the_score() {
    let profile = enterprise();
    let folder = folder_of([("0.toml", profile.as_bytes())]);
    let score = done(folder.path(), &["score", "0.toml", "--as-of", "2021-12-01", "--format", "json"]);
    let score: Value = serde_json::from_str(&score).unwrap();
    let percent = |value: &Value| format!("{:.2}", value.as_f64().unwrap());
    for language in LANGUAGES {
        let page = report(&[&profile], &["--lang", language]);
        let values = |part: &str| between(part, "<data value=", ">").into_iter().map(str::to_owned).collect::<Vec<_>>();
        let head = values(between(&page, "<div class=num>", "</div>")[0]);
        assert_eq!(head, [percent(&score["overall"]["percent"])], "{language}");
        let tiles = values(between(&page, "<dl class=n>", "</dl>")[0]);
        let (yours, provider) = (&score["overall"]["customer"], &score["overall"]["provider"]);
        assert_eq!(tiles[0], percent(&score["overall"]["assurance_percent"]));
        assert_eq!(tiles[2], percent(&yours["percent"]));
        let points = |value: &Value| value.as_str().unwrap().trim_end_matches('0').trim_end_matches('.').to_owned();
        // A language may name the points possible before those achieved.
        assert!(tiles[3..5].contains(&points(&yours["achieved"])), "{language}: {tiles:?}");
        assert_eq!(tiles[5], percent(&provider["percent"]));
        assert!(tiles[6..8].contains(&points(&provider["achieved"])), "{language}: {tiles:?}");
        let rows = score["assessments"].as_array().unwrap().iter().map(|a| a["gaps"].as_array().unwrap().len());
        assert_eq!(tiles[8], rows.sum::<usize>().to_string());
    }
}

#[test]
fn many_tenants_have_an_overview_and_short_chapters() {
    let profile =
        std::fs::read_to_string(root().join("templates/microsoft-cloud/profiles/small-business.toml")).unwrap();
    let page = |count: usize| {
        let profiles = vec![profile.as_str(); count];
        report(&profiles, &["--hours", "0"])
    };
    let (two, six) = (page(2), page(6));
    for (page, count) in [(&two, 2), (&six, 6)] {
        assert_eq!(page.matches("<section class=\"t far\"").count(), count);
        assert!(page.contains("id=over "));
    }
    assert!(two.contains("id=z1>") && two.contains("<details id=c0>"));
    assert!(!six.contains("<script type=text/plain") && !six.contains("<details"));
    assert!(six.len() / 6 < 40_000, "{} bytes a tenant", six.len() / 6);
    // No two things have the same name.
    for page in [&two, &six] {
        let mut ids =
            between(page, " id=", ">").into_iter().map(|id| id.split(' ').next().unwrap()).collect::<Vec<_>>();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn a_pdf_needs_a_browser_and_says_so() {
    let folder = folder_of([("0.toml", enterprise().as_bytes())]);
    let run = |name: &str, value: &Path| {
        let mut command = annexa();
        command.current_dir(folder.path()).args(["report", "0.toml", "--hours", "0", "-o", "report.pdf"]);
        command.env_remove("CHROME_PATH").env("PATH", folder.path()).env(name, value).output().unwrap()
    };
    let output = run("PATH", folder.path());
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("CHROME_PATH") && err(&output).contains("--format html"), "{}", err(&output));
    // A program that is no browser: this one, which does not know the options.
    let output = run("CHROME_PATH", Path::new(env!("CARGO_BIN_EXE_annexa")));
    assert_eq!(code(&output), 3, "{}", err(&output));
    assert!(err(&output).contains("did not print the report"), "{}", err(&output));
    assert!(!folder.path().join("report.pdf").exists());
    assert_eq!(code(&run_in(folder.path(), &["report", "0.toml", "--hours", "0", "-q", "-o", "report.htm"])), 0);
}
