//! What the mail server said.

use entity::metrics::Labels;
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

/// Classes of replies; `none` is a server that was not reached, broke the connection, or went silent.
const CLASSES: [&str; 5] = ["2xx", "3xx", "4xx", "5xx", "none"];
/// What we make of a reply.
const CATEGORIES: [&str; 4] = ["sent", "retry", "defer", "dead"];

/// The replies that decided about a mail.
#[derive(Clone, Debug)]
pub struct Replies(Family<Labels<2>, Counter>);

impl Default for Replies {
    fn default() -> Self {
        let replies = Family::<Labels<2>, Counter>::default();
        let _ = replies.get_or_create(&labels("2xx", "sent"));
        for class in ["4xx", "5xx", "none"] {
            for category in &CATEGORIES[1..] {
                let _ = replies.get_or_create(&labels(class, category));
            }
        }
        Self(replies)
    }
}

fn labels(class: &'static str, category: &'static str) -> Labels<2> {
    Labels([("class", class), ("category", category)])
}

/// The class of a reply's code; `none` for none, and for what is no code of SMTP.
#[must_use]
pub fn class(code: Option<u16>) -> &'static str {
    match code {
        Some(200..300) => CLASSES[0],
        Some(300..400) => CLASSES[1],
        Some(400..500) => CLASSES[2],
        Some(500..600) => CLASSES[3],
        _ => CLASSES[4],
    }
}

impl Replies {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_smtp_replies",
            "Replies of the mail server that decided about a mail, by their class and what was made of them",
            self.0.clone(),
        );
    }

    /// Counts the reply that decided about a mail: its code, if there was one, and `sent`, `retry`, `defer` or `dead`.
    pub fn note(&self, code: Option<u16>, category: &'static str) {
        self.0.get_or_create(&labels(class(code), category)).inc();
    }
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn replies_are_told_apart_by_their_first_digit() {
        let classes = [Some(250), Some(354), Some(421), Some(550), Some(999), Some(0), None].map(class);
        assert_eq!(classes, ["2xx", "3xx", "4xx", "5xx", "none", "none", "none"]);
    }
}
