//! `password_reset.send_changed_notice`: tells the owner, at the address held when it happened, that the password was
//! changed. A disabled account is told as well.

use entity::{
    account,
    job::{Job, SendChangedNotice},
    reset_event::Half,
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
        let Some(event) = self.open_event(&data.event_id, Half::Notice).await? else { return Ok(Done::Nothing) };
        let account = self.rows(account::find_by_id(&self.database, &event.account_id).await)?;
        let mail = NoticeMail {
            to: &event.address_at_event,
            job_id: &job.id,
            languages: [account.as_ref().and_then(|account| account.locale.as_deref()), event.languages.as_deref()],
            occurred_at: event.occurred_at,
        };
        self.post.send_notice(mail, hold).await?;
        self.finish(&event.id, Half::Notice, hold).await;
        Ok(Done::Sent)
    }
}
