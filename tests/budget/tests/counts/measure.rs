//! Counting, under Valgrind's Callgrind.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use budget::{CALLS, CASES};

use crate::record::{Record, Tools};

/// Where cargo builds.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is below the target folder")
}

/// Where Callgrind's files are left, one for each function.
pub fn folder() -> PathBuf {
    target().join("budget/callgrind")
}

/// Counts all functions, each in a process of its own: what one leaves behind in memory costs no other anything.
pub fn all() -> Record {
    let program = build();
    fs::create_dir_all(folder()).unwrap();
    let counts: BTreeMap<_, _> = CASES.iter().map(|case| (case.name.to_owned(), count(&program, case.name))).collect();
    Record { tools: Tools { rustc: rustc(), valgrind: valgrind(), glibc: glibc() }, counts }
}

/// The program, optimised. `make test` has built it before; it takes its minute where that was not so.
fn build() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--package", "budget", "--bin", "rekey-budget", "--profile", "budget"]);
    cargo.arg("--target-dir").arg(target()).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    assert!(cargo.status().unwrap().success(), "cargo build -p budget --profile budget");
    target().join("budget/rekey-budget")
}

/// Instructions of one call.
fn count(program: &Path, name: &str) -> u64 {
    let out = folder().join(format!("{name}.out"));
    let mut valgrind = Command::new("valgrind");
    // What stands in the environment lies on the stack and moves it, and the C library takes other ways of copying where
    // the processor has more than AVX2. Valgrind itself has no more than that.
    valgrind.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
    valgrind.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-ERMS,-FSRM");
    valgrind.args(["--tool=callgrind", "--quiet", "--toggle-collect=budget::counted*"]);
    valgrind.arg(format!("--callgrind-out-file={}", out.display())).arg(program).arg(name);
    let output = valgrind.output().expect("valgrind is there: make tools installs it");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(&out).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")).expect("Callgrind tells a total");
    let total: u64 = total.trim().parse().unwrap();
    assert!(total > 0, "Callgrind did not find budget::counted in {}", program.display());
    total / u64::from(CALLS)
}

fn rustc() -> String {
    said("rustc", "--version").split(' ').nth(1).unwrap().to_owned()
}

fn valgrind() -> String {
    said("valgrind", "--version").trim_start_matches("valgrind-").to_owned()
}

fn glibc() -> String {
    said("getconf", "GNU_LIBC_VERSION").trim_start_matches("glibc ").to_owned()
}

fn said(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {argument}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
