//! What the parts wrote, and showing it when a test failed.

use std::io::Write;
use std::path::PathBuf;
use std::{fs, thread};

use crate::System;

/// Characters of each part's log that a failed test shows: its end. The whole is in the folder that is kept.
const SHOWN: usize = 60_000;

impl System {
    pub(super) fn log_of(&self, program: &str) -> PathBuf {
        self.folder.path().join(format!("{program}.log"))
    }

    /// All that a program wrote.
    #[must_use]
    pub fn log(&self, program: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.log_of(program)).unwrap_or_default()).into_owned()
    }

    fn show(&self) {
        let parts = [
            ("rekey-api", self.log("rekey-api")),
            ("rekey-worker", self.log("rekey-worker")),
            ("redis", self.redis.log()),
            ("database", self.database.log()),
        ];
        let mut out = std::io::stderr().lock();
        for (part, log) in parts {
            let start = log.len().saturating_sub(SHOWN);
            let start = (start..=log.len()).find(|at| log.is_char_boundary(*at)).unwrap_or(0);
            let _ = writeln!(out, "===== {part}, the last of {} octets =====\n{}", log.len(), &log[start..]);
        }
        let _ = writeln!(out, "===== mails accepted: {} =====", self.smtp.mails().len());
        let _ = writeln!(out, "===== kept: {} =====", self.folder.path().display());
    }
}

impl Drop for System {
    fn drop(&mut self) {
        if thread::panicking() {
            self.show();
            self.folder.disable_cleanup(true);
        }
    }
}
