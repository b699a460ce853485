//! The documents of an action as the export has them: `name::https://...`.

/// A link in a cell of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called; nothing if only the address is there.
    pub name: Option<String>,
    /// The address.
    pub url: String,
}

fn is_url(text: &str) -> bool {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    is_address && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The links in a cell, and the parts that are none.
///
/// One link is the only form that is known; several are taken apart where `;;` or a line end stands.
#[must_use]
pub fn links_in(cell: &str) -> (Vec<Link>, Vec<&str>) {
    let (mut links, mut others) = (Vec::new(), Vec::new());
    for part in cell.split(['\n', '\r']).flat_map(|line| line.split(";;")).map(str::trim).filter(|p| !p.is_empty()) {
        match part.rsplit_once("::") {
            Some((name, url)) if is_url(url.trim()) => {
                let name = name.trim();
                links.push(Link { name: (!name.is_empty()).then(|| name.to_owned()), url: url.trim().to_owned() });
            }
            _ if is_url(part) => links.push(Link { name: None, url: part.to_owned() }),
            _ => others.push(part),
        }
    }
    (links, others)
}

impl Link {
    /// As it is written.
    pub(super) fn text(&self) -> String {
        let name = self.name.as_deref().unwrap_or(&self.url).replace("::", ": ");
        format!("{name}::{}", self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::links_in;

    #[test]
    fn what_is_a_link_is_told_from_what_is_none() {
        let (links, others) = links_in("Policy::https://a.example/p;;https://b.example\nplan.docx; C::ftp://x");
        let texts: Vec<String> = links.iter().map(super::Link::text).collect();
        assert_eq!(texts, ["Policy::https://a.example/p", "https://b.example::https://b.example"]);
        assert_eq!(others, ["plan.docx; C::ftp://x"]);
        assert_eq!(links_in(" \n "), (Vec::new(), Vec::new()));
    }
}
