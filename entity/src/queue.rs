//! The producer's half of the queue: how jobs of the outbox get on their list. The other half is the worker's.

mod bytes;

pub(crate) use bytes::job;
pub use bytes::{Cause, job_id};

use crate::{
    email::Email,
    keys::{KeyNames, Shard},
    reset_event::{self, Half, ResetEvent},
    store::{Script, Store, StoreError},
};

static PUSH: Script = Script::new(concat!(
    "#!lua flags=allow-oom\n",
    include_str!("lua/wake.lua"),
    include_str!("lua/push.lua"),
    include_str!("queue/push.lua")
));

/// What came of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The job is on its list.
    Now,
    /// It was put there within the last hour and nobody has taken it so far. A list that was lost alone, in a Redis that
    /// was not emptied, is made up for after that hour.
    Waits,
    /// The queue holds it: it is with a worker, waits for its time, or is dead.
    Held,
}

impl<'a> From<&'a ResetEvent> for Cause<'a> {
    fn from(event: &'a ResetEvent) -> Self {
        Self { event_id: &event.id, occurred_at: event.occurred_at, trace: event.trace }
    }
}

/// The list on which it waits.
pub(crate) fn list(names: &KeyNames, shard: Shard, half: Half) -> String {
    match half {
        Half::Notice => names.ready_notice(shard),
        Half::Webhook => names.ready_webhook(shard),
    }
}

/// Pushes the job for a half of an event, unless it waits or is held already.
///
/// # Errors
/// [`StoreError`]; it may be sent again.
pub async fn push(store: &Store, half: Half, address_at_event: &Email, cause: Cause<'_>) -> Result<Pushed, StoreError> {
    let names = store.names();
    let (shard, id) = (reset_event::shard_of(names, cause.event_id, address_at_event), job_id(cause.event_id, half));
    let keys = vec![list(names, shard, half), names.wake(shard), names.meta(shard), names.pushed(shard, &id)];
    let args = vec![id.into(), job(cause, half).into()];
    match store.run(&PUSH, keys, args).await?.as_i64() {
        Some(1) => Ok(Pushed::Now),
        Some(2) => Ok(Pushed::Waits),
        Some(0) => Ok(Pushed::Held),
        _ => Err(StoreError::Unexpected("push".into())),
    }
}
