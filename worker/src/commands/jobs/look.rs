//! `rekey-worker jobs list` and `show`.

use entity::{
    challenge::{self, ChallengeId},
    database,
    email::Email,
    job::{Job, Task},
    reset_event,
    settings::Source,
    store::Store,
};
use serde::Serialize;

use crate::queue::{Card, Queue, State};

/// Jobs that `list` shows of each shard and state at most.
const SHOWN: usize = 1_000;
/// Octets of a job that `show` prints at most.
const PRINTED: usize = 4_096;

pub async fn list(queues: &[Queue], only: Option<State>, json: bool) -> anyhow::Result<String> {
    let mut lines = String::new();
    for state in State::ALL.into_iter().filter(|state| only.is_none_or(|only| only == *state)) {
        for queue in queues {
            for card in queue.list(state, SHOWN).await? {
                lines += &if json { serde_json::to_string(&card)? } else { line(&card) };
                lines.push('\n');
            }
        }
    }
    Ok(lines)
}

fn line(card: &Card) -> String {
    let about = &card.about;
    let kind = about.kind.as_deref().unwrap_or("?");
    // Whatever was pushed by hand must not move the terminal.
    let id = card.id.as_deref().unwrap_or("?").escape_debug();
    let reason = about.reason.as_deref().unwrap_or("").escape_debug();
    let state = format!("{:?}", card.state).to_lowercase();
    format!("{state:8} {id:48} {} attempts={} {reason}", kind.escape_debug(), about.attempts).trim_end().to_owned()
}

/// A job as `show` prints it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    card: &'a Card,
    /// The pseudonym of the address that it is about, as the logs have it; none if that cannot be found out.
    address: Option<String>,
}

pub async fn show(source: &Source, store: &Store, queues: &[Queue], id: &str) -> anyhow::Result<String> {
    for queue in queues {
        if let Some(card) = queue.show(id).await? {
            let shown = Shown { card: &card, address: pseudonym(source, store, &card).await };
            let bytes = &card.bytes[..card.bytes.len().min(PRINTED)];
            return Ok(format!("{}\n{}\n", serde_json::to_string_pretty(&shown)?, bytes.escape_ascii()));
        }
    }
    anyhow::bail!("no job of this id is leased, delayed or dead")
}

async fn pseudonym(source: &Source, store: &Store, card: &Card) -> Option<String> {
    let task = Job::decode(&card.bytes).ok()?.task;
    let address = match (&task, task.row()) {
        (Task::SendCode(data), _) => {
            let id = ChallengeId::parse(&data.challenge_id).ok().filter(|id| store.names().has(id.shard()))?;
            challenge::read(store, &id).await.ok()??.address
        }
        (_, row) => address_of(source, row?.0).await?,
    };
    Some(source.keyring().ok()?.current().pseudonym(address.as_str()))
}

async fn address_of(source: &Source, event_id: &str) -> Option<Email> {
    let database = database::connect(&database::Settings::read(source).ok()?).await.ok()?;
    Some(reset_event::find(&database, event_id).await.ok()??.address_at_event)
}
