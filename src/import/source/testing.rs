//! What the tests of the sources use.

use super::{Format, read as read_all};
use crate::import::fact::Reading;
use crate::import::input::Input;
use crate::import::map::Map;
use crate::source::Sources;

/// Reads one text; else the messages of all faults.
pub(super) fn read(format: Format, text: &str) -> Result<Reading, Vec<String>> {
    let mut sources = Sources::default();
    let input = Input::new("file", text.as_bytes().to_vec(), &mut sources).map_err(|fault| vec![fault.message])?;
    let reading = read_all(format, &[input], &Map::default(), &sources);
    reading.map_err(|faults| faults.sorted().into_iter().map(|fault| fault.message.clone()).collect())
}
