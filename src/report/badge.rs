//! A badge as SVG, in the flat style that readers of README files know, and as JSON for shields.io.

use super::xml::{element, xml};
use crate::badge::{Badge, BadgeColor};
use crate::safe::safe;
use serde::Serialize;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Room beside each of the two texts, in tenths of a pixel.
const ROOM: u64 = 60;

/// The widths of the characters from `' '` to `'~'` in Verdana at 11 pixels, in tenths of a pixel.
const WIDTHS: [u64; 95] = [
    39, 43, 50, 90, 70, 118, 80, 30, 50, 50, 70, 90, 40, 50, 40, 50, // space to /
    70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 50, 50, 90, 90, 90, 60, // 0 to ?
    110, 75, 75, 77, 85, 70, 63, 85, 83, 46, 50, 76, 61, 93, 82, 87, // @ to O
    66, 87, 76, 75, 68, 81, 75, 109, 75, 68, 75, 50, 50, 50, 90, 70, // P to _
    70, 66, 69, 57, 69, 66, 39, 69, 70, 30, 38, 65, 30, 107, 70, 67, // ` to o
    69, 69, 47, 57, 43, 70, 65, 90, 65, 65, 58, 70, 50, 70, 90, // p to ~
];

/// The badge as an SVG file of its own.
#[must_use]
pub fn badge_svg(badge: &Badge) -> String {
    let (label, message) = (width(&badge.label), width(&badge.message));
    let (left, right) = (label + 2 * ROOM, message + 2 * ROOM);
    let whole = left + right;
    let said = format!("{}: {}", badge.label, badge.message);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{}\" height=\"20\" \
         viewBox=\"0 0 {whole} 200\">\n",
        xml(&said),
        whole.div_ceil(10)
    );
    element(&mut svg, "<title>", &badge.title, "</title>");
    let _ = writeln!(svg, "<path fill=\"#3d444d\" d=\"M{left} 0H30Q0 0 0 30V170Q0 200 30 200H{left}z\"/>");
    let (color, corner) = (badge.color.hex(), whole - 30);
    let _ = writeln!(
        svg,
        "<path fill=\"{color}\" d=\"M{left} 0H{corner}Q{whole} 0 {whole} 30V170Q{whole} 200 {corner} 200H{left}z\"/>"
    );
    svg.push_str("<g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"110\">\n");
    for (x, length, text) in [(ROOM, label, &badge.label), (left + ROOM, message, &badge.message)] {
        if length > 0 {
            element(&mut svg, &format!("<text x=\"{x}\" y=\"140\" textLength=\"{length}\">"), text, "</text>");
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// How wide a text is, as far as it can be known without the font; the browser makes it so.
fn width(text: &str) -> u64 {
    let one = |c: char| {
        let ascii = u32::from(c).checked_sub(32).and_then(|at| usize::try_from(at).ok());
        let columns = c.width().and_then(|columns| u64::try_from(columns).ok()).unwrap_or(0);
        ascii.and_then(|at| WIDTHS.get(at)).copied().unwrap_or(match columns {
            0 => 0,
            1 => 75,
            _ => 110,
        })
    };
    safe(text).chars().map(one).sum()
}

/// What <https://shields.io/badges/endpoint-badge> reads.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    schema_version: u32,
    label: String,
    message: String,
    color: &'static str,
    label_color: &'static str,
    is_error: bool,
}

/// The badge as shields.io reads it; an error, whose colour nobody can change, where there is no score.
#[must_use]
pub fn badge_endpoint(badge: &Badge) -> Endpoint {
    Endpoint {
        schema_version: 1,
        label: safe(&badge.label),
        message: badge.message.clone(),
        color: badge.color.hex(),
        label_color: "#3d444d",
        is_error: badge.color == BadgeColor::Grey,
    }
}

#[cfg(test)]
mod tests {
    use super::{Badge, BadgeColor, badge_svg, width};

    #[test]
    fn widths_follow_the_characters() {
        assert_eq!((width(""), width("il"), width("WM")), (0, 60, 202));
        assert_eq!((width("é"), width("統"), width("\u{301}")), (75, 110, 0));
        // A character of control is shown as it is escaped.
        assert_eq!(width("\u{7}"), width("\\u{7}"));
    }

    /// The contrast of WCAG 2.2, in hundredths.
    #[test]
    fn white_text_can_be_read_on_every_colour() {
        let luminance = |hex: &str| {
            let part = |at: usize| {
                let value = hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(255);
                let share = f64::from(value) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let all = [BadgeColor::Green, BadgeColor::Amber, BadgeColor::Red, BadgeColor::Grey].map(BadgeColor::hex);
        for color in all.into_iter().chain(["#3d444d"]) {
            let contrast = 1.05 / (luminance(color) + 0.05);
            assert!(contrast >= 4.5, "{color}: {contrast}");
        }
    }

    #[test]
    fn an_empty_label_leaves_no_text() {
        let (message, title) = ("1 %".to_owned(), String::new());
        let badge = Badge { label: String::new(), message, color: BadgeColor::Red, title };
        assert_eq!(badge_svg(&badge).matches("<text").count(), 1);
    }
}
