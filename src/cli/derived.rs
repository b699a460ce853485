//! `annexa score --framework`: what profiles say about a framework that they do not assess.

use super::score::{ScoreArgs, ScoreFormat};
use super::shared::{framework, no_way};
use super::{Failure, Io};
use annexa::report::{Style, derived_csv, derived_markdown, derived_text, to_json};
use annexa::{Derivation, DerivedScore, Model, TenantScore, Trust, Underivable};

/// The derived scores as text.
pub(super) fn render(
    args: &ScoreArgs,
    id: &str,
    model: &Model,
    scores: &[TenantScore],
    io: &Io<'_>,
) -> Result<String, Failure> {
    let derived = derive(args, id, model, scores)?;
    let internal = |error: String| Failure::Machine(format!("cannot write the result: {error}"));
    let style = if args.output.is_some() { Style::PLAIN } else { io.style() };
    Ok(match args.format {
        ScoreFormat::Text => derived.iter().map(|s| derived_text(s, style)).collect::<Vec<_>>().join("\n"),
        ScoreFormat::Markdown => derived.iter().map(derived_markdown).collect::<Vec<_>>().join("\n"),
        ScoreFormat::Csv => derived_csv(&derived).map_err(|e| internal(e.to_string()))?,
        ScoreFormat::Json => match &derived[..] {
            [score] => to_json(score),
            scores => to_json(&scores),
        }
        .map_err(|e| internal(e.to_string()))?,
    })
}

fn derive(args: &ScoreArgs, id: &str, model: &Model, scores: &[TenantScore]) -> Result<Vec<DerivedScore>, Failure> {
    let library = model.library();
    let to = framework(id, library)?;
    let trust = if args.confirmed { Trust::Confirmed } else { Trust::All };
    let crosswalks = model.crosswalks(trust);
    let derivation = Derivation::new(&crosswalks, to, args.max_hops);
    let derived = |score: &TenantScore| {
        derivation.derive(score).map_err(|reason| match reason {
            Underivable::Assessed => {
                let message = format!("{} assesses `{id}` itself, so nothing is derived", score.tenant);
                Failure::input(message, "`annexa score` without `--framework` gives its score".to_owned())
            }
            Underivable::NoWay(from) => {
                let from: Vec<_> = from.iter().filter_map(|f| library.find_framework(f)).collect();
                no_way(&crosswalks, library, &from, to, args.max_hops)
            }
        })
    };
    scores.iter().map(derived).collect()
}

/// A threshold holds against what is assessed; bounds of what is not would pass or fail for no reason.
pub(super) fn refuse_thresholds(args: &ScoreArgs) -> Result<(), Failure> {
    let is_given = args.fail_under.is_some() || args.fail_under_assurance.is_some();
    match (&args.framework, is_given) {
        (Some(_), true) => {
            let message = "a threshold does not go with `--framework`: derived figures are bounds, not a score";
            Err(Failure::input(
                message,
                "drop `--fail-under` and `--fail-under-assurance`, or `--framework`".to_owned(),
            ))
        }
        _ => Ok(()),
    }
}
