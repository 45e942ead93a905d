//! What a program that uses a client and its test say to each other, so that all languages are asked for the same.
//!
//! The program gets the service in `REKEY_URL` and the address in `EMAIL`. Secrets come on its standard input and it
//! must not print them. It says what happened, a line each:
//!
//! | It does | It prints | It then reads |
//! | --- | --- | --- |
//! | asks for a reset | `mailed` | a wrong code, the right code, a weak password, a good password, a line each |
//! | shows the wrong code | the problem's code | |
//! | shows the right one | `verified` | |
//! | sets the weak password | the problem's code, a blank, the reasons parted by commas | |
//! | sets the good password | `changed` | |
//! | sets it again | the problem's code | |
//!
//! and ends with 0. Anything unexpected: it says so on standard error and ends with another status.

use std::process::Stdio;
use std::time::Duration;

use e2e::{Secret, System, wrong};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{ChildStdout, Command};
use tokio::time::timeout;

const USER: &str = "user@example.com";
/// Longer than the minimum, and among the first guesses.
const WEAK: &str = "passwordpassword";
/// How long a step of the program may take: starting an interpreter on a busy machine is the longest.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets a program perform a reset, and looks at what it says and at what it did.
///
/// # Panics
/// If it does not do all of it.
pub async fn performs_a_reset(mut program: Command) {
    let (old, new) = (Secret::password(), Secret::password());
    let system = System::builder().account(USER, &old).start().await;
    let mut child = program
        .env("REKEY_URL", system.public_url())
        .env("EMAIL", USER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the program starts");
    let mut said = BufReader::new(child.stdout.take().expect("it was piped")).lines();

    assert_eq!(next(&mut said).await, "mailed");
    let code = system.smtp.wait_for(USER, 1).await.code();
    let secrets = [wrong(&code), code, Secret::new(WEAK), new.clone()];
    let mut input = child.stdin.take().expect("it was piped");
    for secret in &secrets {
        input.write_all(format!("{}\n", secret.expose()).as_bytes()).await.expect("the program reads");
    }
    drop(input);

    assert_eq!(next(&mut said).await, "code_rejected");
    assert_eq!(next(&mut said).await, "verified");
    let refused = next(&mut said).await;
    let (problem, reasons) = refused.split_once(' ').expect("reasons follow the code");
    assert_eq!(problem, "password_rejected");
    assert!(reasons.split(',').any(|reason| reason == "too_guessable"), "{reasons}");
    assert_eq!(next(&mut said).await, "changed");
    assert_eq!(next(&mut said).await, "token_rejected");

    let status = timeout(PATIENCE, child.wait()).await.expect("it ends").expect("it can be waited for");
    assert!(status.success());
    assert!(system.verify_account(USER, &new), "the new password verifies");
    assert!(!system.verify_account(USER, &old), "the old one does not");
}

/// The next line, or what is wrong with the program: standard error is the test's own.
async fn next(said: &mut Lines<BufReader<ChildStdout>>) -> String {
    let line = timeout(PATIENCE, said.next_line()).await.expect("the program says something in time");
    line.expect("its output is text").expect("the program goes on")
}
