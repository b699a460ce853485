//! The HTML report on paper: a browser of the Chromium family prints it, if the machine has one.
//!
//! It gets a folder of its own for everything it writes, no network, and a minute.

use super::super::{Failure, Io};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What these browsers are called, by those who package them.
const NAMES: [&str; 7] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

/// How long it may take to print: a minute, and a second more for each megabyte.
fn patience(page: &str) -> Duration {
    Duration::from_secs(60 + u64::try_from(page.len() / 1_000_000).unwrap_or(0))
}

/// The page as PDF.
pub(super) fn printed(page: &str, io: &Io<'_>) -> Result<Vec<u8>, Failure> {
    let Some(browser) = io.program("CHROME_PATH", &NAMES) else {
        return Err(Failure::Machine(
            "a PDF is printed by Chromium, Chrome or Edge, and none was found; install one (on Debian \
             `apt install chromium`), name it in CHROME_PATH, or write `--format html`, which prints the same"
                .to_owned(),
        ));
    };
    let folder = tempfile::tempdir().map_err(|e| Failure::machine("make a folder in", &std::env::temp_dir(), &e))?;
    let (from, to) = (folder.path().join("report.html"), folder.path().join("report.pdf"));
    super::super::output::write_file(&from, page)?;
    let mut command = Command::new(&browser);
    command
        .args(["--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--disable-extensions", "--proxy-server=127.0.0.1:9", "--no-pdf-header-footer"])
        .args(runs_as_root(folder.path()).then_some("--no-sandbox"))
        .arg(joined("--user-data-dir=", &folder.path().join("browser")))
        .arg(joined("--print-to-pdf=", &to))
        .arg(joined("file://", &from))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let failed = |what: String| Failure::Machine(format!("`{}` did not print the report: {what}", browser.display()));
    let mut child = command.spawn().map_err(|e| failed(e.to_string()))?;
    let end = Instant::now() + patience(page);
    let status = loop {
        match child.try_wait().map_err(|e| failed(e.to_string()))? {
            Some(status) => break status,
            None if Instant::now() > end => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(format!("it took longer than {} s", patience(page).as_secs())));
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    #[expect(clippy::disallowed_methods, reason = "what the browser wrote is read where it was told to write")]
    let pdf = std::fs::read(&to).map_err(|e| failed(e.to_string()))?;
    if pdf.starts_with(b"%PDF-") { Ok(pdf) } else { Err(failed("what it wrote is no PDF".to_owned())) }
}

fn joined(option: &str, path: &Path) -> std::ffi::OsString {
    let mut whole = std::ffi::OsString::from(option);
    whole.push(path);
    whole
}

/// Whether this runs as root, for whom the browser's sandbox does not start. Nothing but this page,
/// whose policy lets only its own script run, is opened in it.
fn runs_as_root(own: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        own.metadata().is_ok_and(|folder| folder.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = own;
        false
    }
}
