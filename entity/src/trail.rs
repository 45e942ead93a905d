//! What happened to a challenge, as the audit trail will tell it.
//!
//! `request`, `verify` and `confirm` leave it in Redis, within the scripts that they run anyway, so none of them waits
//! for the database and an address that nobody has costs the same. It lies beside the challenge and outlives it: the
//! challenge itself ends on time. The worker writes it down ([`Trail::events`]), for real accounts alone.

mod count;
mod due;
mod origin;
mod story;

use std::time::Duration;

pub use count::{Counts, count};
pub use due::{Due, Taken, take};
pub use origin::Origin;
pub use story::Trail;

/// From the end of a challenge until nothing can happen to it any more: a code that was right at the last moment brings
/// a token of ten minutes at most (ASVS 6.5.5), which a confirm holds for 30 s at most.
pub(crate) const CLOSES_AFTER: Duration = Duration::from_secs(10 * 60 + 30);
/// How long a trail waits for a worker and a database after that. It bounds the memory of an outage, not its length:
/// what is not written down within it is lost.
pub const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Trails in a shard at most; the challenges that are opened beyond it have none.
///
/// When all is well a trail lies there for twenty minutes, so that is 200 requests a second, day and night; with the
/// database away it is seven hours of ten a second. It bounds what a flood costs in those hours: 180 MB were measured, with
/// one request each; a resend or a try is 150 octets more.
///
/// New ones are refused and old ones kept, not the other way round: nobody can wash away what is there by asking for
/// more. What is there when the database goes away has mails and codes in it; whoever asks from then on gets no mail and
/// sets no password, so their trails would tell that somebody asked and no more. That is in the API's log as well (R67),
/// and a password that is changed has its row in the transaction that changes it.
pub const MOST: u32 = 250_000;
