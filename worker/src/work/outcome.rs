//! What a job can come to.

use std::{borrow::Cow, time::Duration};

use entity::job::Job;

use super::Hold;

/// A job that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The other side took what was sent.
    Sent,
    /// There was nothing to send.
    Nothing,
}

/// A job that is not done. Each line that can fail chooses; the reason is short clear text without secrets, kept in
/// the queue and in the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Worth another try later; an attempt is counted.
    #[error("retry: {0}")]
    Retry(Cow<'static, str>),
    /// The same, and not before this time is over: the other side asked for it.
    #[error("retry: {1}")]
    RetryAfter(Duration, Cow<'static, str>),
    /// Our side is at fault, and the next job would fare no better: the class is put off, no attempt is counted.
    #[error("defer: {0}")]
    Defer(Cow<'static, str>),
    /// Nothing is wrong, but others go first: the job is put off by this time, no attempt is counted.
    #[error("later: {1}")]
    Later(Duration, Cow<'static, str>),
    /// No try will ever succeed.
    #[error("dead: {0}")]
    Dead(Cow<'static, str>),
    /// The job is no longer this worker's, or is to be given back: nothing may be said of it.
    #[error("the job is no longer held")]
    Lost,
}

/// Runs jobs.
pub trait Handler: Send + Sync + 'static {
    /// Does what a job asks for.
    ///
    /// # Errors
    /// [`Failure`], which says what to do with the job.
    fn run(&self, job: &Job, hold: &Hold) -> impl Future<Output = Result<Done, Failure>> + Send;

    /// Notes that a job is about to be buried. It may run more than once.
    ///
    /// # Errors
    /// [`Failure::Dead`] if it can never be noted: the job is buried all the same. Any other: it is called again.
    fn buried(&self, job: &Job) -> impl Future<Output = Result<(), Failure>> + Send;
}
