//! Codes: used, wrong, expired, of another challenge, and how they look.

use std::time::Duration;

use e2e::{Secret, System, wrong};

const USER: &str = "user@example.com";

on_every_database! {
    async fn r11_a_used_code_is_refused(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
        system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
    }

    async fn r15_after_five_wrong_codes_the_right_one_is_refused(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        for _ in 0..5 {
            system.verify(&challenge_id, &wrong(&mail.code())).await.is_problem(400, "code_rejected");
        }
        system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
    }

    async fn r15_after_four_wrong_codes_the_right_one_is_taken(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        for _ in 0..4 {
            system.verify(&challenge_id, &wrong(&mail.code())).await.is_problem(400, "code_rejected");
        }
        system.verify(&challenge_id, &mail.code()).await.expect_status(200);
    }

    async fn r10_an_expired_code_is_refused(builder: Builder) {
        let builder = builder.env("REKEY_CODE_TTL", "5s").env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s");
        let system = builder.account(USER, &Secret::password()).start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        let end = system.redis_now().await + 5_000;
        // A second one, so that nobody can say that the first failed for another reason than its age.
        system.until(end - 3_000).await;
        let (second_id, second) = system.mailed(USER, 2).await;
        system.verify(&second_id, &second.code()).await.expect_status(200);
        system.until(end).await;
        system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_code_works_with_its_own_challenge_alone() {
    let other = "other@example.com";
    let builder = System::builder().account(USER, &Secret::password()).account(other, &Secret::password());
    let system = builder.env("REKEY_LIMITS_ADDRESS_COOLDOWN", "1s").patient_with_clients().start().await;
    let (first_id, first) = system.mailed(USER, 1).await;
    let (others_id, others) = system.mailed(other, 1).await;
    let second = e2e::eventually("the cool-down ends", Duration::from_secs(10), async || {
        let answer = system.request(USER).await;
        (answer.status == 202).then_some(answer)
    });
    let second_id = second.await.challenge_id();
    let second = system.smtp.wait_for(USER, 2).await;
    for (id, code) in
        [(&first_id, second.code()), (&second_id, first.code()), (&first_id, others.code()), (&others_id, first.code())]
    {
        system.verify(id, &code).await.is_problem(400, "code_rejected");
    }
    for (id, code) in [(&first_id, first.code()), (&second_id, second.code()), (&others_id, others.code())] {
        system.verify(id, &code).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_read_as_people_type_it() {
    let system =
        System::builder().account(USER, &Secret::password()).env("REKEY_LIMITS_ENABLED", "false").start().await;
    for (n, typed) in [
        (1, str::to_lowercase as fn(&str) -> String),
        (2, |code| code.replace('-', "")),
        (3, |code| format!(" {} ", code.replace('-', " "))),
    ] {
        let (challenge_id, mail) = system.mailed(USER, n).await;
        let plain = mail.code().expose().replace('-', "");
        let shown = format!("{}-{}", &plain[..4], &plain[4..]);
        system.verify(&challenge_id, &Secret::new(typed(&shown))).await.expect_status(200);
    }
}

async fn a_code_with_a_leading_zero_resets(format: &str, digits: usize) {
    let builder = System::builder().env("REKEY_CODE_FORMAT", format).env("REKEY_LIMITS_ENABLED", "false");
    let new = Secret::password();
    let system = builder.account(USER, &Secret::password()).start().await;
    // One code in ten begins with 0: that none of 300 does has a chance of 2 in 10^14.
    for n in 1..=300 {
        let (challenge_id, mail) = system.mailed(USER, n).await;
        let code = mail.code();
        assert!(code.expose().len() == digits, "{format} has {digits} digits");
        assert!(mail.text().contains(code.expose()), "the mail shows all digits");
        if code.expose().starts_with('0') {
            let unpadded = Secret::new(code.expose().trim_start_matches('0'));
            system.verify(&challenge_id, &unpadded).await.is_problem(400, "code_rejected");
            let token = system.verify(&challenge_id, &code).await.expect_status(200).reset_token();
            system.confirm(&token, &new).await.expect_status(204);
            assert!(system.verify_account(USER, &new));
            return;
        }
    }
    panic!("no code of 300 began with 0");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_six_digits_keeps_its_leading_zero() {
    a_code_with_a_leading_zero_resets("digits-6", 6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_eight_digits_keeps_its_leading_zero() {
    a_code_with_a_leading_zero_resets("digits-8", 8).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r5_no_answer_carries_more_than_it_must() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let answer = system.request(USER).await.expect_status(202);
    let mail = system.smtp.wait_for(USER, 1).await;
    let verified = system.verify(&answer.challenge_id(), &mail.code()).await.expect_status(200);
    let names = |answer: &e2e::Answer| -> Vec<String> { answer.json().as_object().unwrap().keys().cloned().collect() };
    assert_eq!(names(&answer), ["challenge_id", "expires_in", "resend_in"]);
    assert_eq!(names(&verified), ["expires_in", "reset_token"]);
    assert!(!answer.text().contains(mail.code().expose()) && !verified.text().contains(mail.code().expose()));
    assert!(!answer.text().contains("example.com") && !verified.text().contains("example.com"), "no address");
    let expires_in = answer.json()["expires_in"].as_i64().unwrap();
    assert!((590..=600).contains(&expires_in), "a code lives ten minutes");
    let expires_in = verified.json()["expires_in"].as_i64().unwrap();
    assert!((590..=600).contains(&expires_in), "a token lives ten minutes");
}
