//! What each call can be asked and can answer, by examples. Which problems a call is said to answer is decided here,
//! and a test compares it with what the code constructs.

use std::time::Duration;

use poem_openapi::types::ToJSON as _;
use serde_json::{Value, json};

use crate::{
    http::{
        CALLS,
        problem::{ProblemCode, Refusal},
    },
    password::Reason,
    proof::{Action, ProofChallenge},
    request::{BACKLOG_WAIT, Challenge},
    verify::Verified,
};

/// One call.
pub struct Call {
    /// Its path.
    pub path: &'static str,
    /// Bodies, by the names of their examples; tools show the first by the alphabet.
    pub bodies: Vec<Example>,
    /// The status of a success.
    pub status: &'static str,
    /// What a success can say; nothing if it has no body.
    pub successes: Vec<Example>,
    /// Every problem that it answers.
    pub refusals: Vec<Documented>,
}

/// A named example.
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// What it shows.
    pub summary: &'static str,
    /// The body.
    pub value: Value,
}

/// A problem that a call answers.
pub struct Documented {
    /// The function of [`Refusal`] that makes it.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares it with what the code constructs"))]
    pub made_by: &'static str,
    /// The problem itself.
    pub refusal: Refusal,
    /// When it is answered.
    pub when: &'static str,
}

/// The refusals, each with the name of what makes it, and when that is: what its code means, unless said otherwise.
macro_rules! refusals {
    ($($maker:ident($($argument:expr),*) $(if $when:literal)?),+ $(,)?) => {
        vec![$(documented(stringify!($maker), Refusal::$maker($($argument),*), [$($when)?].first().copied())),+]
    };
}

fn documented(made_by: &'static str, refusal: Refusal, when: Option<&'static str>) -> Documented {
    let when: &'static str = when.unwrap_or_else(|| refusal.problem().code.meaning());
    Documented { made_by, refusal, when }
}

/// What the checks around every call can answer to a POST.
fn common() -> Vec<Documented> {
    refusals![
        invalid("the body must be one JSON object with the fields that this call describes"),
        request_timeout(),
        payload_too_large(),
        unsupported_media_type(),
        rate_limited(Duration::from_secs(240)),
        unavailable(),
    ]
}

const CHALLENGE_ID: &str = "AABq5nTnC1bYw4zR0pQeX2dK";
/// Only its beginning: `{"challenge":{"parameters":`.
const PROOF: &str = "eyJjaGFsbGVuZ2UiOnsicGFyYW1ldGVycyI6";
const RESET_TOKEN: &str = "AABvT2k9m4Qe7sWnXb1cYz6RjHd0LpUu3iGf8aEoVwKxNqMtSyB";

/// A statement as it looks; nobody signed it.
const SECOND_FACTOR_PROOF: &str = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJyZWtleS1zZWNvbmQtZmFjdG9yIiwic3ViIjoiNyIsImlhdCI6MTc2NzMyMzA0NSwiZXhwIjoxNzY3MzIzMTY1LCJyZXNldF90b2tlbl9oYXNoIjoibjRiUWdZaE1mV1dhTC1xZ3hWclFGYU9fVHhzckM0SXMwVjFzRmJEd0NnZyJ9.AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4_QA";

/// All three, in the order of a reset.
pub fn calls() -> [Call; 3] {
    let [request_path, verify_path, confirm_path] = CALLS;
    let challenge = |resend_in| {
        let id = CHALLENGE_ID.to_owned();
        Challenge { challenge_id: id, expires_in: 600, resend_in }.to_json().unwrap_or_default()
    };
    let verified = Verified { reset_token: RESET_TOKEN.to_owned(), expires_in: 600 };

    let request = Call {
        path: request_path,
        bodies: vec![
            Example::new("first", "The first request", json!({"email": "demo@example.com"})),
            Example::new("in_chinese", "In Chinese", json!({"email": "demo@example.com", "locale": "zh-CN"})),
            Example::new(
                "once_more",
                "The same code once more",
                json!({"email": "demo@example.com", "challenge_id": CHALLENGE_ID}),
            ),
            Example::new(
                "proven",
                "With the proof that a `proof_required` asked for",
                json!({"email": "demo@example.com", "proof": PROOF}),
            ),
        ],
        status: "202",
        successes: vec![
            Example::new("accepted", "A challenge is open", challenge(Some(60))),
            Example::new("last_mail", "It was mailed for the last time", challenge(None)),
        ],
        refusals: refusals![
            proof_required(ProofChallenge::example(Action::Request)),
            key_reused() if "The `Idempotency-Key` was used with another body within the challenge's life.",
            busy(BACKLOG_WAIT) if "More mails wait than can go out in time: try again after `Retry-After` seconds.",
        ],
    };
    let verify = Call {
        path: verify_path,
        bodies: vec![
            Example::new(
                "code",
                "As it stands in the mail",
                json!({"challenge_id": CHALLENGE_ID, "code": "7K3M-Q9TX"}),
            ),
            Example::new(
                "proven",
                "With the proof that a `proof_required` asked for",
                json!({"challenge_id": CHALLENGE_ID, "code": "7K3M-Q9TX", "proof": PROOF}),
            ),
        ],
        status: "200",
        successes: vec![Example::new("verified", "The code was right", verified.to_json().unwrap_or_default())],
        refusals: refusals![code_rejected(), proof_required(ProofChallenge::example(Action::Verify))],
    };
    let confirm = Call {
        path: confirm_path,
        bodies: vec![
            Example::new(
                "passphrase",
                "A passphrase",
                json!({"reset_token": RESET_TOKEN, "new_password": "seven quiet herons at low tide"}),
            ),
            Example::new(
                "second_factor",
                "For an account that has a second factor",
                json!({
                    "reset_token": RESET_TOKEN,
                    "new_password": "seven quiet herons at low tide",
                    "second_factor_proof": SECOND_FACTOR_PROOF,
                }),
            ),
        ],
        status: "204",
        successes: vec![],
        refusals: refusals![
            token_rejected(),
            second_factor_required(),
            password_rejected(vec![
                Reason::TooGuessable,
                Reason::WarningRepeatedCharacter,
                Reason::AddAnotherWord,
                Reason::AvoidRepetition,
            ]),
            busy(Duration::from_secs(2)),
        ],
    };
    [request, verify, confirm].map(|mut call| {
        call.refusals.extend(common());
        call
    })
}

impl Example {
    fn new(name: &'static str, summary: &'static str, value: Value) -> Self {
        Self { name, summary, value }
    }
}

impl Documented {
    /// The status, as the description spells it.
    pub fn status(&self) -> String {
        self.refusal.problem().status.to_string()
    }

    /// What went wrong.
    pub fn code(&self) -> ProblemCode {
        self.refusal.problem().code
    }

    /// The body.
    pub fn body(&self) -> Value {
        self.refusal.problem().to_json().unwrap_or_default()
    }
}
