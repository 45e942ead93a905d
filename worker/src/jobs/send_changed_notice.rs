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
        let event = self.rows(reset_event::find(&self.database, &data.event_id).await)?;
        let event = event.ok_or(Failure::Dead("unknown_event".into()))?;
        if event.notice_done_at.is_some() {
            return Ok(Done::Nothing);
        }
        let account = self.rows(account::find_by_id(&self.database, &event.account_id).await)?;
        let mail = NoticeMail {
            to: &event.address_at_event,
            job_id: &job.id,
            language: account.as_ref().and_then(|account| account.locale.as_deref()),
            occurred_at: event.occurred_at,
        };
        self.post.send_notice(mail, hold).await?;
        hold.insist(|| async { self.finish_notice(&data.event_id).await }).await;
        Ok(Done::Sent)
    }
}

impl<P> Jobs<P> {
    /// Closes the outbox's row. To be called when the notice was sent or never will be.
    pub(super) async fn finish_notice(&self, event_id: &str) -> Result<(), Failure> {
        self.rows(reset_event::finish_notice(&self.database, event_id, unix_ms()).await)
    }
}

/// Now, ms since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place")]
pub(crate) fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
