//! `rekey-worker shards`: how many queues there are, and another number of them.

use std::{io::Write as _, time::Duration};

use anyhow::Context;
use clap::Subcommand;
use entity::{
    keys::Shard,
    settings::Source,
    store::{AGREE_EVERY, Store},
};

use super::{Ended, jobs::reach};
use crate::queue::{Policy, Queue};

/// What can be done with shards.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Shows how many there are, and how many jobs are in each.
    Show,
    /// Changes how many there are. The programs that run end, and start with the new setting alone.
    Set {
        /// The new number, 1 to 256.
        #[arg(value_parser = clap::value_parser!(u16).range(1..=256))]
        count: u16,
        /// How long to wait for programs with the old number to end, for tests.
        #[arg(long, hide = true, value_parser = humantime::parse_duration)]
        wait: Option<Duration>,
    },
}

/// Does it. `redis.shards` must say how many there are now.
pub async fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    let store = reach(source).await?;
    let text = match command {
        Command::Show => show(&store).await,
        Command::Set { count, wait } => {
            // One look of theirs may meet a Redis that does not answer; then they finish what they began.
            let grace: Duration = source.get("shutdown.grace")?;
            set(&store, *count, others_end(wait.unwrap_or(2 * AGREE_EVERY + grace))).await
        }
    }?;
    std::io::stdout().write_all(text.as_bytes()).context("standard output")?;
    Ok(())
}

async fn show(store: &Store) -> anyhow::Result<String> {
    let mut lines = format!("{} shards\n", store.names().shards());
    for shard in store.names().all() {
        let (waiting, held) = jobs_in(store, shard).await?;
        lines += &format!("shard {}: {waiting} waiting, {held} held\n", shard.0);
    }
    Ok(lines)
}

/// Waits until whoever runs with the old number has found out and ended.
async fn others_end(wait: Duration) -> anyhow::Result<()> {
    let shown = humantime::format_duration(wait);
    let text = "for programs with the old number to end, and looking then for jobs that they left";
    let _ = writeln!(std::io::stderr(), "waiting {shown} {text}");
    tokio::select! {
        () = tokio::time::sleep(wait) => Ok(()),
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
    }
}

/// More shards can be had at any time: what is in the old ones stays where it is, and is found. Fewer only when those
/// that go have no job, for nobody would look there any more. A program that still runs with the old number could push
/// one there after a look, so the number comes first, the last look when all others have ended.
async fn set(
    store: &Store,
    count: u16,
    others_end: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<String> {
    let old = store.names().shards();
    if count >= old {
        store.change_shards(old, count).await?;
    } else {
        without_jobs(store, count).await?;
        let seen = async {
            store.change_shards(old, count).await?;
            others_end.await?;
            without_jobs(store, count).await
        };
        if let Err(error) = seen.await {
            let back = store.change_shards(count, old).await;
            return Err(error.context(match back {
                Ok(()) => format!("there are {old} shards again, and programs that ended meanwhile can be started again"),
                Err(back) => format!(
                    "it could not be made {old} shards again ({back}): with REKEY_REDIS_SHARDS={count}, `rekey-worker shards set {old}` does it"
                ),
            }));
        }
    }
    Ok(format!("{count} shards: now set REKEY_REDIS_SHARDS={count} and start all programs again\n"))
}

/// Refuses if a shard from this one on has a job.
async fn without_jobs(store: &Store, from: u16) -> anyhow::Result<()> {
    for shard in store.names().all().filter(|shard| shard.0 >= from) {
        let (waiting, held) = jobs_in(store, shard).await?;
        anyhow::ensure!(
            waiting == 0 && held == 0,
            "shard {} still has jobs: {waiting} waiting, {held} with a worker, delayed or dead. Stop the API, let the \
             workers finish, and retry or drop what is dead",
            shard.0
        );
    }
    Ok(())
}

/// Jobs that wait in a shard's lists, and jobs that are held.
async fn jobs_in(store: &Store, shard: Shard) -> anyhow::Result<(u64, u64)> {
    let counts = Queue::new(store, shard, Policy::default()).counts().await?;
    Ok((counts.ready.iter().map(|list| list.jobs).sum(), counts.held))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::testing::*;

    async fn said(redis: &Redis) -> Option<String> {
        redis.command(&["GET", "rekey:shards"]).await.as_string()
    }

    #[tokio::test]
    async fn fewer_are_taken_back_if_a_job_came_meanwhile() {
        let redis = Redis::start_with_shards(4).await;
        redis.store.agree_on_shards().await.unwrap();
        // As an API does that has not looked yet.
        let pushes = async {
            assert_eq!(said(&redis).await.as_deref(), Some("2"));
            redis.command(&["LPUSH", "{rekey:3}:ready:notice", "job"]).await;
            Ok(())
        };
        let error = format!("{:#}", set(&redis.store, 2, pushes).await.unwrap_err());
        assert!(error.contains("4 shards again") && error.contains("shard 3 still has jobs: 1 waiting"), "{error}");
        assert_eq!(said(&redis).await.as_deref(), Some("4"));
        // Then it is known before anybody is stopped.
        let never = async { panic!("nothing to wait for") };
        assert!(set(&redis.store, 2, never).await.unwrap_err().to_string().contains("shard 3"));
        redis.command(&["DEL", "{rekey:3}:ready:notice"]).await;
        set(&redis.store, 2, async { Ok(()) }).await.unwrap();
        assert_eq!(said(&redis).await.as_deref(), Some("2"));
    }

    #[tokio::test]
    async fn fewer_are_taken_back_if_nobody_waited_and_more_need_no_wait() {
        let redis = Redis::start_with_shards(2).await;
        redis.store.agree_on_shards().await.unwrap();
        let error = set(&redis.store, 1, async { anyhow::bail!("interrupted") }).await.unwrap_err();
        assert!(format!("{error:#}").contains("2 shards again"), "{error:#}");
        assert_eq!(said(&redis).await.as_deref(), Some("2"));
        set(&redis.store, 3, async { panic!("nothing to wait for") }).await.unwrap();
        assert_eq!(said(&redis).await.as_deref(), Some("3"));
    }
}
