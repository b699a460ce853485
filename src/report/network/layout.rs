//! Where the nodes of a drawing stand: columns by kind, and in each an order with few crossings.
//!
//! [`Layout::new`] sweeps over the columns to and fro, orders each by where the neighbours of its nodes stand, and
//! keeps the order with the fewest crossings; then nodes move towards their neighbours as far as there is room.
//! Layout libraries were looked at: they find the columns themselves, which here are given, and reckon with
//! floating-point numbers, by which a drawing could differ between machines. Here all numbers are whole.

/// How often the columns are swept over.
const SWEEPS: usize = 12;
/// Positions in a column are compared on a scale of this length, whatever the number of nodes in each.
const SCALE: usize = 1_000_000;

/// Where each node stands.
pub(super) struct Layout {
    /// For each node, how far down its middle is.
    pub(super) y: Vec<u64>,
    /// How high the whole is.
    pub(super) height: u64,
}

/// The nodes and links to lay out.
struct Drawn<'a> {
    column_of: &'a [usize],
    /// How much room each node takes.
    rows: &'a [u64],
    /// For each node, those that it is linked with in other columns.
    beside: Vec<Vec<usize>>,
    links: Vec<(usize, usize)>,
}

impl Layout {
    /// The layout of nodes, each in the column given and of the height given, with `links` between them.
    pub(super) fn new(column_of: &[usize], rows: &[u64], links: &[(usize, usize)]) -> Self {
        let count = column_of.iter().max().map_or(0, |last| last + 1);
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, column) in column_of.iter().enumerate() {
            columns.get_mut(*column).into_iter().for_each(|column| column.push(node));
        }
        let mut drawn = Drawn { column_of, rows, beside: vec![Vec::new(); column_of.len()], links: Vec::new() };
        for (from, to) in links.iter().copied() {
            if column_of.get(from) != column_of.get(to) {
                drawn.links.push((from, to));
                drawn.beside.get_mut(from).into_iter().for_each(|list| list.push(to));
                drawn.beside.get_mut(to).into_iter().for_each(|list| list.push(from));
            }
        }
        let columns = drawn.ordered(columns);
        let height = columns.iter().map(|column| drawn.total(column)).max().unwrap_or(0);
        Self { y: drawn.heights(&columns, height), height }
    }
}

impl Drawn<'_> {
    fn row(&self, node: usize) -> u64 {
        self.rows.get(node).copied().unwrap_or(0)
    }

    fn total(&self, column: &[usize]) -> u64 {
        column.iter().map(|node| self.row(*node)).sum()
    }

    fn column(&self, node: usize) -> usize {
        self.column_of.get(node).copied().unwrap_or(0)
    }

    /// The columns in an order with few crossings.
    fn ordered(&self, mut columns: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut best = columns.clone();
        let mut fewest = self.crossings(&columns);
        for sweep in 0..SWEEPS {
            let order: Vec<usize> =
                if sweep % 2 == 0 { (0..columns.len()).collect() } else { (0..columns.len()).rev().collect() };
            for at in order {
                let places = self.places(&columns);
                let is_done = |other: &usize| if sweep % 2 == 0 { *other < at } else { *other > at };
                let Some(column) = columns.get_mut(at) else { continue };
                let mut keyed: Vec<(usize, usize)> = Vec::with_capacity(column.len());
                for (place, node) in column.iter().enumerate() {
                    let near = self.beside.get(*node).into_iter().flatten().filter(|n| is_done(&self.column(**n)));
                    let near: Vec<usize> = near.filter_map(|n| places.get(*n).copied()).collect();
                    let own = scaled(place, keyed.capacity());
                    keyed.push((mean(&near).unwrap_or(own), *node));
                }
                keyed.sort_by_key(|(key, _)| *key);
                *column = keyed.into_iter().map(|(_, node)| node).collect();
            }
            let crossings = self.crossings(&columns);
            if crossings < fewest {
                fewest = crossings;
                best.clone_from(&columns);
            }
        }
        best
    }

    /// For each node, how far down its column it stands.
    fn places(&self, columns: &[Vec<usize>]) -> Vec<usize> {
        let mut places = vec![0; self.column_of.len()];
        for column in columns {
            for (place, node) in column.iter().enumerate() {
                if let Some(slot) = places.get_mut(*node) {
                    *slot = scaled(place, column.len());
                }
            }
        }
        places
    }

    fn crossings(&self, columns: &[Vec<usize>]) -> u64 {
        let mut at = vec![0; self.column_of.len()];
        for column in columns {
            for (place, node) in column.iter().enumerate() {
                at.get_mut(*node).into_iter().for_each(|slot| *slot = place);
            }
        }
        let place = |node: usize| at.get(node).copied().unwrap_or(0);
        let mut ends: Vec<(usize, usize, usize, usize)> = Vec::with_capacity(self.links.len());
        for (from, to) in self.links.iter().copied() {
            let (left, right) = if self.column(from) < self.column(to) { (from, to) } else { (to, from) };
            ends.push((self.column(left), self.column(right), place(left), place(right)));
        }
        ends.sort_unstable();
        ends.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(|same| inversions(same.iter().map(|end| end.3))).sum()
    }

    /// The middle of each node: as near to the mean of its neighbours as the order of its column leaves room.
    fn heights(&self, columns: &[Vec<usize>], height: u64) -> Vec<u64> {
        let mut y = vec![0; self.column_of.len()];
        for column in columns {
            let mut top = (height - self.total(column).min(height)) / 2;
            for node in column {
                y.get_mut(*node).into_iter().for_each(|slot| *slot = top + self.row(*node) / 2);
                top += self.row(*node);
            }
        }
        for pass in 0..SWEEPS {
            let forward = pass % 2 == 0;
            let order: Vec<&Vec<usize>> =
                if forward { columns.iter().collect() } else { columns.iter().rev().collect() };
            for column in order {
                let wanted: Vec<(u64, u64)> =
                    column.iter().map(|node| (self.wanted(*node, &y), self.row(*node))).collect();
                for (node, found) in column.iter().zip(settled(&wanted, height)) {
                    y.get_mut(*node).into_iter().for_each(|slot| *slot = found);
                }
            }
        }
        y
    }

    fn wanted(&self, node: usize, y: &[u64]) -> u64 {
        let own = y.get(node).copied().unwrap_or(0);
        let near = self.beside.get(node).into_iter().flatten().filter_map(|n| y.get(*n));
        let (count, sum) = near.fold((0_u64, 0_u64), |(count, sum), y| (count + 1, sum.saturating_add(*y)));
        sum.checked_div(count).unwrap_or(own)
    }
}

/// Middles in the order wanted, each with the room it takes around it, all within `height`.
fn settled(wanted: &[(u64, u64)], height: u64) -> Vec<u64> {
    let (mut found, mut above): (Vec<u64>, u64) = (Vec::with_capacity(wanted.len()), 0);
    for (want, row) in wanted {
        let middle = (*want).max(above + row / 2);
        found.push(middle);
        above = middle + row - row / 2;
    }
    let mut below = height;
    for (middle, (_, row)) in found.iter_mut().zip(wanted).rev() {
        *middle = (*middle).min(below.saturating_sub(row - row / 2));
        below = middle.saturating_sub(row / 2);
    }
    found
}

fn scaled(place: usize, count: usize) -> usize {
    (2 * place + 1) * SCALE / (2 * count.max(1))
}

fn mean(places: &[usize]) -> Option<usize> {
    places.iter().sum::<usize>().checked_div(places.len())
}

/// How many pairs of a list stand the wrong way round.
fn inversions(list: impl Iterator<Item = usize>) -> u64 {
    let mut list: Vec<usize> = list.collect();
    let mut count = 0_u64;
    let mut width = 1;
    while width < list.len() {
        let mut merged = Vec::with_capacity(list.len());
        for pair in list.chunks(2 * width) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
            let mut waiting = u64::try_from(left.len()).unwrap_or(0);
            loop {
                match (left.peek(), right.peek()) {
                    (Some(one), Some(other)) if one > other => {
                        count += waiting;
                        merged.extend(right.next());
                    }
                    (Some(_), _) => {
                        waiting = waiting.saturating_sub(1);
                        merged.extend(left.next());
                    }
                    (None, Some(_)) => merged.extend(right.next()),
                    (None, None) => break,
                }
            }
        }
        list = merged;
        width *= 2;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Layout, inversions, settled};

    #[test]
    fn inversions_are_those_of_all_pairs() {
        let mut seed = 7_u64;
        for length in 0..40 {
            let list: Vec<usize> = (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    usize::try_from(seed >> 33).unwrap_or(0) % 10
                })
                .collect();
            let pairs = list.iter().enumerate().flat_map(|(n, a)| list.iter().skip(n + 1).map(move |b| (a, b)));
            let naive = u64::try_from(pairs.filter(|(a, b)| a > b).count()).unwrap_or(0);
            assert_eq!(inversions(list.iter().copied()), naive, "{list:?}");
        }
    }

    #[test]
    fn crossings_that_need_not_be_are_undone() {
        // Four nodes on the left, each linked with the one over against it, but in the reverse order.
        let column_of = [0, 0, 0, 0, 1, 1, 1, 1];
        let links = [(0, 7), (1, 6), (2, 5), (3, 4)];
        let layout = Layout::new(&column_of, &[10; 8], &links);
        assert!(links.iter().all(|(a, b)| layout.y.get(*a) == layout.y.get(*b)), "{:?}", layout.y);
        assert_eq!(layout.height, 40);
    }

    #[test]
    fn heights_keep_order_room_and_bounds() {
        let lists = [vec![], vec![5], vec![90, 90, 90], vec![0, 0, 0], vec![50, 10, 99, 1], vec![0; 10]];
        for wanted in lists {
            let rows = [10, 4, 7, 10].into_iter().cycle();
            let wanted: Vec<(u64, u64)> = wanted.into_iter().zip(rows).collect();
            let found = settled(&wanted, 100);
            let bounds = found.iter().zip(&wanted).map(|(y, (_, row))| (y - row / 2, y + row - row / 2));
            let bounds: Vec<(u64, u64)> = bounds.collect();
            assert!(bounds.windows(2).all(|p| matches!(p, [a, b] if a.1 <= b.0)), "{wanted:?}: {found:?}");
            assert!(bounds.iter().all(|(_, end)| *end <= 100), "{wanted:?}: {found:?}");
        }
    }
}
