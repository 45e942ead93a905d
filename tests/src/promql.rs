//! What a query in PromQL refers to: names of metrics, and labels. Enough of the language for that, and no more.

use std::collections::BTreeSet;

/// What a query refers to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct References {
    /// Each metric, with the labels that are matched in its braces.
    pub metrics: Vec<(String, Vec<String>)>,
    /// The labels that results are grouped or joined by.
    pub grouping: BTreeSet<String>,
}

/// Words that are followed by labels in parentheses.
const GROUPING: [&str; 6] = ["by", "without", "on", "ignoring", "group_left", "group_right"];
/// Words that are neither a metric nor a function.
const WORDS: [&str; 6] = ["and", "or", "unless", "bool", "offset", "inf"];

/// Reads a query.
///
/// # Panics
/// If a text, a brace or a parenthesis does not end.
#[must_use]
pub fn references(query: &str) -> References {
    let mut found = References::default();
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            rest = after_text(rest);
        } else if first == '[' {
            rest = rest.split_once(']').expect("a range ends").1;
        } else if is_word(first) {
            let (word, after) = split_word(rest);
            let next = after.trim_start();
            let is_number = first.is_ascii_digit();
            if GROUPING.contains(&word) && next.starts_with('(') {
                let (labels, after) = next[1..].split_once(')').expect("a list of labels ends");
                found.grouping.extend(labels.split(',').map(|label| label.trim().to_owned()));
                rest = after;
                continue;
            }
            let is_function = next.starts_with('(') || GROUPING.contains(&split_word(next).0);
            // Binary operators may be followed by `on (…)`, but what stands in front of them is no word then.
            if is_number || WORDS.contains(&word) || is_function {
                rest = after;
            } else if let Some(matchers) = next.strip_prefix('{') {
                let (labels, after) = matched(matchers);
                found.metrics.push((word.to_owned(), labels));
                rest = after;
            } else {
                found.metrics.push((word.to_owned(), Vec::new()));
                rest = after;
            }
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == ':'
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !is_word(c)).unwrap_or(text.len()))
}

/// What follows a text, whose quote is the first character.
fn after_text(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &text[at + 1..],
            _ => {}
        }
    }
    panic!("a text does not end: {text}")
}

/// The labels of the matchers up to the closing brace, and what follows it.
fn matched(mut rest: &str) -> (Vec<String>, &str) {
    let mut labels = Vec::new();
    loop {
        rest = rest.trim_start_matches([',', ' ']);
        if let Some(after) = rest.strip_prefix('}') {
            return (labels, after);
        }
        let (label, after) = split_word(rest);
        assert!(!label.is_empty(), "no label where one was due: {rest}");
        labels.push(label.to_owned());
        rest = after_text(&after[after.find('"').expect("a matcher has a text")..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<String> {
        references(query).metrics.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn metrics_are_told_from_functions_and_words() {
        assert_eq!(names("max by (shard, class) (rekey_age{class!=\"a,}b\"}) > 60"), ["rekey_age"]);
        assert_eq!(
            names("sum(rate(a_total[$__rate_interval])) > 0.2 * sum(rate(b_total[10m]))"),
            ["a_total", "b_total"]
        );
        assert_eq!(names("sum(a) by (x) or b offset 5m"), ["a", "b"]);
        assert_eq!(names("time() - a * on (instance, job) group_left (program) b"), ["a", "b"]);
        assert_eq!(names("histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))) == 1"), ["x_bucket"]);
    }

    #[test]
    fn labels_are_found_where_they_are_matched_and_where_they_group() {
        let found = references("sum by (le, kind) (rate(a{one=\"x\", two=~\"y.*\"}[5m])) + on (three) b{}");
        assert_eq!(found.metrics[0].1, ["one", "two"]);
        assert_eq!(found.metrics[1], ("b".to_owned(), Vec::new()));
        assert_eq!(found.grouping.into_iter().collect::<Vec<_>>(), ["kind", "le", "three"]);
    }
}
