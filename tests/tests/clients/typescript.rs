//! The TypeScript client, as it is built into its package.

use e2e::programs;
use tokio::process::Command;

use crate::dialogue;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typescript_performs_a_reset() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/typescript.mjs");
    let mut node = Command::new(programs::foreign("node"));
    node.arg(script);
    dialogue::performs_a_reset(node).await;
}
