//! What happens to the account between the steps of a reset.

use e2e::{Builder, Secret, System};

const USER: &str = "user@example.com";

/// Goes as far as the token, lets `change` happen to the database, and asserts that the token is worth nothing then.
async fn refused_after(builder: Builder, change: &str) -> (System, Secret, Secret) {
    let (old, new) = (Secret::password(), Secret::password());
    let system = builder.account(USER, &old).start().await;
    let token = system.token(USER, 1).await;
    assert_eq!(system.sql().await.run(change).await, 1);
    system.confirm(&token, &new).await.is_problem(400, "token_rejected");
    (system, old, new)
}

on_every_database! {
    async fn r21_a_password_changed_elsewhere_meanwhile_stays(builder: Builder) {
        // argon2id of "password set by the application" with a fixed salt; what it is of does not matter.
        let elsewhere = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
            v1UHZsRfcaPJIAlR4KcgZSZvvGKoWqPQ/7bs45iSOgs";
        let change = format!("UPDATE account SET password_hash = '{elsewhere}'");
        let (system, _, new) = refused_after(builder, &change).await;
        assert!(!system.verify_account(USER, &new));
        let hash = system.sql().await.text("SELECT password_hash FROM account").await;
        assert!(hash.as_deref() == Some(elsewhere), "the other password stays");
        assert_eq!(system.sql().await.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await, Some(0));
    }

    async fn r21_an_address_changed_elsewhere_meanwhile_ends_the_reset(builder: Builder) {
        let (system, old, _) = refused_after(builder, "UPDATE account SET email = 'moved@example.com'").await;
        assert!(system.verify_account("moved@example.com", &old));
    }

    async fn r22_an_account_disabled_meanwhile_is_refused(builder: Builder) {
        let (system, _, _) = refused_after(builder, "UPDATE account SET disabled_at = 1700000000000").await;
        assert_eq!(system.sql().await.number("SELECT COUNT(*) FROM reset_event WHERE kind = 'password_reset'").await, Some(0));
    }

    async fn r22_an_account_deleted_meanwhile_is_refused(builder: Builder) {
        refused_after(builder, "DELETE FROM account").await;
    }

    /// Two challenges of one account: after a reset by the one, the other's code may verify, and its token is refused.
    async fn r21_a_reset_ends_every_other_code_and_token_of_the_account(builder: Builder) {
        let (new, newer) = (Secret::password(), Secret::password());
        let builder = builder.env("REKEY_LIMITS_ENABLED", "false");
        let system = builder.account(USER, &Secret::password()).start().await;
        let token = system.token(USER, 1).await;
        let other_token = system.token(USER, 2).await;
        let (third_id, third) = system.mailed(USER, 3).await;
        system.confirm(&token, &new).await.expect_status(204);
        system.confirm(&other_token, &newer).await.is_problem(400, "token_rejected");
        let stale = system.verify(&third_id, &third.code()).await;
        if stale.status == 200 {
            system.confirm(&stale.reset_token(), &newer).await.is_problem(400, "token_rejected");
        } else {
            stale.is_problem(400, "code_rejected");
        }
        assert!(system.verify_account(USER, &new));
    }

    /// The challenge was bound to the account as it was; a resend after a change mails nothing that cannot work.
    async fn r14_no_resend_of_a_challenge_that_became_void(builder: Builder) {
        let system = builder.account(USER, &Secret::password()).patient_with_clients().start().await;
        let (challenge_id, mail) = system.mailed(USER, 1).await;
        system.sql().await.run("UPDATE account SET session_epoch = session_epoch + 1, password_hash = NULL").await;
        let resent = e2e::eventually("the wait for a resend is over", std::time::Duration::from_secs(10), async || {
            let answer = system.resend(USER, &challenge_id).await;
            (answer.status == 202).then_some(answer)
        });
        assert_eq!(resent.await.challenge_id(), challenge_id, "callers see no difference");
        system.settled().await;
        assert_eq!(system.smtp.mails_to(USER).len(), 1);
        system.verify(&challenge_id, &mail.code()).await.is_problem(400, "code_rejected");
    }

    async fn r26_the_notice_goes_to_the_address_held_when_the_password_changed(builder: Builder) {
        let new = Secret::password();
        let system = builder.account(USER, &Secret::password()).start().await;
        let token = system.token(USER, 1).await;
        // No worker while the address changes, so that the change certainly comes before the notice.
        let mut system = system;
        system.worker().stop();
        system.confirm(&token, &new).await.expect_status(204);
        system.sql().await.run("UPDATE account SET email = 'moved@example.com'").await;
        system.start_worker(true).await;
        let _ = system.smtp.wait_for(USER, 2).await;
        system.settled().await;
        assert!(system.smtp.mails_to("moved@example.com").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_without_a_password_can_get_one() {
    let new = Secret::password();
    let system = System::builder().account(USER, &Secret::password()).start().await;
    system.sql().await.run("UPDATE account SET password_hash = NULL").await;
    let token = system.token(USER, 1).await;
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(USER, &new));
}
