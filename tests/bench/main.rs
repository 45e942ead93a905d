//! `make bench`: what is fast, beside its limit in the same run on the same machine.
//!
//! `rekey-bench [--write PAGE] [FILTER]` measures the rows whose name has FILTER in it (all of them without one) and
//! prints a table; with `--write` it goes into the page as well, between its markers. It needs release builds of both
//! programs beside it, and what `deploy/dev/bench.sh` fetches.

mod bare;
mod inbox;
mod machine;
mod pipe;
mod plant;
mod report;
mod rows;
mod spread;
mod tools;

use std::io::Write as _;
use std::process::ExitCode;

use report::Line;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "bare" => bare::run(rest).await,
        Some((first, rest)) if first == "--write" => return measure(rest.get(1), rest.first()).await,
        first => return measure(first.map(|(first, _)| first), None).await,
    }
    ExitCode::SUCCESS
}

/// Everything that is started is a child of this thread and ends with it; a Ctrl-C ends it in good order.
async fn measure(filter: Option<&String>, page: Option<&String>) -> ExitCode {
    let filter = filter.map(String::as_str).unwrap_or_default();
    let lines = tokio::select! {
        lines = rows::run(filter) => lines,
        _ = tokio::signal::ctrl_c() => return ExitCode::from(130),
    };
    if lines.is_empty() {
        say(&format!("no row has {filter} in its name; there are: {}", rows::NAMES.join(", ")));
        return ExitCode::FAILURE;
    }
    let missed: Vec<&Line> = lines.iter().filter(|line| line.is_met() == Some(false)).collect();
    for line in &missed {
        say(&format!("missed: {}", line.what));
    }
    if let Some(page) = page {
        let text = std::fs::read_to_string(page).expect("the page is there");
        let generated = format!("{}\n\n{}", machine::describe(), report::markdown(&lines));
        std::fs::write(page, report::fill(&text, generated.trim_end()).expect("the page has both markers"))
            .expect("the page can be written");
        say(&format!("wrote {page}"));
    }
    // A target that is missed is something to know, not a failure: it depends on the machine.
    ExitCode::SUCCESS
}

/// Prints a line at once.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}
