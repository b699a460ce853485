//! Results to files, whole or not at all, or to standard output.

use super::{Failure, Io};
use std::io::Write;
use std::path::Path;

/// Writes `text` to `path`, or to standard output if there is none or it is `-`.
pub(crate) fn write(path: Option<&Path>, text: &str, io: &mut Io<'_>) -> Result<(), Failure> {
    match path.filter(|p| p.as_os_str() != "-") {
        None => io.print(text),
        Some(path) => write_file(path, text),
    }
}

/// Writes a file beside its place and then moves it there, so that a reader or a crash never sees
/// half of it. A link is followed; what is no regular file (a pipe, a device) is written straight.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::machine("write", path, error);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(Failure::input(format!("`{}` is a folder", path.display()), "name a file".to_owned()));
    }
    if target.exists() && !target.is_file() {
        let mut file = std::fs::OpenOptions::new().write(true).open(&target).map_err(|e| failed(&e))?;
        return file.write_all(text.as_bytes()).map_err(|e| failed(&e));
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annexa-");
    #[cfg(unix)]
    let builder = builder.permissions(permissions(&target));
    let mut file = builder.tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(text.as_bytes()).map_err(|e| failed(&e))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    file.persist(&target).map_err(|e| failed(&e.error))?;
    Ok(())
}

/// Those of the file that is replaced, else what the user's mask leaves of reading and writing.
#[cfg(unix)]
fn permissions(target: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let existing = target.metadata().map(|m| m.permissions());
    existing.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o666))
}
