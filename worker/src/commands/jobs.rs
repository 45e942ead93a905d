//! `rekey-worker jobs`: what an operator sees of the queue and does to it by hand.

mod change;
mod check;
mod given_up;
mod look;
mod outbox;
mod stats;

use std::{io::Write as _, time::Duration};

use anyhow::Context;
use clap::{ArgGroup, Args, Subcommand};
use entity::{
    settings::Source,
    store::{self, Store},
};

use super::Ended;
use crate::queue::{Policy, Queue, State};
use given_up::Which;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Counts jobs by state, with the age of the oldest.
    Stats {
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
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
    Retry(Again),
    /// Forgets dead or delayed jobs.
    Drop(Unwanted),
    /// Looks whether every job is in exactly one place; the status is 1 if not.
    Check {
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// What to try again.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("again").required(true).args(["ids", "all_dead", "given_up"])))]
pub struct Again {
    #[command(flatten)]
    chosen: Chosen,
    /// All notices and webhooks that were given up, by the database: also those whose dead letter is gone.
    #[arg(long, conflicts_with_all = ["kind", "reason"])]
    given_up: bool,
    /// Of these, one half.
    #[arg(long, requires = "given_up", conflicts_with_all = ["ids", "all_dead"])]
    half: Option<Which>,
}

/// What to forget.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("unwanted").required(true).args(["ids", "all_dead"])))]
pub struct Unwanted {
    #[command(flatten)]
    chosen: Chosen,
}

/// Which jobs to change.
#[derive(Debug, Args)]
pub struct Chosen {
    /// Their ids.
    ids: Vec<String>,
    /// All that are dead.
    #[arg(long)]
    all_dead: bool,
    /// Of these, those of a type, such as `password_reset.send_code`.
    #[arg(long = "type", requires = "all_dead", conflicts_with = "ids")]
    kind: Option<String>,
    /// Of these, those whose reason begins so, such as `RCPT: 550`.
    #[arg(long, requires = "all_dead", conflicts_with = "ids")]
    reason: Option<String>,
}

/// Does one of them.
pub async fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    let store = reach(source).await?;
    let queues: Vec<_> = store.names().all().map(|shard| Queue::new(&store, shard, Policy::default())).collect();
    let text = match command {
        Command::Stats { json } => stats::stats(&queues, *json).await,
        Command::List { state, json } => look::list(&queues, *state, *json).await,
        Command::Show { id } => look::show(source, &store, &queues, id).await,
        Command::Retry(Again { given_up: true, half, .. }) => given_up::retry(source, &store, &queues, *half).await,
        Command::Retry(Again { chosen, .. }) => change::retry(source, &store, &queues, chosen).await,
        Command::Drop(Unwanted { chosen }) => change::drop_jobs(source, &store, &queues, chosen).await,
        Command::Check { json } => return check::check(&queues, *json).await,
    }?;
    print(&text)?;
    Ok(())
}

fn print(text: &str) -> anyhow::Result<()> {
    std::io::stdout().write_all(text.as_bytes()).context("standard output")
}

/// Connects. Waits a little for that, then gives up: a person waits.
pub(super) async fn reach(source: &Source) -> Result<Store, Ended> {
    let settings = store::Settings::read(source)?;
    let store = Store::connect(&settings).context("the client of Redis cannot be built")?;
    let mut answer = store.ping().await;
    for _ in 0..40 {
        if answer.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = store.ping().await;
    }
    answer.context("REKEY_REDIS_URL")?;
    // With another number jobs would be sought in some of the shards only, and a check would find nothing wrong.
    store.agree_on_shards().await.map_err(anyhow::Error::from)?;
    Ok(store)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser};

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        command: Command,
    }

    #[test]
    fn who_changes_jobs_says_which() {
        Line::command().debug_assert();
        let fits = |line: &str| Line::try_parse_from(["jobs"].into_iter().chain(line.split(' '))).is_ok();
        for line in [
            "retry a b",
            "retry --all-dead --type webhook.deliver --reason http",
            "retry --given-up",
            "retry --given-up --half webhook",
            "drop a",
            "drop --all-dead",
        ] {
            assert!(fits(line), "{line}");
        }
        for line in [
            "retry",
            "retry a --all-dead",
            "retry a --given-up",
            "retry --all-dead --given-up",
            "retry a --half notice",
            "retry a --reason http",
            "retry --given-up --half code",
            "retry --given-up --reason http",
            "drop",
            "drop --given-up",
            "drop a --all-dead",
        ] {
            assert!(!fits(line), "{line}");
        }
    }
}
