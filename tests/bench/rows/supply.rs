//! What later calls need: codes out of mails, and tokens for codes. They come about as for people, by the programs alone.

use std::fs;
use std::path::{Path, PathBuf};

use e2e::secret::random;

use crate::inbox::Inbox;
use crate::plant::{Plant, Running, password};
use crate::tools::Load;

/// Bodies of `verify` with right codes, `count` at most: accounts ask, and their mails are read.
pub async fn codes(plant: &Plant, api: &Running, inbox: &Inbox, count: usize) -> Vec<String> {
    let name = random(8);
    plant.accounts(&name, count).await;
    let worker = plant.worker(&[("REKEY_SMTP_CONNECTIONS", "16"), ("REKEY_WORKER_CONCURRENCY", "32")]).await;
    // Calls are cut off at the end, so that a few of those who ask get no answer; their mails count as well.
    #[expect(clippy::cast_possible_truncation, reason = "some seconds")]
    let seconds = (count / 1_000 + 1) as u32;
    let asked = Load::requests(&[api.http()], &name).at_most(count).seconds(seconds).run(plant.folder());
    assert!(asked.refused == 0.0, "requests were refused: {asked:?}");
    plant.left(0).await;
    drop(worker);
    // Notices of passwords that were set meanwhile have no code.
    let came = inbox.take().into_values().filter(|came| !came.code.is_empty());
    came.map(|came| format!(r#"{{"challenge_id":"{}","code":"{}"}}"#, came.challenge_id, came.code)).collect()
}

/// Bodies of `confirm` with good tokens, one for each of these codes.
pub fn tokens(plant: &Plant, api: &Running, codes: &[String]) -> Vec<String> {
    let (bodies, taken) = (list(plant.folder(), codes), plant.folder().join(random(8)));
    let load = Load::bodies(&[api.http()], "/password-reset/verify", &bodies).keeping("reset_token", &taken);
    #[expect(clippy::cast_possible_truncation, reason = "some seconds")]
    let load = load.connections(16).seconds((codes.len() / 1_000 + 1) as u32);
    let calls = load.run(plant.folder());
    assert!(calls.refused == 0.0, "codes were refused: {calls:?}");
    let files = (0..load.threads).map(|thread| PathBuf::from(format!("{}{thread}", taken.display())));
    let text: String = files.map(|file| fs::read_to_string(file).expect("wrk wrote it")).collect();
    let body = |(number, token): (usize, &str)| {
        format!(r#"{{"reset_token":"{token}","new_password":"{}"}}"#, password(number).expose())
    };
    text.lines().enumerate().map(body).collect()
}

/// Writes bodies into a file of their own, one a line.
pub fn list(folder: &Path, bodies: &[String]) -> PathBuf {
    let file = folder.join(random(8));
    fs::write(&file, bodies.join("\n") + "\n").expect("the folder can be written");
    file
}
