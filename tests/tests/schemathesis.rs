//! The running service against its own contract, by Schemathesis, with all checks.
//!
//! `REKEY_SCHEMATHESIS_CASES` is the number of cases for each operation. `make contract` sets it to 2,000.

use std::env;
use std::process::Stdio;

use e2e::{Secret, System, programs};
use tokio::process::Command;

/// As many as find a broken rule in a fraction of a minute; the seed is fixed, so that a failure is one for everybody.
const CASES: &str = "50";
const SEED: &str = "2026";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_keeps_its_contract() {
    let cases = env::var("REKEY_SCHEMATHESIS_CASES").unwrap_or_else(|_| CASES.to_owned());
    let system = System::builder()
        // The address of the contract's examples.
        .account("demo@example.com", &Secret::password())
        .env("REKEY_LIMITS_ENABLED", "false")
        .env("REKEY_LOG_FILTER", "info")
        .start()
        .await;
    let output = Command::new(programs::python("schemathesis"))
        .args(["--config-file", concat!(env!("CARGO_MANIFEST_DIR"), "/schemathesis.toml")])
        .args(["run", "--no-color", "--checks", "all", "--continue-on-failure", "--warnings", "off"])
        .args(["--max-examples", &cases, "--seed", SEED, "--generation-database", "none"])
        .arg(format!("{}/openapi.json", system.public_url()))
        .env("SCHEMATHESIS_HOOKS", concat!(env!("CARGO_MANIFEST_DIR"), "/schemathesis_checks.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(system.folder())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .expect("Schemathesis starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for phase in ["Examples", "Coverage", "Fuzzing"] {
        assert!(said.contains(phase), "the phase {phase} ran:\n{said}");
    }
}
