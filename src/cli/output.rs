//! Results to files, whole or not at all, or to standard output.

use super::{Failure, Io};
use std::io::{ErrorKind, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes `content` to `path`, or to standard output if there is none or it is `-`.
pub(crate) fn write(path: Option<&Path>, content: impl AsRef<[u8]>, io: &mut Io<'_>) -> Result<(), Failure> {
    match path.filter(|p| p.as_os_str() != "-") {
        None => io.print_bytes(content.as_ref()),
        Some(path) => write_file(path, content),
    }
}

/// Writes a file beside its place and then moves it there, so that a reader or a crash never sees
/// half of it. A link is followed; what is no regular file (a pipe, a device) is written straight.
pub(crate) fn write_file(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::machine("write", path, error);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() && !target.is_dir() {
        let mut file = std::fs::OpenOptions::new().write(true).open(&target).map_err(|e| failed(&e))?;
        return file.write_all(content.as_ref()).map_err(|e| failed(&e));
    }
    stage(path, &target, content.as_ref())?.persist(&target).map_err(|e| failed(&e.error))?;
    Ok(())
}

/// The same for what is too long to hold: `put` writes it piece by piece.
pub(crate) fn write_file_by<T>(
    path: &Path,
    put: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let failed = |error: &std::io::Error| Failure::machine("write", path, error);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() && !target.is_dir() {
        let mut file = std::fs::OpenOptions::new().write(true).open(&target).map_err(|e| failed(&e))?;
        return put(&mut file);
    }
    let mut file = std::io::BufWriter::new(stage(path, &target, &[])?);
    let done = put(&mut file)?;
    let file = file.into_inner().map_err(|e| failed(e.error()))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    file.persist(&target).map_err(|e| failed(&e.error))?;
    Ok(done)
}

/// The same for a file that must be new: one that is there, or comes meanwhile, is left as it is.
pub(crate) fn write_new_file(path: &Path, text: &str) -> Result<(), Failure> {
    must_be_new(path)?;
    stage(path, path, text.as_bytes())?.persist_noclobber(path).map(drop).map_err(|e| match e.error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Failure::machine("write", path, &e.error),
    })
}

/// The same for a secret: nobody but the owner can read it at any time, where the system knows owners.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    let exists = || Failure::input(format!("`{}` exists already", path.display()), "name a new file".to_owned());
    let failed = |error: &std::io::Error| Failure::machine("write", path, error);
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    // A temporary file is made so that only its owner can read it.
    let mut file = tempfile::Builder::new().prefix(".annexa-").tempfile_in(folder_of(path)).map_err(|e| failed(&e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    file.persist_noclobber(path).map(drop).map_err(|e| match e.error.kind() {
        ErrorKind::AlreadyExists => exists(),
        _ => failed(&e.error),
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fails if there is something at `path`, be it a link that leads nowhere.
pub(crate) fn must_be_new(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(is_folder(path));
    }
    if path.symlink_metadata().is_ok() { Err(exists(path)) } else { Ok(()) }
}

fn is_folder(path: &Path) -> Failure {
    Failure::input(format!("`{}` is a folder", path.display()), "name a file".to_owned())
}

fn exists(path: &Path) -> Failure {
    let help = "give `--force` to replace it, or another name".to_owned();
    Failure::input(format!("`{}` exists already", path.display()), help)
}

/// Makes the folder at `path` if there is none; one that is not empty is refused, unless `force`d.
#[expect(clippy::disallowed_methods, reason = "whether a folder is empty is asked where it is written to")]
pub(crate) fn prepare_folder(path: &Path, force: bool) -> Result<(), Failure> {
    if path.exists() && !path.is_dir() {
        return Err(Failure::input(format!("`{}` is no folder", path.display()), "name a folder".to_owned()));
    }
    std::fs::create_dir_all(path).map_err(|e| Failure::machine("make the folder", path, &e))?;
    let mut entries = std::fs::read_dir(path).map_err(|e| Failure::machine("read", path, &e))?;
    if entries.next().is_some() && !force {
        let help = "name a new folder, or give `--force` to write over files of the same names".to_owned();
        return Err(Failure::input(format!("`{}` is not empty", path.display()), help));
    }
    Ok(())
}

/// Fails if there is something at `path` other than an empty folder.
#[expect(clippy::disallowed_methods, reason = "whether a folder is empty is asked where it is written to")]
pub(crate) fn must_be_empty(path: &Path) -> Result<(), Failure> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    if !path.is_dir() {
        return Err(Failure::input(format!("`{}` is no folder", path.display()), "name a new folder".to_owned()));
    }
    let mut entries = std::fs::read_dir(path).map_err(|e| Failure::machine("read", path, &e))?;
    if entries.next().is_some() {
        return Err(Failure::input(format!("`{}` is not empty", path.display()), "name a new folder".to_owned()));
    }
    Ok(())
}

/// Writes files, each with its path inside, into a folder that is new or empty, all of them or none: they
/// are made beside its place and moved there together. With `force` they are written over those of the
/// same names in a folder that has others.
pub(crate) fn write_folder(path: &Path, force: bool, files: &[(String, String)]) -> Result<(), Failure> {
    if !force {
        must_be_empty(path)?;
    }
    let staged = stage_folder(path)?;
    write_into(staged.path(), files)?;
    // What is there gives way if it is empty.
    match std::fs::remove_dir(path) {
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty && force => write_into(path, files),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::machine("make the folder", path, &error)),
        _ => put_in_place(staged, path),
    }
}

/// The same for a folder of more than can be held: `put` writes the files into the folder that it is given.
pub(crate) fn write_folder_by(path: &Path, put: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    must_be_empty(path)?;
    let staged = stage_folder(path)?;
    put(staged.path())?;
    match std::fs::remove_dir(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::machine("make the folder", path, &error)),
        _ => put_in_place(staged, path),
    }
}

/// A folder of another name beside `path`, which goes away unless it is put in its place.
fn stage_folder(path: &Path) -> Result<tempfile::TempDir, Failure> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annexa-");
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        // Less what the user's mask takes away.
        builder.permissions(std::fs::Permissions::from_mode(0o777))
    };
    builder.tempdir_in(folder_of(path)).map_err(|e| Failure::machine("make the folder", path, &e))
}

fn put_in_place(staged: tempfile::TempDir, path: &Path) -> Result<(), Failure> {
    std::fs::rename(staged.path(), path).map_err(|e| Failure::machine("make the folder", path, &e))?;
    // What it was is no longer there to be taken away.
    let _ = staged.keep();
    Ok(())
}

fn write_into(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    for (inside, text) in files {
        let file = folder.join(inside);
        std::fs::create_dir_all(folder_of(&file)).map_err(|e| Failure::machine("make the folder", &file, &e))?;
        write_file(&file, text)?;
    }
    Ok(())
}

/// The content in a file of another name beside `target`, on the disk and ready to be moved there.
fn stage(path: &Path, target: &Path, content: &[u8]) -> Result<NamedTempFile, Failure> {
    let failed = |error: &std::io::Error| Failure::machine("write", path, error);
    if target.is_dir() {
        return Err(is_folder(path));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annexa-");
    #[cfg(unix)]
    let builder = builder.permissions(permissions(target));
    let mut file = builder.tempfile_in(folder_of(target)).map_err(|e| failed(&e))?;
    file.write_all(content).map_err(|e| failed(&e))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    Ok(file)
}

/// Those of the file that is replaced, else what the user's mask leaves of reading and writing.
#[cfg(unix)]
fn permissions(target: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    let existing = target.metadata().map(|m| m.permissions());
    existing.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o666))
}
