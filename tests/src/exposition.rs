//! What a program tells Prometheus.

use std::collections::{BTreeMap, BTreeSet};

/// All series of one answer, in Prometheus' text form or in OpenMetrics.
#[derive(Debug, Default)]
pub struct Exposition {
    /// The families, by name: kind and help.
    pub families: BTreeMap<String, (String, String)>,
    /// The labels that each sample has, by its name.
    pub labels: BTreeMap<String, BTreeSet<String>>,
    series: BTreeMap<String, f64>,
}

impl Exposition {
    /// Reads an answer.
    ///
    /// # Panics
    /// If a line is of no known form, or a series is told twice.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut all = Self::default();
        for line in text.lines() {
            if let Some(about) = line.strip_prefix("# ") {
                all.read_comment(about);
            } else {
                all.read_sample(line);
            }
        }
        all
    }

    fn read_comment(&mut self, about: &str) {
        let mut words = about.splitn(3, ' ');
        let (what, name, rest) = (words.next(), words.next(), words.next().unwrap_or_default());
        match (what, name) {
            (Some("HELP"), Some(name)) => self.families.entry(name.to_owned()).or_default().1 = rest.to_owned(),
            (Some("TYPE"), Some(name)) => self.families.entry(name.to_owned()).or_default().0 = rest.to_owned(),
            (Some("UNIT" | "EOF"), _) => {}
            _ => panic!("a comment of no known form: {about}"),
        }
    }

    fn read_sample(&mut self, line: &str) {
        let (series, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line}"));
        let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
        let labels = labels.strip_suffix('}').unwrap_or_else(|| panic!("no labels: {line}"));
        let names = labels.split("\",").filter_map(|label| label.split_once('=')).map(|(name, _)| name.to_owned());
        self.labels.entry(name.to_owned()).or_default().extend(names);
        let value = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        assert!(self.series.insert(series.to_owned(), value).is_none(), "told twice: {series}");
    }

    /// The value of a series, by its name and labels as they are written.
    #[must_use]
    pub fn value(&self, series: &str) -> Option<f64> {
        self.series.get(series).copied()
    }

    /// The family that a sample belongs to.
    #[must_use]
    pub fn family_of(&self, sample: &str) -> Option<&str> {
        let endings = ["", "_bucket", "_sum", "_count"];
        let name =
            endings.iter().filter_map(|end| sample.strip_suffix(end)).find(|name| self.families.contains_key(*name));
        name.and_then(|name| self.families.get_key_value(name)).map(|(name, _)| name.as_str())
    }

    /// Adds what another program tells.
    pub fn add(&mut self, other: Self) {
        self.families.extend(other.families);
        for (name, labels) in other.labels {
            self.labels.entry(name).or_default().extend(labels);
        }
    }
}
