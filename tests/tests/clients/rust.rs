//! The Rust client. It is linked into the test, so there is no program to talk to.

use e2e::{Secret, System, wrong};
use rekey_client::{Error, PasswordReason, ProblemCode, Rekey, RequestBody};

const USER: &str = "user@example.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rust_performs_a_reset() {
    let (old, new) = (Secret::password(), Secret::password());
    let system = System::builder().account(USER, &old).start().await;
    let rekey = Rekey::new(&system.public_url()).expect("this is a base URL");

    let body = RequestBody::of(USER);
    let challenge = rekey.request_with(&body, Some("one")).await.expect("a code is mailed");
    let again = rekey.request_with(&body, Some("one")).await.expect("the first answer comes again");
    assert_eq!(again.challenge_id, challenge.challenge_id);
    let code = system.smtp.wait_for(USER, 1).await.code();

    let refused = rekey.verify(&challenge.challenge_id, wrong(&code).expose()).await.expect_err("the code is wrong");
    assert_eq!(refused.code(), Some(ProblemCode::CodeRejected));
    let token = rekey.verify(&challenge.challenge_id, code.expose()).await.expect("the code is right").reset_token;

    match rekey.confirm(&token, "passwordpassword").await {
        Err(Error::Problem { code: ProblemCode::PasswordRejected, status: 422, reasons, .. }) => {
            assert!(reasons.contains(&PasswordReason::TooGuessable), "{reasons:?}");
        }
        other => panic!("a weak password is refused, not {other:?}"),
    }
    rekey.confirm(&token, new.expose()).await.expect("the password is good");
    let refused = rekey.confirm(&token, new.expose()).await.expect_err("the token is spent");
    assert_eq!(refused.code(), Some(ProblemCode::TokenRejected));

    assert!(system.verify_account(USER, &new), "the new password verifies");
    assert!(!system.verify_account(USER, &old), "the old one does not");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rust_tells_what_else_goes_wrong() {
    let system = System::builder().without_worker().env("REKEY_LIMITS_CLIENT_REQUESTS_BURST", "1").start().await;
    let rekey = Rekey::new(&system.public_url()).expect("this is a base URL");
    let elsewhere = Rekey::new(&format!("{}/elsewhere", system.public_url())).expect("this is a base URL");
    let refused = elsewhere.request(USER).await.expect_err("nothing is there");
    assert_eq!(refused.code(), Some(ProblemCode::NotFound));

    rekey.request(USER).await.expect("the first one is let through");
    match rekey.request("other@example.com").await {
        Err(Error::Problem { code: ProblemCode::RateLimited, retry_after: Some(wait), .. }) => {
            assert!(!wait.is_zero(), "the wait is named");
        }
        other => panic!("the second one is over the limit, not {other:?}"),
    }
    let nobody = Rekey::new("http://127.0.0.1:1").expect("this is a base URL");
    assert!(matches!(nobody.request(USER).await, Err(Error::Transport(_))));
}
