//! The table: one line for each figure, on the terminal and in docs/benchmarks.md.

use std::fmt::Write as _;

use crate::spread::Spread;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many a second.
    PerSecond,
    /// Milliseconds.
    Ms,
    /// Microseconds.
    Us,
    /// Mebibytes.
    MiB,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::PerSecond => "/s",
            Self::Ms => "ms",
            Self::Us => "µs",
            Self::MiB => "MiB",
        }
    }
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At least so much of the limit.
    RatioAtLeast(f64),
    /// At most so much of the limit.
    RatioAtMost(f64),
    /// At most so much.
    AtMost(f64),
}

/// What a figure is compared with.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What it is.
    pub what: String,
    /// How much.
    pub spread: Spread,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// What it counts.
    pub unit: Unit,
    /// Rekey's figure.
    pub ours: Spread,
    /// The other one, of the same run.
    pub limit: Option<Limit>,
    /// What should be reached.
    pub target: Option<Target>,
}

impl Line {
    /// A figure with nothing beside it.
    pub fn new(what: impl Into<String>, unit: Unit, ours: Spread) -> Self {
        Self { what: what.into(), unit, ours, limit: None, target: None }
    }

    /// Sets what it is compared with.
    pub fn beside(self, what: impl Into<String>, spread: Spread) -> Self {
        Self { limit: Some(Limit { what: what.into(), spread }), ..self }
    }

    /// Sets what should be reached.
    pub fn target(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Ours, as a part of the limit.
    pub fn ratio(&self) -> Option<f64> {
        self.limit.as_ref().map(|limit| self.ours.median / limit.spread.median)
    }

    /// Whether the target is reached; none if there is none.
    pub fn is_met(&self) -> Option<bool> {
        Some(match self.target? {
            Target::RatioAtLeast(least) => self.ratio()? >= least,
            Target::RatioAtMost(most) => self.ratio()? <= most,
            Target::AtMost(most) => self.ours.median <= most,
        })
    }

    fn figure(&self, spread: &Spread) -> String {
        let unit = self.unit.name();
        if spread.least == spread.most {
            return format!("{} {unit}", number(spread.median));
        }
        format!("{} {unit} ({} to {})", number(spread.median), number(spread.least), number(spread.most))
    }

    fn cells(&self) -> [String; 5] {
        let target = match self.target {
            None => String::new(),
            Some(Target::RatioAtLeast(least)) => format!("at least {least}"),
            Some(Target::RatioAtMost(most)) => format!("at most {most}"),
            Some(Target::AtMost(most)) => format!("at most {} {}", number(most), self.unit.name()),
        };
        let verdict = match self.is_met() {
            None => "",
            Some(true) => ": met",
            Some(false) => ": **missed**",
        };
        [
            self.what.clone(),
            self.figure(&self.ours),
            self.limit
                .as_ref()
                .map(|limit| format!("{}: {}", limit.what, self.figure(&limit.spread)))
                .unwrap_or_default(),
            self.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
            target + verdict,
        ]
    }

    /// The line for people at a terminal.
    pub fn plain(&self) -> String {
        let [what, ours, limit, ratio, target] = self.cells();
        let mut text = format!("  {what}\n      {ours}");
        for (name, cell) in [("limit ", limit), ("ratio ", ratio), ("target ", target.replace("**", ""))] {
            if !cell.is_empty() {
                let _ = write!(text, "   {name}{cell}");
            }
        }
        text
    }
}

/// Three figures that count, with commas.
fn number(value: f64) -> String {
    let places = match value.abs() {
        at_least if at_least >= 99.95 => 0,
        at_least if at_least >= 9.995 => 1,
        _ => 2,
    };
    let text = format!("{value:.places$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(a, b)| (a, format!(".{b}")));
    let digits = whole.len();
    let grouped: String = whole
        .chars()
        .enumerate()
        .flat_map(|(at, digit)| {
            let comma = (at > 0 && (digits - at) % 3 == 0).then_some(',');
            comma.into_iter().chain([digit])
        })
        .collect();
    grouped + &rest
}

/// The table in Markdown.
pub fn markdown(lines: &[Line]) -> String {
    let mut text =
        "| What | Rekey | Beside it, in the same run | Ratio | Target |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for line in lines {
        let _ = writeln!(text, "| {} |", line.cells().join(" | ").replace("  ", " "));
    }
    text
}

/// Puts `generated` between the markers of a page.
///
/// # Errors
/// If a marker is missing.
pub fn fill(page: &str, generated: &str) -> Result<String, &'static str> {
    const BEGIN: &str = "<!-- bench: written by make bench -->\n";
    const END: &str = "<!-- end of bench -->";
    let (head, rest) = page.split_once(BEGIN).ok_or("the page has no first marker")?;
    let (_, tail) = rest.split_once(END).ok_or("the page has no last marker")?;
    Ok(format!("{head}{BEGIN}\n{generated}\n{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_figures_and_commas() {
        for (value, text) in
            [(0.123, "0.12"), (5.006, "5.01"), (12.34, "12.3"), (99.96, "100"), (1_234_567.8, "1,234,568")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_target_is_met_or_missed_by_medians() {
        let line = Line::new("x", Unit::PerSecond, Spread::of(&[59.0, 60.0, 90.0])).beside("y", Spread::exactly(100.0));
        assert_eq!(line.is_met(), None);
        assert_eq!(line.clone().target(Target::RatioAtLeast(0.6)).is_met(), Some(true));
        assert_eq!(line.clone().target(Target::RatioAtLeast(0.61)).is_met(), Some(false));
        assert_eq!(line.clone().target(Target::RatioAtMost(0.59)).is_met(), Some(false));
        assert_eq!(line.target(Target::AtMost(60.0)).is_met(), Some(true));
    }

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let page = "a\n<!-- bench: written by make bench -->\nold\n<!-- end of bench -->\nz";
        let filled = fill(page, "new").unwrap();
        assert_eq!(filled, "a\n<!-- bench: written by make bench -->\n\nnew\n\n<!-- end of bench -->\nz");
        assert_eq!(fill(&filled, "new").unwrap(), filled);
        assert!(fill("a", "new").is_err());
    }
}
