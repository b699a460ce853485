//! What a proof shows, for people.

use super::style::{Style, safe};
use crate::points::Percent;
use crate::snapshot::ProvedSnapshot;
use std::fmt::Write;

/// The snapshot that was proved, line by line.
#[must_use]
pub fn proof_text(proved: &ProvedSnapshot, style: Style) -> String {
    let (identity, listed) = (&proved.identity, &proved.snapshot);
    let percent = |p: Option<Percent>| p.map_or_else(|| "n/a".to_owned(), |p| format!("{p} %"));
    let points = format!("{} of {} points", listed.achieved.rounded(), listed.possible);
    let mut rows = vec![
        ("tenant", safe(&identity.tenant)),
        ("as of", identity.as_of.to_string()),
        ("score", format!("{}, {points}", percent(listed.percent))),
        ("assurance", format!("{}, {} points", percent(listed.assurance_percent), listed.assured.rounded())),
        ("unassessed", format!("{} points", listed.unassessed.rounded())),
        ("recorded", format!("{} by annexa {}", safe(&identity.recorded_at), safe(&identity.engine))),
        ("expiring within", format!("{} days", identity.expiring_within)),
    ];
    for (name, text) in [("note", &identity.note), ("subject", &identity.subject), ("commit", &identity.commit)] {
        rows.extend(text.as_deref().map(|text| (name, safe(text))));
    }
    let held = |held: Option<bool>| match held {
        Some(true) => style.good("  the file has it"),
        Some(false) => style.bad("  the file has another"),
        None => String::new(),
    };
    rows.push(("profile", format!("{}{}", identity.profile, held(proved.profile_is_recorded))));
    rows.push(("library", identity.library.to_string()));
    rows.push(("result", format!("{}{}", identity.result, held(proved.result_is_recorded))));
    let mut text = format!(
        "{}: snapshot {} is leaf {} of {} in the log {}\n",
        style.good("Proved"),
        style.heading(&listed.id),
        proved.index.saturating_add(1),
        proved.size,
        safe(&proved.log),
    );
    for (name, value) in rows {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {name:<16} {value}");
    }
    let _ = writeln!(text, "  {:<16} {}", "leaf", proved.leaf);
    let _ = writeln!(text, "  {:<16} {}", "root", proved.root);
    text
}
