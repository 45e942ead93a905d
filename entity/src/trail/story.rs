//! What a trail holds, and the events that it tells of. It is read from Redis, which others may write to.

use std::{collections::HashMap, fmt};

use crate::{
    account::AccountId,
    challenge::{ChallengeId, RESENDS, TRIES},
    email::Email,
    reset_event::{Audit, Kind, MAX_ACCOUNT_ID, Reason},
};

/// A call that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    at: i64,
    client: String,
    user_agent: Option<String>,
}

impl Seen {
    /// Reads what the scripts write: the time, and an origin.
    fn read(text: &str) -> Option<Self> {
        let (at, origin) = text.split_once(' ')?;
        let (client, agent) = origin.split_once(' ').unwrap_or((origin, ""));
        let user_agent = Some(agent.to_owned()).filter(|agent| !agent.is_empty());
        Some(Self { at: at.parse().ok()?, client: client.to_owned(), user_agent })
    }
}

/// The trail of one challenge.
pub struct Trail {
    /// The address that was asked for.
    pub address: Email,
    /// The account to which a code was to be mailed, once the worker had looked.
    pub account: Option<AccountId>,
    /// From when on nothing happens any more: milliseconds since 1970.
    pub closes: i64,
    requests: Vec<(u8, Seen)>,
    mailed: Vec<(u8, i64)>,
    /// Mails that said whom to ask, in place of a code.
    turned_away: Vec<(u8, i64)>,
    /// Codes that were tried while the challenge bore it; one of them may have been right.
    tries: Vec<(u8, Seen)>,
    right: Option<u8>,
    /// Codes that came when it was used or used up.
    late: Option<(u32, Seen)>,
    /// Passwords that were refused.
    refused: Option<(u32, Seen)>,
    /// Confirms that were refused for the account's second factor.
    second_factor: Option<(u32, Seen)>,
}

impl fmt::Debug for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trail").field("account", &self.account).field("closes", &self.closes).finish_non_exhaustive()
    }
}

impl Trail {
    /// Reads the fields of its hash; nothing if they are none. What is unknown or unreadable among what was seen is left
    /// out: a newer program may write more.
    #[must_use]
    pub fn read(fields: &HashMap<String, String>) -> Option<Self> {
        let text = |name: &str| fields.get(name).map(String::as_str);
        let seen = |name: &str| text(name).and_then(Seen::read);
        // What was seen was seen once at least, whatever the number beside it says.
        let counted = |name: &str, last: &str| {
            let count = text(name).and_then(|count| count.parse::<u32>().ok()).unwrap_or(0);
            Some((count.max(1), seen(last)?))
        };
        let requests = (1..=1 + RESENDS).filter_map(|n| Some((n, seen(&format!("request:{n}"))?)));
        let times = |name: &str| -> Vec<(u8, i64)> {
            (1..=1 + RESENDS).filter_map(|n| Some((n, text(&format!("{name}:{n}"))?.parse().ok()?))).collect()
        };
        let tries = (1..=TRIES).filter_map(|n| Some((n, seen(&format!("try:{n}"))?)));
        Some(Self {
            address: Email::parse(text("address")?).ok()?,
            account: text("account").filter(|id| is_account_id(id)).map(AccountId::new),
            closes: text("closes")?.parse().ok()?,
            requests: requests.collect(),
            mailed: times("mailed"),
            turned_away: times("turned_away"),
            tries: tries.collect(),
            right: text("right").and_then(|n| n.parse().ok()),
            late: counted("late", "late_last"),
            refused: counted("refused", "refused_last"),
            second_factor: counted("second_factor", "second_factor_last"),
        })
    }

    /// The rows to write for `account`, whose address is `address`: each has the same id each time, so that writing them
    /// again changes nothing. What is counted is among them once the trail is `closed`, for until then it may grow.
    #[must_use]
    pub fn events(&self, id: &ChallengeId, account: &AccountId, address: &Email, closed: bool) -> Vec<Audit> {
        let reference = id.reference();
        let row = |kind: Kind, part: &str, at: i64, seen: Option<&Seen>| Audit {
            id: format!("{reference}.{part}"),
            account_id: account.clone(),
            kind,
            occurred_at: at,
            address_at_event: address.clone(),
            client: seen.map(|seen| seen.client.clone()),
            user_agent: seen.and_then(|seen| seen.user_agent.clone()),
            challenge: Some(reference.clone()),
            times: 1,
            reason: None,
        };
        let mut rows = Vec::new();
        for (n, seen) in &self.requests {
            rows.push(row(Kind::Requested, &format!("requested.{n}"), seen.at, Some(seen)));
        }
        for (n, at) in &self.mailed {
            rows.push(row(Kind::Mailed, &format!("mailed.{n}"), *at, None));
        }
        for (n, at) in &self.turned_away {
            let asked = self.requests.iter().find(|(request, _)| request == n).map(|(_, seen)| seen);
            let reason = Some(Reason::SecondFactor);
            rows.push(Audit { reason, ..row(Kind::Refused, &format!("refused.second_factor.{n}"), *at, asked) });
        }
        let right = self.tries.iter().find(|(n, _)| Some(*n) == self.right).map(|(_, seen)| seen);
        rows.extend(right.map(|seen| row(Kind::Verified, "verified", seen.at, Some(seen))));
        if !closed {
            return rows;
        }
        let wrong = self.tries.iter().filter(|(n, _)| Some(*n) != self.right).map(|(_, seen)| seen);
        let late = self.late.as_ref();
        let last = wrong.clone().chain(late.map(|(_, seen)| seen)).max_by_key(|seen| seen.at);
        let times = i64::try_from(wrong.count()).unwrap_or(0) + late.map_or(0, |(times, _)| i64::from(*times));
        rows.extend(last.map(|seen| Audit { times, ..row(Kind::Rejected, "rejected", seen.at, Some(seen)) }));
        for (reason, counted) in [(Reason::Password, &self.refused), (Reason::SecondFactor, &self.second_factor)] {
            let part = format!("refused.{}", reason.name());
            rows.extend(counted.as_ref().map(|(times, seen)| Audit {
                times: i64::from(*times),
                reason: Some(reason),
                ..row(Kind::Refused, &part, seen.at, Some(seen))
            }));
        }
        rows
    }
}

/// Whether an account may have this id: a row has room for it, and no database takes a NUL.
fn is_account_id(text: &str) -> bool {
    (1..=MAX_ACCOUNT_ID).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
