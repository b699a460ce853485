//! Ids as OSCAL tokens, and back.
//!
//! A token starts with a letter and holds letters, digits, `.`, `-` and `_`. An id that is one already is
//! its own token (`A.9.2.3`); one that starts with a digit gets `control-` before it (`control-6.1.3`), and
//! so does one that starts with a word that is set before others. A character that no token holds is
//! written as `_` and its two hexadecimal digits, `_` itself twice. A group's token is its id after `group-`.

const CONTROL: &str = "control-";
const GROUP: &str = "group-";

/// The token of a control.
pub(crate) fn control_token(id: &str) -> String {
    let starts_well = id.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_taken = id.starts_with(CONTROL) || id.starts_with(GROUP);
    let before = if starts_well && !is_taken { "" } else { CONTROL };
    format!("{before}{}", escaped(id))
}

/// The token of a group.
pub(crate) fn group_token(id: &str) -> String {
    format!("{GROUP}{}", escaped(id))
}

/// The id of a control from its token, or from an id that some other tool made: nothing is an error here,
/// for what comes out is looked up.
pub(crate) fn control_of(token: &str) -> String {
    plain(token.strip_prefix(CONTROL).unwrap_or(token))
}

fn escaped(id: &str) -> String {
    let mut token = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '_' => token.push_str("__"),
            c if c.is_ascii_alphanumeric() || c == '.' || c == '-' => token.push(c),
            c => token.push_str(&format!("_{:02X}", u32::from(c))),
        }
    }
    token
}

fn plain(token: &str) -> String {
    let mut id = String::with_capacity(token.len());
    let mut rest = token;
    while let Some((before, after)) = rest.split_once('_') {
        id.push_str(before);
        let code = after.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        rest = match (after.strip_prefix('_'), c) {
            (Some(after), _) => {
                id.push('_');
                after
            }
            (None, Some(c)) => {
                id.push(c);
                after.get(2..).unwrap_or_default()
            }
            (None, None) => {
                id.push('_');
                after
            }
        };
    }
    id.push_str(rest);
    id
}

#[cfg(test)]
mod tests {
    use super::{control_of, control_token, group_token};

    #[test]
    fn an_id_becomes_a_token_and_the_token_the_id() {
        let cases = [
            ("A.9.2.3", "A.9.2.3"),
            ("6.1.3", "control-6.1.3"),
            ("AC-2(1)", "AC-2_281_29"),
            ("a/b_c__28", "a_2Fb__c____28"),
            ("control-6.1.3", "control-control-6.1.3"),
            ("group-A", "control-group-A"),
            ("PR.AA-01", "PR.AA-01"),
        ];
        for (id, token) in cases {
            assert_eq!(control_token(id), token);
            assert_eq!(control_of(token), id);
        }
        assert_eq!(group_token("A.9"), "group-A.9");
        // What other tools write stays what it is.
        assert_eq!(control_of("ac-2.1_smt"), "ac-2.1_smt");
        assert_eq!(control_of("ü_é_"), "ü_é_");
    }
}
