//! Looking on at what Redis is asked.

use super::Redis;

/// What Redis was asked, line by line.
#[derive(Debug)]
pub struct Monitor {
    pub(super) lines: tokio::sync::mpsc::UnboundedReceiver<String>,
    pub(super) task: tokio::task::JoinHandle<()>,
}

impl Monitor {
    /// All lines until now. A command of our own marks where "now" is: it is awaited in the stream.
    pub async fn so_far(&mut self, redis: &Redis) -> Vec<String> {
        let mark = format!("mark-{}", crate::secret::random(16));
        redis.call(&["ECHO", &mark]).await;
        let mut lines = Vec::new();
        while let Some(line) = self.lines.recv().await {
            if line.contains(&mark) {
                break;
            }
            lines.push(line);
        }
        lines
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.task.abort();
    }
}
