//! Numbers as a language writes them. The marks are those of CLDR for the six languages.

use super::Locale;
use fluent_bundle::FluentValue;

/// The mark between groups of three digits, and that before decimals.
fn marks(locale: Locale) -> (char, char) {
    match locale {
        Locale::French => ('\u{202f}', ','),
        Locale::Italian => ('.', ','),
        Locale::English | Locale::Japanese | Locale::Korean | Locale::TraditionalChinese => (',', '.'),
    }
}

/// The digits of a number in groups of three, its point as the language has it.
pub(super) fn grouped(number: &str, locale: Locale) -> String {
    let (group, decimal) = marks(locale);
    let (sign, digits) = match number.strip_prefix(['-', '+']) {
        Some(rest) => number.split_at(number.len() - rest.len()),
        None => ("", number),
    };
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut text = sign.to_owned();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if let Some(part) = part {
        text.push(decimal);
        text.push_str(part);
    }
    text
}

/// How a number that stands in a message is written.
pub(super) fn number(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), locale)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, grouped};

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!(grouped("0", Locale::English), "0");
        assert_eq!(grouped("999.5", Locale::English), "999.5");
        assert_eq!(grouped("1000", Locale::English), "1,000");
        assert_eq!(grouped("1234567.8", Locale::Italian), "1.234.567,8");
        assert_eq!(grouped("-1234.5", Locale::French), "-1\u{202f}234,5");
        assert_eq!(grouped("-100", Locale::Korean), "-100");
    }
}
