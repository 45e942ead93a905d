//! What happened to a challenge, as the audit trail will tell it.
//!
//! `request`, `verify` and `confirm` leave it in Redis, within the scripts that they run anyway, so none of them waits
//! for the database and an address that nobody has costs the same. It lies beside the challenge and outlives it: the
//! challenge itself ends on time. The worker writes it down ([`Trail::events`]), for real accounts alone.

mod due;

use std::{collections::HashMap, fmt, net::IpAddr, time::Duration};

use crate::{
    account::AccountId,
    challenge::{ChallengeId, RESENDS, TRIES},
    email::Email,
    reset_event::{Audit, Kind, MAX_USER_AGENT, Reason},
};

pub use due::{Taken, take};

/// From the end of a challenge until nothing can happen to it any more: a code that was right at the last moment brings
/// a token of ten minutes at most (ASVS 6.5.5), which a confirm holds for 30 s at most.
pub(crate) const CLOSES_AFTER: Duration = Duration::from_secs(10 * 60 + 30);
/// How long a trail waits for a worker and a database after that. It bounds the memory of an outage, not its length:
/// what is not written down within it is lost.
pub(crate) const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Who makes a call, as the trail keeps it: the client's address in clear, for that is what an auditor asks for, and
/// its user agent. It holds no line breaks and no terminal codes (R62, R69).
#[derive(Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Takes a client's address and its `User-Agent`, of which 256 characters are kept, without control characters.
    #[must_use]
    pub fn new(client: IpAddr, user_agent: Option<&str>) -> Self {
        let agent = user_agent.unwrap_or_default().chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT);
        Self(format!("{client} {}", agent.collect::<String>()))
    }

    /// As it travels to Redis: the address, a space, the user agent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Origin(…)")
    }
}

/// A call that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    at: i64,
    client: String,
    user_agent: Option<String>,
}

impl Seen {
    /// Reads what the scripts write: the time, and an [`Origin`].
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
    late: (i64, Option<Seen>),
    /// Passwords that were refused.
    refused: (i64, Option<Seen>),
    /// Confirms that were refused for the account's second factor.
    second_factor: (i64, Option<Seen>),
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
        let count = |name: &str| text(name).and_then(|count| count.parse().ok()).unwrap_or(0);
        let requests = (1..=1 + RESENDS).filter_map(|n| Some((n, seen(&format!("request:{n}"))?)));
        let times = |name: &str| -> Vec<(u8, i64)> {
            (1..=1 + RESENDS).filter_map(|n| Some((n, text(&format!("{name}:{n}"))?.parse().ok()?))).collect()
        };
        let tries = (1..=TRIES).filter_map(|n| Some((n, seen(&format!("try:{n}"))?)));
        Some(Self {
            address: Email::parse(text("address")?).ok()?,
            account: text("account").map(AccountId::new),
            closes: text("closes")?.parse().ok()?,
            requests: requests.collect(),
            mailed: times("mailed"),
            turned_away: times("turned_away"),
            tries: tries.collect(),
            right: text("right").and_then(|n| n.parse().ok()),
            late: (count("late"), seen("late_last")),
            refused: (count("refused"), seen("refused_last")),
            second_factor: (count("second_factor"), seen("second_factor_last")),
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
        let last = wrong.clone().chain(&self.late.1).max_by_key(|seen| seen.at);
        let times = i64::try_from(wrong.count()).unwrap_or(0).saturating_add(self.late.0);
        rows.extend(last.map(|seen| Audit { times, ..row(Kind::Rejected, "rejected", seen.at, Some(seen)) }));
        for (reason, (times, last)) in [(Reason::Password, &self.refused), (Reason::SecondFactor, &self.second_factor)]
        {
            let part = format!("refused.{}", reason.name());
            rows.extend(last.as_ref().map(|seen| Audit {
                times: *times,
                reason: Some(reason),
                ..row(Kind::Refused, &part, seen.at, Some(seen))
            }));
        }
        rows
    }
}

#[cfg(test)]
mod tests;
