//! Texts made small for the store, and whole again.

use super::error::{HistoryError, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// The longest text that is kept; a damaged one must not fill the memory.
pub(super) const MAX_TEXT: usize = 512 << 20;

/// The byte before a text of format 2. A text of format 1 is a zlib stream, whose first byte is another.
const BROTLI: u8 = b'b';

/// Up to this length a window of 4 MiB sees all of a text; a longer one gets 16 MiB.
const SMALL: usize = 4 << 20;

/// The bytes of a text as they are kept: the rows of a result say the same again and again, but too
/// far apart for the small window of zlib.
pub(super) fn packed(text: &str) -> Result<Vec<u8>> {
    if text.len() > MAX_TEXT {
        let message = format!("a text or result is larger than {} MiB, the most that is kept", MAX_TEXT >> 20);
        return Err(HistoryError::Unusable { message, help: None });
    }
    let lgwin = if text.len() > SMALL { 24 } else { 22 };
    let params = BrotliEncoderParams { quality: 5, lgwin, size_hint: text.len(), ..Default::default() };
    let mut bytes = vec![BROTLI];
    let packed = brotli::BrotliCompress(&mut text.as_bytes(), &mut bytes, &params);
    packed.map_err(|e| HistoryError::Machine(e.to_string()))?;
    Ok(bytes)
}

/// The text that was kept as these bytes.
pub(super) fn unpacked(bytes: &[u8]) -> Result<String> {
    whole(bytes, MAX_TEXT).ok_or_else(|| HistoryError::damaged("a text in it cannot be read"))
}

fn whole(bytes: &[u8], most: usize) -> Option<String> {
    match bytes.split_first() {
        Some((&BROTLI, rest)) => read(brotli::Decompressor::new(rest, 64 << 10), most),
        _ => read(ZlibDecoder::new(bytes), most),
    }
}

fn read(stream: impl Read, most: usize) -> Option<String> {
    let mut text = Vec::new();
    let limit = u64::try_from(most).ok()?;
    stream.take(limit + 1).read_to_end(&mut text).ok()?;
    (text.len() <= most).then_some(text).and_then(|text| String::from_utf8(text).ok())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test that goes wrong should stop, with the place")]

    use super::{BROTLI, packed, unpacked, whole};
    use flate2::Compression;
    use flate2::read::ZlibEncoder;
    use std::io::Read;

    fn texts() -> Vec<String> {
        let long: String = (0..20_000).map(|n| format!("{{\"id\": {n}, \"ü\": \"{}\"}}\n", n * n)).collect();
        ["", "b", "x = 1\n", &"0".repeat(1 << 20), &long].map(str::to_owned).to_vec()
    }

    #[test]
    fn texts_of_both_formats_come_back() {
        for text in texts() {
            for level in 0..=9 {
                let mut old = Vec::new();
                ZlibEncoder::new(text.as_bytes(), Compression::new(level)).read_to_end(&mut old).expect("deflated");
                assert_ne!(old.first(), Some(&BROTLI));
                assert_eq!(unpacked(&old).as_ref(), Ok(&text));
            }
            assert_eq!(unpacked(&packed(&text).expect("packed")).as_ref(), Ok(&text));
        }
    }

    #[test]
    fn a_damaged_text_is_an_error_or_another_and_never_a_panic() {
        let text: String = (0..200).map(|n| format!("{{\"id\": {n}, \"square\": {}}}\n", n * n)).collect();
        let bytes = packed(&text).expect("packed");
        for at in 0..bytes.len() {
            assert!(unpacked(bytes.get(..at).unwrap_or_default()).is_err(), "cut at {at}");
            let mut wrong = bytes.clone();
            wrong.iter_mut().skip(at).take(1).for_each(|b| *b ^= 0x55);
            let _ = unpacked(&wrong);
        }
    }

    #[test]
    fn what_is_longer_than_any_text_is_refused() {
        let text = "0".repeat(1 << 20);
        let mut old = Vec::new();
        ZlibEncoder::new(text.as_bytes(), Compression::fast()).read_to_end(&mut old).expect("deflated");
        for bytes in [old, packed(&text).expect("packed")] {
            assert!(bytes.len() < 1 << 16);
            assert_eq!(whole(&bytes, text.len()).as_ref(), Some(&text));
            assert_eq!(whole(&bytes, text.len() - 1), None);
        }
    }
}
