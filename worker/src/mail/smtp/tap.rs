//! What was said on one connection, for a person who asks how the mail server behaves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lines of a conversation at most; a server that says more is cut.
const MOST: usize = 200;
/// Commands by whose first word a line of ours is recognised. What else we say is a body or a credential.
const COMMANDS: [&str; 7] = ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"];

/// Records a conversation: the server's replies whole, our commands by their names alone, so that no credentials and
/// no body get into it. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Tap(Arc<Mutex<Recording>>);

#[derive(Debug, Default)]
struct Recording {
    lines: Vec<String>,
    /// The part of a reply's line that has come so far.
    partial: Vec<u8>,
    in_body: bool,
}

impl Tap {
    /// What was recorded.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lock().lines.clone()
    }

    pub(super) fn note(&self, line: String) {
        self.lock().push(line);
    }

    pub(super) fn heard(&self, bytes: &[u8]) {
        let mut recording = self.lock();
        for byte in bytes {
            if *byte == b'\n' {
                let line = String::from_utf8_lossy(&std::mem::take(&mut recording.partial)).into_owned();
                recording.in_body = line.starts_with("354");
                // A server must not move the terminal.
                recording.push(format!("< {}", line.trim_end().escape_debug()));
            } else {
                recording.partial.push(*byte);
            }
        }
    }

    pub(super) fn said(&self, bytes: &[u8]) {
        let mut recording = self.lock();
        if recording.in_body {
            return;
        }
        let word: String = bytes.iter().take(4).map(|byte| char::from(*byte)).collect();
        if COMMANDS.contains(&word.as_str()) {
            recording.push(format!("> {word}"));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Recording> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recording {
    fn push(&mut self, line: String) {
        if self.lines.len() < MOST {
            self.lines.push(line);
        }
    }
}
