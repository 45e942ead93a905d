//! Somebody who may write to Redis, and has no account but their own: they change nobody else's password.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use e2e::{READY, Request, Secret, System};

const OWN: &str = "mallory@example.com";
const OTHER: &str = "victim@example.com";

async fn system(old: &Secret) -> System {
    System::builder().account(OWN, &Secret::password()).account(OTHER, old).start().await
}

fn challenge(id: &str) -> String {
    format!("{{rekey:0}}:challenge:{id}")
}

/// Writes the fields of one record into the other, but for those named.
async fn copy(system: &System, from: &str, to: &str, but: &[&str]) {
    let fields = system.redis.call(&["HGETALL", from]).await.texts();
    for pair in fields.chunks(2).filter(|pair| !but.contains(&pair[0].as_str())) {
        system.redis.call(&["HSET", to, &pair[0], &pair[1]]).await;
    }
}

#[tokio::test]
async fn r65_a_challenge_that_is_turned_to_another_address_has_another_code() {
    let old = Secret::password();
    let system = system(&old).await;
    let (id, mail) = system.mailed(OWN, 1).await;
    let key = challenge(&id);
    system.redis.call(&["HSET", &key, "address", OTHER]).await;
    system.redis.call(&["HDEL", &key, "account", "fingerprint", "bound", "void", "sent:1"]).await;
    let job = format!(
        r#"{{"v":1,"id":"forged","type":"password_reset.send_code","data":{{"challenge_id":"{id}","mail_no":1}}}}"#
    );
    system.redis.call(&["LPUSH", READY, &job]).await;
    let theirs = system.smtp.wait_for(OTHER, 1).await;
    assert_ne!(theirs.code().expose(), mail.code().expose());
    system.verify(&id, &mail.code()).await.is_problem(400, "code_rejected");
}

#[tokio::test]
async fn r65_a_challenge_that_is_given_another_account_changes_no_password() {
    let old = Secret::password();
    let system = system(&old).await;
    let (own, mail) = system.mailed(OWN, 1).await;
    let (other, _) = system.mailed(OTHER, 1).await;
    for field in ["account", "fingerprint", "bound"] {
        let value = system.redis.call(&["HGET", &challenge(&other), field]).await.text();
        system.redis.call(&["HSET", &challenge(&own), field, &value]).await;
    }
    let token = system.verify(&own, &mail.code()).await.expect_status(200).reset_token();
    let new = Secret::password();
    system.confirm(&token, &new).await.is_problem(400, "token_rejected");
    assert!(system.verify_account(OTHER, &old) && !system.verify_account(OTHER, &new));
    assert!(system.log("rekey-api").contains("wrote into this token's record"), "the operator is told");
}

#[tokio::test]
async fn r65_a_token_that_is_given_another_account_changes_no_password() {
    let old = Secret::password();
    let system = system(&old).await;
    let tokens = async || {
        let found = system.redis.call(&["KEYS", "{rekey:0}:token:*"]).await.texts();
        found.into_iter().collect::<std::collections::BTreeSet<_>>()
    };
    let token = system.token(OWN, 1).await;
    let own = tokens().await;
    let theirs = system.token(OTHER, 1).await;
    let both = tokens().await;
    let other = both.difference(&own).next().expect("there are two");
    copy(&system, other, own.first().expect("there is one"), &["state"]).await;
    let new = Secret::password();
    system.confirm(&token, &new).await.is_problem(400, "token_rejected");
    assert!(system.verify_account(OTHER, &old));
    system.confirm(&theirs, &new).await.expect_status(204);
    assert!(system.verify_account(OTHER, &new), "the owner's own token works");
}

/// The MACs are not skipped by naming a secret that nobody has, and no password is hashed for that.
#[tokio::test]
async fn r46_r65_a_token_whose_record_names_an_unknown_secret_is_refused_before_anything_is_hashed() {
    let old = Secret::password();
    let system = system(&old).await;
    let token = system.token(OTHER, 1).await;
    let key = system.redis.call(&["KEYS", "{rekey:0}:token:*"]).await.texts().remove(0);
    let made_with = system.redis.call(&["HGET", &key, "key"]).await.text();
    system.redis.call(&["HSET", &key, "key", "00000000"]).await;
    system.confirm(&token, &Secret::password()).await.is_problem(400, "token_rejected");
    // A token that names such a secret itself has no record at all.
    let mut bytes = URL_SAFE_NO_PAD.decode(token.expose()).expect("a token is base64url");
    bytes[2..6].fill(0);
    let forged = Secret::new(URL_SAFE_NO_PAD.encode(bytes));
    system.confirm(&forged, &Secret::password()).await.is_problem(400, "token_rejected");
    let metrics = system.internal().send(&Request::new("GET", "/metrics")).await.text();
    assert!(metrics.contains("rekey_hashing_slots_taken_total 0"), "{metrics}");
    assert!(system.verify_account(OTHER, &old));
    // Nothing is lost by it, once the hold of whoever tried is over.
    system.redis.call(&["HSET", &key, "key", &made_with]).await;
    system.redis.call(&["HDEL", &key, "holder", "held_until"]).await;
    let new = Secret::password();
    system.confirm(&token, &new).await.expect_status(204);
    assert!(system.verify_account(OTHER, &new));
}

/// There and back: the code is mailed to whom it is turned to meanwhile, and all that a worker wrote is genuine.
#[tokio::test]
async fn r65_a_challenge_that_is_turned_to_another_address_and_back_changes_no_password() {
    let old = Secret::password();
    let system = system(&old).await;
    let (id, _) = system.mailed(OTHER, 1).await;
    let key = challenge(&id);
    let mut kept = Vec::new();
    for field in ["account", "fingerprint", "bound"] {
        kept.push((field, system.redis.call(&["HGET", &key, field]).await.text()));
    }
    system.redis.call(&["HSET", &key, "address", OWN]).await;
    system.redis.call(&["HDEL", &key, "account", "fingerprint", "bound", "void", "sent:1"]).await;
    let job = format!(
        r#"{{"v":1,"id":"forged","type":"password_reset.send_code","data":{{"challenge_id":"{id}","mail_no":1}}}}"#
    );
    system.redis.call(&["LPUSH", READY, &job]).await;
    let code = system.smtp.wait_for(OWN, 1).await.code();
    system.settled().await;
    for address in [OWN, OTHER] {
        for (field, value) in &kept {
            system.redis.call(&["HSET", &key, field, value]).await;
        }
        system.redis.call(&["HSET", &key, "address", address]).await;
        system.redis.call(&["HDEL", &key, "used", "void"]).await;
        let answer = system.verify(&id, &code).await;
        if answer.status == 200 {
            let new = Secret::password();
            system.confirm(&answer.reset_token(), &new).await.is_problem(400, "token_rejected");
            assert!(!system.verify_account(OTHER, &new));
        }
    }
    assert!(system.verify_account(OTHER, &old));
}
