//! Readers of tables stop with a panic on some broken bytes; here that is a fault of the file.

use super::read::Fault;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread reads a table just now.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Reads; whoever panics at it says nothing on standard error. What it had in hand is not used again.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_READING.get() {
                told(panic);
            }
        }));
    });
    IS_READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    read.unwrap_or_else(|_| Err("it is damaged: what it says of itself does not fit together".to_owned()))
}
