//! The one place with floats: a programme in whole numbers goes to the solver, whole numbers come back.
//!
//! Coefficients are divided by what they have in common, so that objectives are whole and as small as
//! they can be; the solver takes steps of one for granted then, and so may the bound of an [`Answer`]: a bound
//! is moved outward by far more than rounding could put on it, then to the next whole number inward,
//! which loses no solution. Values are never trusted for what they gain: the caller works that out.
//! Only nodes are limited, never time, so that the same programme gives the same answer.

use super::programme::{Aim, Programme, Row};
use microlp::{ComparisonOp, Error, OptimizationDirection, SolveOptions, SolveOutcome, TerminationReason, Variable};

/// What the solver says of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Values of all variables, and what no solution can be better than.
    Found { values: Vec<i64>, bound: i64 },
    /// Nothing keeps to all rows.
    Infeasible,
    /// The limit was reached with nothing found, or the solver gave up; the bound, if there is one.
    Stopped { bound: Option<i64> },
}

/// Solves a programme, visiting so many nodes at most.
pub(super) fn solve(programme: &Programme, aim: &Aim, node_limit: u64) -> Answer {
    let (sum, direction) = match aim {
        Aim::Most(sum) => (sum, OptimizationDirection::Maximize),
        Aim::Least(sum, _) => (sum, OptimizationDirection::Minimize),
    };
    let step = common(sum.terms.values()).max(1);
    let mut problem = microlp::Problem::new(direction);
    let variables: Vec<Variable> = programme
        .most
        .iter()
        .enumerate()
        .map(|(position, most)| {
            let times = sum.terms.get(&position).copied().unwrap_or(0) / step;
            problem.add_integer_var(float(times), (0, i32::try_from(*most).unwrap_or(i32::MAX)))
        })
        .collect();
    let enough = match aim {
        Aim::Most(_) => None,
        Aim::Least(_, units) => {
            let negated = programme.gain.terms.iter().map(|(variable, times)| (*variable, -times));
            Some(Row { terms: negated.collect(), most: programme.gain.constant - units })
        }
    };
    for row in programme.rows.iter().chain(&enough) {
        if !add_row(&mut problem, &variables, row) {
            return Answer::Infeasible;
        }
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(node_limit);
    let bound = |outcome: &SolveOutcome| {
        let best = outcome.stats().best_bound.filter(|b| b.is_finite());
        best.map(|best| rounded_inward(best, aim).saturating_mul(step).saturating_add(sum.constant))
    };
    match problem.solve_with(options) {
        Ok(outcome) => {
            let found = bound(&outcome);
            match (outcome.into_solution(), found) {
                (Ok(solution), Some(bound)) if is_done(solution.termination_reason()) => {
                    let values = variables.iter().map(|v| whole(solution.var_value(*v).round()));
                    Answer::Found { values: values.collect(), bound }
                }
                (_, bound) => Answer::Stopped { bound },
            }
        }
        Err(Error::Infeasible) => Answer::Infeasible,
        Err(_) => Answer::Stopped { bound: None },
    }
}

/// Reasons to stop that leave a solution and a bound.
fn is_done(reason: TerminationReason) -> bool {
    matches!(reason, TerminationReason::ProvenOptimal | TerminationReason::NodeLimit)
}

/// Adds a row; false if it holds for no values at all.
fn add_row(problem: &mut microlp::Problem, variables: &[Variable], row: &Row) -> bool {
    let step = common(row.terms.values());
    if step == 0 {
        return row.most >= 0;
    }
    let named = row.terms.iter().filter_map(|(at, times)| Some((*variables.get(*at)?, float(times / step))));
    let terms: Vec<(Variable, f64)> = named.collect();
    // A sum of multiples of the step is at most the next multiple below.
    problem.add_constraint(&terms[..], ComparisonOp::Le, float(row.most.div_euclid(step)));
    true
}

/// The greatest common divisor of all, 0 of none.
fn common<'a>(numbers: impl Iterator<Item = &'a i64>) -> i64 {
    numbers.fold(0, |mut a: i64, b| {
        let mut b = b.saturating_abs();
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    })
}

/// A bound as a whole number: no whole-numbered solution lies beyond it.
#[expect(clippy::float_arithmetic, reason = "the solver's bounds are floats; they leave as whole numbers")]
fn rounded_inward(bound: f64, aim: &Aim) -> i64 {
    let margin = 1e-4 + bound.abs() * 1e-9;
    match aim {
        Aim::Most(_) => whole((bound + margin).floor()),
        Aim::Least(..) => whole((bound - margin).ceil()),
    }
}

/// A whole number as a float, exact up to 2^53.
#[expect(clippy::as_conversions, reason = "sums of points and hours are far below 2^53")]
fn float(number: i64) -> f64 {
    number as f64
}

/// A float that is whole as such a number; what is out of range becomes the nearest.
#[expect(clippy::as_conversions, reason = "rounded before, and saturating")]
fn whole(number: f64) -> i64 {
    number as i64
}
