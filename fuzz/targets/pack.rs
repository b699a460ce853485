//! Packs that nobody wrote: any bytes, or a good block edited, with its checksum made right.

#![no_main]

#[path = "../../tests/it/random.rs"]
#[allow(dead_code, reason = "the other kinds of cases are for other targets")]
mod random;

use annexa::{
    Digest, FleetBy, FleetForecastOptions, FleetForecaster, FleetOptions, FleetPacker, FleetScorer, FleetSupposer,
    FleetSupposition, FleetWhatIfOptions, Library, LibraryText, Model, PACK_HEAD, PACK_TAIL, PackFault, PackHead, PackIndex,
    PackTail, PackWriter, Unchecked,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(([high, low, choice], rest)) = bytes.split_first_chunk::<3>() else { return };
    let (case, profiles) = random::fleet(u64::from(*high) << 8 | u64::from(*low), 3);
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).expect("a valid library").value;
    if choice % 2 == 0 {
        let _ = read(&model, rest, &case);
        return;
    }
    let mut packer = FleetPacker::new(&model);
    for text in &profiles {
        packer.profile(&model.profile(text, 0, &Unchecked).expect("a valid profile").value);
    }
    let mut block = packer.take();
    for edit in rest.chunks_exact(4) {
        let at = (usize::from(edit[0]) << 8 | usize::from(edit[1])) % block.len().max(1);
        match edit[2] % 4 {
            0 => block.insert(at.min(block.len()), edit[3]),
            1 if at < block.len() => drop(block.remove(at)),
            2 => block.truncate(at),
            _ => block.iter_mut().skip(at).take(1).for_each(|byte| *byte = edit[3]),
        }
    }
    let mut writer = PackWriter::new(library());
    let mut pack = writer.head();
    writer.block(&block, 3);
    pack.extend(block);
    pack.extend(writer.close());
    let _ = read(&model, &pack, &case);
});

fn library() -> Digest {
    Digest::of(b"a library")
}

fn read(model: &Model, bytes: &[u8], case: &random::Case) -> Result<(), PackFault> {
    PackHead::read(&bytes[..bytes.len().min(PACK_HEAD)])?.must_be_of(library())?;
    let length = u64::try_from(bytes.len()).expect("a length");
    let tail = PackTail::read(&bytes[bytes.len().saturating_sub(PACK_TAIL)..], length)?;
    let at = usize::try_from(tail.index_at).expect("a place inside");
    let index = PackIndex::read(&bytes[at..at + usize::try_from(tail.index_length).expect("a length")], &tail)?;
    let mut scorer = FleetScorer::new(model, FleetOptions { as_of: case.as_of, expiring_within: 90 });
    let dates = vec![case.as_of, case.as_of + chrono::TimeDelta::days(100)];
    let forecast = FleetForecastOptions { dates, below: None, by: Some(FleetBy::Template) };
    let gone = model.library().evidence().first();
    let gone = gone.and_then(|e| FleetSupposition::without_evidence(model.library(), e.id.value.as_str()).ok());
    let suppositions = gone.into_iter().collect();
    let whatif = FleetWhatIfOptions { as_of: case.as_of, suppositions, by: Some(FleetBy::Sector), top: 3 };
    let mut forecaster = FleetForecaster::new(model, &forecast);
    let mut supposer = FleetSupposer::new(model, &whatif);
    for block in &index.blocks {
        let at = usize::try_from(block.at).expect("a place inside");
        let bytes = &bytes[at..at + block.length];
        let mut count = 0;
        scorer.pack_block(block, bytes, |_| count += 1)?;
        assert_eq!(count, block.tenants);
        forecaster.block(block, bytes)?;
        supposer.block(block, bytes)?;
    }
    let moment = forecaster.finish(library()).dates[0].sums;
    assert!(moment.assured <= moment.achieved && moment.achieved <= moment.possible);
    assert_eq!(supposer.finish(library()).whole.before, moment);
    Ok(())
}
