//! `rekey-worker jobs`: what an operator sees of the queue and does to it by hand.

use std::{io::Write as _, time::Duration};

use anyhow::Context;
use clap::Subcommand;
use entity::{
    settings::Source,
    store::{self, Store},
};

use super::Ended;
use crate::queue::{Card, Policy, Queue, State};

/// Jobs that `list` shows of each shard and state at most.
const SHOWN: usize = 1_000;
/// Octets of a job that `show` prints at most.
const PRINTED: usize = 4_096;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists jobs, up to 1,000 of each state.
    List {
        /// Only those in this state.
        #[arg(long)]
        state: Option<State>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Shows a held job with its bytes.
    Show {
        /// The job's id.
        id: String,
    },
    /// Gives dead jobs another life.
    Retry {
        /// Ids of dead jobs.
        #[arg(required_unless_present = "all_dead")]
        ids: Vec<String>,
        /// All that are dead.
        #[arg(long, conflicts_with = "ids")]
        all_dead: bool,
    },
    /// Forgets dead or delayed jobs.
    Drop {
        /// Their ids.
        #[arg(required = true)]
        ids: Vec<String>,
    },
}

/// Does one of them.
pub async fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    let settings = store::Settings::read(source)?;
    let store = Store::connect(&settings).context("the client of Redis cannot be built")?;
    reach(&store).await?;
    let queues: Vec<_> = store.names().all().map(|shard| Queue::new(&store, shard, Policy::default())).collect();
    let text = match command {
        Command::List { state, json } => list(&queues, *state, *json).await,
        Command::Show { id } => show(&queues, id).await,
        Command::Retry { ids, all_dead } => retry(&queues, ids, *all_dead).await,
        Command::Drop { ids } => drop_jobs(&queues, ids).await,
    }?;
    std::io::stdout().write_all(text.as_bytes()).context("standard output")?;
    Ok(())
}

/// Waits a little for the connection, then gives up: a person waits.
pub(super) async fn reach(store: &Store) -> anyhow::Result<()> {
    let mut answer = store.ping().await;
    for _ in 0..40 {
        if answer.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = store.ping().await;
    }
    answer.context("REKEY_REDIS_URL")
}

async fn list(queues: &[Queue], only: Option<State>, json: bool) -> anyhow::Result<String> {
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

async fn show(queues: &[Queue], id: &str) -> anyhow::Result<String> {
    for queue in queues {
        if let Some(card) = queue.show(id).await? {
            let bytes = &card.bytes[..card.bytes.len().min(PRINTED)];
            return Ok(format!("{}\n{}\n", serde_json::to_string_pretty(&card)?, bytes.escape_ascii()));
        }
    }
    anyhow::bail!("no job of this id is leased, delayed or dead")
}

async fn retry(queues: &[Queue], ids: &[String], all_dead: bool) -> anyhow::Result<String> {
    let (mut back, mut wanted) = (0, ids.len());
    for queue in queues {
        let dead: Vec<String>;
        let ids = if all_dead {
            let most = usize::try_from(Policy::default().dead_most).unwrap_or(usize::MAX);
            dead = queue.list(State::Dead, most).await?.into_iter().filter_map(|card| card.id).collect();
            wanted += dead.len();
            &dead
        } else {
            ids
        };
        back += queue.redrive(ids).await?.into_iter().filter(|done| *done).count();
    }
    told(back, wanted, "retried", "dead")
}

async fn drop_jobs(queues: &[Queue], ids: &[String]) -> anyhow::Result<String> {
    let mut dropped = 0;
    for queue in queues {
        dropped += queue.drop_jobs(ids).await?.into_iter().filter(|done| *done).count();
    }
    told(dropped, ids.len(), "dropped", "dead or delayed")
}

fn told(done: usize, wanted: usize, what: &str, state: &str) -> anyhow::Result<String> {
    anyhow::ensure!(done >= wanted, "{done} {what}; {} not found among the jobs that are {state}", wanted - done);
    Ok(format!("{done} {what}\n"))
}
