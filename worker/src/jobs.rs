//! What each type of job does.

mod deliver_webhook;
mod post;
mod send_changed_notice;
mod send_code;
#[cfg(test)]
mod tests;

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use entity::{
    brand::Support,
    code::CodeFormat,
    database,
    job::{Job, Task},
    keyring::Keyring,
    reset_event::{self, Half, ResetEvent},
    store::{Store, StoreError},
};
use sea_orm::{DatabaseConnection, DbErr};

pub use post::{CodeMail, NoticeMail, Post, SecondFactorMail};

use crate::{
    webhook::Hook,
    work::{Done, Failure, Handler, Hold, Link},
};

/// All that jobs need.
pub struct Jobs<P> {
    /// Challenges.
    pub store: Store,
    /// Accounts and events.
    pub database: DatabaseConnection,
    /// Told whether the database answers.
    pub database_link: Arc<Link>,
    /// To derive codes and fingerprints.
    pub keyring: Keyring,
    /// How codes look.
    pub format: CodeFormat,
    /// Sends mails.
    pub post: P,
    /// Tells the application, if it wants to know.
    pub webhook: Option<Hook>,
    /// Whom to ask, if accounts that have a second factor get no code.
    pub refuses_second_factor: Option<Support>,
}

impl<P: Post> Handler for Jobs<P> {
    async fn run(&self, job: &Job, hold: &Hold) -> Result<Done, Failure> {
        match &job.task {
            Task::SendCode(data) => self.send_code(job, data, hold).await,
            Task::SendChangedNotice(data) => self.send_changed_notice(job, data, hold).await,
            Task::DeliverWebhook(data) => self.deliver_webhook(data, hold).await,
        }
    }

    async fn buried(&self, job: &Job) -> Result<(), Failure> {
        match job.task.row() {
            Some((event_id, half)) => self.give_up(event_id, half).await,
            // Nothing waits for it.
            None => Ok(()),
        }
    }
}

impl<P> Jobs<P> {
    /// A query's answer. While the database is at fault no job would fare better; an error that this job's data cause
    /// ends the job, for it would come again each time.
    fn rows<T>(&self, answer: Result<T, DbErr>) -> Result<T, Failure> {
        let refused = match answer {
            Err(error) if !database::is_passing(&error) => Err(database::describe(&error)),
            answer => {
                let answer = self.database_link.note(answer.map_err(|error| database::describe(&error)));
                return answer.map_err(|error| Failure::Defer(format!("database: {error}").into()));
            }
        };
        // It answered.
        let _ = self.database_link.note(Ok::<_, String>(()));
        refused.map_err(|error| {
            tracing::error!(%error, "the database refuses a job's data");
            Failure::Dead("database_refused".into())
        })
    }

    /// The event of a job, unless this half of it is done.
    async fn open_event(&self, event_id: &str, half: Half) -> Result<Option<ResetEvent>, Failure> {
        if !is_event_id(event_id) {
            return Err(Failure::Dead("invalid_data".into()));
        }
        let event = self.rows(reset_event::find(&self.database, event_id).await)?;
        let event = event.ok_or(Failure::Dead("unknown_event".into()))?;
        Ok(Some(event).filter(|event| !event.is_done(half)))
    }

    /// Closes a half of the outbox's row: it was sent. That must not be lost.
    async fn finish(&self, event_id: &str, half: Half, hold: &Hold) {
        let noted = || async { self.rows(reset_event::finish(&self.database, event_id, half, unix_ms()).await) };
        hold.insist(noted).await;
    }

    /// Keeps the sweep from a half of the outbox's row: its job is among the dead letters. The job can be given another
    /// life, so the half is not done.
    async fn give_up(&self, event_id: &str, half: Half) -> Result<(), Failure> {
        if !is_event_id(event_id) {
            return Ok(());
        }
        self.rows(reset_event::give_up(&self.database, event_id, half, unix_ms()).await)
    }
}

/// Redis went away in the middle of a job.
fn redis(_: StoreError) -> Failure {
    Failure::Retry("redis_unavailable".into())
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
