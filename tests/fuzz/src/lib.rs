//! What every parser of foreign bytes must hold to, whatever the bytes: one function for each, in [`TARGETS`].
//!
//! They run twice. `make fuzz` gives them what libFuzzer makes up (`run/`, a workspace of its own, so that nobody needs
//! a fuzzer to build Rekey). The suite gives them the seeds in `seeds/`, and whatever once broke one of them.
//!
//! The parsers are the product's own files, compiled here once more by their paths, and with them nothing that opens a
//! connection or a database: a fuzzer wants all code built for it, and all of Rekey takes ten times as long. So what
//! parses foreign bytes is in files of its own. What such a file needs of the rest and is not worth a file is told here
//! again, in `shared.rs`.

// `--all-targets` builds a crate's tests though it says that it has none: here these would be the product's.
#![cfg(not(test))]

// As the files of the API and the worker know what is shared.
extern crate self as entity;

pub mod api;
mod shared;
pub mod worker;

pub use shared::{account, challenge, reset_event, settings};

#[path = "../../../entity/src/challenge/id.rs"]
pub mod challenge_id;
#[path = "../../../entity/src/code.rs"]
pub mod code;
#[path = "../../../entity/src/email.rs"]
pub mod email;
#[path = "../../../entity/src/hex.rs"]
pub mod hex;
#[path = "../../../entity/src/job.rs"]
pub mod job;
#[path = "../../../entity/src/keyring.rs"]
pub mod keyring;
#[path = "../../../entity/src/keys.rs"]
pub mod keys;
#[path = "../../../entity/src/locale.rs"]
pub mod locale;
#[path = "../../../api/src/object.rs"]
pub mod object;
#[path = "../../../entity/src/trail/origin.rs"]
pub mod origin;
#[path = "../../../entity/src/texts.rs"]
#[rustfmt::skip] // It is formatted where it belongs; its tests would be looked for here.
pub mod texts;
#[path = "../../../entity/src/token/text.rs"]
#[expect(dead_code, reason = "what binds a token to its challenge is for the crate itself")]
pub mod token;
#[path = "../../../entity/src/telemetry/context.rs"]
pub mod trace_context;
#[path = "../../../entity/src/trail/story.rs"]
#[rustfmt::skip] // It is formatted where it belongs; its tests would be looked for here.
pub mod trail;

/// A parser under test.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name: that of its seeds' folder, and of its file in `run/targets`.
    pub name: &'static str,
    /// Takes any bytes, and panics if the parser did what it must never do.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 19] = [
    Target { name: "accept_language", run: api::accept_language::run },
    Target { name: "body", run: api::body::run },
    Target { name: "catalogue", run: worker::catalogue::run },
    Target { name: "challenge_id", run: shared::challenge_id::run },
    Target { name: "code", run: shared::code::run },
    Target { name: "email", run: shared::email::run },
    Target { name: "forwarded", run: api::forwarded_for::run },
    Target { name: "job", run: worker::jobs::run },
    Target { name: "lookup_answer", run: api::lookup_answer::run },
    Target { name: "password", run: api::password::run },
    Target { name: "proof", run: api::proof::run },
    Target { name: "retry_after", run: worker::retry_after::run },
    Target { name: "second_factor", run: api::second_factor::run },
    Target { name: "stored_hash", run: api::stored_hash::run },
    Target { name: "svg", run: shared::svg::run },
    Target { name: "templates", run: worker::overrides::run },
    Target { name: "token", run: shared::token::run },
    Target { name: "traceparent", run: shared::traceparent::run },
    Target { name: "trail", run: worker::trail::run },
];

/// Runs the target of that name.
///
/// # Panics
/// If there is none, or if its parser did what it must never do.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target of this name");
    (target.run)(bytes);
}
