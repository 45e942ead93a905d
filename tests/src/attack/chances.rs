//! How likely a number of hits is by chance.

/// A number of hits that chance brings about less often than this is no chance: once in a million runs.
pub const NEVER: f64 = 1e-6;

/// The chance of exactly `hits` in `tries`, each with chance `p` (0 < p < 1).
fn exactly(hits: usize, tries: usize, p: f64) -> f64 {
    let term = |n: usize| {
        let (n, rest) = (n as f64, (tries - n) as f64);
        ((rest + 1.0) / n).ln() + (p / (1.0 - p)).ln()
    };
    let log: f64 = (1..=hits).map(term).sum();
    (log + tries as f64 * (1.0 - p).ln()).exp()
}

/// The numbers of hits in `tries` that are no surprise, each end with half of [`NEVER`] beyond it.
#[must_use]
pub fn plausible(tries: usize, p: f64) -> std::ops::RangeInclusive<usize> {
    let (mut below, mut least) = (exactly(0, tries, p), 0);
    while below < NEVER / 2.0 {
        least += 1;
        below += exactly(least, tries, p);
    }
    let (mut above, mut most) = (exactly(tries, tries, p), tries);
    while above < NEVER / 2.0 {
        most -= 1;
        above += exactly(most, tries, p);
    }
    least..=most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_of_hits_are_one_chance_together() {
        let all: f64 = (0..=40).map(|hits| exactly(hits, 40, 0.3)).sum();
        assert!((all - 1.0).abs() < 1e-9);
        assert!((exactly(2, 4, 0.5) - 0.375).abs() < 1e-9);
    }

    #[test]
    fn what_is_plausible_lies_around_the_expectation() {
        assert_eq!(plausible(400, 0.025), 0..=28);
        assert_eq!(plausible(10, 0.025), 0..=5);
        assert!(*plausible(10_000, 0.5).start() > 4_700);
    }
}
