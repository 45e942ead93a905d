//! `password_reset.send_changed_notice`: tells the owner, at the address held when it happened, that the password was
//! changed. A disabled account is told as well.

use std::time::{SystemTime, UNIX_EPOCH};

use entity::{
    account,
    job::{Job, SendChangedNotice},
    reset_event,
};

use super::{Jobs, NoticeMail, Post};
use crate::work::{Done, Failure, Hold};

impl<P: Post> Jobs<P> {
    pub(super) async fn send_changed_notice(
        &self,
        job: &Job,
        data: &SendChangedNotice,
        hold: &Hold,
    ) -> Result<Done, Failure> {
        if !is_event_id(&data.event_id) {
            return Err(Failure::Dead("invalid_data".into()));
        }
        let event = self.rows(reset_event::find(&self.database, &data.event_id).await)?;
        let event = event.ok_or(Failure::Dead("unknown_event".into()))?;
        if event.notice_done_at.is_some() {
            return Ok(Done::Nothing);
        }
        let account = self.rows(account::find_by_id(&self.database, &event.account_id).await)?;
        let mail = NoticeMail {
            to: &event.address_at_event,
            job_id: &job.id,
            languages: [account.as_ref().and_then(|account| account.locale.as_deref()), event.languages.as_deref()],
            occurred_at: event.occurred_at,
        };
        self.post.send_notice(mail, hold).await?;
        hold.insist(|| async { self.finish_notice(&data.event_id).await }).await;
        Ok(Done::Sent)
    }
}

impl<P> Jobs<P> {
    /// Closes the outbox's row: the notice was sent.
    async fn finish_notice(&self, event_id: &str) -> Result<(), Failure> {
        self.rows(reset_event::finish_notice(&self.database, event_id, unix_ms()).await)
    }

    /// Keeps the sweep from the outbox's row: the notice is among the dead letters. Its job can be given another life,
    /// so the row is not closed.
    pub(super) async fn give_up_notice(&self, event_id: &str) -> Result<(), Failure> {
        if !is_event_id(event_id) {
            return Ok(());
        }
        self.rows(reset_event::give_up_notice(&self.database, event_id).await)
    }
}

/// Whether it can name an event. The API's are 32 hexadecimal digits; others may write theirs with a hyphen or longer,
/// and what is no such name is not asked of the database.
fn is_event_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
}

/// Now, ms since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
