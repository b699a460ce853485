//! What people do without a plan: down the list of open actions by their own points.

use super::build::Problem;
use super::pool::{Choice, Pools};
use std::cmp::Reverse;

/// Goes down the list by own points, and takes each piece with what must come before it, if the hours
/// suffice for both; else it goes on to the next. Stops when enough units are gained.
pub(super) fn by_points(problem: &Problem, pools: &Pools, cap: Option<u64>, enough: Option<u64>) -> Choice {
    let items = &problem.items;
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| (Reverse(items.get(*at).map(|i| i.own_points)), *at));
    let mut choice = Choice::none(items.len());
    for item in order {
        if enough.is_some_and(|units| problem.gain(&choice.chosen()) >= units) {
            break;
        }
        let mut tried = choice.clone();
        let all = before(problem, item);
        if all.iter().all(|at| take(problem, pools, cap, &mut tried, *at)) {
            choice = tried;
        }
    }
    choice
}

/// A piece of work and all that must come before it.
pub(super) fn before(problem: &Problem, item: usize) -> Vec<usize> {
    let mut all = vec![item];
    let mut next = 0;
    while let Some(at) = all.get(next).copied() {
        for needed in problem.items.get(at).into_iter().flat_map(|i| &i.needs) {
            if !all.contains(needed) {
                all.push(*needed);
            }
        }
        next += 1;
    }
    all
}

/// Takes a piece from the first pool that has room for it, unless it is taken; false if none has.
fn take(problem: &Problem, pools: &Pools, cap: Option<u64>, choice: &mut Choice, item: usize) -> bool {
    if choice.pools.get(item).is_some_and(Option::is_some) {
        return true;
    }
    let hours = problem.items.get(item).map_or(0, |i| u64::from(i.hours));
    if cap.is_some_and(|cap| choice.hours(&problem.items) + hours > cap) {
        return false;
    }
    let has_room = |pool: &usize| {
        let limit = pools.list.get(*pool).and_then(|p| p.hours);
        limit.is_none_or(|limit| choice.used(*pool, &problem.items) + hours <= limit)
    };
    let found = pools.allowed.get(item).and_then(|allowed| allowed.iter().copied().find(has_room));
    if let Some(slot) = choice.pools.get_mut(item) {
        *slot = found;
    }
    found.is_some()
}
