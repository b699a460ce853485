//! Whose profile a text is that cannot be read.

use serde::Deserialize;

/// The head of a profile, as far as it says whose it is.
#[derive(Deserialize)]
struct Head {
    organization: Organization,
}

#[derive(Deserialize)]
struct Organization {
    tenant: Option<String>,
    name: Option<String>,
}

/// The tenant that a profile names whose other parts may be wrong; nothing if the text is neither TOML nor JSON.
#[must_use]
pub fn tenant_named_in(text: &str) -> Option<String> {
    let is_json = text.trim_start().starts_with('{');
    let head: Head = if is_json { serde_json::from_str(text).ok()? } else { toml::from_str(text).ok()? };
    head.organization.tenant.or(head.organization.name)
}

#[cfg(test)]
mod tests {
    use super::tenant_named_in;

    #[test]
    fn what_can_be_told_is_told() {
        let told = [
            ("organization.name = 'A'\nx = 1", Some("A")),
            ("[organization]\nname = 'A'\ntenant = 'B'", Some("B")),
            ("{\"service\": 3, \"organization\": {\"name\": \"A\", \"x\": [1]}}", Some("A")),
            ("{\"organization\": {\"name\": \"A\"}", None),
            ("organization = 3", None),
            ("", None),
        ];
        for (text, tenant) in told {
            assert_eq!(tenant_named_in(text).as_deref(), tenant, "{text}");
        }
    }
}
