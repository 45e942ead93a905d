use futures_util::future::join_all;
use sea_orm::Statement;

use super::*;
use crate::{
    account::{add, find_by_email, set_second_factor},
    database::testing::fresh,
    email::Email,
    keyring::Keyring,
    queue::{self, Cause},
    reset_event::Half,
};

fn keyring() -> Keyring {
    Keyring::new(&[[7; 32]]).unwrap()
}

async fn mike(db: &DatabaseConnection, hash: Option<&str>) -> Account {
    let email = Email::parse("mike@example.com").unwrap();
    add(db, &email, hash.map(StoredHash::new).as_ref(), Some("en"), 5).await.unwrap();
    find_by_email(db, &email).await.unwrap().unwrap()
}

async fn reset(db: &DatabaseConnection, account: &Account, event_id: &str, hash: &str) -> Result<Outcome, ResetError> {
    let keyring = keyring();
    let reset = NewReset {
        account_id: &account.id,
        fingerprint: &account.fingerprint(keyring.current()),
        keys: keyring.current(),
        hash: &StoredHash::new(hash),
        event_id,
        challenge: None,
        client: Some("192.0.2.7"),
        user_agent: None,
        languages: None,
        trace: None,
        second_factor: true,
        now: 1_000,
        webhook: false,
    };
    apply(db, reset).await
}

/// The whole row as text.
async fn row(db: &DatabaseConnection) -> [Option<String>; 8] {
    let text = if db.get_database_backend() == sea_orm::DbBackend::MySql { "CHAR" } else { "TEXT" };
    let columns = [
        "email",
        "password_hash",
        "locale",
        "disabled_at",
        "password_changed_at",
        "session_epoch",
        "created_at",
        "has_second_factor",
    ];
    let columns = columns.map(|column| format!("CAST({column} AS {text})")).join(", ");
    let query = Statement::from_string(db.get_database_backend(), format!("SELECT {columns} FROM account"));
    let row = db.query_one_raw(query).await.unwrap().unwrap();
    std::array::from_fn(|index| row.try_get_by_index(index).unwrap())
}

#[tokio::test]
async fn r34_a_reset_changes_hash_time_and_epoch_and_nothing_else() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, Some("$old")).await;
    let mut expected = row(&fresh.db).await;
    assert_eq!(reset(&fresh.db, &account, "e1", "$new").await.unwrap(), Outcome::Done);
    expected[1] = Some("$new".into());
    expected[4] = Some("1000".into());
    expected[5] = Some("1".into());
    assert_eq!(row(&fresh.db).await, expected);
    let event = reset_event::find(&fresh.db, "e1").await.unwrap().unwrap();
    assert_eq!((event.account_id, event.occurred_at, event.address_at_event), (account.id, 1_000, account.email));
}

/// Whoever pushes a job again must push the same bytes.
#[tokio::test]
async fn the_row_makes_the_jobs_that_the_confirm_made() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, None).await;
    let keyring = keyring();
    for (event_id, trace) in [("e1", Some(TraceContext::random())), ("e2", None)] {
        let account = find_by_email(&fresh.db, &account.email).await.unwrap().unwrap();
        let reset = NewReset {
            account_id: &account.id,
            fingerprint: &account.fingerprint(keyring.current()),
            keys: keyring.current(),
            hash: &StoredHash::new(event_id),
            event_id,
            challenge: None,
            client: None,
            user_agent: None,
            languages: None,
            trace,
            second_factor: true,
            now: 1_000,
            webhook: true,
        };
        assert_eq!(apply(&fresh.db, reset).await.unwrap(), Outcome::Done);
        let event = reset_event::find(&fresh.db, event_id).await.unwrap().unwrap();
        assert_eq!(event.trace, trace);
        for half in Half::ALL {
            let cause = Cause { event_id, occurred_at: 1_000, trace };
            assert_eq!(queue::job(Cause::from(&event), half), queue::job(cause, half));
        }
    }
}

#[tokio::test]
async fn an_account_without_a_password_gets_one() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, None).await;
    assert_eq!(reset(&fresh.db, &account, "e1", "$new").await.unwrap(), Outcome::Done);
    assert_eq!(row(&fresh.db).await[1].as_deref(), Some("$new"));
}

#[tokio::test]
async fn r21_r22_an_account_that_changed_is_refused_and_left_alone() {
    let changes = [
        "UPDATE account SET password_hash = '$elsewhere'",
        "UPDATE account SET password_hash = NULL",
        "UPDATE account SET email = 'other@example.com'",
        "UPDATE account SET disabled_at = 7",
        "DELETE FROM account",
    ];
    for change in changes {
        let fresh = fresh().await;
        let account = mike(&fresh.db, Some("$old")).await;
        fresh.db.execute_unprepared(change).await.unwrap();
        assert_eq!(reset(&fresh.db, &account, "e1", "$new").await.unwrap(), Outcome::Refused, "{change}");
        assert!(reset_event::find(&fresh.db, "e1").await.unwrap().is_none(), "{change}");
        if change.starts_with("UPDATE") {
            assert_ne!(row(&fresh.db).await[1].as_deref(), Some("$new"), "{change}");
        }
    }
}

/// Resets on as if nobody had vouched for a second factor.
async fn reset_without_proof(db: &DatabaseConnection, account: &Account, event_id: &str) -> Outcome {
    let keyring = keyring();
    let fingerprint = account.fingerprint(keyring.current());
    let hash = StoredHash::new("$new");
    let reset = NewReset {
        account_id: &account.id,
        fingerprint: &fingerprint,
        keys: keyring.current(),
        hash: &hash,
        event_id,
        client: None,
        user_agent: None,
        languages: None,
        challenge: None,
        trace: None,
        second_factor: false,
        now: 1_000,
        webhook: false,
    };
    apply(db, reset).await.unwrap()
}

#[tokio::test]
async fn a_second_factor_that_nobody_vouched_for_ends_the_reset_and_stays() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, Some("$old")).await;
    set_second_factor(&fresh.db, &account.email, true).await.unwrap();
    let before = row(&fresh.db).await;
    assert_eq!(reset_without_proof(&fresh.db, &account, "e1").await, Outcome::SecondFactor);
    assert_eq!(row(&fresh.db).await, before);
    assert!(reset_event::find(&fresh.db, "e1").await.unwrap().is_none());
    // Another password meanwhile is the better reason.
    let other = Account { password_hash: Some(StoredHash::new("$other")), ..account.clone() };
    assert_eq!(reset_without_proof(&fresh.db, &other, "e1").await, Outcome::Refused);

    assert_eq!(reset(&fresh.db, &account, "e2", "$new").await.unwrap(), Outcome::Done);
    assert_eq!(row(&fresh.db).await[7], before[7], "R34: the flag stays");
    set_second_factor(&fresh.db, &account.email, false).await.unwrap();
    let account = find_by_email(&fresh.db, &account.email).await.unwrap().unwrap();
    assert_eq!(reset_without_proof(&fresh.db, &account, "e3").await, Outcome::Done);
}

fn written(prepared: Prepared) -> DatabaseTransaction {
    match prepared {
        Prepared::Written(transaction) => transaction,
        Prepared::Not(outcome) => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn the_swap_holds_without_the_check_before_it() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, Some("$old")).await;
    let key = table::key(&account.id).unwrap();
    let keyring = keyring();
    let (hash, event) = (StoredHash::new("$new"), "e1");
    let new = NewReset {
        account_id: &account.id,
        fingerprint: "",
        keys: keyring.current(),
        hash: &hash,
        event_id: event,
        challenge: None,
        client: None,
        user_agent: None,
        languages: None,
        trace: None,
        second_factor: true,
        now: 1_000,
        webhook: false,
    };
    let seen = |hash: Option<&str>, email: &str| Account {
        password_hash: hash.map(StoredHash::new),
        email: Email::parse(email).unwrap(),
        ..account.clone()
    };
    let transaction = database::begin_write(&fresh.db).await.unwrap();
    for other in
        [seen(None, "mike@example.com"), seen(Some("$OLD"), "mike@example.com"), seen(Some("$old"), "mika@example.com")]
    {
        assert!(!swap(&transaction, key, &other, &new).await.unwrap());
    }
    transaction.execute_unprepared("UPDATE account SET has_second_factor = TRUE").await.unwrap();
    assert!(!swap(&transaction, key, &account, &NewReset { second_factor: false, ..new }).await.unwrap());
    assert!(swap(&transaction, key, &account, &new).await.unwrap());
    assert!(!swap(&transaction, key, &account, &new).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn r19_of_parallel_resets_one_wins() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, Some("$old")).await;
    let attempts = (0..20).map(|n| {
        let (db, account) = (fresh.db.clone(), account.clone());
        async move { (n, reset(&db, &account, &format!("e{n}"), &format!("$new{n}")).await) }
    });
    let outcomes = join_all(attempts).await;
    let winners: Vec<_> = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Ok(Outcome::Done))).collect();
    let [(winner, _)] = winners[..] else { panic!("{outcomes:?}") };
    let now = row(&fresh.db).await;
    assert_eq!((now[1].clone(), now[5].as_deref()), (Some(format!("$new{winner}")), Some("1")));
}

#[tokio::test]
async fn a_lost_commit_is_read_back_from_the_event() {
    let fresh = fresh().await;
    let account = mike(&fresh.db, Some("$old")).await;
    let keyring = keyring();
    let (fingerprint, hash) = (account.fingerprint(keyring.current()), StoredHash::new("$new"));
    let new = |event_id| NewReset {
        account_id: &account.id,
        fingerprint: &fingerprint,
        keys: keyring.current(),
        hash: &hash,
        event_id,
        challenge: None,
        client: None,
        user_agent: None,
        languages: None,
        trace: None,
        second_factor: true,
        now: 1_000,
        webhook: false,
    };
    let lost = || DbErr::Custom("lost".into());

    let transaction = written(prepare(&fresh.db, &new("e1")).await.unwrap());
    transaction.rollback().await.unwrap();
    let rolled_back = read_back(&fresh.db, &new("e1"), lost()).await;
    assert!(matches!(rolled_back, Err(ResetError::RolledBack(_))), "{rolled_back:?}");

    // The answer was lost, the commit is still on its way, and the password is changed once more before anybody asks.
    let transaction = written(prepare(&fresh.db, &new("e2")).await.unwrap());
    let e2 = new("e2");
    let (found, ()) = tokio::join!(read_back(&fresh.db, &e2, lost()), async {
        tokio::task::yield_now().await;
        transaction.commit().await.unwrap();
        fresh.db.execute_unprepared("UPDATE account SET password_hash = '$later'").await.unwrap();
    });
    assert_eq!(found.unwrap(), Outcome::Done);
}

#[tokio::test]
async fn a_database_that_is_gone_rolled_back() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("none").join("rekey.db").display());
    let db = database::connect(&database::Settings::parse(&url).unwrap()).await.unwrap();
    let account = Account {
        id: AccountId::new("1"),
        email: Email::parse("mike@example.com").unwrap(),
        password_hash: None,
        locale: None,
        disabled: false,
        second_factor: false,
    };
    let outcome = reset(&db, &account, "e1", "$new").await;
    assert!(matches!(outcome, Err(ResetError::RolledBack(_))), "{outcome:?}");
}
