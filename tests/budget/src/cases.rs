//! What is counted, in the order of a reset.

mod confirm;
mod request;
mod verify;
mod worker;

use std::hint::black_box;

use crate::{Case, keyring::Keyring};

/// All of them.
pub const CASES: [Case; 22] = [
    Case { name: "request_body", prepare: request::body },
    Case { name: "request_caller", prepare: request::caller },
    Case { name: "request_client", prepare: request::client },
    Case { name: "request_origin", prepare: request::origin },
    Case { name: "request_trace", prepare: request::trace },
    Case { name: "request_email", prepare: request::email },
    Case { name: "request_languages", prepare: request::languages },
    Case { name: "request_challenge_id", prepare: request::challenge_id },
    Case { name: "request_address_limit", prepare: request::address_limit },
    Case { name: "request_keys", prepare: request::keys },
    Case { name: "request_pseudonym", prepare: request::pseudonym },
    Case { name: "worker_job", prepare: worker::job },
    Case { name: "worker_account", prepare: worker::account },
    Case { name: "worker_code", prepare: worker::code },
    Case { name: "worker_language", prepare: worker::language },
    Case { name: "worker_code_mail", prepare: worker::code_mail },
    Case { name: "worker_notice_mail", prepare: worker::notice_mail },
    Case { name: "worker_webhook", prepare: worker::webhook },
    Case { name: "verify_code", prepare: verify::code },
    Case { name: "verify_token", prepare: verify::token },
    Case { name: "confirm_token", prepare: confirm::token },
    Case { name: "confirm_jobs", prepare: confirm::jobs },
];

const ADDRESS: &str = "some_one+tag@example.org";
const CHALLENGE: &str = "AABcdEFGhiJKlmNOpqRStuVW";
const NONCE: &str = "q83vEjRWeJCrze8SNFZ4kA";
const ACCOUNT: &str = "018f3c5e-7a44-7c1e-9f2a-1b2c3d4e5f60";
const EVENT: &str = "0af7651916cd43dd8448eb211c80319c";
const TRACE: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// The keys of one secret, as after each start but during a rotation.
fn keyring() -> Keyring {
    Keyring::new(&[b"a secret of thirty-two bytes or so"]).expect("it is long enough")
}

/// A call of which the compiler knows neither what it is given nor what becomes of the answer.
fn call<I: Copy + 'static, O>(input: I, function: impl Fn(I) -> O + 'static) -> Box<dyn FnMut()> {
    Box::new(move || {
        black_box(function(black_box(input)));
    })
}
