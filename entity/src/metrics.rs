//! Metrics: what both programs have, and how they are told to Prometheus.
//!
//! Why the library is `prometheus-client` stands in docs/architecture.md.
//!
//! Labels are written by us alone: their values come from lists that the code has, never from a request, a job or a
//! reply. So nothing personal gets into a label, and no stranger makes series.

mod common;
mod exposition;
mod fresh;

use std::fmt;

use prometheus_client::{
    encoding::{EncodeLabelSet, LabelSetEncoder},
    metrics::{family::Family, histogram::Histogram},
};

pub use common::{Common, RedisMeter};
pub use exposition::encode;
pub use fresh::Fresh;

/// The labels of a series: names and values that live as long as the program, so that looking a series up allocates
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Labels<const N: usize>(pub [(&'static str, &'static str); N]);

impl<const N: usize> EncodeLabelSet for Labels<N> {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> Result<(), fmt::Error> {
        self.0.encode(encoder)
    }
}

/// The same with the number of a shard in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShardLabels<const N: usize>(pub u16, pub [(&'static str, &'static str); N]);

impl<const N: usize> EncodeLabelSet for ShardLabels<N> {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> Result<(), fmt::Error> {
        [("shard", self.0)].encode(encoder)?;
        self.1.encode(encoder)
    }
}

/// Histograms by one label.
pub type Histograms = Family<Labels<1>, Histogram, fn() -> Histogram>;

/// What takes milliseconds as a rule, and seconds at worst: calls, hashing, attempts at a job. In seconds.
#[must_use]
pub fn durations() -> Histogram {
    Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0])
}

/// What takes a fraction of a second as a rule, and minutes at worst: from the push of a job to its delivery. In
/// seconds; the last bound is a code's ten minutes.
#[must_use]
pub fn latencies() -> Histogram {
    Histogram::new([0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0])
}
