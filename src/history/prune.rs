//! Snapshots taken away, while their leaf stays in the log.

use super::error::Result;
use super::read::{self, Kept};
use super::{History, signed};
use chrono::NaiveDate;
use rusqlite::params;
use std::collections::BTreeMap;

/// Which snapshots stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many of each tenant, those of the latest dates.
    Last(u32),
    /// Those of this date and later.
    From(NaiveDate),
}

impl History {
    /// The snapshots that would go, of one tenant or of all.
    ///
    /// # Errors
    /// That the tenant is not known, or what is damaged.
    pub fn to_prune(&self, keep: Keep, tenant: Option<&str>) -> Result<Vec<Kept>> {
        let mut all = self.list(tenant)?;
        match keep {
            Keep::From(day) => all.retain(|kept| kept.identity.as_of < day),
            Keep::Last(count) => {
                let mut left: BTreeMap<String, u32> = BTreeMap::new();
                all.reverse();
                all.retain(|kept| {
                    let seen = left.entry(kept.identity.tenant.clone()).or_default();
                    *seen = seen.saturating_add(1);
                    *seen > count
                });
                all.reverse();
            }
        }
        Ok(all)
    }

    /// Takes these snapshots away, with the texts that no other needs; their leaves stay.
    ///
    /// # Errors
    /// Why nothing was taken away.
    pub fn prune(&mut self, snapshots: &[Kept], at: &str) -> Result<()> {
        let transaction = self.writing()?;
        for kept in snapshots {
            let position = signed(kept.position);
            // Somebody else may have pruned it since it was listed.
            if read::snapshots(&transaction, "WHERE s.position = ?1", [position])?.is_empty() {
                continue;
            }
            for table in ["snapshot", "result", "assessment", "control", "action"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE position = ?1"), [position])?;
            }
            transaction.execute("UPDATE leaf SET pruned_at = ?2 WHERE position = ?1", params![position, at])?;
            transaction.execute("UPDATE log SET live = live - 1", [])?;
            transaction.execute("UPDATE tenant SET live = live - 1 WHERE name = ?1", [&kept.identity.tenant])?;
        }
        for unused in [
            "DELETE FROM tenant WHERE live = 0",
            "DELETE FROM library WHERE id NOT IN (SELECT library FROM snapshot)",
            "DELETE FROM library_file WHERE library NOT IN (SELECT id FROM library)",
            "DELETE FROM text WHERE id NOT IN (SELECT profile FROM snapshot UNION SELECT text FROM library_file)",
            "DELETE FROM name WHERE id NOT IN (SELECT template FROM assessment UNION SELECT framework FROM assessment \
             UNION SELECT in_group FROM assessment UNION SELECT control FROM control UNION SELECT status FROM control \
             UNION SELECT action FROM action)",
        ] {
            transaction.execute(unused, [])?;
        }
        Ok(transaction.commit()?)
    }
}
