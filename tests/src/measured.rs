//! What a test measured: it is printed, and bounds nothing but what would be plainly wrong.

use std::time::Duration;

/// Three times the ten seconds that are promised: the machine does much else at the same time.
pub const BACK_WITHIN: Duration = Duration::from_secs(30);

/// Prints a line to the test's output.
#[expect(clippy::print_stdout, reason = "this is what the reader of a test's output looks for")]
pub fn say(line: &str) {
    println!("{line}");
}

/// Prints how long something took to come back.
///
/// # Panics
/// If that was longer than [`BACK_WITHIN`].
pub fn back_after(what: &str, took: Duration) {
    say(&format!("{what}: requests were taken again after {took:?}"));
    assert!(took < BACK_WITHIN, "{what}: back after {took:?}");
}

/// `small` in the suite, `large` in `make torture`.
#[must_use]
pub fn count(small: usize, large: usize) -> usize {
    if is_large() { large } else { small }
}

/// Whether this is `make torture`.
#[must_use]
pub fn is_large() -> bool {
    std::env::var_os("REKEY_TORTURE").is_some()
}

/// Where randomness begins: `REKEY_SEED`, to repeat a run, or anywhere. It is printed.
#[must_use]
pub fn seed() -> u64 {
    let given = std::env::var("REKEY_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(rand::random);
    say(&format!("REKEY_SEED={seed}"));
    seed
}
