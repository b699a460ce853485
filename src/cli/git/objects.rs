//! The files of commits, from one `git cat-file --batch` that is asked for one after the other.

use annexa::EvidenceFolder;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The most bytes of a file that stands for one kept elsewhere by git-lfs.
const POINTER: u64 = 1024;

/// A `git cat-file --batch` that runs.
pub(crate) struct Objects {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What git said of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is one, of this kind; its bytes were handed on.
    Object { id: String, kind: String },
    /// There is none.
    Missing,
    /// A link leads out of the tree, to nothing, in a ring, or through a file.
    Link,
}

impl Objects {
    pub(super) fn open(mut git: Command) -> Result<Self> {
        git.args(["cat-file", "--batch", "--follow-symlinks"]);
        let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (questions, answers) = pipes.ok_or_else(|| Error::other("no pipe to git"))?;
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }

    /// Hands the bytes of an object to `take`, piece by piece.
    pub(crate) fn read(&mut self, name: &str, mut take: impl FnMut(&[u8])) -> Result<Found> {
        if name.contains('\n') {
            return Err(Error::other("git cannot be asked for a name of several lines"));
        }
        self.questions.write_all(format!("{name}\n").as_bytes())?;
        self.questions.flush()?;
        let mut line = Vec::new();
        self.answers.read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line);
        let (found, size) = answer(line.trim_end_matches('\n'))
            .ok_or_else(|| Error::other(format!("git ended or said something else: {}", line.trim())))?;
        let Some(size) = size else { return Ok(found) };
        let mut left = size;
        let mut buffer = vec![0; 64 * 1024];
        while left > 0 {
            let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            let Some(piece) = buffer.get_mut(..most) else { break };
            self.answers.read_exact(piece)?;
            if found != Found::Link {
                take(piece);
            }
            left -= u64::try_from(most).unwrap_or(left);
        }
        // Each answer ends its line.
        self.answers.read_exact(&mut [0])?;
        Ok(found)
    }

    /// The first bytes of an object, up to `limit` of them, if it is a file.
    pub(crate) fn text(&mut self, id: &str, limit: usize) -> Result<Option<Vec<u8>>> {
        let mut bytes: Vec<u8> = Vec::new();
        let found = self.read(id, |piece| {
            let room = limit.saturating_sub(bytes.len());
            bytes.extend(piece.iter().take(room));
        })?;
        Ok(matches!(found, Found::Object { kind, .. } if kind == "blob").then_some(bytes))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a line of git's says, and how many bytes come after it.
fn answer(line: &str) -> Option<(Found, Option<u64>)> {
    // The name that was asked for stands before, and may have blanks in it.
    if line.ends_with(" missing") || line.ends_with(" ambiguous") {
        return Some((Found::Missing, None));
    }
    let parts: Vec<&str> = line.split(' ').collect();
    match parts[..] {
        [id, kind, size] if id.bytes().all(|b| b.is_ascii_hexdigit()) => {
            let found = Found::Object { id: id.to_owned(), kind: kind.to_owned() };
            Some((found, Some(size.parse().ok()?)))
        }
        ["symlink" | "dangling" | "loop" | "notdir", size] => Some((Found::Link, Some(size.parse().ok()?))),
        _ => None,
    }
}

/// The folder of a profile in a commit, in which its evidence files lie.
pub(crate) struct CommitFolder<'a> {
    objects: RefCell<&'a mut Objects>,
    /// The tree of the folder; links may not lead out of it.
    tree: Option<String>,
}

impl<'a> CommitFolder<'a> {
    /// The folder of the file at `path` in a commit.
    pub(crate) fn of(objects: &'a mut Objects, commit: &str, path: &str) -> Result<Self> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let tree = match objects.read(&format!("{commit}:{folder}"), |_| ())? {
            Found::Object { id, kind } if kind == "tree" => Some(id),
            _ => None,
        };
        Ok(Self { objects: RefCell::new(objects), tree })
    }
}

impl EvidenceFolder for CommitFolder<'_> {
    fn digest(&self, path: &str) -> std::result::Result<Option<String>, String> {
        let missing = || "the commit has no such file".to_owned();
        let tree = self.tree.as_deref().ok_or_else(missing)?;
        let mut hasher = Sha256::new();
        let (mut start, mut size) = (Vec::new(), 0_u64);
        let take = |piece: &[u8]| {
            hasher.update(piece);
            size = size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            if size <= POINTER {
                start.extend_from_slice(piece);
            }
        };
        match self.objects.borrow_mut().read(&format!("{tree}:{path}"), take).map_err(|e| e.to_string())? {
            Found::Object { kind, .. } if kind == "blob" => {
                let pointed = pointed_at(&start).filter(|_| size <= POINTER);
                Ok(Some(pointed.unwrap_or_else(|| hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())))
            }
            Found::Object { .. } => Err("it is not a file".to_owned()),
            Found::Missing => Err(missing()),
            Found::Link => Err("a link leads out of the profile's folder, or nowhere".to_owned()),
        }
    }
}

/// The SHA-256 of the file that a pointer of git-lfs stands for; the file itself is not in the repository.
fn pointed_at(text: &[u8]) -> Option<String> {
    let rest = std::str::from_utf8(text).ok()?.strip_prefix("version https://git-lfs.github.com/spec/v1\n")?;
    let digest = rest.lines().find_map(|line| line.strip_prefix("oid sha256:"))?;
    (digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit())).then(|| digest.to_owned())
}

/// Bytes of git's as the operating system writes them.
#[cfg(unix)]
pub(super) fn os(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
pub(super) fn os(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::{Found, answer, pointed_at};

    #[test]
    fn each_answer_of_git_is_known() {
        let object = |kind: &str| Found::Object { id: "0a1b".to_owned(), kind: kind.to_owned() };
        assert_eq!(answer("0a1b blob 17"), Some((object("blob"), Some(17))));
        assert_eq!(answer("0a1b tree 0"), Some((object("tree"), Some(0))));
        assert_eq!(answer("0a1b:evidence/a b.pdf missing"), Some((Found::Missing, None)));
        assert_eq!(answer("0a1b:blob 17 missing"), Some((Found::Missing, None)));
        assert_eq!(answer("symlink 12"), Some((Found::Link, Some(12))));
        assert_eq!(answer("notdir 3"), Some((Found::Link, Some(3))));
        for wrong in ["", "0a1b blob", "0a1b blob -1", "0a1b blob 1 2", "x blob 1", "symlink x"] {
            assert_eq!(answer(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pointer_names_its_file() {
        let digest = "ab".repeat(32);
        let text = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 12\n");
        assert_eq!(pointed_at(text.as_bytes()), Some(digest));
        for wrong in ["", "version 1", &text.replace("ab", "zz"), &text.replace("sha256", "md5")] {
            assert_eq!(pointed_at(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
