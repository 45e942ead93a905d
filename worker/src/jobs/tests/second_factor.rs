//! `password_reset.send_code` for accounts that have a second factor, where those are refused.

use entity::brand::Support;
use fred::interfaces::HashesInterface;

use super::*;

async fn refusing() -> Parts {
    let mut parts = Parts::start().await;
    let contact = Support { href: "mailto:desk@example.com".into(), text: "desk@example.com".into() };
    parts.jobs.refuses_second_factor = Some(contact);
    account::set_second_factor(&parts.jobs.database, &email(ADDRESS), true).await.unwrap();
    parts
}

/// The account that a challenge took, as Redis has it.
async fn bound(parts: &Parts, id: &ChallengeId) -> Option<String> {
    let key = parts.jobs.store.names().challenge(id.shard(), id.as_str());
    parts.jobs.store.client().hget(key, "account").await.unwrap()
}

/// What the audit trail will tell of a challenge's mails.
async fn mails_told(parts: &Parts, id: &ChallengeId) -> Vec<String> {
    let key = parts.jobs.store.names().trail(id.shard(), id.as_str());
    let mut names: Vec<String> = parts.jobs.store.client().hkeys(key).await.unwrap();
    names.retain(|name| name.starts_with("mailed") || name.starts_with("turned_away"));
    names.sort();
    names
}

#[tokio::test]
async fn r5_a_refused_account_is_told_whom_to_ask_and_its_challenge_stays_nobodys() {
    let mut parts = refusing().await;
    let id = parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent));
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Nothing), "marked as sent");
    let expected = Sent {
        to: ADDRESS.into(),
        job_id: format!("{}.1", id.as_str()),
        languages: vec![Some("zh-CN".into()), Some("de".into())],
        contact: "desk@example.com".into(),
        ..Sent::default()
    };
    assert_eq!(parts.sent(), [expected], "no code");
    assert_eq!(bound(&parts, &id).await, None);

    parts.request(ADDRESS, Some(&id)).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert_eq!(parts.sent().len(), 2, "a resend mails it once more");
    assert_eq!(mails_told(&parts, &id).await, ["turned_away:1", "turned_away:2"], "not as codes");
}

#[tokio::test]
async fn others_get_their_code_and_so_do_all_where_nobody_is_refused() {
    let mut parts = refusing().await;
    parts.add("anna@example.com", None).await;
    let id = parts.request("anna@example.com", None).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    parts.jobs.refuses_second_factor = None;
    parts.request(ADDRESS, None).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert!(parts.sent().iter().all(|mail| mail.contact.is_empty() && !mail.code.is_empty()));
    assert!(bound(&parts, &id).await.is_some());
    assert_eq!(mails_told(&parts, &id).await, ["mailed:1"]);
}

#[tokio::test]
async fn a_mail_that_fails_is_tried_again() {
    let mut parts = refusing().await;
    parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    parts.refuse(Some(Failure::Retry("greylisted".into())));
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Retry("greylisted".into())));
    parts.refuse(None);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent));
}
