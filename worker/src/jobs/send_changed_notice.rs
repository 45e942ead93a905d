//! `password_reset.send_changed_notice`: tells the owner, at the address held when it happened, that the password was
//! changed. A disabled account is told as well.

use entity::{
    account,
    job::{Job, SendChangedNotice},
    reset_event::{self, Half},
};

use super::{Jobs, NoticeMail, Post, is_event_id, unix_ms};
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
        self.rows(reset_event::finish(&self.database, event_id, Half::Notice, unix_ms()).await)
    }
}
