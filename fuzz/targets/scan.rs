//! A profile in JSON, as a fleet reads it: what the one pass takes is what the full reader takes, and the same.

#![no_main]

use annexa::{FleetOptions, FleetScorer, Model, Sources, Unchecked};
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::builtin(&mut Sources::default()));

fn scorer() -> RefCell<FleetScorer<'static>> {
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
    RefCell::new(FleetScorer::new(&MODEL, FleetOptions { as_of, expiring_within: 90 }))
}

thread_local! {
    static FAST: RefCell<FleetScorer<'static>> = scorer();
    static FULL: RefCell<FleetScorer<'static>> = scorer();
}

fuzz_target!(|text: &str| {
    FAST.with_borrow_mut(|fast| {
        if !fast.is_plain(text) {
            return;
        }
        let profile = MODEL.profile_json(text, 0, &Unchecked).expect("what the one pass takes has no fault").value;
        FULL.with_borrow_mut(|full| assert_eq!(fast.json(text, 0).expect("the same"), full.profile(&profile)));
    });
});
