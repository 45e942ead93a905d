//! Where it was measured, as far as it matters: no names, no paths.

use std::fs;
use std::thread;

use crate::plant::SETTINGS;
use crate::tools;

/// Machine, versions and settings, in Markdown.
pub fn describe() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let line = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let memory = line("/proc/meminfo", "MemTotal");
    let memory = memory.split(' ').next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0 / 1024.0;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    // The version alone: what follows may name who built it.
    let kernel = kernel.trim().split('-').next().unwrap_or_default().to_owned();
    let settings: Vec<String> = SETTINGS.iter().map(|(name, value)| format!("`{name}={value}`")).collect();
    format!(
        "- Machine: {}, {cores} cores, {memory:.0} GiB, Linux {kernel}. Programs, servers, load and mail server share it.\n\
         - Versions: Rekey {}, {}.\n\
         - Settings that are not the defaults: {}.",
        line("/proc/cpuinfo", "model name"),
        env!("CARGO_PKG_VERSION"),
        tools::versions().join(", "),
        settings.join(", "),
    )
}
