//! What Rekey's api and worker share.
//!
//! Two kinds of things live here: the tables, with every query that changes them (`account`, `reset_event`), and
//! what lives in Redis: the [`challenge`], the [`token`], the [`job`]'s wire format, [`keys`] and the producer's
//! half of the queue. Nothing here knows HTTP, SMTP or the command line.

pub mod account;
pub mod brake;
pub mod brand;
pub mod causes;
pub mod challenge;
pub mod code;
pub mod database;
pub mod email;
pub mod hex;
pub mod job;
pub mod keyring;
pub mod keys;
pub mod limits;
pub mod locale;
pub mod logging;
pub mod metrics;
pub mod queue;
pub mod reset_event;
pub mod second_factor;
pub mod settings;
pub mod store;
pub mod telemetry;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod texts;
pub mod tls;
pub mod token;
pub mod trail;
pub mod webhook;
