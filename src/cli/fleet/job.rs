//! What a thread does with a chunk of profiles: it scores each, and writes the rows into a buffer.
//!
//! A profile that cannot be read becomes a [`Reject`]. What depends on the chunks before (which line
//! of its file a profile is on) is left to who puts the rows, in their order.

use super::engine::Work;
use super::input::{Body, Chunk, Input};
use super::names::NameList;
use super::pack_file::PackFile;
use crate::cli::Failure;
use annexa::report::{FleetDetail, FleetRowForm, fleet_detail_rows, fleet_rows};
use annexa::{
    Code, Diagnostic, Diagnostics, Digest, FleetOptions, FleetPacker, FleetScorer, MAX_FILE_BYTES, Model,
    ProfileFolder, Sources, Summary, TenantProfile, TenantTally, Unchecked, read_file, tenant_named_in,
};
use memchr::memchr;
use std::path::Path;

/// How a run is made; what all threads know.
pub(super) struct Job<'j> {
    pub(super) model: &'j Model,
    pub(super) inputs: &'j [Input],
    pub(super) options: FleetOptions,
    /// The number that the text of a profile has among the sources.
    pub(super) file: u32,
    pub(super) rows: Option<FleetRowForm>,
    pub(super) gaps: Option<FleetRowForm>,
    pub(super) controls: Option<FleetRowForm>,
    /// Whether tenants are told apart, to find those that come twice.
    pub(super) has_names: bool,
    /// The digest of the library, where the tenants are summed up.
    pub(super) summed: Option<Digest>,
    /// Whether profiles are packed, and not scored.
    pub(super) is_packing: bool,
}

impl Job<'_> {
    pub(super) fn is_detailed(&self) -> bool {
        self.gaps.is_some() || self.controls.is_some()
    }

    /// The sums of no tenant, if there are to be sums.
    pub(super) fn summary(&self) -> Option<Summary> {
        self.summed.map(|library| Summary::new(self.model, &self.options, library))
    }
}

/// What comes of a chunk.
#[derive(Debug, Default)]
pub(super) struct Scored {
    pub(super) rows: Vec<u8>,
    pub(super) gaps: Vec<u8>,
    pub(super) controls: Vec<u8>,
    /// The tenants, where they are told apart.
    pub(super) names: NameList,
    pub(super) rejects: Vec<Reject>,
    pub(super) profiles: u64,
    /// How many lines the chunk has.
    pub(super) lines: u64,
    /// The blocks of a pack that profiles have come to, and how many tenants each holds.
    pub(super) blocks: Vec<(Vec<u8>, u64)>,
    /// What ends the run.
    pub(super) failure: Option<Failure>,
}

impl Scored {
    fn clear(&mut self) {
        [&mut self.rows, &mut self.gaps, &mut self.controls].into_iter().for_each(Vec::clear);
        self.names.clear();
        self.rejects.clear();
        self.blocks.clear();
        self.failure = None;
        (self.profiles, self.lines) = (0, 0);
    }
}

/// A profile that could not be read.
#[derive(Debug)]
pub(super) struct Reject {
    /// Where in the rows it would stand.
    pub(super) at: usize,
    /// On which line of the chunk it stands, counted from 0, or which file it is.
    pub(super) number: u64,
    /// The tenant, as far as that can be told.
    pub(super) tenant: Option<String>,
    pub(super) diagnostics: Diagnostics,
    /// What was read.
    pub(super) text: String,
}

/// A thread at a [`Job`].
pub(super) struct Scoring<'j> {
    job: &'j Job<'j>,
    scorer: FleetScorer<'j>,
    /// What all its tenants come to.
    summary: Option<Summary>,
    packer: Option<FleetPacker<'j>>,
    /// What blocks of packs are read into.
    block: Vec<u8>,
}

impl<'j> Scoring<'j> {
    pub(super) fn new(job: &'j Job<'j>) -> Self {
        let packer = job.is_packing.then(|| FleetPacker::new(job.model));
        let scorer = FleetScorer::new(job.model, job.options);
        Self { job, scorer, summary: job.summary(), packer, block: Vec::new() }
    }
}

impl Work for Scoring<'_> {
    type Done = Scored;
    type Sum = Option<Summary>;

    fn chunk(&mut self, chunk: &Chunk, bytes: &[u8], done: &mut Scored) {
        done.clear();
        match (&chunk.body, self.job.inputs.get(chunk.input)) {
            (Body::Files, Some(Input::Files(files))) => {
                for number in chunk.start..chunk.end {
                    let path = usize::try_from(number).ok().and_then(|number| files.paths.get(number));
                    path.into_iter().for_each(|path| self.file(path, number, done));
                }
            }
            (Body::Lines | Body::Rows(_), _) => self.lines(chunk, bytes, done),
            (Body::TooLong, _) => {
                done.lines = 1;
                done.reject(0, too_large("the line"), String::new());
            }
            (Body::Block, Some(Input::Pack(pack))) => done.failure = self.block(pack, chunk, done).err(),
            (Body::Files | Body::Block, _) => {}
        }
        if let Some(summary) = &mut self.summary {
            done.rejects.iter().for_each(|_| summary.add_reject());
        }
        self.end_block(done);
    }

    fn end(self) -> Option<Summary> {
        self.summary
    }
}

impl Scoring<'_> {
    fn lines(&mut self, chunk: &Chunk, bytes: &[u8], done: &mut Scored) {
        // Some programs write a mark of UTF-8 before the first line.
        let mark: &[u8] = if chunk.start == 0 { b"\xEF\xBB\xBF" } else { b"" };
        let mut rest = bytes.strip_prefix(mark).unwrap_or(bytes);
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
                self.line(line, done);
            }
            done.lines += 1;
            rest = after.get(1..).unwrap_or_default();
        }
    }

    fn line(&mut self, line: &[u8], done: &mut Scored) {
        let number = done.lines;
        if line.len() > MAX_FILE_BYTES {
            return done.reject(number, too_large("the line"), String::new());
        }
        let text = match std::str::from_utf8(line) {
            Ok(text) => text,
            Err(error) => {
                let bad =
                    line.get(error.valid_up_to()).map(|byte| format!("the byte 0x{byte:02X} ")).unwrap_or_default();
                let message = format!("the line is not UTF-8: {bad}after {} bytes does not fit", error.valid_up_to());
                return done.reject(number, one(Diagnostic::new(Code::NotUtf8, message)), String::new());
            }
        };
        if let Some(packer) = &mut self.packer {
            match packer.json(text, self.job.file) {
                Ok(tenant) => done.packed(tenant, number),
                Err(faults) => done.reject(number, faults, text.to_owned()),
            }
            return self.end_full_block(done);
        }
        if self.job.is_detailed() {
            return match self.job.model.profile_json(text, self.job.file, &Unchecked) {
                Ok(checked) => self.profile(&checked.value, number, done),
                Err(faults) => done.reject(number, faults, text.to_owned()),
            };
        }
        match self.scorer.json(text, self.job.file) {
            Ok(tally) => put(self.job, tally, &mut self.summary, number, done),
            Err(faults) => done.reject(number, faults, text.to_owned()),
        }
    }

    fn file(&mut self, path: &Path, number: u64, done: &mut Scored) {
        let (mut sources, mut faults) = (Sources::default(), Diagnostics::new());
        let Some(read) = read_file(path, &mut sources, &mut faults) else {
            return done.reject(number, faults, String::new());
        };
        let text = sources.get(read).map_or("", |source| source.text.as_ref());
        let (folder, file) = (ProfileFolder::of(path), self.job.file);
        let is_json = path.extension().is_some_and(|ending| ending == "json");
        let profile = match is_json {
            true => self.job.model.profile_json(text, file, &folder),
            false => self.job.model.profile(text, file, &folder),
        };
        match profile {
            Ok(checked) => self.profile(&checked.value, number, done),
            Err(faults) => done.reject(number, faults, text.to_owned()),
        }
    }

    fn profile(&mut self, profile: &TenantProfile, number: u64, done: &mut Scored) {
        if let Some(packer) = &mut self.packer {
            packer.profile(profile);
            done.packed(&profile.profile().tenant, number);
            return self.end_full_block(done);
        }
        let Job { model, options, .. } = *self.job;
        if self.job.is_detailed() {
            let score = model.score(profile, options.as_of, options.expiring_within);
            if let Some(form) = self.job.gaps {
                fleet_detail_rows(&score, FleetDetail::Gaps, form, &mut done.gaps);
            }
            if let Some(form) = self.job.controls {
                fleet_detail_rows(&score, FleetDetail::Controls, form, &mut done.controls);
            }
        }
        put(self.job, self.scorer.profile(profile), &mut self.summary, number, done);
    }

    /// Scores the tenants of a block of a pack.
    fn block(&mut self, pack: &PackFile, chunk: &Chunk, done: &mut Scored) -> Result<(), Failure> {
        let Self { job, scorer, summary, block: buffer, .. } = self;
        let found = usize::try_from(chunk.start).ok().and_then(|number| pack.index.blocks.get(number));
        let Some(block) = found else { return Ok(()) };
        pack.read(block, buffer)?;
        let mut number = block.first;
        let read = scorer.pack_block(block, buffer, |tally| {
            put(job, tally, summary, number, done);
            number += 1;
        });
        read.map_err(|fault| pack.fault(&fault))
    }

    /// Ends the block of a pack if a tenant is in it.
    fn end_block(&mut self, done: &mut Scored) {
        if let Some(packer) = self.packer.as_mut().filter(|packer| packer.tenants() > 0) {
            let count = packer.tenants();
            done.blocks.push((packer.take(), count));
        }
    }

    /// Ends it if no other tenant should be in it.
    fn end_full_block(&mut self, done: &mut Scored) {
        if self.packer.as_ref().is_some_and(FleetPacker::is_full) {
            self.end_block(done);
        }
    }
}

fn put(job: &Job<'_>, tally: &TenantTally, summary: &mut Option<Summary>, number: u64, done: &mut Scored) {
    if let Some(form) = job.rows {
        fleet_rows(job.model.library(), tally, form, &mut done.rows);
    }
    if let Some(summary) = summary {
        summary.add(tally);
    }
    done.profiles += 1;
    if job.has_names {
        done.names.push(&tally.tenant, number);
    }
}

impl Scored {
    fn packed(&mut self, tenant: &str, number: u64) {
        self.profiles += 1;
        self.names.push(tenant, number);
    }

    fn reject(&mut self, number: u64, diagnostics: Diagnostics, text: String) {
        let tenant = tenant_named_in(&text);
        self.rejects.push(Reject { at: self.rows.len(), number, tenant, diagnostics, text });
    }
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    let mut list = Diagnostics::new();
    list.push(diagnostic);
    list
}

fn too_large(what: &str) -> Diagnostics {
    let message = format!("{what} is larger than {} MiB, the most that is read", MAX_FILE_BYTES >> 20);
    one(Diagnostic::new(Code::TooLarge, message))
}
