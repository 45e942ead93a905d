//! What a new password must be like, and old ones of other formats.

use e2e::{Secret, System};

const USER: &str = "user@example.com";

on_every_database! {
    async fn r43_a_refused_password_leaves_the_token_usable(builder: Builder) {
        let (old, new) = (Secret::password(), Secret::password());
        let system = builder.account(USER, &old).start().await;
        let token = system.token(USER, 1).await;
        for (bad, reason) in [("too short", "too_short"), ("aaaaaaaaaaaaaaaaaaaaaaaaa", "too_guessable")] {
            let answer = system.confirm(&token, &Secret::new(bad)).await;
            answer.is_problem(422, "password_rejected");
            assert!(answer.reasons().contains(reason), "{reason} is among {}", answer.reasons());
        }
        assert!(system.verify_account(USER, &old));
        system.confirm(&token, &new).await.expect_status(204);
        assert!(system.verify_account(USER, &new));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r43_guessable_passwords_are_refused_ten_times_at_most() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let token = system.token(USER, 1).await;
    for _ in 0..10 {
        system.confirm(&token, &Secret::new("passwordpassword")).await.is_problem(422, "password_rejected");
    }
    system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r39_longer_passwords_are_refused_and_never_cut() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let token = system.token(USER, 1).await;
    let long = e2e::secret::random(257);
    let answer = system.confirm(&token, &Secret::new(long.as_str())).await;
    answer.is_problem(422, "password_rejected");
    assert!(answer.reasons().contains("too_long"));
    let most = &long[..256];
    system.confirm(&token, &Secret::new(most)).await.expect_status(204);
    assert!(system.verify_account(USER, &Secret::new(most)));
    assert!(!system.verify_account(USER, &Secret::new(&most[..255])), "the last character counts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r40_r41_all_of_unicode_counts_by_code_points_after_nfc() {
    let system = System::builder().account(USER, &Secret::password()).start().await;
    let token = system.token(USER, 1).await;
    // Fourteen code points once e and its accent are one: too short, whatever the number of octets.
    let decomposed = "e\u{301}";
    let fourteen = format!("{decomposed}⚘ пароль-🦔ж字典");
    let answer = system.confirm(&token, &Secret::new(fourteen)).await;
    answer.is_problem(422, "password_rejected");
    assert!(answer.reasons().contains("too_short"));
    let taken = format!("{decomposed}⚘ пароль-🦔ж ёлка 字典");
    system.confirm(&token, &Secret::new(taken.as_str())).await.expect_status(204);
    assert!(system.verify_account(USER, &Secret::new(taken.replace(decomposed, "\u{e9}"))), "composed is the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r42_context_and_blocklist_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = Secret::password();
    let file = folder.path().join("blocklist");
    std::fs::write(&file, format!("something else\n{}\n", blocked.expose())).unwrap();
    let address = "margaret.hamilton@example.com";
    let builder = System::builder().env("REKEY_PASSWORD_BLOCKLIST", file.to_str().unwrap());
    let system = builder.account(address, &Secret::password()).start().await;
    let token = system.token(address, 1).await;
    system.confirm(&token, &blocked).await.is_problem(422, "password_rejected");
    for context in ["margaret.hamilton", "margaret.hamilton@example.com", "Margaret.Hamilton1"] {
        system.confirm(&token, &Secret::new(context)).await.is_problem(422, "password_rejected");
    }
    system.confirm(&token, &Secret::password()).await.expect_status(204);
}
