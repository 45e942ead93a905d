mod audit;
mod given_up;

use super::*;

use crate::database::{begin_write, testing::fresh};

const NOW: i64 = 1_700_000_000_000;
const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

async fn event(db: &DatabaseConnection, id: &str, now: i64, webhook: bool, user_agent: Option<&str>) {
    let event = ResetEvent {
        id: id.to_owned(),
        account_id: AccountId::new("7"),
        occurred_at: now,
        address_at_event: Email::parse("mike@example.com").unwrap(),
        client: Some("2001:db8::7".to_owned()),
        user_agent: user_agent.map(ToOwned::to_owned),
        languages: Some("de-AT,en;q=0.5".to_owned()),
        trace: TraceContext::parse(TRACEPARENT),
        notice_done_at: None,
        notice_given_up_at: None,
        webhook_done_at: (!webhook).then_some(now),
        webhook_given_up_at: None,
    };
    let transaction = begin_write(db).await.unwrap();
    record(&transaction, &event, None).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn due(db: &DatabaseConnection, now: i64) -> Vec<String> {
    claim_due(db, now, 60_000, 10).await.unwrap().into_iter().map(|event| event.id).collect()
}

#[tokio::test]
async fn an_event_is_found_as_it_was_written() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, true, Some(&format!("Agent\r\n\0\u{1b}[31m é😀{}", "x".repeat(300)))).await;
    let found = find(&fresh.db, "e1").await.unwrap().unwrap();
    assert_eq!((found.account_id.as_str(), found.occurred_at), ("7", NOW));
    assert_eq!(found.client.as_deref(), Some("2001:db8::7"));
    assert_eq!(found.languages.as_deref(), Some("de-AT,en;q=0.5"));
    let agent = found.user_agent.unwrap();
    assert!(agent.starts_with("Agent[31m é😀x") && agent.chars().count() == MAX_USER_AGENT, "{agent}");
    assert_eq!((found.notice_done_at, found.webhook_done_at), (None, None));
    assert_eq!(found.trace.map(|trace| trace.to_string()).as_deref(), Some(TRACEPARENT));
    assert!(find(&fresh.db, "e2").await.unwrap().is_none());
}

#[tokio::test]
async fn a_row_without_a_trace_or_with_one_that_is_none_is_told_of_all_the_same() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, false, None).await;
    // As a program of the version before writes it, and as a hand does.
    for value in ["NULL", "''", "'00-0-0-0'", "'00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01'"] {
        let change = format!("UPDATE reset_event SET traceparent = {value}, next_push_at = {NOW}");
        fresh.db.execute_unprepared(&change).await.unwrap();
        let claimed = claim_due(&fresh.db, NOW, 60_000, 10).await.unwrap();
        assert_eq!((claimed.len(), claimed[0].trace), (1, None), "{value}");
    }
}

#[tokio::test]
async fn an_event_is_due_after_the_first_push_had_its_time_and_again_after_each_hold() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, false, None).await;
    assert!(due(&fresh.db, NOW + FIRST_SWEEP_MS - 1).await.is_empty());
    assert_eq!(due(&fresh.db, NOW + FIRST_SWEEP_MS).await, ["e1"]);
    assert!(due(&fresh.db, NOW + FIRST_SWEEP_MS + 59_999).await.is_empty());
    assert_eq!(due(&fresh.db, NOW + FIRST_SWEEP_MS + 60_000).await, ["e1"]);
}

#[tokio::test]
async fn an_event_of_a_clock_that_is_years_ahead_is_due_now() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW + 10 * 365 * 86_400_000, false, None).await;
    event(&fresh.db, "e2", NOW + 3_600_000, false, None).await;
    assert_eq!(lag(&fresh.db, NOW).await.unwrap().notice.due, 1);
    assert_eq!(due(&fresh.db, NOW).await, ["e1"]);
    assert!(due(&fresh.db, NOW).await.is_empty(), "it has a time that can be right");
    assert_eq!(due(&fresh.db, NOW + 60_000).await, ["e1"]);
    assert_eq!(due(&fresh.db, NOW + 3_600_000 + FIRST_SWEEP_MS).await, ["e1", "e2"]);
}

#[tokio::test]
async fn events_are_claimed_longest_due_first_and_no_more_than_asked() {
    let fresh = fresh().await;
    for (id, now) in [("e3", NOW + 3), ("e1", NOW + 1), ("e2", NOW + 2)] {
        event(&fresh.db, id, now, false, None).await;
    }
    let claimed = claim_due(&fresh.db, NOW + 100_000, 60_000, 2).await.unwrap();
    assert_eq!(claimed.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["e1", "e2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_claimed_by_one_of_many_sweeps() {
    let fresh = fresh().await;
    for n in 0..5 {
        event(&fresh.db, &format!("e{n}"), NOW, false, None).await;
    }
    let sweeps = (0..8).map(|_| claim_due(&fresh.db, NOW + 100_000, 60_000, 10));
    let claimed = futures_util::future::join_all(sweeps).await;
    let mut ids: Vec<String> = claimed.into_iter().flat_map(Result::unwrap).map(|event| event.id).collect();
    ids.sort();
    assert_eq!(ids, ["e0", "e1", "e2", "e3", "e4"]);
}

#[tokio::test]
async fn an_event_is_done_when_notice_and_webhook_are() {
    let fresh = fresh().await;
    event(&fresh.db, "plain", NOW, false, None).await;
    event(&fresh.db, "hooked", NOW, true, None).await;
    for id in ["plain", "hooked", "unknown"] {
        finish(&fresh.db, id, Half::Notice, NOW + 5).await.unwrap();
        finish(&fresh.db, id, Half::Notice, NOW + 6).await.unwrap();
    }
    let found = find(&fresh.db, "plain").await.unwrap().unwrap();
    assert_eq!((found.notice_done_at, found.webhook_done_at), (Some(NOW + 5), Some(NOW)));
    assert_eq!(due(&fresh.db, NOW + 100_000).await, ["hooked"]);
}

#[tokio::test]
async fn a_notice_that_was_given_up_is_left_alone_and_can_still_be_sent() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, false, None).await;
    give_up(&fresh.db, "e1", Half::Notice, NOW).await.unwrap();
    assert!(due(&fresh.db, NOW + 100_000).await.is_empty());
    assert_eq!(find(&fresh.db, "e1").await.unwrap().unwrap().notice_done_at, None);
    finish(&fresh.db, "e1", Half::Notice, NOW + 5).await.unwrap();
    assert_eq!(find(&fresh.db, "e1").await.unwrap().unwrap().notice_done_at, Some(NOW + 5));
}

#[tokio::test]
async fn what_was_given_up_and_is_opened_again_is_swept() {
    for (half, other) in [(Half::Notice, Half::Webhook), (Half::Webhook, Half::Notice)] {
        let fresh = fresh().await;
        event(&fresh.db, "e1", NOW, true, None).await;
        finish(&fresh.db, "e1", other, NOW).await.unwrap();
        give_up(&fresh.db, "e1", half, NOW).await.unwrap();
        reopen(&fresh.db, "e1", other, NOW).await.unwrap();
        assert!(due(&fresh.db, NOW + 100_000).await.is_empty(), "{other:?} is done");
        reopen(&fresh.db, "e1", half, NOW + 200_000).await.unwrap();
        assert!(due(&fresh.db, NOW + 200_000 + FIRST_SWEEP_MS - 1).await.is_empty());
        assert_eq!(due(&fresh.db, NOW + 200_000 + FIRST_SWEEP_MS).await, ["e1"], "{half:?}");
        finish(&fresh.db, "e1", half, NOW).await.unwrap();
        reopen(&fresh.db, "e1", half, NOW).await.unwrap();
        assert!(due(&fresh.db, NOW + 900_000).await.is_empty(), "{half:?} is done");
    }
}

#[tokio::test]
async fn opening_a_half_again_leaves_the_time_of_the_other() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, true, None).await;
    give_up(&fresh.db, "e1", Half::Webhook, NOW).await.unwrap();
    reopen(&fresh.db, "e1", Half::Webhook, NOW + 900_000).await.unwrap();
    assert_eq!(due(&fresh.db, NOW + FIRST_SWEEP_MS).await, ["e1"]);
    let found = find(&fresh.db, "e1").await.unwrap().unwrap();
    assert_eq!((found.webhook_given_up_at, found.webhook_done_at), (None, None));
}

#[tokio::test]
async fn what_was_given_up_does_not_keep_the_other_half_from_the_sweep_nor_in_it() {
    for (given_up, other) in [(Half::Notice, Half::Webhook), (Half::Webhook, Half::Notice)] {
        let fresh = fresh().await;
        event(&fresh.db, "e1", NOW, true, None).await;
        give_up(&fresh.db, "e1", given_up, NOW + 1).await.unwrap();
        assert_eq!(due(&fresh.db, NOW + 100_000).await, ["e1"], "{other:?} is open");
        finish(&fresh.db, "e1", other, NOW + 2).await.unwrap();
        assert!(due(&fresh.db, NOW + 200_000).await.is_empty(), "{given_up:?} is for an operator");
        finish(&fresh.db, "e1", given_up, NOW + 3).await.unwrap();
        let found = find(&fresh.db, "e1").await.unwrap().unwrap();
        assert!(found.notice_done_at.is_some() && found.webhook_done_at.is_some());
    }
}

#[tokio::test]
async fn an_event_is_put_off_only_while_it_is_open() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, false, None).await;
    put_off(&fresh.db, "e1", NOW + 600_000).await.unwrap();
    assert!(due(&fresh.db, NOW + 599_999).await.is_empty());
    assert_eq!(due(&fresh.db, NOW + 600_000).await, ["e1"]);
    finish(&fresh.db, "e1", Half::Notice, NOW).await.unwrap();
    put_off(&fresh.db, "e1", NOW).await.unwrap();
    assert!(due(&fresh.db, NOW + 900_000).await.is_empty());
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_stop_the_others() {
    let fresh = fresh().await;
    event(&fresh.db, "e1", NOW, false, None).await;
    event(&fresh.db, "e2", NOW + 1, false, None).await;
    let change = "UPDATE reset_event SET address_at_event = 'no address' WHERE id = 'e1'";
    fresh.db.execute_unprepared(change).await.unwrap();
    assert_eq!(due(&fresh.db, NOW + 100_000).await, ["e2"]);
    assert_eq!(due(&fresh.db, NOW + 200_000).await, ["e2"], "put off");
    assert!(find(&fresh.db, "e1").await.is_err_and(|error| !database::is_passing(&error)));
}

#[tokio::test]
async fn the_lag_counts_what_is_open_and_what_is_late() {
    let fresh = fresh().await;
    assert_eq!(lag(&fresh.db, NOW).await.unwrap(), Lag::default());
    for (id, now) in [("e1", NOW), ("e2", NOW + 10), ("done", NOW - 10), ("given_up", NOW - 20)] {
        event(&fresh.db, id, now, false, None).await;
    }
    finish(&fresh.db, "done", Half::Notice, NOW).await.unwrap();
    give_up(&fresh.db, "given_up", Half::Notice, NOW).await.unwrap();
    for (now, due) in [(NOW + FIRST_SWEEP_MS - 1, 0), (NOW + FIRST_SWEEP_MS, 1), (NOW + FIRST_SWEEP_MS + 10, 2)] {
        let notice = HalfLag { open: 2, oldest: Some(NOW), due };
        assert_eq!(lag(&fresh.db, now).await.unwrap(), Lag { notice, webhook: HalfLag::default() });
    }
}

#[tokio::test]
async fn a_webhook_that_is_open_is_no_late_notice() {
    let fresh = fresh().await;
    event(&fresh.db, "told", NOW, true, None).await;
    event(&fresh.db, "both", NOW + 10, true, None).await;
    finish(&fresh.db, "told", Half::Notice, NOW).await.unwrap();
    let both = lag(&fresh.db, NOW + FIRST_SWEEP_MS).await.unwrap();
    assert_eq!(both.notice, HalfLag { open: 1, oldest: Some(NOW + 10), due: 0 });
    assert_eq!(both.webhook, HalfLag { open: 2, oldest: Some(NOW), due: 1 });
    give_up(&fresh.db, "told", Half::Webhook, NOW).await.unwrap();
    finish(&fresh.db, "both", Half::Notice, NOW).await.unwrap();
    let one = lag(&fresh.db, NOW + FIRST_SWEEP_MS).await.unwrap();
    assert_eq!(one, Lag { notice: HalfLag::default(), webhook: HalfLag { open: 1, oldest: Some(NOW + 10), due: 0 } });
}
