//! `webhook.deliver`: tells the application that a password was reset, so that it can end the account's sessions.

use entity::{
    job::DeliverWebhook,
    reset_event::Half,
    telemetry::{self, Kind},
    webhook,
};

use super::Jobs;
use crate::{
    metrics::METRICS,
    webhook::CallError,
    work::{Done, Failure, Hold},
};

impl<P> Jobs<P> {
    pub(super) async fn deliver_webhook(&self, data: &DeliverWebhook, hold: &Hold) -> Result<Done, Failure> {
        let Some(event) = self.open_event(&data.event_id, Half::Webhook).await? else { return Ok(Done::Nothing) };
        let Some(hook) = &self.webhook else {
            // The API has a receiver or had one; that this worker has none may be a mistake, so nothing is closed.
            tracing::warn!(event = event.id, "REKEY_WEBHOOK_URL: is not set here, so nobody is told of this event");
            return Err(Failure::Dead("no_receiver".into()));
        };
        // The row was read and closed ones can be noted: what the receiver answers is its own affair.
        hold.prove_well();
        if !hold.may_send().await {
            return Err(Failure::Lost);
        }
        let mut span = telemetry::begin("webhook", Kind::Client);
        let (id, body) = (webhook::id(&event.id), webhook::body(&event));
        let called = Box::pin(telemetry::within(span.context(), hook.call(&id, hold.now(), &body))).await;
        METRICS.webhook.note(&called, &mut span);
        drop(span);
        match called {
            Ok(_) => {}
            Err(CallError::Retry { reason, wait }) => return Err(Failure::RetryAfter(wait, reason.into())),
            Err(CallError::Gone) => return Err(Failure::Dead("http 410".into())),
        }
        self.finish(&event.id, Half::Webhook, hold).await;
        Ok(Done::Sent)
    }
}
