//! What holds in every language.

#![expect(clippy::unwrap_used, reason = "a test that goes wrong should stop, with the place")]

use super::{Locale, Words};
use crate::points::Percent;

#[test]
fn numbers_and_dates_are_written_as_each_language_does() {
    let date = "2021-02-09".parse().unwrap();
    let seen: Vec<String> = Locale::ALL
        .map(|locale| {
            let words = Words::of(locale);
            let percent = words.percent(Some(Percent::from_hundredths(7_210)));
            format!("{percent} | {} | {} | {}", words.whole(12_345), words.date(date), words.long_date(date))
        })
        .into();
    let expected = [
        "72.1 % | 12,345 | 2021-02-09 | 9 February 2021",
        "72,1\u{202f}% | 12\u{202f}345 | 09/02/2021 | 9 février 2021",
        "72,1% | 12.345 | 09/02/2021 | 9 febbraio 2021",
        "72.1% | 12,345 | 2021/02/09 | 2021年2月9日",
        "72.1% | 12,345 | 2021. 02. 09. | 2021년 2월 9일",
        "72.1% | 12,345 | 2021/02/09 | 2021年2月9日",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn the_first_of_a_month_has_its_own_form() {
    let date = "2021-05-01".parse().unwrap();
    let seen = Locale::ALL.map(|locale| Words::of(locale).long_date(date));
    let expected = ["1 May 2021", "1er mai 2021", "1º maggio 2021", "2021年5月1日", "2021년 5월 1일", "2021年5月1日"];
    assert_eq!(seen, expected);
}
