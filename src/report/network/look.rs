//! What all drawings of a graph say and how states look: a few looks, told apart by lines as well as colours.

use crate::choice::Choice;
use crate::explain::State;
use crate::locale::{Words, msg};
use crate::network::{Network, NetworkKind, NetworkNode};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How a node looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It stands as it should.
    Good,
    /// It does in part, or will.
    Part,
    /// It does not.
    Bad,
    /// Nobody has said.
    Unknown,
    /// It is not asked for.
    Aside,
}

impl Look {
    pub(super) const ALL: [Self; 5] = [Self::Good, Self::Part, Self::Bad, Self::Unknown, Self::Aside];

    pub(super) fn of(state: Option<State>) -> Self {
        match state {
            Some(State::Covered | State::Attested | State::Current) => Self::Good,
            Some(State::Partial | State::NotYet) => Self::Part,
            Some(State::Gap | State::Unattested | State::Lapsed | State::Unmapped | State::Retired) => Self::Bad,
            Some(State::NotAssessed | State::External) => Self::Unknown,
            Some(State::Excluded | State::NotInScope | State::NotApplicable | State::NotUsed) | None => Self::Aside,
        }
    }

    /// The name of its style.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Part => "part",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
            Self::Aside => "aside",
        }
    }

    /// The colours of its ground and of its border, on white: text in #1f2328 has a contrast of 7 to 1 on
    /// every ground, and every border one of 4.5 to 1.
    pub(super) fn colors(self) -> (&'static str, &'static str) {
        match self {
            Self::Good => ("#dafbe1", "#1a7f37"),
            Self::Part => ("#fff8c5", "#8a6100"),
            Self::Bad => ("#ffebe9", "#b42318"),
            Self::Unknown => ("#ffffff", "#59636e"),
            Self::Aside => ("#f6f8fa", "#59636e"),
        }
    }
}

/// How a node stands, in a word.
pub(super) fn stands(node: &NetworkNode, words: &Words) -> String {
    node.state.map_or_else(|| words.text(msg::FORM_NO_SCORE), |state| words.word(state)).into_owned()
}

/// The title of a node; an assessment is told apart from others of its template by its group.
pub(super) fn named<'n>(node: &'n NetworkNode, words: &Words) -> Cow<'n, str> {
    match &node.assessment {
        Some(assessment) if node.kind == NetworkKind::Assessment => {
            let (group, title) = (assessment.group.as_str(), node.title.as_str());
            Cow::Owned(words.with(msg::GRAPH_ASSESSMENT, &[("group", group.into()), ("title", title.into())]))
        }
        _ => Cow::Borrowed(&node.title),
    }
}

/// What nodes of a kind are called.
pub(super) fn plural(kind: NetworkKind, words: &Words) -> Cow<'_, str> {
    words.text(match kind {
        NetworkKind::Assessment => msg::GRAPH_ASSESSMENTS,
        NetworkKind::Domain => msg::GRAPH_DOMAINS,
        NetworkKind::Control => msg::GRAPH_CONTROLS,
        NetworkKind::Action => msg::GRAPH_ACTIONS,
        NetworkKind::Service => msg::GRAPH_SERVICES,
        NetworkKind::Evidence => msg::GRAPH_EVIDENCE,
    })
}

/// What the graph is of.
pub(super) fn title(network: &Network, words: &Words) -> String {
    let (organization, tenant) = (network.organization.as_str().into(), network.tenant.as_str().into());
    let date = words.date(network.as_of).into();
    let head = [("organization", organization), ("tenant", tenant), ("date", date)];
    match &network.around {
        None => words.with(msg::GRAPH_TITLE, &head),
        Some(around) => {
            let id = ("id", around.id.as_str().into());
            words.with(msg::GRAPH_TITLE_AROUND, &head.into_iter().chain([id]).collect::<Vec<_>>())
        }
    }
}

/// What is seen, in a sentence.
pub(super) fn description(network: &Network, words: &Words) -> String {
    let counted = |name: &str, count: usize| format!("{name} {}", words.whole(count));
    let kinds = network.kinds();
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| counted(&plural(*kind, words), *count)).collect();
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for state in network.nodes.iter().filter_map(|node| node.state) {
        *states.entry(state).or_default() += 1;
    }
    let states: Vec<String> = states.iter().map(|(state, count)| counted(&words.word(*state), *count)).collect();
    let list = |items: &[String]| words.list(items.iter().map(String::as_str));
    let count = words.whole(network.links.len());
    words.with(
        msg::GRAPH_DESCRIPTION,
        &[("kinds", list(&kinds).into()), ("states", list(&states).into()), ("count", count.into())],
    )
}

/// What a look stands for: the words of its states.
pub(super) fn told(look: Look, words: &Words) -> String {
    let states = State::WORDS.iter().filter_map(|word| State::from_word(word));
    let states: Vec<Cow<'_, str>> = states.filter(|s| Look::of(Some(*s)) == look).map(|s| words.word(s)).collect();
    words.list(states.iter().map(AsRef::as_ref))
}
