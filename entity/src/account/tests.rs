use super::*;
use crate::{database::testing::fresh, keyring::Keyring};

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[tokio::test]
async fn an_added_account_is_found_by_address_and_id() {
    let fresh = fresh().await;
    let (db, mike) = (&fresh.db, email("mike@example.com"));
    add(db, &mike, Some(&StoredHash::new("$hash")), Some("zh-CN"), 5).await.unwrap();
    let found = find_by_email(db, &mike).await.unwrap().unwrap();
    assert_eq!(found.password_hash.as_ref().map(StoredHash::expose), Some("$hash"));
    assert_eq!((found.locale.as_deref(), found.disabled), (Some("zh-CN"), false));
    assert_eq!(find_by_id(db, &found.id).await.unwrap().unwrap().email, mike);
    for nobody in ["", "0", "-1", "mike", "9223372036854775807", "99999999999999999999", "1 OR 1=1"] {
        assert!(find_by_id(db, &AccountId::new(nobody)).await.unwrap().is_none(), "{nobody}");
    }
}

#[tokio::test]
async fn an_address_is_taken_once_and_the_error_does_not_name_it() {
    let fresh = fresh().await;
    let mike = email("mike@example.com");
    add(&fresh.db, &mike, None, None, 5).await.unwrap();
    let error = add(&fresh.db, &mike, None, None, 5).await.unwrap_err();
    assert!(matches!(error, AddError::Taken));
    assert!(!format!("{error} {error:?}").contains("mike"));
}

#[tokio::test]
async fn r32_wildcards_and_quotes_are_ordinary_characters() {
    let fresh = fresh().await;
    for taken in ["some_one@example.com", "o'brien@example.com", "%@example.com"] {
        add(&fresh.db, &email(taken), None, None, 5).await.unwrap();
        assert!(find_by_email(&fresh.db, &email(taken)).await.unwrap().is_some(), "{taken}");
    }
    for free in ["someXone@example.com", "_@example.com", "o''brien@example.com", "some%@example.com"] {
        assert!(find_by_email(&fresh.db, &email(free)).await.unwrap().is_none(), "{free}");
    }
}

#[tokio::test]
async fn accounts_are_listed_in_pages() {
    let fresh = fresh().await;
    for name in ["a", "b", "c"] {
        add(&fresh.db, &email(&format!("{name}@example.com")), None, None, 5).await.unwrap();
    }
    let first = list(&fresh.db, None, 2).await.unwrap();
    let second = list(&fresh.db, Some(&first[1].id), 2).await.unwrap();
    let addresses: Vec<&str> = first.iter().chain(&second).map(|account| account.email.as_str()).collect();
    assert_eq!(addresses, ["a@example.com", "b@example.com", "c@example.com"]);
}

#[tokio::test]
async fn disabling_keeps_the_first_time_and_can_be_undone() {
    let fresh = fresh().await;
    let mike = email("mike@example.com");
    assert!(!set_disabled(&fresh.db, &mike, Some(1)).await.unwrap());
    add(&fresh.db, &mike, None, None, 5).await.unwrap();
    for now in [7, 8] {
        assert!(set_disabled(&fresh.db, &mike, Some(now)).await.unwrap());
        assert_eq!(list(&fresh.db, None, 1).await.unwrap()[0].disabled_at, Some(7));
    }
    assert!(find_by_email(&fresh.db, &mike).await.unwrap().unwrap().disabled);
    assert!(set_disabled(&fresh.db, &mike, None).await.unwrap());
    assert!(!find_by_email(&fresh.db, &mike).await.unwrap().unwrap().disabled);
}

#[tokio::test]
async fn the_second_factor_is_noted_and_its_fingerprint_is_another_thing() {
    let fresh = fresh().await;
    let (db, mike, anna) = (&fresh.db, email("mike@example.com"), email("anna@example.com"));
    assert!(!set_second_factor(db, &mike, true).await.unwrap());
    add(db, &mike, None, None, 5).await.unwrap();
    insert(db, NewAccount { email: &anna, hash: None, locale: None, second_factor: true, now: 5 }).await.unwrap();
    let listed: Vec<bool> = list(db, None, 2).await.unwrap().iter().map(|account| account.second_factor).collect();
    assert_eq!(listed, [false, true]);
    let keyring = Keyring::new(&[[7; 32]]).unwrap();
    let before = find_by_email(db, &mike).await.unwrap().unwrap();
    for has in [true, true, false] {
        assert!(set_second_factor(db, &mike, has).await.unwrap());
        let after = find_by_id(db, &before.id).await.unwrap().unwrap();
        assert_eq!(after.second_factor, has);
        assert_eq!(after.fingerprint(keyring.current()), before.fingerprint(keyring.current()));
    }
}

#[test]
fn nothing_secret_is_in_debug_and_the_fingerprint_follows_the_hash() {
    let keyring = Keyring::new(&[[7; 32]]).unwrap();
    let account = |hash: Option<&str>| Account {
        id: AccountId::new("1"),
        email: email("mike@example.com"),
        password_hash: hash.map(StoredHash::new),
        locale: None,
        disabled: false,
        second_factor: false,
    };
    let shown = format!("{:?}", account(Some("$secret")));
    assert!(!shown.contains("secret") && !shown.contains("mike"), "{shown}");
    let of = |hash| account(hash).fingerprint(keyring.current());
    assert_eq!(of(Some("a")), of(Some("a")));
    assert_ne!(of(Some("a")), of(Some("b")));
    assert_ne!(of(Some("")), of(None));
}
