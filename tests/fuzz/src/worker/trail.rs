//! A challenge's trail, as it is read back from Redis.

use std::collections::{HashMap, HashSet};

use crate::{
    account::AccountId,
    challenge::{ChallengeId, RESENDS},
    email::Email,
    keys::Shard,
    origin::Origin,
    reset_event::{Audit, Kind, MAX_ACCOUNT_ID, MAX_USER_AGENT},
    trail::Trail,
};

/// Takes lines: names and values of fields, parted by `=`. Whatever they hold, the rows are few, have ids of their own that
/// are the same each time, and fit their columns; and what a client says stays what it said.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    let mut fields: HashMap<String, String> = pairs.map(|(name, value)| (name.into(), value.into())).collect();
    let has = |name: &str, fits: fn(&str) -> bool| fields.get(name).is_some_and(|value| fits(value));
    let is_one = has("address", |text| Email::parse(text).is_ok()) && has("closes", |text| text.parse::<i64>().is_ok());
    assert_eq!(Trail::read(&fields).is_some(), is_one);
    if let Some(trail) = Trail::read(&fields) {
        rows(&trail);
    }

    fields.extend([("address", "mike@example.com"), ("closes", "9")].map(|(name, value)| (name.into(), value.into())));
    let client = "2001:db8::7".parse().expect("an address");
    fields.insert("request:1".into(), format!("5 {}", Origin::new(client, Some(text)).as_str()));
    let trail = Trail::read(&fields).expect("it has what it must");
    let told = rows(&trail);
    let agent: String = text.chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT).collect();
    let first = told.first().expect("a request was seen");
    assert_eq!((first.kind, first.occurred_at, first.client.as_deref()), (Kind::Requested, 5, Some("2001:db8::7")));
    assert_eq!(first.user_agent, Some(agent).filter(|agent| !agent.is_empty()));
}

/// The rows of a trail that is over.
fn rows(trail: &Trail) -> Vec<Audit> {
    let id = ChallengeId::new(Shard(3), [7; 16]);
    if let Some(account) = &trail.account {
        let account = account.as_str();
        assert!((1..=MAX_ACCOUNT_ID).contains(&account.chars().count()) && !account.contains('\0'), "{account:?}");
    }
    let account = trail.account.clone().unwrap_or_else(|| AccountId::new("7"));
    let told = |over: bool| trail.events(&id, &account, &trail.address, over);
    let (early, rows) = (told(false), told(true));
    assert_eq!(rows[..early.len()], early, "what was told stays as it was told");
    let ids: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "each row has an id of its own");
    let count = |kind: Kind| rows.iter().filter(|row| row.kind == kind).count();
    for (kind, most) in [
        (Kind::Requested, 1 + usize::from(RESENDS)),
        (Kind::Mailed, 1 + usize::from(RESENDS)),
        (Kind::Verified, 1),
        (Kind::Rejected, 1),
        // A mail to each request that said whom to ask; passwords; second factors.
        (Kind::Refused, 1 + usize::from(RESENDS) + 2),
        (Kind::PasswordReset, 0),
    ] {
        assert!(count(kind) <= most, "{kind:?}");
    }
    for row in &rows {
        let part = row.id.strip_prefix(&id.reference()).expect("it begins with what the rows of a challenge share");
        assert!(
            row.id.len() <= 64 && part.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"._".contains(&octet))
        );
        assert!(row.times >= 1 && (row.times == 1 || matches!(row.kind, Kind::Rejected | Kind::Refused)), "{row:?}");
        assert_eq!((&row.account_id, &row.address_at_event), (&account, &trail.address));
        assert_eq!(row.reason.is_some(), row.kind == Kind::Refused);
        // Whoever asked for the mail that said whom to ask, if that is known.
        let may_be_nobody = part.starts_with(".refused.second_factor.");
        assert!(row.client.is_some() == (row.kind != Kind::Mailed) || may_be_nobody, "{row:?}");
    }
    rows
}
