//! `annexa fleet pack`: profiles read once, and kept for many questions.

use super::conduct::{Conduct, Outcome, Sheet, Target};
use super::engine::{self, Flow};
use super::input::{Input, find};
use super::job::{Job, Scoring};
use super::parts::{Part, Standing, Stream};
use super::score::{closing, refuse_what_is_read_and_written};
use crate::cli::shared::Session;
use crate::cli::{Exit, Failure, Global, Io, output};
use annexa::{Digest, FleetOptions, PackWriter};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Keep the profiles of many tenants in a small file, to be scored at any date and asked what-if
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annexa fleet pack tenants/ -o fleet.pack
  annexa fleet pack fleet.ndjson --rejects rejects.ndjson -o fleet.pack
  annexa fleet score fleet.pack --as-of 2027-01-01 -o scores.csv
  annexa fleet forecast fleet.pack

Inputs are those of `annexa fleet score`. A pack belongs to the library it was packed with, and is refused with
another. It keeps what figures and counts of gaps follow from, and no words: rows of gaps need the profiles.")]
pub(crate) struct FleetPackArgs {
    /// Profiles, files with one on each line, folders; `-` reads lines from standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The pack to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Write what cannot be used to this file, a line of JSON each, instead of telling the first ten
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// End the run with 2 at the first profile that cannot be used
    #[arg(long)]
    strict: bool,
    /// How many threads work; as many as there are cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

pub(crate) fn run(args: &FleetPackArgs, global: &Global, io: &mut Io<'_>) -> Result<Exit, Failure> {
    let begin = Instant::now();
    if args.output.as_os_str() == "-" {
        let help = "name a file: packs are read by all threads at once".to_owned();
        return Err(Failure::input("a pack is not written to standard output", help));
    }
    let inputs = find(&args.inputs)?;
    if let Some(Input::Pack(pack)) = inputs.iter().find(|input| matches!(input, Input::Pack(_))) {
        let help = "name the profiles that it was made of".to_owned();
        return Err(Failure::input(format!("`{}` is a pack already", pack.path.display()), help));
    }
    let target = |stream, path| Target { stream, path, form: None, sheet: Sheet::Lines };
    let mut written = vec![target(Stream::Rows, args.output.as_path())];
    written.extend(args.rejects.as_deref().map(|path| target(Stream::Rejects, path)));
    refuse_what_is_read_and_written(&inputs, &written)?;
    if args.rejects.as_ref() == Some(&args.output) {
        let help = "name a file for each".to_owned();
        return Err(Failure::input(format!("two outputs go to `{}`", args.output.display()), help));
    }
    let session = Session::open(global, io)?;
    let job = Job {
        model: &session.model,
        inputs: &inputs,
        options: FleetOptions { as_of: io.today(), expiring_within: 0 },
        file: u32::try_from(session.sources.len()).unwrap_or(u32::MAX),
        rows: None,
        gaps: None,
        controls: None,
        has_names: true,
        summed: None,
        is_packing: true,
    };
    let conduct = Conduct {
        job: &job,
        targets: written.get(1..).unwrap_or_default(),
        library: &session.sources,
        is_strict: args.strict,
        threads: args.threads.map(usize::from),
        part_bytes: u64::MAX,
        global,
    };
    let outcome = conduct.to_pack(&args.output, session.library_version().digest(), io)?;
    let is_faulty = outcome.counts.rejects > 0 || outcome.again > 0;
    if !global.quiet || is_faulty {
        io.say(&closing(&outcome, "packed", begin));
    }
    Ok(if is_faulty { Exit::Missed } else { Exit::Met })
}

impl Conduct<'_> {
    /// Everything goes into a pack, which is there when all of it is.
    fn to_pack(&self, path: &Path, library: Digest, io: &mut Io<'_>) -> Result<Outcome, Failure> {
        let scratch = tempfile::tempdir()
            .map_err(|error| Failure::Machine(format!("cannot make a folder for what is held back: {error}")))?;
        let pool = engine::threads(self.threads)?;
        let mut feed = self.feed(Standing::default(), io).in_large_chunks();
        let mut part = Part::in_folder(scratch.path(), &[Stream::Rejects])?;
        let mut sink = self.sink(Standing::default(), io);
        output::write_file_by(path, |out| {
            let failed = |error: std::io::Error| Failure::machine("write", path, &error);
            let mut writer = PackWriter::new(library);
            out.write_all(&writer.head()).map_err(failed)?;
            let start = || Scoring::new(self.job);
            let ended = engine::run(&pool, &mut feed, start, |chunk, done| {
                sink.put(&mut part, chunk, done)?;
                for (bytes, tenants) in done.blocks.drain(..) {
                    writer.block(&bytes, tenants);
                    out.write_all(&bytes).map_err(failed)?;
                }
                Ok(Flow::On)
            });
            sink.bar.finish_and_clear();
            ended?;
            out.write_all(&writer.close()).map_err(failed)?;
            let (lines, again) = sink.again(part.end()?.names, scratch.path())?;
            for target in self.targets {
                super::conduct::join(target, [scratch.path().join(target.stream.name()), lines.clone()].into_iter())?;
            }
            Ok(Outcome { counts: sink.counts, here: sink.counts.profiles, again, flow: Flow::On })
        })
    }
}
