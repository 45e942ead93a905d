//! The page's first paint on a slow network, which a script in `tests/browser` measures in Chromium.

use std::process::Command;

use e2e::process;

use crate::report::{Line, Target, Unit};
use crate::spread::Spread;

/// The page beside a bare page with one style sheet.
pub fn run() -> Vec<Line> {
    let mut command = Command::new("deploy/dev/browser.sh");
    command.arg("bench");
    let ran = process::run(&command, b"");
    assert!(ran.success, "the page could not be measured: {}{}", ran.stdout, ran.stderr);
    let times = |name: &str| {
        let line = ran.stdout.lines().find_map(|line| line.trim().strip_prefix(name));
        let times = line.unwrap_or_else(|| panic!("no times: {}", ran.stdout)).split_whitespace();
        Spread::of(&times.map(|time| time.parse().expect("milliseconds")).collect::<Vec<f64>>())
    };
    vec![
        Line::new("the page's first paint in Chromium, 1.4 Mbit/s and 563 ms a request", Unit::Ms, times("BENCH ours"))
            .beside("a bare page with one style sheet", times("BENCH limit"))
            .target(Target::AtMost(1_500.0)),
    ]
}
