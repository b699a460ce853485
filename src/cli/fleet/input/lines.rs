//! Lines of a file or a stream, cut into chunks of whole lines.

#![expect(clippy::disallowed_methods, reason = "files of lines are read piece by piece, as they are worked on")]

use super::{Body, Buffer};
use annexa::MAX_FILE_BYTES;
use memchr::{memchr, memchr_iter, memrchr};
use std::fs::File;
use std::io::{ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::Path;

/// So much is read at once.
const READ_BYTES: usize = 256 * 1024;

/// Lines being read.
pub(super) struct Lines<'f> {
    source: Box<dyn Read + Send + 'f>,
    /// Whether what was read is handed on at once: who writes into a pipe may wait for an answer.
    is_live: bool,
    /// What was read behind the last chunk.
    rest: Vec<u8>,
    has_ended: bool,
}

impl<'f> Lines<'f> {
    pub(super) fn open(path: &Path, at: u64) -> Result<Self> {
        let mut file = File::open(path)?;
        // A pipe has no place to go to.
        let is_live = !file.metadata()?.is_file();
        if at > 0 {
            file.seek(SeekFrom::Start(at))?;
        }
        Ok(Self { source: Box::new(file), is_live, rest: Vec::new(), has_ended: false })
    }

    pub(super) fn stream(source: Box<dyn Read + Send + 'f>) -> Self {
        Self { source, is_live: true, rest: Vec::new(), has_ended: false }
    }

    /// Reads whole lines into `buffer`: how many bytes were taken, and what they are.
    ///
    /// They are about `bytes`, and at most so many lines; the last one may lack its end.
    pub(super) fn next(
        &mut self,
        buffer: &mut Buffer,
        bytes: usize,
        most_lines: Option<usize>,
    ) -> Result<Option<(u64, Body)>> {
        buffer.fill(&self.rest);
        self.rest.clear();
        // What was searched and has no end of a line.
        let mut searched = 0;
        loop {
            let is_enough = self.is_live || self.has_ended || buffer.filled >= bytes;
            if let Some(end) = cut(buffer.bytes(), searched, is_enough.then_some(bytes), most_lines) {
                return Ok(Some(self.take(buffer, end)));
            }
            if is_enough {
                searched = buffer.filled;
            }
            if buffer.filled > MAX_FILE_BYTES + 2 {
                return self.pass_over(buffer).map(Some);
            }
            if self.has_ended {
                let end = buffer.filled;
                return Ok((end > 0).then(|| self.take(buffer, end)));
            }
            self.read(buffer)?;
        }
    }

    /// Keeps what lies behind `end` for the next chunk.
    fn take(&mut self, buffer: &mut Buffer, end: usize) -> (u64, Body) {
        self.rest.extend_from_slice(buffer.bytes().get(end..).unwrap_or_default());
        buffer.filled = end;
        (count(end), Body::Lines)
    }

    fn read(&mut self, buffer: &mut Buffer) -> Result<()> {
        let found = loop {
            match self.source.read(buffer.room(READ_BYTES)) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        buffer.filled += found;
        self.has_ended = found == 0;
        Ok(())
    }

    /// Reads on to the end of the line that fills the buffer, without keeping it.
    fn pass_over(&mut self, buffer: &mut Buffer) -> Result<(u64, Body)> {
        let mut passed = 0;
        loop {
            passed += count(buffer.filled);
            buffer.filled = 0;
            self.read(buffer)?;
            if let Some(end) = memchr(b'\n', buffer.bytes()) {
                passed += count(end + 1);
                self.take(buffer, end + 1);
                buffer.filled = 0;
                return Ok((passed, Body::TooLong));
            }
            if self.has_ended {
                return Ok((passed, Body::TooLong));
            }
        }
    }
}

fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// Where the lines of a chunk end: behind so many lines, or where about `enough` bytes do.
fn cut(bytes: &[u8], searched: usize, enough: Option<usize>, most_lines: Option<usize>) -> Option<usize> {
    let most = most_lines.and_then(|most| memchr_iter(b'\n', bytes).nth(most.saturating_sub(1)));
    let near = || {
        let middle = enough?.clamp(searched, bytes.len());
        let before = memrchr(b'\n', bytes.get(searched..middle)?).map(|end| searched + end);
        before.or_else(|| memchr(b'\n', bytes.get(middle..)?).map(|end| middle + end))
    };
    most.or_else(near).map(|end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Buffer};
    use super::{Lines, READ_BYTES};
    use annexa::MAX_FILE_BYTES;
    use std::collections::VecDeque;
    use std::io::{Read, Result};

    /// Gives what it has in pieces, as a pipe does.
    struct Pieces(VecDeque<Vec<u8>>);

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> Result<usize> {
            let Some(mut piece) = self.0.pop_front() else { return Ok(0) };
            let rest = piece.split_off(piece.len().min(into.len()));
            into.split_at_mut(piece.len()).0.copy_from_slice(&piece);
            if !rest.is_empty() {
                self.0.push_front(rest);
            }
            Ok(piece.len())
        }
    }

    fn chunks(mut lines: Lines<'_>, bytes: usize, most: Option<usize>) -> Vec<(String, u64, Body)> {
        let (mut buffer, mut found) = (Buffer::default(), Vec::new());
        while let Ok(Some((count, body))) = lines.next(&mut buffer, bytes, most) {
            found.push((String::from_utf8_lossy(buffer.bytes()).into_owned(), count, body));
        }
        found
    }

    fn pieces(list: &[&str]) -> Lines<'static> {
        Lines::stream(Box::new(Pieces(list.iter().map(|p| p.as_bytes().to_vec()).collect())))
    }

    fn len(text: &str) -> u64 {
        u64::try_from(text.len()).unwrap_or(u64::MAX)
    }

    fn texts(found: &[(String, u64, Body)]) -> Vec<&str> {
        found.iter().map(|(text, _, _)| text.as_str()).collect()
    }

    #[test]
    fn a_stream_hands_on_what_is_complete() {
        let found = chunks(pieces(&["a\nb", "c", "c\n\nd\n", "e"]), 100, None);
        assert_eq!(texts(&found), ["a\n", "bcc\n\nd\n", "e"]);
        assert_eq!(texts(&chunks(pieces(&["a\nb\nc\n", "d"]), 100, Some(2))), ["a\nb\n", "c\n", "d"]);
        assert!(chunks(pieces(&[]), 100, None).is_empty());
    }

    #[test]
    fn a_file_is_cut_at_ends_of_lines() {
        let text: String = (0..1000).map(|n| format!("{}\n", "x".repeat(n % 90))).collect();
        let mut lines = pieces(&[&text]);
        lines.is_live = false;
        let found = chunks(lines, 1000, None);
        assert_eq!(texts(&found).concat(), text);
        assert!(found.iter().all(|(text, count, _)| text.ends_with('\n') && *count == len(text) && text.len() <= 1000));
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = "y".repeat(MAX_FILE_BYTES + 2 * READ_BYTES);
        for end in ["\n", ""] {
            let text = format!("a\n{long}{end}");
            let mut found = chunks(pieces(&[&text, if end.is_empty() { "" } else { "b\n" }]), 100, None);
            let last = if end.is_empty() { None } else { found.pop() };
            assert_eq!(last.map(|(text, _, _)| text), (!end.is_empty()).then(|| "b\n".to_owned()));
            let Some((text, count, body)) = found.pop() else { continue };
            assert_eq!(found.len(), 1);
            assert_eq!((text.is_empty(), count, body), (true, len(&long) + len(end), Body::TooLong));
        }
    }
}
