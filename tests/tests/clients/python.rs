//! The Python client, blocking and async.

use e2e::programs;
use tokio::process::Command;

use crate::dialogue;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn python_performs_a_reset() {
    performs_a_reset("blocking").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn python_performs_a_reset_asynchronously() {
    performs_a_reset("async").await;
}

async fn performs_a_reset(how: &str) {
    let tests = env!("CARGO_MANIFEST_DIR");
    let mut python = Command::new(programs::python("python"));
    python
        .args(["-B", &format!("{tests}/tests/clients/python.py"), how])
        .env("PYTHONPATH", format!("{tests}/../openapi/python"));
    dialogue::performs_a_reset(python).await;
}
