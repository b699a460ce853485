//! The tree of an explanation as a table: a line for each figure, those it rests on drawn under it.

use super::style::{Style, safe};
use super::table::align_right;
use super::text::line;
use crate::choice::Choice;
use crate::explain::{Effect, Location, Node, NodeKind, State};
use crate::points::Amount;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use std::cmp::Reverse;

const HEADER: [&str; 12] = [
    "",
    "Points",
    "of",
    "Assured",
    "Lost",
    "Assured lost",
    "Added",
    "Assured added",
    "State",
    "Until",
    "Serves",
    "Where",
];
/// The columns with numbers, which stand to the right.
const NUMBERS: std::ops::RangeInclusive<usize> = 1..=7;
const UNTIL: usize = 9;
const SERVES: usize = 10;
/// How narrow the controls served may get.
const SERVES_WIDTH: u16 = 12;

/// The cells of a line, its state uncoloured among them.
struct Row {
    label: String,
    cells: [String; HEADER.len() - 1],
    state: Option<State>,
}

/// The tree under `root`, if it has one; of more than `limit` actions that rest on a service or on
/// evidence those with the most points, of more in a control those that apply.
pub(super) fn tree(text: &mut String, root: &Node, limit: Option<usize>, style: Style) {
    let mut drawing = Drawing { rows: Vec::new(), root, limit };
    drawing.add(root, "", "");
    if drawing.rows.len() < 2 {
        return;
    }
    line(text, "");
    let (table, columns) = fitted(&drawing.rows, root, style.width);
    let mut next = drawing.rows.iter().peekable();
    for (n, shown) in table.lines().enumerate() {
        // A row may go on over several lines, of which only the first has the label.
        let starts = |row: &&Row| shown.strip_prefix(' ').is_some_and(|l| l.starts_with(&row.label));
        match next.next_if(|row| n > 0 && starts(row)) {
            _ if n == 0 => line(text, &style.heading(shown.trim_end())),
            Some(row) => line(text, &colored(&shown, row, style)),
            None => line(text, &shown),
        }
    }
    if !columns.contains(&SERVES) {
        drawing.rows.iter().for_each(|row| serves(text, row, root, style));
    }
}

/// The controls that an action serves, where the table had no room for them.
fn serves(text: &mut String, row: &Row, root: &Node, style: Style) {
    let verb = if root.kind == NodeKind::Control { "also serves" } else { "serves" };
    if let Some(controls) = row.cells.get(SERVES - 1).filter(|controls| !controls.is_empty()) {
        let id = row.label.trim_start_matches(['|', '`', '-', ' ']);
        line(text, &style.wrapped("  ", &format!("{id} {verb} {controls}")));
    }
}

/// The line with its state in its colour. Cells are coloured once they are laid out, for a table
/// counts the marks of a colour as characters.
fn colored(shown: &str, row: &Row, style: Style) -> String {
    let Some(state) = row.state else { return shown.to_owned() };
    // Between the label and the state there are only numbers.
    let (label, rest) = shown.split_at_checked(row.label.len() + 1).unwrap_or((shown, ""));
    format!("{label}{}", rest.replacen(state.word(), &tone(state, style), 1))
}

/// The rows as a table without empty columns, as narrow as the terminal where that can be: the
/// controls served are wrapped, the days left out, at last both.
fn fitted(rows: &[Row], root: &Node, width: Option<u16>) -> (Table, Vec<usize>) {
    let is_used = |column: usize| rows.iter().any(|r| r.cells.get(column - 1).is_some_and(|c| !c.is_empty()));
    let used: Vec<usize> = (1..HEADER.len()).filter(|column| is_used(*column)).collect();
    let without =
        |left_out: &[usize]| -> Vec<usize> { used.iter().copied().filter(|c| !left_out.contains(c)).collect() };
    let Some(width) = width else { return (table(rows, &used, root), used) };
    for columns in [without(&[]), without(&[UNTIL])] {
        let mut table = table(rows, &columns, root);
        let serves = columns.iter().position(|c| *c == SERVES).map(|n| n + 1);
        let widths = table.column_max_content_widths();
        let least = |(n, width): (usize, &u16)| 2 + if Some(n) == serves { SERVES_WIDTH.min(*width) } else { *width };
        if widths.iter().enumerate().map(least).sum::<u16>() <= width {
            for n in (0..widths.len()).filter(|n| Some(*n) != serves) {
                table.column_mut(n).map(|column| column.set_constraint(ColumnConstraint::ContentWidth));
            }
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
            return (table, columns);
        }
    }
    let columns = without(&[UNTIL, SERVES]);
    (table(rows, &columns, root), columns)
}

fn table(rows: &[Row], columns: &[usize], root: &Node) -> Table {
    let title = |column: &usize| match *column {
        SERVES if root.kind == NodeKind::Control => Some("Also serves"),
        column => HEADER.get(column).copied(),
    };
    let header: Vec<&str> = std::iter::once("").chain(columns.iter().filter_map(title)).collect();
    let mut table = Style::PLAIN.table(&header);
    for row in rows {
        let cells = columns.iter().filter_map(|column| row.cells.get(column - 1));
        table.add_row(std::iter::once(&row.label).chain(cells));
    }
    let numbers: Vec<usize> = (1..).zip(columns).filter(|(_, c)| NUMBERS.contains(c)).map(|(n, _)| n).collect();
    align_right(&mut table, &numbers);
    table
}

struct Drawing<'a> {
    rows: Vec<Row>,
    root: &'a Node,
    limit: Option<usize>,
}

impl Drawing<'_> {
    /// Adds the line of `node`, led in by `lead`, and those under it, led in by `below`.
    fn add(&mut self, node: &Node, lead: &str, below: &str) {
        self.rows.push(self.row(node, lead));
        let all = node.children.iter().filter(|c| self.is_drawn(c));
        let (shown, note) = self.shortened(node, all.collect());
        let count = shown.len();
        for (n, child) in (1..).zip(shown) {
            let (branch, trunk) = if n == count && note.is_none() { ("`- ", "   ") } else { ("|- ", "|  ") };
            self.add(child, &format!("{below}{branch}"), &format!("{below}{trunk}"));
        }
        if let Some(note) = note {
            let label = format!("{below}`- and {note}, shown by `--all`");
            self.rows.push(Row { label, cells: Default::default(), state: None });
        }
    }

    /// The actions of a side without what is too much to read, and what that is.
    fn shortened<'n>(&self, side: &Node, mut list: Vec<&'n Node>) -> (Vec<&'n Node>, Option<String>) {
        let Some(limit) = self.limit.filter(|_| side.kind == NodeKind::Side) else { return (list, None) };
        let count = list.len();
        if self.root.rests.is_some() {
            let weight = |e: Option<Effect>| e.map(|e| (e.achieved, e.assured));
            list.sort_by_key(|c| Reverse((weight(c.rests), weight(c.gains))));
            list.truncate(limit);
            let more = count - list.len();
            return (list, (more > 0).then(|| format!("{more} more")));
        }
        if count > limit {
            list.retain(|c| c.state != Some(State::NotApplicable));
        }
        let more = count - list.len();
        (list, (more > 0).then(|| format!("{more} that are `{}`", State::NotApplicable.word())))
    }

    fn is_drawn(&self, node: &Node) -> bool {
        match node.kind {
            NodeKind::Service | NodeKind::Evidence => false,
            NodeKind::Place => self.root.kind == NodeKind::Evidence,
            NodeKind::Score
            | NodeKind::Assessment
            | NodeKind::Side
            | NodeKind::Domain
            | NodeKind::CountedAgain
            | NodeKind::Control
            | NodeKind::Action => true,
        }
    }

    fn row(&self, node: &Node, lead: &str) -> Row {
        let sign = if node.kind == NodeKind::CountedAgain { "-" } else { "" };
        let figure = |amount: Option<Amount>| match amount {
            Some(Amount::ZERO) => "0".to_owned(),
            Some(amount) => format!("{sign}{}", amount.exact()),
            None => String::new(),
        };
        let (figures, rests, gains) = (node.figures, node.rests, node.gains);
        let others = node.serves.iter().filter(|c| **c != self.root.id).map(String::as_str);
        let place = node.place.as_ref().filter(|_| node.kind == NodeKind::Place);
        let cells = [
            figure(figures.map(|f| f.achieved)),
            figure(figures.map(|f| f.possible)),
            figure(figures.map(|f| f.assured)),
            figure(rests.map(|r| r.achieved)),
            figure(rests.map(|r| r.assured)),
            figure(gains.map(|g| g.achieved)),
            figure(gains.map(|g| g.assured)),
            node.state.map_or("", Choice::word).to_owned(),
            node.until.map(|d| d.to_string()).unwrap_or_default(),
            others.collect::<Vec<_>>().join(" "),
            place.map(at).unwrap_or_default(),
        ];
        Row { label: format!("{lead}{}", self.label(node)), cells, state: node.state }
    }

    fn label(&self, node: &Node) -> String {
        if std::ptr::eq(node, self.root) {
            return safe(&node.id);
        }
        match node.kind {
            NodeKind::Domain | NodeKind::Control => format!("{} {}", safe(&node.id), safe(&node.title)),
            NodeKind::Assessment => {
                let group = node.assessment.as_ref().map(|a| safe(&a.group)).unwrap_or_default();
                format!("{}, group {group}", safe(&node.id))
            }
            NodeKind::CountedAgain => safe(&node.title),
            NodeKind::Place if node.id.is_empty() => "the action as a whole".to_owned(),
            NodeKind::Score
            | NodeKind::Side
            | NodeKind::Action
            | NodeKind::Place
            | NodeKind::Service
            | NodeKind::Evidence => safe(&node.id),
        }
    }
}

/// `tenant.toml:112`.
pub(super) fn at(location: &Location) -> String {
    format!("{}:{}", safe(&location.file), location.line)
}

/// The word of a state in its colour.
pub(super) fn tone(state: State, style: Style) -> String {
    let word = state.word();
    match state {
        State::Covered | State::Attested | State::Current => style.good(word),
        State::Partial | State::NotAssessed | State::NotYet => style.warn(word),
        State::Gap | State::Unmapped | State::Unattested | State::Retired | State::External | State::Lapsed => {
            style.bad(word)
        }
        State::Excluded | State::NotInScope | State::NotApplicable | State::NotUsed => style.faint(word),
    }
}
