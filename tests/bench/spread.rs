//! What several repetitions of one measurement come to.

/// The median of several figures, with the least and the most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The middle one; of an even number the mean of the middle two.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Spread {
    /// Of these.
    ///
    /// # Panics
    /// If there are none, or one is no number.
    pub fn of(figures: &[f64]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_by(|one, other| one.partial_cmp(other).expect("a figure is a number"));
        let (middle, upper) = ((sorted.len() - 1) / 2, sorted.len() / 2);
        Self {
            median: (sorted[middle] + sorted[upper]) / 2.0,
            least: sorted[0],
            most: *sorted.last().expect("there is a figure"),
        }
    }

    /// One figure that does not vary.
    pub fn exactly(figure: f64) -> Self {
        Self::of(&[figure])
    }
}

/// The value below which so many of a hundred lie.
///
/// # Panics
/// If there are none, or one is no number.
pub fn percentile(figures: &[f64], percent: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(|one, other| one.partial_cmp(other).expect("a figure is a number"));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let place = ((sorted.len() as f64 * percent / 100.0).ceil() as usize).clamp(1, sorted.len());
    sorted[place - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_the_middle_and_both_ends() {
        assert_eq!(Spread::of(&[3.0, 9.0, 1.0]), Spread { median: 3.0, least: 1.0, most: 9.0 });
        assert_eq!(Spread::of(&[3.0, 9.0, 1.0, 5.0]).median, 4.0);
    }

    #[test]
    fn a_percentile_is_a_figure_that_occurred() {
        let figures: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!((percentile(&figures, 50.0), percentile(&figures, 99.0)), (100.0, 198.0));
        assert_eq!(percentile(&[7.0], 99.0), 7.0);
    }
}
