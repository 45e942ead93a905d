//! Whether times tell two kinds of calls apart: the area under the curve of the best threshold classifier.
//!
//! The area is the chance that a call of the second kind took longer than one of the first (Mann and Whitney): 0.5 is a
//! coin. Its interval is DeLong's, from the variance of the placements of each value among the others.

use std::fmt;
use std::time::Duration;

/// Half the width of a 95 % interval, in standard deviations.
const WIDTH: f64 = 1.96;

/// What R2 and R4 allow.
pub const COIN: std::ops::RangeInclusive<f64> = 0.45..=0.55;

/// The area, and where it lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Between 0 and 1.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
    /// Values of each kind.
    pub count: usize,
}

impl Area {
    /// Compares the times of two kinds of calls.
    ///
    /// # Panics
    /// With fewer than two of a kind.
    #[must_use]
    pub fn between(first: &[Duration], second: &[Duration]) -> Self {
        let placements = |of: &[Duration], among: &[Duration]| -> Vec<f64> {
            let mut among = among.to_vec();
            among.sort_unstable();
            let place = |value: &Duration| {
                let below = among.partition_point(|other| other < value);
                let up_to = among.partition_point(|other| other <= value);
                (below + up_to) as f64 / 2.0 / among.len() as f64
            };
            of.iter().map(place).collect()
        };
        let (over, under) = (placements(second, first), placements(first, second));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let error = |values: &[f64]| {
            assert!(values.len() > 1, "two calls of each kind at least");
            let mean = mean(values);
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            squares / (values.len() - 1) as f64 / values.len() as f64
        };
        let value = mean(&over);
        let half = WIDTH * (error(&over) + error(&under)).sqrt();
        Self { value, low: value - half, high: value + half, count: first.len().min(second.len()) }
    }

    /// Whether the interval touches [`COIN`].
    #[must_use]
    pub fn may_be_a_coin(&self) -> bool {
        self.low <= *COIN.end() && self.high >= *COIN.start()
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({:.3} to {:.3}, {} pairs)", self.value, self.low, self.high, self.count)
    }
}

/// The value in the middle.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    fn times(rng: &mut StdRng, shift: u64, count: usize) -> Vec<Duration> {
        (0..count).map(|_| Duration::from_micros(rng.random_range(0..1_000) + shift)).collect()
    }

    #[test]
    fn times_of_one_kind_are_a_coin_and_others_are_not() {
        let mut rng = StdRng::seed_from_u64(7);
        let first = times(&mut rng, 0, 1_000);
        let same = Area::between(&first, &times(&mut rng, 0, 1_000));
        assert!(same.may_be_a_coin() && (0.46..0.54).contains(&same.value), "{same}");
        // A tenth of the spread is seen with 1,000 pairs.
        let later = Area::between(&first, &times(&mut rng, 150, 1_000));
        assert!(!later.may_be_a_coin() && later.value > 0.6, "{later}");
        let sooner = Area::between(&times(&mut rng, 150, 1_000), &first);
        assert!(!sooner.may_be_a_coin() && sooner.value < 0.4, "{sooner}");
    }

    #[test]
    fn the_interval_is_delongs() {
        let [first, second] = [[1, 3, 5], [2, 4, 6]].map(|all| all.map(Duration::from_micros));
        let area = Area::between(&first, &second);
        // Six of nine are longer; both kinds have placements 1/3, 2/3, 1, of variance 1/9, a third of that each.
        assert!((area.value - 6.0 / 9.0).abs() < 1e-9);
        assert!((area.high - area.value - 1.96 * (2.0_f64 / 27.0).sqrt()).abs() < 1e-9);
        let equal = [Duration::from_micros(1); 4];
        assert!((Area::between(&equal, &equal).value - 0.5).abs() < 1e-9, "equal times count half");
    }
}
