//! `password_reset.send_code`.

use super::*;

#[tokio::test]
async fn r26_the_code_goes_to_the_address_in_the_row_and_the_challenge_learns_its_account() {
    let mut parts = Parts::start().await;
    let id = parts.request("Mike@Example.com", None).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    let view = challenge::read(&parts.jobs.store, &id).await.unwrap().unwrap();
    let code =
        Code::derive(CodeFormat::Digits8, parts.jobs.keyring.current(), id.as_str(), &view.nonce, ADDRESS).shown();
    let expected = Sent {
        to: ADDRESS.into(),
        job_id: format!("{}.1", id.as_str()),
        languages: vec![Some("zh-CN".into()), Some("de".into())],
        code,
        minutes: 10,
        ..Sent::default()
    };
    assert_eq!(parts.sent(), [expected]);
    assert_eq!(view.sent, [1]);
    let bound: Option<String> = fred::interfaces::HashesInterface::hget(
        &parts.jobs.store.client(),
        parts.jobs.store.names().challenge(id.shard(), id.as_str()),
        "account",
    )
    .await
    .unwrap();
    assert_eq!(bound.as_deref(), Some(parts.account().await.as_str()));
}

#[tokio::test]
async fn unknown_and_disabled_accounts_get_no_mail_and_leave_no_trace() {
    let mut parts = Parts::start().await;
    account::set_disabled(&parts.jobs.database, &email(ADDRESS), Some(1)).await.unwrap();
    for address in [ADDRESS, "nobody@example.com"] {
        let id = parts.request(address, None).await;
        assert_eq!(parts.run_next().await, Ok(Done::Nothing));
        let view = challenge::read(&parts.jobs.store, &id).await.unwrap().unwrap();
        assert!(!view.void && view.sent.is_empty());
    }
    assert!(parts.sent().is_empty());
}

#[tokio::test]
async fn r14_a_resend_carries_the_same_code_and_the_same_mail_goes_out_once() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent));
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Nothing), "marked as sent");
    parts.request(ADDRESS, Some(&id)).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    let sent = parts.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].code, sent[1].code);
    assert_ne!(sent[0].job_id, sent[1].job_id);
}

#[tokio::test]
async fn r65_a_forged_job_chooses_nothing() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    parts.run_next().await.unwrap();
    for (challenge, mail_no) in [(id.as_str(), 0), (id.as_str(), 5), ("../x", 1), ("__8AAAAAAAAAAAAAAAAAAAAA", 1)] {
        let job = format!(
            r#"{{"v":1,"id":"forged","type":"password_reset.send_code","to":"eve@example.com","data":{{"challenge_id":"{challenge}","mail_no":{mail_no},"to":"eve@example.com"}}}}"#
        );
        parts.redis.push("ready", job).await;
        let (delivery, held) = parts.next().await;
        let job = Job::decode(&delivery.bytes).unwrap();
        assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Dead("invalid_data".into())), "{challenge}");
        parts.asker.queue.ack(&[delivery.ticket]).await.unwrap();
    }
    assert_eq!(parts.sent().len(), 1);
}

#[tokio::test]
async fn a_resend_that_nobody_asked_for_goes_to_the_owner_alone() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    parts.run_next().await.unwrap();
    let job = format!(
        r#"{{"v":1,"id":"by-hand","type":"password_reset.send_code","data":{{"challenge_id":"{}","mail_no":2}}}}"#,
        id.as_str()
    );
    parts.redis.push("ready", job).await;
    assert_eq!(parts.run_next().await, Ok(Done::Sent));
    assert_eq!(parts.sent().len(), 2);
}

#[tokio::test]
async fn r21_a_changed_account_voids_the_challenge() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    parts.run_next().await.unwrap();
    let change = "UPDATE account SET password_hash = 'another'";
    sea_orm::ConnectionTrait::execute_unprepared(&parts.jobs.database, change).await.unwrap();
    for _ in 0..2 {
        parts.request(ADDRESS, Some(&id)).await;
        assert_eq!(parts.run_next().await, Ok(Done::Nothing));
    }
    assert!(challenge::read(&parts.jobs.store, &id).await.unwrap().unwrap().void);
    assert_eq!(parts.sent().len(), 1);
}

#[tokio::test]
async fn a_challenge_that_is_over_is_no_work() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    parts.redis.delete(&format!("challenge:{}", id.as_str())).await;
    assert_eq!(parts.run_next().await, Ok(Done::Nothing));
    assert!(parts.sent().is_empty());
}

#[tokio::test]
async fn r66_a_job_that_is_somebody_elses_by_then_sends_nothing() {
    let mut parts = Parts::start().await;
    parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    parts.asker.queue.release(&delivery.ticket).await.unwrap();
    let job = Job::decode(&delivery.bytes).unwrap();
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Lost));
    assert!(parts.sent().is_empty());
    drop(held);
    assert_eq!(parts.run_next().await, Ok(Done::Sent), "whoever has it then does");
}

#[tokio::test]
async fn in_its_last_minute_a_code_says_one_minute() {
    let mut parts = Parts::start().await;
    parts.challenges.ttl = Duration::from_secs(50);
    parts.request(ADDRESS, None).await;
    parts.run_next().await.unwrap();
    assert_eq!(parts.sent()[0].minutes, 1);
}

#[tokio::test]
async fn our_own_faults_defer() {
    let mut parts = Parts::start().await;
    parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    let ring = std::mem::replace(
        &mut parts.jobs.keyring,
        Keyring::new(&[b"another secret of 32 bytes or more".as_slice()]).unwrap(),
    );
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Defer("unknown_key".into())));
    parts.jobs.keyring = ring;
    parts.lose_database().await;
    assert!(
        matches!(parts.jobs.run(&job, &held.hold).await, Err(Failure::Defer(reason)) if reason.starts_with("database: "))
    );
    assert!(parts.sent().is_empty());
}

#[tokio::test]
async fn a_column_of_another_type_buries_one_job_and_defers_none() {
    let mut parts = Parts::start().await;
    parts.request(ADDRESS, None).await;
    let change = "UPDATE account SET disabled_at = 'yesterday'";
    sea_orm::ConnectionTrait::execute_unprepared(&parts.jobs.database, change).await.unwrap();
    assert_eq!(parts.run_next().await, Err(Failure::Dead("database_refused".into())));
}

#[tokio::test]
async fn what_the_mail_server_says_is_handed_on_and_not_marked_as_sent() {
    let mut parts = Parts::start().await;
    let id = parts.request(ADDRESS, None).await;
    let (delivery, held) = parts.next().await;
    let job = Job::decode(&delivery.bytes).unwrap();
    for failure in
        [Failure::Retry("451".into()), Failure::Defer("535".into()), Failure::Dead("550".into()), Failure::Lost]
    {
        parts.refuse(Some(failure.clone()));
        assert_eq!(parts.jobs.run(&job, &held.hold).await, Err(failure));
    }
    assert!(challenge::read(&parts.jobs.store, &id).await.unwrap().unwrap().sent.is_empty());
    parts.refuse(None);
    assert_eq!(parts.jobs.run(&job, &held.hold).await, Ok(Done::Sent), "and may be sent later");
}
