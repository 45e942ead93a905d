//! From the fields of a hash to rows. How the fields come there is tested with the scripts of challenge and token.

use super::*;
use crate::{keys::Shard, reset_event::MAX_USER_AGENT, trail::Origin};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64)";

fn fields(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    let fixed = [("address", "mike@example.com"), ("closes", "9000")];
    fixed.iter().chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn told(pairs: &[(&str, &str)], closed: bool) -> Vec<(Kind, i64, i64, String)> {
    let trail = Trail::read(&fields(pairs)).unwrap();
    let rows = trail.events(&id(), &AccountId::new("7"), &trail.address, closed);
    rows.into_iter().map(|row| (row.kind, row.occurred_at, row.times, row.client.unwrap_or_default())).collect()
}

fn id() -> ChallengeId {
    ChallengeId::new(Shard(3), [7; 16])
}

#[test]
fn a_whole_story_is_told_and_what_is_counted_at_its_end_alone() {
    let story = [
        ("request:1", "10 192.0.2.1 Agent one"),
        ("request:2", "20 192.0.2.2 "),
        ("mailed:1", "11"),
        ("mailed:2", "21"),
        ("try:5", "30 198.51.100.7 Eve"),
        ("try:4", "31 198.51.100.8 Eve"),
        ("try:3", "40 192.0.2.1 Agent one"),
        ("right", "3"),
        ("late", "2"),
        ("late_last", "39 198.51.100.9 Eve"),
        ("refused", "4"),
        ("refused_last", "50 192.0.2.1 Agent one"),
    ];
    let mut expected = vec![
        (Kind::Requested, 10, 1, "192.0.2.1".to_owned()),
        (Kind::Requested, 20, 1, "192.0.2.2".to_owned()),
        (Kind::Mailed, 11, 1, String::new()),
        (Kind::Mailed, 21, 1, String::new()),
        (Kind::Verified, 40, 1, "192.0.2.1".to_owned()),
    ];
    assert_eq!(told(&story, false), expected);
    expected.push((Kind::Rejected, 39, 4, "198.51.100.9".to_owned()));
    expected.push((Kind::Refused, 50, 4, "192.0.2.1".to_owned()));
    assert_eq!(told(&story, true), expected);
}

/// Apart from passwords; the mail at once, under whoever asked for it, and never as one with a code.
#[test]
fn what_a_second_factor_refuses_is_told_as_that() {
    let story = [
        ("request:1", "10 192.0.2.1 Agent one"),
        ("request:2", "20 192.0.2.2 Agent two"),
        ("turned_away:1", "11"),
        ("turned_away:2", "21"),
        ("refused", "1"),
        ("refused_last", "50 192.0.2.3 Agent three"),
        ("second_factor", "3"),
        ("second_factor_last", "60 192.0.2.4 Agent four"),
    ];
    let trail = Trail::read(&fields(&story)).unwrap();
    let told = |closed| {
        let rows = trail.events(&id(), &AccountId::new("7"), &trail.address, closed);
        assert!(rows.iter().all(|row| row.kind != Kind::Mailed && row.id.len() <= 64));
        let refused = rows.into_iter().filter(|row| row.kind == Kind::Refused);
        refused.map(|row| (row.reason.unwrap(), row.occurred_at, row.times, row.client.unwrap())).collect::<Vec<_>>()
    };
    let mut expected = vec![
        (Reason::SecondFactor, 11, 1, "192.0.2.1".to_owned()),
        (Reason::SecondFactor, 21, 1, "192.0.2.2".to_owned()),
    ];
    assert_eq!(told(false), expected);
    expected.push((Reason::Password, 50, 1, "192.0.2.3".to_owned()));
    expected.push((Reason::SecondFactor, 60, 3, "192.0.2.4".to_owned()));
    assert_eq!(told(true), expected);
    let ids = trail.events(&id(), &AccountId::new("7"), &trail.address, true).into_iter().map(|row| row.id);
    assert_eq!(ids.collect::<std::collections::BTreeSet<_>>().len(), 6, "each has a name of its own");
}

#[test]
fn wrong_codes_without_a_right_one_all_count() {
    let tries = [("try:5", "1 192.0.2.1 a"), ("try:4", "3 192.0.2.2 b"), ("try:3", "2 192.0.2.3 c")];
    assert_eq!(told(&tries, true), [(Kind::Rejected, 3, 3, "192.0.2.2".to_owned())]);
    assert_eq!(told(&[], true), []);
}

#[test]
fn a_row_has_the_same_id_each_time_and_shows_no_challenge() {
    let trail = Trail::read(&fields(&[("request:1", "1 192.0.2.1 a")])).unwrap();
    let rows = |closed| trail.events(&id(), &AccountId::new("7"), &trail.address, closed);
    let (early, late) = (rows(false), rows(true));
    assert_eq!(early[0].id, late[0].id);
    assert!(early[0].id.len() <= 64 && !early[0].id.contains(id().as_str()));
    assert_eq!(early[0].id, format!("{}.requested.1", id().reference()));
    assert_ne!(id().reference(), ChallengeId::new(Shard(3), [8; 16]).reference());
}

#[test]
fn what_cannot_be_read_is_left_out() {
    assert!(Trail::read(&HashMap::new()).is_none());
    assert!(Trail::read(&fields(&[("address", "no address")])).is_none());
    let odd = [("request:1", "soon 192.0.2.1 a"), ("request:9", "1 192.0.2.1 a"), ("mailed:1", ""), ("late", "x")];
    assert_eq!(told(&odd, true), []);
    // Whoever wrote it: what was seen was seen once at least, and no account has such an id.
    for count in ["0", "-5", "many", "99999999999"] {
        let late = [("late", count), ("late_last", "1 192.0.2.1 a")];
        assert_eq!(told(&late, true), [(Kind::Rejected, 1, 1, "192.0.2.1".to_owned())], "{count}");
    }
    for id in ["", "7\0", "7\n8", &"7".repeat(65)] {
        assert_eq!(Trail::read(&fields(&[("account", id)])).unwrap().account, None, "{id:?}");
    }
}

#[test]
fn r62_r69_an_origin_has_no_line_breaks_and_no_terminal_codes() {
    let agent = format!("{AGENT}\r\nBcc: eve@example.com\u{1b}[31m\0\u{9b}2J{}", "x".repeat(500));
    let origin = Origin::new("2001:db8::7".parse().unwrap(), Some(&agent));
    assert!(!origin.as_str().chars().any(char::is_control));
    let seen = Seen::read(&format!("5 {}", origin.as_str())).unwrap();
    assert_eq!((seen.at, seen.client.as_str()), (5, "2001:db8::7"));
    let agent = seen.user_agent.unwrap();
    assert!(agent.starts_with(AGENT) && agent.chars().count() == MAX_USER_AGENT, "{agent}");
    let none = Seen::read(&format!("5 {}", Origin::new("192.0.2.1".parse().unwrap(), None).as_str())).unwrap();
    assert_eq!((none.client.as_str(), none.user_agent), ("192.0.2.1", None));
}
