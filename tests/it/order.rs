//! The order of entries, of lists and of files changes no byte; nor does asking twice.

use crate::random::{Case, case};
use annexa::report::to_json;
use annexa::{Library, LibraryText, Model, Unchecked};
use toml::{Table, Value};

fn bytes(files: &[(String, String)], profile: &str, case: &Case) -> String {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let tenant = model.profile(profile, 0, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{profile}")).value;
    let within = u32::try_from(case.expiring_within).unwrap();
    let first = to_json(&model.score(&tenant, case.as_of, within)).unwrap();
    assert!(first == to_json(&model.score(&tenant, case.as_of, within)).unwrap(), "asked twice");
    first
}

/// SplitMix64, apart from the one that makes the cases.
pub(crate) struct Shuffle(u64);

impl Shuffle {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn list<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// Every list of a table and of the tables in it, but those whose order means something.
    fn table(&mut self, table: &mut Table) {
        for (key, value) in table.iter_mut() {
            // The order of the controls in their file is the order of the catalogue.
            self.value(value, key != "control");
        }
    }

    fn value(&mut self, value: &mut Value, is_free: bool) {
        match value {
            Value::Table(table) => self.table(table),
            Value::Array(list) => {
                list.iter_mut().for_each(|value| self.value(value, true));
                if is_free {
                    self.list(list);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn text(&mut self, text: &str) -> String {
        let mut table: Table = text.parse().expect("TOML");
        self.table(&mut table);
        table.to_string()
    }
}

#[test]
fn of_entries_lists_and_files_changes_no_byte() {
    let mut moved = 0;
    for seed in 20_000..20_400 {
        let case = case(seed);
        let before = bytes(&case.files, &case.profile, &case);
        for round in 0..2 {
            let mut shuffle = Shuffle(seed * 2 + round);
            let mut files: Vec<(String, String)> =
                case.files.iter().map(|(path, text)| (path.clone(), shuffle.text(text))).collect();
            shuffle.list(&mut files);
            let profile = shuffle.text(&case.profile);
            moved += usize::from(profile != case.profile.parse::<Table>().unwrap().to_string());
            let after = bytes(&files, &profile, &case);
            let lines = before.lines().zip(after.lines()).find(|(before, after)| before != after);
            assert!(before == after, "seed {seed}: {lines:#?}");
        }
    }
    assert!(moved > 500, "{moved} profiles were shuffled");
}
