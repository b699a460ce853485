//! A git repository, read through the user's own `git` program.
//!
//! [`Repository`] asks what there is; `log` takes the answer of `git log` apart, and `objects` gives
//! the files of a commit. Nothing from a repository reaches a shell or is taken as an option, and
//! no program that a repository names is run: no hook, no pager, no filter, no signature check.

mod log;
mod objects;

pub(super) use log::{Change, Commit};
pub(super) use objects::{CommitFolder, Objects};

use super::Failure;
use annexa::suggestion;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Variables that would lead git to another repository, or to read a path as a pattern; hooks have them.
const REMOVED: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// No locks, no questions, no network, no objects put in the place of others, paths as they are.
const SET: [(&str, &str); 6] = [
    ("LC_ALL", "C"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_LITERAL_PATHSPECS", "1"),
];

/// `git` in a folder, whatever the configuration says.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for name in REMOVED {
        command.env_remove(name);
    }
    command.envs(SET).current_dir(folder).stdin(Stdio::null());
    command.args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showRoot=true"]);
    command
}

fn cannot_run(error: &std::io::Error) -> Failure {
    Failure::Machine(match error.kind() {
        ErrorKind::NotFound => "there is no program `git`, which reads the repository; install it".to_owned(),
        _ => format!("cannot run `git`: {error}"),
    })
}

fn output(command: &mut Command) -> Result<Output, Failure> {
    command.output().map_err(|e| cannot_run(&e))
}

/// What git printed, or what it said was wrong.
fn printed(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = output(command)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Failure::input(format!("git says: {}", if said.is_empty() { "nothing" } else { said }), None))
}

/// A line that git printed, as a path.
fn line(bytes: &[u8]) -> PathBuf {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    objects::os(bytes.strip_suffix(b"\r").unwrap_or(bytes)).into()
}

/// A repository, and the folder of it that the user named.
pub(super) struct Repository {
    /// Where its files lie, or the repository itself if it is bare.
    top: PathBuf,
    /// The folder the user named, as seen from there.
    prefix: PathBuf,
    /// Whether it has no files beside it.
    pub(super) is_bare: bool,
    /// Whether its history is cut.
    pub(super) is_shallow: bool,
}

impl Repository {
    /// The repository that `folder` lies in.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        if !folder.is_dir() {
            let help = "name the folder of a git repository".to_owned();
            return Err(Failure::input(format!("`{}` is no folder", folder.display()), help));
        }
        let asked = ["rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix"];
        let output = output(git(folder).args(asked))?;
        if !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("not a git repository") {
            let help = "name the folder of one: `annexa history from-git REPO --profile PATH`".to_owned();
            return Err(Failure::input(format!("`{}` lies in no git repository", folder.display()), help));
        }
        let said = printed(git(folder).args(asked))?;
        let mut lines = said.splitn(3, |b| *b == b'\n');
        let mut is = || lines.next().is_some_and(|l| l.starts_with(b"true"));
        let (is_bare, is_shallow) = (is(), is());
        let prefix = line(lines.next().unwrap_or_default());
        let top = match is_bare {
            true => folder.to_owned(),
            false => line(&printed(git(folder).args(["rev-parse", "--show-toplevel"]))?),
        };
        Ok(Self { top, prefix, is_bare, is_shallow })
    }

    /// A file as it is called in the repository, whose name the user gave as seen from their folder.
    pub(super) fn inside(&self, file: &Path) -> Result<String, Failure> {
        let outside = || {
            let message = format!("`{}` lies outside the repository", file.display());
            Failure::input(message, format!("the repository is `{}`", self.top.display()))
        };
        let name = if file.is_absolute() {
            // The folder of git's answer has no links in it; the file need not be there any more.
            let folder = file.parent().map(|p| p.canonicalize().unwrap_or_else(|_| p.to_owned())).unwrap_or_default();
            let top = self.top.canonicalize().unwrap_or_else(|_| self.top.clone());
            let inside = folder.strip_prefix(top).map_err(|_| outside())?;
            inside.join(file.file_name().unwrap_or_default())
        } else {
            self.prefix.join(file)
        };
        let name = plain(&name).ok_or_else(outside)?;
        if name.is_empty() {
            return Err(Failure::input(format!("`{}` is a folder", file.display()), "name a profile".to_owned()));
        }
        Ok(name)
    }

    /// The id of the commit that `rev` names.
    pub(super) fn commit(&self, rev: &str) -> Result<String, Failure> {
        let mut command = git(&self.top);
        command.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]).arg(format!("{rev}^{{commit}}"));
        let output = output(&mut command)?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(id);
        }
        let help = "name a branch, a tag or a commit that the repository has".to_owned();
        Err(Failure::input(format!("`{rev}` is no commit"), help))
    }

    /// The commits up to `tip` that changed the file, through its renames, the oldest first.
    pub(super) fn commits(&self, tip: &str, file: &str) -> Result<Vec<Commit>, Failure> {
        let mut command = git(&self.top);
        command.args(["log", "-z", "--follow", "-c", "--raw", "--no-abbrev", "--find-renames", "--no-ext-diff"]);
        command.args(["--no-textconv", "--no-show-signature", "--no-notes", "--no-color", "--encoding=UTF-8"]);
        command.args([log::FORMAT, tip, "--", file]);
        let mut commits = log::parsed(&printed(&mut command)?);
        commits.reverse();
        Ok(commits)
    }

    /// That no commit up to `tip` knows the file, with what may be meant.
    pub(super) fn unknown(&self, tip: &str, file: &str) -> Result<Failure, Failure> {
        let names = printed(git(&self.top).args(["ls-tree", "-r", "-z", "--name-only", "--full-tree", tip, "--"]))?;
        let names: Vec<String> = log::names(&names);
        let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        let elsewhere = names.iter().find(|name| last(name) == last(file));
        let help = match elsewhere {
            Some(name) => Some(format!("there is `{name}`")),
            None => suggestion(file, names.iter().map(String::as_str)),
        };
        Ok(Failure::input(format!("no commit has changed a file `{file}`"), help))
    }

    /// The objects of the repository.
    pub(super) fn objects(&self) -> Result<Objects, Failure> {
        Objects::open(git(&self.top)).map_err(|e| cannot_run(&e))
    }
}

/// A path without `.` and `..`, with `/`, unless it leads out; git's names are taken to be UTF-8.
fn plain(path: &Path) -> Option<String> {
    let mut parts: Vec<&OsStr> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name),
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let parts: Option<Vec<&str>> = parts.iter().map(|p| p.to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::plain;
    use std::path::Path;

    #[test]
    fn a_path_is_one_inside_the_repository_or_none() {
        let of = |path| plain(Path::new(path));
        assert_eq!(of("a/./b/../c d.toml").as_deref(), Some("a/c d.toml"));
        assert_eq!(of("a/../-x.toml").as_deref(), Some("-x.toml"));
        assert_eq!(of(".").as_deref(), Some(""));
        assert_eq!(of("a/../../b"), None);
        assert_eq!(of("/a"), None);
    }
}
