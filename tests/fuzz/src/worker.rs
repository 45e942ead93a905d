//! What the worker reads.

pub mod catalogue;
pub mod jobs;
pub mod overrides;
pub mod retry_after;
pub mod trail;

#[path = "../../../worker/src/webhook/later.rs"]
mod later;
#[path = "../../../worker/src/mail/message/id.rs"]
mod message_id;
#[path = "../../../worker/src/mail/templates.rs"]
#[expect(dead_code, reason = "the folder is read by the worker alone")]
mod templates;
#[path = "../../../worker/src/mail/texts.rs"]
#[rustfmt::skip] // It is formatted where it belongs; its tests would be looked for here.
mod texts;
#[path = "../../../worker/src/mail/wrap.rs"]
mod wrap;
