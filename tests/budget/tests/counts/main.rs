//! No function of every reset takes more instructions than `counts.toml` says, and none takes far fewer without its
//! being written there: what was gained is kept.
//!
//! `UPDATE_BUDGET=1 cargo nextest run -p budget` writes it.

// Callgrind runs on few other systems, and an instruction of another processor is another one.
#![cfg(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))]

mod measure;
mod record;

use std::env;

use record::{Differs, Record};

#[test]
fn no_hot_function_takes_more_instructions_than_its_budget() {
    let now = measure::all();
    if env::var_os("UPDATE_BUDGET").is_some() {
        now.write();
        return;
    }
    let kept = Record::read();
    let differing = kept.compare(&now);
    let lines: Vec<String> = differing.iter().map(Differs::to_string).collect();
    let tools = if kept.tools == now.tools {
        String::new()
    } else {
        format!("They were counted with {}; here is {}.\n", kept.tools, now.tools)
    };
    println!("{tools}");
    assert!(
        lines.is_empty(),
        "instructions of a call:\n{}\n{tools}If that is meant, write it down: UPDATE_BUDGET=1 cargo nextest run -p budget\n\
         Where they go: callgrind_annotate {}/NAME.out",
        lines.join("\n"),
        measure::folder().display(),
    );
}
