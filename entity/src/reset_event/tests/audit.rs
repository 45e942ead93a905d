//! Rows that are audit trail alone, and how long all of them are kept.

use super::*;
use crate::settings::Source;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn audit(id: &str, kind: Kind, occurred_at: i64) -> Audit {
    Audit {
        id: id.to_owned(),
        account_id: AccountId::new("7"),
        kind,
        occurred_at,
        address_at_event: Email::parse("mike@example.com").unwrap(),
        client: Some("192.0.2.1".to_owned()),
        user_agent: Some("Agent\r\n\u{1b}[31m".to_owned()),
        challenge: Some("c".repeat(32)),
        times: 3,
        reason: (kind == Kind::Refused).then_some(Reason::Password),
    }
}

async fn ids(db: &DatabaseConnection, limit: u64) -> Vec<String> {
    list(db, &AccountId::new("7"), limit).await.unwrap().into_iter().map(|told| told.id).collect()
}

#[tokio::test]
async fn rows_are_written_once_and_listed_newest_first() {
    let fresh = fresh().await;
    event(&fresh.db, "outbox", NOW + 5, false, None).await;
    let rows = [audit("a", Kind::Requested, NOW), audit("b", Kind::Refused, NOW + 10)];
    write(&fresh.db, &rows).await.unwrap();
    let again = [Audit { times: 9, ..audit("a", Kind::Requested, NOW + 99) }, audit("c", Kind::Mailed, NOW + 10)];
    write(&fresh.db, &again).await.unwrap();
    assert_eq!(ids(&fresh.db, 10).await, ["c", "b", "outbox", "a"]);
    assert_eq!(ids(&fresh.db, 2).await, ["c", "b"]);
    let told = list(&fresh.db, &AccountId::new("7"), 10).await.unwrap();
    let expected = Told {
        id: "b".into(),
        kind: "refused".into(),
        occurred_at: NOW + 10,
        address_at_event: "mike@example.com".into(),
        client: Some("192.0.2.1".into()),
        user_agent: Some("Agent[31m".into()),
        challenge: Some("c".repeat(32)),
        times: 3,
        reason: Some("password".into()),
    };
    assert_eq!(told[1], expected);
    assert_eq!((told[2].kind.as_str(), told[2].times, told[2].challenge.as_deref()), ("password_reset", 1, None));
    assert_eq!((told[3].occurred_at, told[3].times), (NOW, 3), "the first one stays");
    assert!(list(&fresh.db, &AccountId::new("8"), 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn many_rows_are_written_by_several_statements() {
    let fresh = fresh().await;
    let rows: Vec<_> = (0..250).map(|n| audit(&format!("r{n:03}"), Kind::Mailed, NOW + n)).collect();
    write(&fresh.db, &rows).await.unwrap();
    assert_eq!(ids(&fresh.db, 1_000).await.len(), 250);
}

#[tokio::test]
async fn r65_what_is_audit_alone_is_nothing_for_the_outbox() {
    let fresh = fresh().await;
    write(&fresh.db, &[audit("a", Kind::Verified, NOW)]).await.unwrap();
    // As a hand in the database would, or a clock that is wrong.
    let change = "UPDATE reset_event SET next_push_at = 1";
    fresh.db.execute_unprepared(change).await.unwrap();
    assert!(due(&fresh.db, NOW + 100_000).await.is_empty());
    assert!(find(&fresh.db, "a").await.unwrap().is_none(), "a forged job finds nothing to send");
    assert_eq!(lag(&fresh.db, NOW).await.unwrap(), Lag::default());
}

#[tokio::test]
async fn what_is_old_goes_in_bounded_numbers_oldest_first() {
    let fresh = fresh().await;
    let rows: Vec<_> = (0..5).map(|n| audit(&format!("r{n}"), Kind::Requested, NOW + n)).collect();
    write(&fresh.db, &rows).await.unwrap();
    let purged = async |before, limit| purge(&fresh.db, before, NOW + DAY, limit).await.unwrap();
    assert_eq!(purged(NOW, 10).await, 0);
    assert_eq!(purged(NOW + 4, 3).await, 3);
    assert_eq!(ids(&fresh.db, 10).await, ["r4", "r3"]);
    assert_eq!(purged(NOW + 4, 3).await, 1);
    assert_eq!(purged(NOW + 4, 3).await, 0);
    assert_eq!(ids(&fresh.db, 10).await, ["r4"]);
}

#[tokio::test]
async fn what_the_outbox_has_to_do_stays_however_old_it_is() {
    let fresh = fresh().await;
    for (id, webhook) in [("open", false), ("half", true), ("done", false), ("both", true), ("given_up", false)] {
        event(&fresh.db, id, NOW, webhook, None).await;
    }
    for id in ["half", "done", "both"] {
        finish(&fresh.db, id, Half::Notice, NOW + 1).await.unwrap();
    }
    finish(&fresh.db, "both", Half::Webhook, NOW + 1).await.unwrap();
    give_up(&fresh.db, "given_up", Half::Notice, NOW).await.unwrap();
    let far = NOW + 1_000 * DAY;
    assert_eq!(purge(&fresh.db, far, NOW + 14 * DAY, 10).await.unwrap(), 2);
    assert_eq!(ids(&fresh.db, 10).await, ["open", "half", "given_up"], "its job may be retried");
    assert_eq!(purge(&fresh.db, far, NOW + 16 * DAY, 10).await.unwrap(), 1);
    assert_eq!(purge(&fresh.db, far, far, 10).await.unwrap(), 0);
    assert_eq!(ids(&fresh.db, 10).await, ["open", "half"]);
}

#[test]
fn retention_has_bounds_and_nought_is_for_ever() {
    let read = |text: &str| {
        let variable = ("REKEY_AUDIT_RETENTION".to_owned(), Some(text.to_owned()));
        retention(&Source::from_parts(None, [variable]).unwrap()).map_err(|error| error.to_string())
    };
    assert_eq!(retention(&Source::from_parts(None, []).unwrap()).unwrap().unwrap().as_secs(), 90 * 86_400);
    assert_eq!(read("0s"), Ok(None));
    assert!(read("1d").is_ok() && read("3650d").is_ok());
    for text in ["23h", "3651d", "-1d", "long"] {
        assert!(read(text).unwrap_err().starts_with("REKEY_AUDIT_RETENTION"), "{text}");
    }
}

#[test]
fn the_names_of_kinds_and_reasons_are_for_good() {
    let names = Kind::ALL.map(Kind::name);
    assert_eq!(names, ["requested", "mailed", "rejected", "verified", "password_reset", "refused"]);
    let reasons = Reason::ALL.map(Reason::name);
    assert_eq!(reasons, ["account", "password", "second_factor"]);
    assert!(names.iter().chain(&reasons).all(|name| name.len() <= 32));
}
