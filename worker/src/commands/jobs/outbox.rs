//! What the outbox must know of the jobs that an operator changes: its rows decide what comes back.

use std::sync::OnceLock;

use entity::{
    database::{self, describe},
    job::Job,
    queue as producer,
    reset_event::{self, Half},
    settings::Source,
    store::StoreError,
};
use sea_orm::{DatabaseConnection, DbErr};

use crate::queue::{Queue, State};

/// A row's id and the half of it that a job is for.
pub type Row = (String, Half);

/// The state of a held job, and its row if it has one. Whatever the state, it may be another one by the time that the job
/// is changed.
pub async fn row_of(queue: &Queue, id: &str) -> Result<Option<(State, Option<Row>)>, StoreError> {
    let Some(card) = queue.show(id).await? else { return Ok(None) };
    let Ok(job) = Job::decode(&card.bytes) else { return Ok(Some((card.state, None))) };
    // A job by hand may name any event.
    let row = job.task.row().filter(|(event_id, half)| producer::job_id(event_id, *half) == id);
    Ok(Some((card.state, row.map(|(event_id, half)| (event_id.to_owned(), half)))))
}

/// The database, until it fails once: many jobs must not wait for it one after another.
pub struct Outbox {
    database: Result<DatabaseConnection, String>,
    failed: OnceLock<String>,
}

impl Outbox {
    /// By the settings of `database`; whether they are of use turns out when a row is asked for.
    pub async fn read(source: &Source) -> Self {
        let database = match database::Settings::read(source) {
            Ok(settings) => database::connect(&settings).await.map_err(|error| describe(&error)),
            Err(error) => Err(error.to_string()),
        };
        Self { database, failed: OnceLock::new() }
    }

    /// Why the database could not be asked, if so.
    pub fn failed(&self) -> Option<&str> {
        self.failed.get().map(String::as_str)
    }

    /// Has the sweep see to a job that was dead; answers whether the database noted it.
    pub async fn reopen(&self, (event, half): &Row, now: i64) -> bool {
        self.ask(async |database| reset_event::reopen(database, event, *half, now).await).await
    }

    /// Keeps the sweep from bringing a job back; answers alike.
    pub async fn give_up(&self, (event, half): &Row, now: i64) -> bool {
        self.ask(async |database| reset_event::give_up(database, event, *half, now).await).await
    }

    async fn ask(&self, what: impl AsyncFnOnce(&DatabaseConnection) -> Result<(), DbErr>) -> bool {
        if self.failed.get().is_some() {
            return false;
        }
        let answer = match &self.database {
            Ok(database) => what(database).await.map_err(|error| describe(&error)),
            Err(error) => Err(error.clone()),
        };
        answer.map_err(|error| self.failed.get_or_init(|| error)).is_ok()
    }
}
