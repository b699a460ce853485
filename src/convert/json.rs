//! A profile as JSON.

use super::{Keys, Written};
use serde_json::Value;

/// A profile on one line, or over several where people read it: an entry of a list has lines of its own, a list of
/// texts has one.
pub(super) fn document(keys: &Keys<'_>, is_pretty: bool) -> String {
    let mut writer = Writer { text: String::new(), is_pretty, depth: 0 };
    writer.keys(keys);
    writer.text.push('\n');
    writer.text
}

struct Writer {
    text: String,
    is_pretty: bool,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Written<'_>) {
        match value {
            Written::Text(text) => self.string(text),
            Written::Number(number) => self.text.push_str(number),
            Written::Flag(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Written::Date(date) => self.string(&date.to_string()),
            Written::Table(keys) => self.keys(keys),
            Written::List(list) => {
                let is_plain = !list.iter().any(|value| matches!(value, Written::Table(_)));
                self.many('[', list, ']', is_plain, Self::value);
            }
            Written::Tables(tables) => self.many('[', tables, ']', false, Self::keys),
        }
    }

    fn keys(&mut self, keys: &Keys<'_>) {
        self.many('{', keys, '}', false, |writer, (key, value)| {
            writer.string(key);
            writer.text.push_str(if writer.is_pretty { ": " } else { ":" });
            writer.value(value);
        });
    }

    fn many<T>(&mut self, open: char, all: &[T], close: char, is_in_line: bool, put: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        self.depth += 1;
        for (position, one) in all.iter().enumerate() {
            if position > 0 {
                self.text.push(',');
            }
            match is_in_line {
                true if position > 0 && self.is_pretty => self.text.push(' '),
                true => {}
                false => self.line(),
            }
            put(self, one);
        }
        self.depth -= 1;
        if !is_in_line && !all.is_empty() {
            self.line();
        }
        self.text.push(close);
    }

    fn line(&mut self) {
        if self.is_pretty {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push_str(&Value::from(text).to_string());
    }
}
