//! A pack holds its tenants: each comes to what its profile comes to, on every date and under every supposition;
//! and bytes that are no pack are refused.

use crate::random;
use annexa::{
    Digest, FleetBy, FleetForecast, FleetForecastOptions, FleetForecaster, FleetOptions, FleetPacker, FleetScorer,
    FleetSupposer, FleetSupposition, FleetWhatIf, FleetWhatIfOptions, Library, LibraryText, Model, Notation, Owner,
    PACK_HEAD, PACK_TAIL, PackFault, PackHead, PackIndex, PackTail, PackWriter, Percent, ProfileForm, Sums,
    Supposition, TenantProfile, TenantTally, Unchecked, dates_between, what_if,
};
use chrono::{NaiveDate, TimeDelta};

/// A random library and tenants of it.
struct Fleet {
    model: Model,
    files: Vec<(String, String)>,
    texts: Vec<String>,
    profiles: Vec<TenantProfile>,
    as_of: NaiveDate,
    within: u32,
}

fn model_of(files: &[(String, String)]) -> Option<Model> {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).ok().map(|checked| checked.value)
}

fn fleet(seed: u64, count: usize) -> Fleet {
    let (case, texts) = random::fleet(seed, count);
    let model = model_of(&case.files).unwrap();
    let file = u32::try_from(case.files.len()).unwrap();
    let read = |text: &String| model.profile(text, file, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}\n{text}")).value;
    let profiles = texts.iter().map(read).collect();
    let within = u32::try_from(case.expiring_within).unwrap();
    Fleet { files: case.files, texts, profiles, as_of: case.as_of, within, model }
}

fn library() -> Digest {
    Digest::of(b"a library")
}

fn pack(model: &Model, profiles: &[TenantProfile], per_block: usize) -> Vec<u8> {
    let mut writer = PackWriter::new(library());
    let mut bytes = writer.head();
    let mut packer = FleetPacker::new(model);
    for block in profiles.chunks(per_block) {
        block.iter().for_each(|profile| packer.profile(profile));
        let block = (packer.tenants(), packer.take());
        writer.block(&block.1, block.0);
        bytes.extend(block.1);
    }
    bytes.extend(writer.close());
    bytes
}

/// The index of a pack, as somebody reads it who has it as a file.
fn open(bytes: &[u8]) -> Result<PackIndex, PackFault> {
    let head = PackHead::read(&bytes[..bytes.len().min(PACK_HEAD)])?;
    head.must_be_of(library())?;
    let length = u64::try_from(bytes.len()).unwrap();
    let tail = PackTail::read(&bytes[bytes.len().saturating_sub(PACK_TAIL)..], length)?;
    let at = usize::try_from(tail.index_at).unwrap();
    PackIndex::read(&bytes[at..at + usize::try_from(tail.index_length).unwrap()], &tail)
}

fn blocks<'b>(bytes: &'b [u8], index: &'b PackIndex) -> impl Iterator<Item = (&'b annexa::PackBlock, &'b [u8])> {
    index.blocks.iter().map(|block| {
        let at = usize::try_from(block.at).unwrap();
        (block, &bytes[at..at + block.length])
    })
}

fn tallies(model: &Model, bytes: &[u8], options: FleetOptions) -> Result<Vec<TenantTally>, PackFault> {
    let mut found = Vec::new();
    let mut scorer = FleetScorer::new(model, options);
    let index = open(bytes)?;
    for (block, bytes) in blocks(bytes, &index) {
        scorer.pack_block(block, bytes, |tally| found.push(tally.clone()))?;
    }
    Ok(found)
}

#[test]
fn tenants_of_a_pack_come_to_what_their_profiles_come_to() {
    for seed in 0..250 {
        let fleet = fleet(seed, 5);
        let bytes = pack(&fleet.model, &fleet.profiles, 2);
        for days in [0, -400, 37, 800] {
            let as_of = fleet.as_of + TimeDelta::days(days);
            let options = FleetOptions { as_of, expiring_within: fleet.within };
            let mut scorer = FleetScorer::new(&fleet.model, options);
            let expected: Vec<TenantTally> = fleet.profiles.iter().map(|p| scorer.profile(p).clone()).collect();
            assert_eq!(tallies(&fleet.model, &bytes, options).unwrap(), expected, "seed {seed} at {as_of}");
        }
    }
}

#[test]
fn profiles_in_json_are_packed_to_the_same_tenants() {
    for seed in 0..120 {
        let fleet = fleet(seed, 3);
        let mut packer = FleetPacker::new(&fleet.model);
        let file = u32::try_from(fleet.files.len()).unwrap();
        for (n, text) in fleet.texts.iter().enumerate() {
            let line = annexa::convert(Notation::Toml, text, file, ProfileForm::Line).unwrap().value.text;
            assert_eq!(packer.json(&line, file).unwrap(), format!("tenant-{n}"));
        }
        assert!(packer.json("{}", file).is_err());
        let block = (packer.tenants(), packer.take());
        let mut writer = PackWriter::new(library());
        let mut bytes = writer.head();
        writer.block(&block.1, block.0);
        bytes.extend(block.1);
        bytes.extend(writer.close());
        let options = FleetOptions { as_of: fleet.as_of, expiring_within: fleet.within };
        // The own evidence may be numbered in another order.
        let expected = tallies(&fleet.model, &pack(&fleet.model, &fleet.profiles, 2), options).unwrap();
        assert_eq!(tallies(&fleet.model, &bytes, options).unwrap(), expected, "seed {seed}");
    }
}

#[test]
fn the_shipped_tenants_are_packed_too() {
    let model = Model::builtin(&mut annexa::Sources::default());
    let file = u32::try_from(annexa::BUILTIN_FILES.len()).unwrap();
    let profiles: Vec<TenantProfile> =
        annexa::starter_profiles().map(|(_, text)| model.profile(text, file, &Unchecked).unwrap().value).collect();
    let options = FleetOptions { as_of: "2021-12-01".parse().unwrap(), expiring_within: 90 };
    let mut scorer = FleetScorer::new(&model, options);
    let expected: Vec<TenantTally> = profiles.iter().map(|p| scorer.profile(p).clone()).collect();
    assert_eq!(tallies(&model, &pack(&model, &profiles, 1_024), options).unwrap(), expected);
    assert_eq!(tallies(&model, &pack(&model, &[], 1_024), options).unwrap(), []);
}

fn forecast(model: &Model, bytes: &[u8], options: &FleetForecastOptions) -> FleetForecast {
    // As two threads would: each takes every other block.
    let mut halves = [FleetForecaster::new(model, options), FleetForecaster::new(model, options)];
    let index = open(bytes).unwrap();
    for (n, (block, bytes)) in blocks(bytes, &index).enumerate() {
        halves[n % 2].block(block, bytes).unwrap();
    }
    let [one, other] = halves;
    other.merge(one).finish(library())
}

/// The figures of a profile at a date, over all assessments, and whether one of them misses a percentage.
fn single(fleet: &Fleet, n: usize, date: NaiveDate, below: Option<Percent>) -> (Sums, bool, bool) {
    let score = fleet.model.score(&fleet.profiles[n], date, 0);
    let (mut sums, mut misses, mut misses_assurance) = (Sums::default(), false, false);
    for assessment in &score.assessments {
        let total = assessment.figures.total;
        sums += total;
        if let Some(target) = below.or(assessment.target) {
            misses |= !target.is_reached_by(total.achieved, total.possible);
            misses_assurance |= !target.is_reached_by(total.assured, total.possible);
        }
    }
    (sums, misses, misses_assurance)
}

#[test]
fn a_forecast_is_the_sum_of_single_scores_at_each_date() {
    for seed in 0..80 {
        let fleet = fleet(seed, 4);
        let bytes = pack(&fleet.model, &fleet.profiles, 1);
        // More dates than a word has bits, once in a while.
        let step = if seed % 10 == 0 { 11 } else { 61 };
        let dates: Vec<NaiveDate> = (0..)
            .map(|n| fleet.as_of + TimeDelta::days(n * step - 300))
            .take_while(|d| *d < fleet.as_of + TimeDelta::days(600))
            .collect();
        let below = (seed % 2 == 0).then(|| Percent::from_hundredths(4_000));
        let options = FleetForecastOptions { dates: dates.clone(), below, by: Some(FleetBy::Sector) };
        let found = forecast(&fleet.model, &bytes, &options);
        assert_eq!((found.tenants, found.dates.len()), (4, dates.len()));
        let first: Vec<Sums> = (0..4).map(|n| single(&fleet, n, dates[0], below).0).collect();
        for (date, moment) in dates.iter().zip(&found.dates) {
            let mut expected = annexa::FleetMoment { date: *date, ..annexa::FleetMoment::default() };
            for (n, first) in first.iter().enumerate() {
                let (sums, misses, misses_assurance) = single(&fleet, n, *date, below);
                expected.sums += sums;
                expected.losing += u64::from(sums.achieved < first.achieved);
                expected.losing_assurance += u64::from(sums.assured < first.assured);
                expected.below += u64::from(misses);
                expected.below_assurance += u64::from(misses_assurance);
            }
            assert_eq!(*moment, expected, "seed {seed}");
        }
        assert_falls(&found);
        // The cohorts together are the fleet.
        assert_eq!(
            found.cohorts.iter().map(|c| c.value.as_str()).collect::<Vec<_>>(),
            ["sector-0", "sector-1", "sector-2"]
        );
        assert_eq!(found.cohorts.iter().map(|c| c.tenants).collect::<Vec<_>>(), [2, 1, 1]);
        for (n, moment) in found.dates.iter().enumerate() {
            let mut sums = Sums::default();
            found.cohorts.iter().for_each(|cohort| sums += cohort.dates[n].sums);
            assert_eq!(sums, moment.sums, "seed {seed}");
        }
        assert_lapses(&fleet, &found, &dates);
    }
}

fn assert_falls(found: &FleetForecast) {
    let assured = |n: usize| found.dates[n].sums.assured;
    let most = (1..found.dates.len()).map(|n| assured(n - 1).less(assured(n)).units()).max().unwrap();
    match &found.biggest_fall_assurance {
        None => assert_eq!(most, 0),
        Some(fall) => {
            assert_eq!(fall.lost.units(), most);
            let at = found.dates.iter().position(|m| m.date == fall.from).unwrap();
            assert_eq!((found.dates[at + 1].date, assured(at).less(assured(at + 1))), (fall.to, fall.lost));
        }
    }
}

/// Evidence that lapses is told once, with those who would notice: whoever uses a service that it names, or links it.
fn assert_lapses(fleet: &Fleet, found: &FleetForecast, dates: &[NaiveDate]) {
    let library = fleet.model.library();
    let (first, last) = (dates[0], dates[dates.len() - 1]);
    for evidence in library.evidence() {
        let told: Vec<_> = found.lapses.iter().filter(|l| l.id == evidence.id.value.as_str()).collect();
        let Some(to) = evidence.valid_to else { continue };
        let on = to.succ_opt().unwrap();
        let is_empty = evidence.valid_from.or(evidence.first_seen).is_some_and(|from| from > to);
        assert_eq!(told.len(), usize::from(first < on && on <= last && !is_empty), "{}", evidence.id.value);
        let Some(told) = told.first() else { continue };
        let mut count = 0;
        for profile in fleet.profiles.iter().map(TenantProfile::profile) {
            let names = |service: &annexa::ServiceIdx| {
                let id = &library.service(*service).id.value;
                let since = evidence.services.iter().filter(|(named, _)| named.value == *id);
                since
                    .map(|(_, since)| since.or(evidence.first_seen).or(evidence.valid_from))
                    .any(|s| s.is_some_and(|s| s < on))
            };
            let links = profile.actions.iter().any(|entry| {
                let item = library.find_evidence(evidence.id.value.as_str()).unwrap();
                entry.places().iter().any(|p| p.evidence.contains(&annexa::profile::EvidenceLink::Library(item)))
            });
            // A link of an action that applies nowhere is not kept, and nobody notices it.
            count += u64::from(profile.services.iter().any(|s| names(&s.value)));
            assert!(links || told.tenants <= u64::try_from(fleet.profiles.len()).unwrap());
        }
        assert!(told.on == on && told.tenants >= count, "{}", evidence.id.value);
    }
}

fn suppose(fleet: &Fleet, suppositions: &[FleetSupposition]) -> FleetWhatIf {
    let bytes = pack(&fleet.model, &fleet.profiles, 1);
    let by = Some(FleetBy::Template);
    let options = FleetWhatIfOptions { as_of: fleet.as_of, suppositions: suppositions.to_vec(), by, top: 2 };
    let mut halves = [FleetSupposer::new(&fleet.model, &options), FleetSupposer::new(&fleet.model, &options)];
    let index = open(&bytes).unwrap();
    for (n, (block, bytes)) in blocks(&bytes, &index).enumerate() {
        halves[n % 2].block(block, bytes).unwrap();
    }
    let [one, other] = halves;
    one.merge(other).finish(library())
}

/// The figures of each tenant of a fleet whose library is another.
fn scored(model: &Model, fleet: &Fleet) -> Vec<Vec<Sums>> {
    let file = u32::try_from(fleet.files.len()).unwrap();
    let score = |text: &String| {
        let profile = model.profile(text, file, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
        model.score(&profile, fleet.as_of, 0).assessments.iter().map(|a| a.figures.total).collect()
    };
    fleet.texts.iter().map(score).collect()
}

fn assert_supposed(found: &FleetWhatIf, before: &[Vec<Sums>], after: &[Vec<Sums>], what: &str) {
    let sum = |list: &[Sums]| {
        list.iter().fold(Sums::default(), |mut all, sums| {
            all += *sums;
            all
        })
    };
    let all = |list: &[Vec<Sums>]| sum(&list.concat());
    assert_eq!((found.whole.before, found.whole.after), (all(before), all(after)), "{what}");
    let touched = before.iter().zip(after).filter(|(a, b)| a != b).count();
    assert_eq!(found.whole.touched, u64::try_from(touched).unwrap(), "{what}");
    assert_eq!(found.most_touched.len(), touched.min(2), "{what}");
    for told in &found.most_touched {
        let n: usize = told.tenant.strip_prefix("tenant-").unwrap().parse().unwrap();
        assert_eq!((told.before, told.after), (sum(&before[n]), sum(&after[n])), "{what}");
    }
    let size = |a: &Sums, b: &Sums| a.achieved.units().abs_diff(b.achieved.units());
    let most = before.iter().zip(after).map(|(a, b)| size(&sum(a), &sum(b))).max().unwrap();
    assert!(found.most_touched.first().is_none_or(|t| size(&t.before, &t.after) == most), "{what}");
    for buckets in [&found.score_changes, &found.assurance_changes] {
        assert_eq!(buckets.iter().map(|b| b.tenants).sum::<u64>(), found.whole.tenants, "{what}");
    }
    let lost = |a: &Sums, b: &Sums| a.percent() > b.percent();
    let losers = before.iter().zip(after).filter(|(a, b)| lost(&sum(a), &sum(b)) && sum(b).percent().is_some()).count();
    let told: u64 =
        found.score_changes.iter().filter(|b| b.up_to.is_some_and(|up_to| up_to < 0)).map(|b| b.tenants).sum();
    assert_eq!(told, u64::try_from(losers).unwrap(), "{what}");
    let mut cohorts = Sums::default();
    found.cohorts.iter().for_each(|cohort| cohorts += cohort.shift.after);
    assert_eq!(cohorts, found.whole.after, "{what}");
}

#[test]
fn without_evidence_a_fleet_comes_to_what_the_other_library_gives() {
    let mut touched = 0;
    for seed in 0..60 {
        let fleet = fleet(seed, 4);
        let before = scored(&fleet.model, &fleet);
        let ids: Vec<String> =
            fleet.model.library().evidence().iter().map(|e| e.id.value.to_string()).take(2).collect();
        for ids in [&ids[..], &ids[..ids.len().min(1)]] {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let library = fleet.model.library();
            let gone: Vec<_> = ids.iter().map(|id| FleetSupposition::without_evidence(library, id).unwrap()).collect();
            let found = suppose(&fleet, &gone);
            let after = scored(&fleet.model.without_evidence(&ids), &fleet);
            touched += found.whole.touched;
            assert_supposed(&found, &before, &after, &format!("seed {seed} without {ids:?}"));
        }
    }
    assert!(touched > 30, "{touched}");
}

#[test]
fn with_a_service_retired_a_fleet_comes_to_what_the_other_library_gives() {
    let (mut tried, mut touched) = (0, 0);
    for seed in 0..60 {
        let fleet = fleet(seed, 4);
        let Some(service) = fleet.model.library().services().first() else { continue };
        let id = service.id.value.as_str();
        let mut files = fleet.files.clone();
        for (_, text) in &mut files {
            let mut table: toml::Table = text.parse().unwrap();
            let services = table.get_mut("service").and_then(toml::Value::as_array_mut);
            for found in services.into_iter().flatten().filter(|s| s["id"].as_str() == Some(id)) {
                let on: toml::value::Datetime = "1990-01-01".parse().unwrap();
                found.as_table_mut().unwrap().insert("retired_on".to_owned(), on.into());
                found.as_table_mut().unwrap().remove("first_seen");
                tried += 1;
            }
            *text = table.to_string();
        }
        let Some(model) = model_of(&files) else { continue };
        let found = suppose(&fleet, &[FleetSupposition::retire_service(fleet.model.library(), id).unwrap()]);
        touched += found.whole.touched;
        assert_supposed(&found, &scored(&fleet.model, &fleet), &scored(&model, &fleet), &format!("seed {seed}, {id}"));
    }
    assert!(tried > 40 && touched > 15, "{tried} {touched}");
}

#[test]
fn with_an_action_done_or_failed_by_all_a_fleet_comes_to_what_the_other_profiles_give() {
    let mut touched = 0;
    for seed in 0..60 {
        let fleet = fleet(seed, 3);
        let library = fleet.model.library();
        // What takes over the status of another action keeps it here, and not where a text is edited.
        let is_plain = |id: &str| !fleet.texts.iter().any(|t| t.contains(&format!("parent = \"{id}\"")));
        let customers = library.actions().iter().filter(|a| a.owner == Owner::Customer);
        let Some(id) = customers.map(|a| a.id.value.as_str()).find(|id| is_plain(id)) else { continue };
        let before = scored(&fleet.model, &fleet);
        for word in ["done", "failed-high"] {
            let supposition = match word {
                "done" => FleetSupposition::implement(library, id).unwrap(),
                _ => FleetSupposition::fail(library, id).unwrap(),
            };
            let found = suppose(&fleet, &[supposition]);
            let after: Vec<Vec<Sums>> = (0..3).map(|n| edited(&fleet, n, id, word)).collect();
            touched += found.whole.touched;
            assert_supposed(&found, &before, &after, &format!("seed {seed}, {id}={word}"));
        }
    }
    assert!(touched > 30, "{touched}");
}

/// The figures of a tenant whose profile gives an action another status, in each group that it has one for.
fn edited(fleet: &Fleet, n: usize, id: &str, word: &str) -> Vec<Sums> {
    let (model, profile, text) = (&fleet.model, &fleet.profiles[n], &fleet.texts[n]);
    let library = model.library();
    let action = library.find_action(id).unwrap();
    let groups = profile.profile().actions.iter().filter(|e| e.action == action).map(|e| e.group.as_deref());
    let mut groups: Vec<Option<&str>> = groups.collect();
    if !groups.contains(&None) {
        groups.push(None);
    }
    let set = |group: &Option<&str>| {
        let group = group.map(|g| format!("@{g}")).unwrap_or_default();
        Supposition::set(&format!("{id}{group}={word}"), library, profile.profile())
    };
    let changes: Vec<Supposition> = groups.iter().filter_map(|group| set(group).ok()).collect();
    let question = annexa::Question {
        model,
        profile,
        text,
        folder: &Unchecked,
        changes: &changes,
        from: fleet.as_of,
        to: fleet.as_of,
    };
    let next = u32::try_from(fleet.files.len()).unwrap();
    let found = what_if(&question, next).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    let profile = model.profile(&found.text, next, &Unchecked).unwrap().value;
    model.score(&profile, fleet.as_of, 0).assessments.iter().map(|a| a.figures.total).collect()
}

#[test]
fn what_is_cut_changed_or_of_another_is_refused() {
    let fleet = fleet(7, 6);
    let bytes = pack(&fleet.model, &fleet.profiles, 4);
    let options = FleetOptions { as_of: fleet.as_of, expiring_within: 90 };
    let read = |bytes: &[u8]| tallies(&fleet.model, bytes, options);
    assert_eq!(read(&bytes).unwrap().len(), 6);
    for length in 0..bytes.len() {
        let fault = read(&bytes[..length]).unwrap_err();
        assert!(matches!(fault, PackFault::NotAPack | PackFault::Cut | PackFault::Damaged(_)), "{length}: {fault}");
    }
    assert!(matches!(read(&[&bytes[..], b"more"].concat()), Err(PackFault::Cut)));
    for at in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            let fault = read(&changed).unwrap_err();
            let is_broken = matches!(fault, PackFault::Broken { .. });
            assert!(!is_broken, "{at}: the checksum does not see it: {fault}");
        }
    }
    let mut newer = bytes.clone();
    newer[12] = 9;
    let fault = read(&newer).unwrap_err();
    assert_eq!(fault, PackFault::OtherVersion(9));
    assert_eq!(fault.to_string(), "is a pack of version 9, and this annexa reads version 1");
    let other = PackHead::read(&bytes).unwrap().must_be_of(Digest::of(b"another")).unwrap_err();
    let names = [library().short(), Digest::of(b"another").short()];
    assert!(names.iter().all(|name| other.to_string().contains(name)), "{other}");
}

#[test]
fn blocks_that_nobody_wrote_end_in_an_error_and_never_in_a_panic() {
    let fleet = fleet(11, 4);
    let bytes = pack(&fleet.model, &fleet.profiles, 4);
    let index = open(&bytes).unwrap();
    let (_, good) = blocks(&bytes, &index).next().unwrap();
    let options = FleetOptions { as_of: fleet.as_of, expiring_within: 90 };
    let (mut refused, mut seed) = (0, 1_u64);
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..8_000 {
        let mut block = good.to_vec();
        for _ in 0..=random(3) {
            let at = random(block.len());
            match random(4) {
                0 => block[at] = u8::try_from(random(256)).unwrap(),
                1 => block.insert(at, u8::try_from(random(256)).unwrap()),
                2 => drop(block.remove(at)),
                _ => block.truncate(at.max(1)),
            }
        }
        // Its checksum is right: what is refused is what it says.
        let mut writer = PackWriter::new(library());
        let mut pack = writer.head();
        writer.block(&block, 4);
        pack.extend(block);
        pack.extend(writer.close());
        refused += u32::from(tallies(&fleet.model, &pack, options).is_err());
    }
    assert!(refused > 4_000, "{refused}");
}

#[test]
fn dates_go_from_the_first_to_the_last() {
    use annexa::FleetStep::{Day, Month, Week};
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let texts =
        |from, to, step| dates_between(day(from), day(to), step, 9).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(texts("2026-01-31", "2026-04-15", Month), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-15"]);
    assert_eq!(texts("2026-01-01", "2026-01-15", Week), ["2026-01-01", "2026-01-08", "2026-01-15"]);
    assert_eq!(texts("2026-01-01", "2026-01-03", Day), ["2026-01-01", "2026-01-02", "2026-01-03"]);
    assert_eq!(texts("2026-01-01", "2026-01-01", Day), ["2026-01-01"]);
}
