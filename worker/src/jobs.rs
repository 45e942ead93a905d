//! What each type of job does.

mod post;
pub(crate) mod send_changed_notice;
mod send_code;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use entity::{
    code::CodeFormat,
    database,
    job::{Job, Task},
    keyring::Keyring,
    store::{Store, StoreError},
};
use sea_orm::{DatabaseConnection, DbErr};

pub use post::{CodeMail, NoticeMail, Post};

use crate::work::{Done, Failure, Handler, Hold, Link};

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
}

impl<P: Post> Handler for Jobs<P> {
    async fn run(&self, job: &Job, hold: &Hold) -> Result<Done, Failure> {
        match &job.task {
            Task::SendCode(data) => self.send_code(job, data, hold).await,
            Task::SendChangedNotice(data) => self.send_changed_notice(job, data, hold).await,
        }
    }

    async fn buried(&self, job: &Job) -> Result<(), Failure> {
        match &job.task {
            // Nothing waits for it.
            Task::SendCode(_) => Ok(()),
            Task::SendChangedNotice(data) => self.give_up_notice(&data.event_id).await,
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
}

/// Redis went away in the middle of a job.
fn redis(_: StoreError) -> Failure {
    Failure::Retry("redis_unavailable".into())
}
