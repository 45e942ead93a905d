//! One reset from the request to the notice, and what it leaves alone.

use e2e::{Answer, Secret, System};

const USER: &str = "user@example.com";

on_every_database! {
    /// The account's row is compared column by column; the second factors of an application are its own affair.
    async fn r34_a_reset_changes_the_password_its_time_and_the_epoch_alone(builder: Builder) {
        let (old, new) = (Secret::password(), Secret::password());
        let system = builder.account(USER, &old).start().await;
        let sql = system.sql().await;
        let untouched = "SELECT CONCAT_WS('|', id, email, COALESCE(locale, '-'), COALESCE(disabled_at, 0)) FROM account";
        let before = sql.text(untouched).await;
        let epoch = sql.number("SELECT session_epoch FROM account").await.unwrap();

        let (challenge_id, mail) = system.mailed(USER, 1).await;
        let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
        system.confirm(&token, &new).await.expect_status(204);

        assert!(system.verify_account(USER, &new), "the new password verifies");
        assert!(!system.verify_account(USER, &old), "the old password does not");
        assert_eq!(sql.text(untouched).await, before);
        assert_eq!(sql.number("SELECT session_epoch FROM account").await, Some(epoch + 1));
        assert!(sql.number("SELECT password_changed_at FROM account").await.is_some());
        let hash = sql.text("SELECT password_hash FROM account").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the hash is argon2id of the default cost");
        assert_eq!(sql.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await, Some(1));
    }

    /// The notice tells, and helps nobody who reads it to get in.
    async fn r38_a_notice_without_secrets_follows_every_reset(builder: Builder) {
        let (old, new) = (Secret::password(), Secret::password());
        let system = builder.account(USER, &old).start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        let token = system.verify(&challenge_id, &mail.code()).await.expect_status(200).reset_token();
        system.confirm(&token, &new).await.expect_status(204);

        let notice = system.smtp.wait_for(USER, 2).await;
        let everything = format!("{}{}{}", String::from_utf8_lossy(&notice.raw), notice.text(), notice.html());
        for (what, secret) in [("code", mail.code()), ("token", token), ("old password", old), ("new password", new)] {
            assert!(!everything.contains(secret.expose()), "the notice holds no {what}");
        }
        assert!(!everything.contains("/#/reset/"), "the notice holds no link to a reset");
        assert!(notice.header("Auto-Submitted") == "auto-generated");
        let sql = system.sql().await;
        e2e::eventually("the notice is noted as sent", std::time::Duration::from_secs(10), async || {
            sql.number("SELECT notice_done_at FROM reset_event WHERE kind = 'password_reset'").await
        })
        .await;
        system.settled().await;
        assert_eq!(system.smtp.mails().len(), 2);
    }

    async fn r36_a_request_alone_changes_nothing_on_the_account(builder: Builder) {
        let password = Secret::password();
        let system = builder.account(USER, &password).start().await;
        let sql = system.sql().await;
        let row = "SELECT CONCAT_WS('|', password_hash, session_epoch, COALESCE(password_changed_at, 0)) FROM account";
        let before = sql.text(row).await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
        assert!(sql.text(row).await == before, "neither request nor verify touches the account");
        assert_eq!(sql.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await, Some(0));
        assert!(system.verify_account(USER, &password));
    }

    async fn r32_an_address_with_odd_characters_is_an_address_like_any(builder: Builder) {
        let address = "some_one+tag@example.com";
        let (old, new, others) = (Secret::password(), Secret::password(), Secret::password());
        let system = builder.account(address, &old).account("someXone+tag@example.com", &others).start().await;
        let token = system.token(address, 1).await;
        system.confirm(&token, &new).await.expect_status(204);
        assert!(system.verify_account(address, &new));
        assert!(system.verify_account("someXone+tag@example.com", &others), "`_` matches itself alone");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r63_the_code_is_in_text_and_html_and_not_in_the_subject() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let (challenge_id, mail) = system.mailed(USER, 1).await;
    let code = mail.code();
    let plain = code.expose().replace('-', "");
    let shown = format!("{}-{}", &plain[..4], &plain[4..]);
    assert!(mail.text().contains(&shown) && mail.html().contains(&shown), "both parts show the code");
    assert!(!mail.subject().contains(&plain) && !mail.subject().contains(&shown), "the subject does not");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(!mail.header("Message-ID").is_empty() && !mail.header("Date").is_empty());
    assert!(mail.header("From").contains("rekey@example.com"));
    assert!(mail.header("To").contains(USER) && mail.to == [USER]);
    assert_eq!(mail.challenge_id(), challenge_id);
    let html = mail.html().to_ascii_lowercase();
    assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("url("), "nothing is loaded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_speak_the_language_that_was_asked_for() {
    let system = System::builder().account(USER, &Secret::password()).patient_with_clients();
    let system = system.env("REKEY_LIMITS_ENABLED", "false").start().await;
    let body = serde_json::json!({ "email": USER, "locale": "zh-CN" });
    system.post("/password-reset/request", &body).await.expect_status(202);
    assert_eq!(system.smtp.wait_for(USER, 1).await.subject(), "忘记密码验证");
    let request = e2e::Request::post("/password-reset/request", format!(r#"{{"email":"{USER}"}}"#));
    system.client().send(&request.header("Accept-Language", "zh-CN,zh;q=0.9")).await.expect_status(202);
    assert_eq!(system.smtp.wait_for(USER, 2).await.subject(), "忘记密码验证");
    system.request(USER).await.expect_status(202);
    assert!(system.smtp.wait_for(USER, 3).await.subject().is_ascii(), "English unless asked otherwise");
    // The account's own language goes before the request's.
    system.sql().await.run("UPDATE account SET locale = 'en'").await;
    system.post("/password-reset/request", &body).await.expect_status(202);
    assert!(system.smtp.wait_for(USER, 4).await.subject().is_ascii());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_notice_speaks_the_language_in_which_the_password_was_changed() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let token = system.token(USER, 1).await;
    let body = serde_json::json!({ "reset_token": token.expose(), "new_password": Secret::password().expose() });
    let confirm = e2e::Request::post("/password-reset/confirm", body.to_string()).header("Accept-Language", "zh-CN");
    system.client().send(&confirm).await.expect_status(204);
    assert_eq!(system.smtp.wait_for(USER, 2).await.subject(), "您的密码已修改");
}

/// Who has reset a password goes to the application's log-in: no answer brings a cookie, or anything beside what the
/// specification names, and the token is worth nothing afterwards.
#[tokio::test]
async fn r35_no_answer_of_a_reset_logs_anybody_in() {
    let (old, new) = (Secret::password(), Secret::password());
    let system = System::builder().account(USER, &old).start().await;
    let asked = system.request(USER).await.expect_status(202);
    let mail = system.smtp.wait_for(USER, 1).await;
    let id = asked.json()["challenge_id"].as_str().expect("a challenge").to_owned();
    let verified = system.verify(&id, &mail.code()).await.expect_status(200);
    let token = verified.reset_token();
    let confirmed = system.confirm(&token, &new).await.expect_status(204);
    for answer in [&asked, &verified, &confirmed] {
        for name in ["set-cookie", "authorization", "www-authenticate", "location", "refresh"] {
            assert!(answer.header(name).is_none(), "{name}");
        }
    }
    let keys = |answer: &Answer| answer.json().as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&asked), ["challenge_id", "expires_in", "resend_in"]);
    assert_eq!(keys(&verified), ["expires_in", "reset_token"]);
    assert!(confirmed.text().is_empty());
    system.confirm(&token, &old).await.is_problem(400, "token_rejected");
}
