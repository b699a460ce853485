//! How cells look: the formats of a workbook in the reader's language.

use crate::locale::{Words, msg};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The colour of headings, and of the first series of a chart.
pub(super) const DEEP: Color = Color::RGB(0x1F_4E_79);
/// The colour of the second series of a chart.
pub(super) const LIGHT: Color = Color::RGB(0x9D_C3_E6);
/// The colour of what is missing in a chart.
pub(super) const MISSING: Color = Color::RGB(0xC5_5A_11);
/// The colour of a line under a heading.
const LINE: Color = Color::RGB(0xD9_D9_D9);

/// How good or bad something is, as cells are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Good,
    Warn,
    Bad,
    Quiet,
}

impl Mood {
    /// Letters and ground, with a contrast of at least 4.5 to 1.
    pub(super) fn format(self) -> Format {
        let (letters, ground) = match self {
            Self::Good => (0x00_61_00, 0xC6_EF_CE),
            Self::Warn => (0x7F_4F_00, 0xFF_EB_9C),
            Self::Bad => (0x9C_00_06, 0xFF_C7_CE),
            Self::Quiet => (0x59_59_59, 0xED_ED_ED),
        };
        Format::new().set_font_color(Color::RGB(letters)).set_background_color(Color::RGB(ground))
    }
}

/// The formats of a workbook.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) name: Format,
    pub(super) head: Format,
    /// The same above numbers.
    pub(super) head_right: Format,
    pub(super) text: Format,
    /// A text that stands among numbers.
    pub(super) right: Format,
    /// A text that may reach over the cells beside it.
    pub(super) loose: Format,
    pub(super) link: Format,
    pub(super) date: Format,
    /// The number format of dates.
    pub(super) date_form: String,
    pub(super) percent: Format,
    pub(super) points: Format,
    /// Points with all their decimals.
    pub(super) exact: Format,
    pub(super) count: Format,
    /// Where there is no score.
    pub(super) none: Format,
}

impl Looks {
    pub(super) fn new(words: &Words) -> Self {
        let head = || {
            Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_font_color(Color::White)
                .set_background_color(DEEP)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(LINE)
        };
        let plain = || Format::new().set_align(FormatAlign::Top);
        // Numbers end where texts begin, so these keep off.
        let left = || plain().set_align(FormatAlign::Left).set_indent(1);
        // The forms of the language, with the signs of a number format in the place of digits.
        let part = |name: &'static str, sign: &'static str| (name, sign.into());
        let date = words.with(msg::FORM_DATE, &[part("year", "yyyy"), part("month", "mm"), part("day", "dd")]);
        let percent = words.with(msg::FORM_PERCENT, &[part("number", "0.00")]);
        Self {
            title: Format::new().set_bold().set_font_size(18).set_font_color(DEEP),
            heading: Format::new().set_bold().set_font_size(13).set_font_color(DEEP),
            name: plain().set_bold(),
            head: head(),
            head_right: head().set_align(FormatAlign::Right).set_indent(0),
            text: left().set_text_wrap(),
            right: plain().set_align(FormatAlign::Right),
            loose: plain(),
            link: left().set_text_wrap().set_hyperlink(),
            date: left().set_num_format(&date),
            date_form: date,
            percent: plain().set_num_format(percent),
            points: plain().set_num_format("#,##0.0"),
            exact: plain().set_num_format("#,##0.0###"),
            count: plain().set_num_format("#,##0"),
            none: plain().set_align(FormatAlign::Right).set_font_color(Color::RGB(0x59_59_59)),
        }
    }
}
