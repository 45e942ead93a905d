//! Child processes that end with the test, whatever becomes of it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How long a process may take to end after it was told to.
const END: Duration = Duration::from_secs(20);

/// A running program, whose output goes into a file.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
    /// The signal that ends it in good order.
    gentle: Signal,
}

impl Process {
    /// Starts `command`, with its standard output and error appended to `log`.
    ///
    /// The system kills it when the thread that calls this ends, should the test be killed (`setpriv --pdeathsig`):
    /// call it on the test's own thread or on one that lives as long.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start(name: &str, command: &Command, log: &Path) -> Self {
        Self::start_as(None, name, command, log)
    }

    /// The same as another user and group, for which one has to be root.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_as(user: Option<(u32, u32)>, name: &str, command: &Command, log: &Path) -> Self {
        let output = File::options().create(true).append(true).open(log).expect("logs can be written");
        let mut wrapped = outliving_nobody(user, command);
        wrapped
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("a file can be shared"))
            .stderr(output);
        let child = wrapped.spawn().unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        Self { name: name.to_owned(), child, log: log.to_owned(), gentle: Signal::TERM }
    }

    /// Ends it in good order by another signal than SIGTERM.
    #[must_use]
    pub fn ended_by(mut self, gentle: Signal) -> Self {
        self.gentle = gentle;
        self
    }

    /// The number by which the system knows it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it runs.
    pub fn runs(&mut self) -> bool {
        self.ended().is_none()
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be waited for")
    }

    /// Sends a signal to it.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.child);
        // It may have ended just now; whoever needs to know asks `runs`.
        let _ = kill_process(pid, signal);
    }

    /// Freezes it (SIGSTOP) until [`Self::thaw`].
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(&mut self) {
        if self.runs() {
            self.signal(Signal::KILL);
            let _ = self.child.wait();
        }
    }

    /// Ends it in good order and returns how it ended.
    ///
    /// # Panics
    /// If it does not end in 20 s.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal(self.gentle);
        let end = Instant::now() + END;
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(Instant::now() < end, "{} did not end in {END:?}", self.name);
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// All it wrote.
    #[must_use]
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The same command under `setpriv --pdeathsig KILL`, so that a test that is killed leaves nothing behind, and under
/// another user if asked for.
fn outliving_nobody(user: Option<(u32, u32)>, command: &Command) -> Command {
    let mut wrapped = Command::new("setpriv");
    wrapped.args(["--pdeathsig", "KILL"]).args(change_user(user)).arg("--").arg(command.get_program());
    copy(command, &mut wrapped);
    wrapped
}

/// What `setpriv` (of util-linux) is told to run a program as another user.
pub(crate) fn change_user(user: Option<(u32, u32)>) -> Vec<String> {
    let Some((user, group)) = user else { return Vec::new() };
    vec![format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]
}

/// Arguments, environment and folder of `from`. The tester's own settings of Rekey do not reach a program.
fn copy(from: &Command, to: &mut Command) {
    to.args(from.get_args());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("REKEY_")) {
        to.env_remove(name);
    }
    for (name, value) in from.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
    if let Some(folder) = from.get_current_dir() {
        to.current_dir(folder);
    }
}

/// What a program said that ran to its end.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Whether it ended with 0.
    pub success: bool,
    /// Its exit status; none if a signal ended it.
    pub status: Option<i32>,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// Runs `command` to its end with `input` on standard input.
///
/// # Panics
/// If it cannot be started.
pub fn run(command: &Command, input: &[u8]) -> Ran {
    let mut plain = Command::new(command.get_program());
    copy(command, &mut plain);
    plain.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let name = OsStr::to_string_lossy(command.get_program()).into_owned();
    let mut child = plain.spawn().unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    let mut stdin = child.stdin.take().expect("it was piped");
    // A program that does not read its input closes it; that is no fault.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("a child can be waited for");
    Ran {
        success: output.status.success(),
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
