//! The ends of challenges, as the audit trail waits for them.

use std::time::Duration;

use crate::{System, eventually};

const CLOSING: &str = "{rekey:0}:closing";
const TRAILS: &str = "{rekey:0}:trail:";

impl System {
    /// Ends the time of every challenge's trail, without waiting for anything.
    pub async fn close_trails(&self) {
        for key in self.redis.keys().await.iter().filter(|key| key.starts_with(TRAILS)) {
            // A worker may be done with it in between: then it must not be made anew.
            let close = "if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'closes', 1) \
                         redis.call('ZADD', KEYS[2], 1, ARGV[1]) end return 1";
            self.redis.call(&["EVAL", close, "2", key, CLOSING, &key[TRAILS.len()..]]).await;
        }
    }

    /// Ends the time of every challenge's trail, and waits until workers have written them down. What a worker took and
    /// did not finish is given to another one at once.
    pub async fn end_trails(&self) {
        eventually("the trails are written down", Duration::from_secs(40), async || {
            self.close_trails().await;
            (self.redis.call(&["EXISTS", CLOSING]).await.int() == 0).then_some(())
        })
        .await;
    }
}
