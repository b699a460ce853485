//! Texts made small for the store, and whole again.

use super::error::{HistoryError, Result};
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::Read;

/// The longest text that is kept; a damaged one must not fill the memory.
pub(super) const MAX_TEXT: usize = 512 << 20;

/// The bytes of a text as they are kept.
pub(super) fn packed(text: &str) -> Result<Vec<u8>> {
    if text.len() > MAX_TEXT {
        let message = format!("a text or result is larger than {} MiB, the most that is kept", MAX_TEXT >> 20);
        return Err(HistoryError::Unusable { message, help: None });
    }
    let mut bytes = Vec::new();
    let mut encoder = ZlibEncoder::new(text.as_bytes(), Compression::fast());
    encoder.read_to_end(&mut bytes).map_err(|e| HistoryError::Machine(e.to_string()))?;
    Ok(bytes)
}

/// The text that was kept as these bytes.
pub(super) fn unpacked(bytes: &[u8]) -> Result<String> {
    let mut text = Vec::new();
    let limit = u64::try_from(MAX_TEXT).unwrap_or(u64::MAX);
    let read = ZlibDecoder::new(bytes).take(limit + 1).read_to_end(&mut text);
    let whole = read.ok().filter(|_| text.len() <= MAX_TEXT).and_then(|_| String::from_utf8(text).ok());
    whole.ok_or_else(|| HistoryError::damaged("a text in it cannot be read"))
}
