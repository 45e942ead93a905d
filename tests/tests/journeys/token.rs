//! Tokens: used, expired, and what is none.

use e2e::{Request, Secret, System};
use serde_json::json;

const USER: &str = "user@example.com";

on_every_database! {
    async fn r12_a_used_token_is_refused(builder: Builder) {
        let (new, newer) = (Secret::password(), Secret::password());
        let system = builder.account(USER, &Secret::password()).start().await;
        let token = system.token(USER, 1).await;
        system.confirm(&token, &new).await.expect_status(204);
        system.confirm(&token, &newer).await.is_problem(400, "token_rejected");
        system.confirm(&token, &new).await.is_problem(400, "token_rejected");
        assert!(system.verify_account(USER, &new));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r10_an_expired_token_is_refused() {
    let old = Secret::password();
    let system = System::builder().account(USER, &old).env("REKEY_TOKEN_TTL", "1s").start().await;
    let token = system.token(USER, 1).await;
    system.until(system.redis_now().await + 1_000).await;
    system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");
    assert!(system.verify_account(USER, &old));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r20_what_is_no_token_leads_nowhere() {
    let old = Secret::password();
    let system = System::builder().account(USER, &old).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let password = Secret::password();
    let confirm = async |token: serde_json::Value| {
        let body = json!({ "reset_token": token, "new_password": password.expose() });
        system.post("/password-reset/confirm", &body).await
    };
    for text in [mail.code().expose(), &challenge_id, "", " ", "null", "0"] {
        let answer = confirm(json!(text)).await;
        assert!(answer.status == 400, "text that is no token is refused");
        assert!(["token_rejected", "invalid_request"].contains(&answer.code().as_str()));
    }
    for odd in [json!(null), json!({}), json!([]), json!(["a"]), json!(0), json!(true)] {
        let answer = confirm(odd.clone()).await;
        assert!(answer.status == 400, "{odd} is refused");
        assert!(["token_rejected", "invalid_request"].contains(&answer.code().as_str()));
    }
    let missing = json!({ "new_password": password.expose() });
    system.post("/password-reset/confirm", &missing).await.is_problem(400, "invalid_request");
    assert!(system.verify_account(USER, &old));
    let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
    system.confirm(&token, &password).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r31_confirm_takes_no_account_and_no_address() {
    let old = Secret::password();
    let system = System::builder().account(USER, &old).start().await;
    let token = system.token(USER, 1).await;
    let password = Secret::password();
    for (name, value) in [("email", USER), ("account_id", "1"), ("id", "1"), ("challenge_id", "x")] {
        let body = json!({ "reset_token": token.expose(), "new_password": password.expose(), name: value });
        system.post("/password-reset/confirm", &body).await.is_problem(400, "invalid_request");
    }
    assert!(system.verify_account(USER, &old));
    system.confirm(&token, &password).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_a_client_that_hangs_up_neither_spends_the_token_unused_nor_undoes_the_reset() {
    use tokio::io::AsyncWriteExt;

    let (old, new) = (Secret::password(), Secret::password());
    let system = System::builder().account(USER, &old).start().await;
    let token = system.token(USER, 1).await;
    let body = json!({ "reset_token": token.expose(), "new_password": new.expose() }).to_string();
    let head = format!(
        "POST /password-reset/confirm HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = system.client().connect().await.unwrap();
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    drop(stream);
    // Either the call was taken up, then it went to its end; or it was not, then the token still works.
    let retried = e2e::eventually("the first confirm is over", std::time::Duration::from_secs(40), async || {
        let answer = system.confirm(&token, &new).await;
        (answer.code() != "busy").then_some(answer)
    });
    let retried = retried.await;
    assert!(retried.status == 204 || retried.code() == "token_rejected");
    assert!(system.verify_account(USER, &new), "one of the two changed the password");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r54_reading_consumes_nothing() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE"] {
        for call in ["request", "verify", "confirm"] {
            let answer = system.client().send(&Request::new(method, &format!("/password-reset/{call}"))).await;
            assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{method} {call}");
        }
    }
    system.verify(&challenge_id, &mail.code()).await.expect_status(200);
}
