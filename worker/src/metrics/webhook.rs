//! What the application said to webhooks.

use entity::{metrics::Labels, telemetry::Span};
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use super::smtp::{class, labels};
use crate::webhook::{CallError, Taken};

/// The answers that decided about a webhook.
#[derive(Clone, Debug)]
pub struct Answers(Family<Labels<2>, Counter>);

impl Default for Answers {
    fn default() -> Self {
        let answers = Family::<Labels<2>, Counter>::default();
        let possible =
            [("2xx", "sent"), ("3xx", "retry"), ("4xx", "retry"), ("4xx", "dead"), ("5xx", "retry"), ("none", "retry")];
        for (class, category) in possible {
            let _ = answers.get_or_create(&labels(class, category));
        }
        Self(answers)
    }
}

impl Answers {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "rekey_webhook_answers",
            "Answers of the application to webhooks, by their class and what was made of them",
            self.0.clone(),
        );
    }

    /// Counts the answer that decided about a webhook, and notes it in the call's span.
    pub fn note(&self, called: &Result<Taken, CallError>, span: &mut Span) {
        let (class, category) = match called {
            Ok(taken) => (class(Some(taken.status)), "sent"),
            Err(CallError::Gone) => (class(Some(410)), "dead"),
            Err(CallError::Retry { reason, .. }) => {
                (class(reason.strip_prefix("http ").and_then(|code| code.parse().ok())), "retry")
            }
        };
        if called.is_err() {
            span.fail(category);
        }
        span.set("rekey.webhook.class", class);
        self.0.get_or_create(&labels(class, category)).inc();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use entity::telemetry::{Kind, begin};

    use super::*;

    #[test]
    fn an_answer_counts_by_its_class_and_what_was_made_of_it() {
        let answers = Answers::default();
        let retry = |reason: &str| Err(CallError::Retry { reason: reason.into(), wait: Duration::ZERO });
        for called in [
            Ok(Taken { status: 204, address: None, took: Duration::ZERO }),
            retry("http 503"),
            retry("timeout"),
            Err(CallError::Gone),
        ] {
            answers.note(&called, &mut begin("webhook", Kind::Client));
        }
        for counted in [("2xx", "sent"), ("5xx", "retry"), ("none", "retry"), ("4xx", "dead")] {
            assert_eq!(answers.0.get_or_create(&labels(counted.0, counted.1)).get(), 1, "{counted:?}");
        }
    }
}
