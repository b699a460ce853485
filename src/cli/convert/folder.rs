//! A file for each tenant.

use crate::cli::Failure;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// So many bytes of a tenant's id are in the name of its file.
const MOST_BYTES: usize = 100;
/// Names that mean a device to some systems, whatever follows the point.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Files that are being written into a folder, each with a name of its own.
pub(super) struct Files<'f> {
    folder: &'f Path,
    /// Of names that were asked for twice, the number of the last. Only those are kept: which names are taken the
    /// folder knows, in whatever way its system takes two names for one.
    last: BTreeMap<String, usize>,
}

impl<'f> Files<'f> {
    pub(super) fn new(folder: &'f Path) -> Self {
        Self { folder, last: BTreeMap::new() }
    }

    /// Writes the profile of a tenant.
    pub(super) fn put(&mut self, tenant: &str, text: &str) -> Result<(), Failure> {
        let stem = stem(tenant);
        let mut number = self.last.get(&stem).copied().unwrap_or(1);
        loop {
            let name = if number == 1 { format!("{stem}.toml") } else { format!("{stem}-{number}.toml") };
            let path = self.folder.join(name);
            let failed = |error: &std::io::Error| Failure::machine("write", &path, error);
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => return file.write_all(text.as_bytes()).map_err(|error| failed(&error)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    number += 1;
                    self.last.insert(stem.clone(), number);
                }
                Err(error) => return Err(failed(&error)),
            }
        }
    }
}

/// The name of a tenant's file without its ending: letters, digits and what is harmless in every file system.
fn stem(tenant: &str) -> String {
    let mut stem = String::new();
    for c in tenant.chars().map(|c| if c.is_alphanumeric() || ".-_@".contains(c) { c } else { '-' }) {
        if stem.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        // A row of signs says no more than one.
        if c != '-' || !stem.ends_with('-') {
            stem.push(c);
        }
    }
    // A name with a point in front is hidden, and some systems take away one at the end.
    let stem = stem.trim_matches(['.', '-']);
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = DEVICES.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit()));
    match stem {
        "" => "tenant".to_owned(),
        stem if is_device => format!("tenant-{stem}"),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, stem};

    #[test]
    fn a_name_of_a_file_is_harmless_and_still_known() {
        for (tenant, expected) in [
            ("contoso.onmicrosoft.com", "contoso.onmicrosoft.com"),
            ("Contoso GmbH & Co. KG", "Contoso-GmbH-Co.-KG"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\Windows", "C-Windows"),
            ("Überprüfung 社", "Überprüfung-社"),
            ("con", "tenant-con"),
            ("NUL.txt", "tenant-NUL.txt"),
            ("com1", "tenant-com1"),
            ("contoso", "contoso"),
            ("..", "tenant"),
            ("\u{0}\u{202e}", "tenant"),
        ] {
            assert_eq!(stem(tenant), expected, "{tenant}");
        }
        assert_eq!(stem(&"x".repeat(1000)).len(), MOST_BYTES);
        assert!(stem(&"é".repeat(1000)).len() <= MOST_BYTES);
    }
}
