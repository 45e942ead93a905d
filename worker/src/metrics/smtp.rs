//! What the mail server said.

use entity::{metrics::Labels, telemetry::Span};
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use crate::mail::SendError;

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

pub(super) fn labels(class: &'static str, category: &'static str) -> Labels<2> {
    Labels([("class", class), ("category", category)])
}

/// The class of a reply's code; `none` for none, and for what is no code of SMTP.
pub(super) fn class(code: Option<u16>) -> &'static str {
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

    /// Counts the reply that decided about a mail, and notes it in the mail's span. A mail about which nothing was said
    /// counts for nothing.
    pub fn note(&self, sent: &Result<(), SendError>, span: &mut Span) {
        let (class, category) = match sent {
            Ok(()) => (CLASSES[0], "sent"),
            Err(error) => {
                let Some(category) = error.category() else { return };
                span.fail(category);
                (class(error.code()), category)
            }
        };
        span.set("rekey.smtp.class", class);
        self.0.get_or_create(&labels(class, category)).inc();
    }
}

#[cfg(test)]
mod tests {
    use entity::telemetry::{Kind, begin};

    use super::*;

    #[test]
    fn replies_are_told_apart_by_their_first_digit() {
        let classes = [Some(250), Some(354), Some(421), Some(550), Some(999), Some(0), None].map(class);
        assert_eq!(classes, ["2xx", "3xx", "4xx", "5xx", "none", "none", "none"]);
    }
    #[test]
    fn a_mail_counts_once_by_what_was_said_of_it() {
        let replies = Replies::default();
        let reason = "RCPT: 550 5.1.1".to_owned();
        for sent in [Ok(()), Err(SendError::Dead { reason }), Err(SendError::LeaseLost)] {
            replies.note(&sent, &mut begin("SMTP", Kind::Client));
        }
        let count = |class, category| replies.0.get_or_create(&labels(class, category)).get();
        assert_eq!((count("2xx", "sent"), count("5xx", "dead"), count("none", "defer")), (1, 1, 0));
    }
}
