//! The programs that measure, which `deploy/dev/bench.sh` fetches, and what they say.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use e2e::port::Port;
use e2e::process::{self, Process};
use e2e::programs;

use crate::plant::eventually_up;

/// Where they were unpacked: `target/bench/tools`, in the folders that their packages have.
fn folder() -> PathBuf {
    let program = env::current_exe().expect("a process knows its program");
    let target = program.parent().and_then(Path::parent).expect("the build has a folder");
    target.join("bench/tools")
}

/// One of them.
///
/// # Panics
/// If it is not there.
fn tool(path: &str) -> Command {
    let folder = folder();
    let program = folder.join(path);
    assert!(program.is_file(), "{path} is not there: run `make bench`, which fetches it");
    let lib = folder.join("usr/lib");
    let entries = fs::read_dir(&lib).expect("they come with libraries").flatten().map(|entry| entry.path());
    let libraries = env::join_paths(entries.filter(|path| path.is_dir())).expect("no colon is in them");
    let mut command = Command::new(program);
    command.env("LD_LIBRARY_PATH", libraries);
    command
}

/// This program, as something to compare with.
pub fn bare(name: &str, arguments: &[(&str, String)]) -> Command {
    let mut command = Command::new(env::current_exe().expect("a process knows its program"));
    command.args(["bare", name]);
    for (name, value) in arguments {
        command.args([*name, value]);
    }
    command
}

/// What people would use instead, by its path where `deploy/dev/bench.sh` put it: a script of node or Python, or a program.
///
/// # Panics
/// If it is not there.
pub fn other(path: &str) -> Command {
    let path = folder().with_file_name(path);
    assert!(path.is_file(), "{} is not there: run `make bench`, which installs it", path.display());
    let interpreter = match path.extension().and_then(OsStr::to_str) {
        Some("mjs") => programs::foreign("node"),
        Some("py") => path.with_file_name("bin").join("python"),
        _ => return Command::new(path),
    };
    let mut command = Command::new(interpreter);
    command.arg(path);
    command
}

/// Runs something that tells one figure, and returns it.
///
/// # Panics
/// If it fails.
pub fn figure(command: &Command) -> f64 {
    let ran = process::run(command, b"");
    assert!(ran.success, "{}: {}{}", command.get_program().display(), ran.stdout, ran.stderr);
    let line = ran.stdout.lines().find_map(|line| line.strip_prefix("BENCH "));
    line.and_then(|figure| figure.trim().parse().ok()).unwrap_or_else(|| panic!("no figure: {}", ran.stdout))
}

/// What a run of wrk came to.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    /// Answers.
    pub answers: f64,
    /// In so many seconds.
    pub seconds: f64,
    /// Answers of 400 and more.
    pub refused: f64,
    /// Connections that broke, and answers that did not come.
    pub failed: f64,
    /// Milliseconds that 99 of a hundred calls took at most.
    pub p99: f64,
}

impl Calls {
    /// Answers a second.
    ///
    /// # Panics
    /// If any call was refused: then something else was measured than what was meant.
    pub fn rate(&self) -> f64 {
        assert!(self.refused == 0.0 && self.failed == 0.0, "calls were refused or failed: {self:?}");
        self.answers / self.seconds
    }
}

/// The address of number `n` among those that begin with `name`. `lua/request.lua` makes the same.
pub fn address(name: &str, n: usize) -> String {
    format!("{name}{n}@d{}.example.com", n % 97)
}

/// A load for wrk.
#[derive(Clone, Debug)]
pub struct Load {
    /// Listeners, shared out among the threads.
    pub ports: Vec<u16>,
    /// At once.
    pub connections: usize,
    /// Threads of wrk.
    pub threads: usize,
    /// Seconds, 1 at least.
    pub seconds: u32,
    script: String,
    env: Vec<(&'static str, String)>,
}

const REQUEST: &str = concat!(include_str!("lua/request.lua"), include_str!("lua/done.lua"));
const LIST: &str = concat!(include_str!("lua/list.lua"), include_str!("lua/done.lua"));

impl Load {
    fn new(ports: &[u16], script: &str, env: Vec<(&'static str, String)>) -> Self {
        let threads = ports.len().max(2);
        Self { ports: ports.to_vec(), connections: 64, threads, seconds: 2, script: script.to_owned(), env }
    }

    /// Requests, each for another address: [`address`] of `name` and the numbers from 0.
    pub fn requests(ports: &[u16], name: &str) -> Self {
        let none = [("BENCH_MOST", "0"), ("BENCH_PAUSE", "0"), ("BENCH_PATH", "/password-reset/request")];
        let mut env: Vec<_> = none.map(|(name, value)| (name, value.to_owned())).into();
        env.push(("BENCH_NAME", name.to_owned()));
        Self::new(ports, REQUEST, env)
    }

    /// Sends them to another path: another program's request for a reset.
    pub fn to(mut self, path: &str) -> Self {
        self.env.push(("BENCH_PATH", path.to_owned()));
        self
    }

    /// Not more than `most`, with the numbers from 0.
    pub fn at_most(mut self, most: usize) -> Self {
        self.env.push(("BENCH_MOST", most.to_string()));
        self
    }

    /// Calls of `path` whose bodies are lines of a file.
    pub fn bodies(ports: &[u16], path: &str, bodies: &Path) -> Self {
        let file = bodies.display().to_string();
        let none = [("BENCH_TAKE", ""), ("BENCH_TAKEN", ""), ("BENCH_PAUSE", "0")]
            .map(|(name, value)| (name, value.to_owned()));
        let mut env = vec![("BENCH_PATH", path.to_owned()), ("BENCH_BODIES", file)];
        env.extend(none);
        Self::new(ports, LIST, env)
    }

    /// Keeps a field of the answers, in files whose names begin with `to`.
    pub fn keeping(mut self, field: &str, to: &Path) -> Self {
        self.env.extend([("BENCH_TAKE", field.to_owned()), ("BENCH_TAKEN", to.display().to_string())]);
        self
    }

    /// Waits so many milliseconds between two calls of a connection.
    pub fn pausing(mut self, ms: u32) -> Self {
        self.env.push(("BENCH_PAUSE", ms.to_string()));
        self
    }

    /// Sets how many connections there are.
    pub fn connections(mut self, connections: usize) -> Self {
        self.threads = self.threads.min(connections);
        self.connections = connections;
        self
    }

    /// Sets how long it runs.
    pub fn seconds(self, seconds: u32) -> Self {
        Self { seconds, ..self }
    }

    fn command(&self, folder: &Path) -> Command {
        let file = folder.join(format!("{}.lua", e2e::secret::random(8)));
        fs::write(&file, &self.script).expect("the folder can be written");
        let ports: Vec<String> = self.ports.iter().map(u16::to_string).collect();
        let mut command = tool("usr/bin/wrk");
        command
            .args(["--threads", &self.threads.to_string(), "--connections", &self.connections.to_string()])
            .args(["--duration", &format!("{}s", self.seconds), "--timeout", "10s", "--script"])
            .arg(file)
            .arg(format!("http://127.0.0.1:{}/", self.ports[0]))
            .env("BENCH_PORTS", ports.join(","))
            .env("BENCH_THREADS", self.threads.to_string())
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it to its end. `folder` is for the script.
    ///
    /// # Panics
    /// If wrk fails.
    pub fn run(&self, folder: &Path) -> Calls {
        let ran = process::run(&self.command(folder), b"");
        assert!(ran.success, "wrk failed: {}{}", ran.stdout, ran.stderr);
        calls(&ran.stdout)
    }

    /// Starts it; what it says is read by [`Running::calls`].
    pub fn start(&self, folder: &Path) -> Running {
        let log = folder.join(format!("{}.log", e2e::secret::random(8)));
        Running(Process::start("wrk", &self.command(folder), &log))
    }
}

/// A load that is on.
pub struct Running(Process);

impl Running {
    /// Waits for its end.
    pub async fn calls(mut self) -> Calls {
        while self.0.runs() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        calls(&self.0.output())
    }
}

fn calls(output: &str) -> Calls {
    let line =
        output.lines().find_map(|line| line.strip_prefix("BENCH ")).unwrap_or_else(|| panic!("wrk says: {output}"));
    let figures: Vec<f64> = line.split(' ').map(|figure| figure.parse().expect("a figure")).collect();
    let [answers, seconds, refused, failed, _, p99, _] = figures[..] else { panic!("wrk says: {output}") };
    Calls { answers, seconds, refused, failed, p99 }
}

/// Postfix's `smtp-sink`, which takes mails and forgets them.
pub struct Sink {
    port: Port,
    _process: Process,
}

impl Sink {
    /// Starts one.
    ///
    /// # Panics
    /// If it does not listen soon.
    pub async fn start(folder: &Path) -> Self {
        let port = Port::free();
        let mut command = tool("usr/sbin/smtp-sink");
        if programs::is_root() {
            command.args(["-u", "nobody"]);
        }
        command.args(["-m", "512", &port.address().to_string(), "1024"]);
        let process = Process::start("smtp-sink", &command, &folder.join("smtp-sink.log"));
        eventually_up("smtp-sink", port.address()).await;
        Self { port, _process: process }
    }

    /// Where it listens.
    pub fn address(&self) -> std::net::SocketAddr {
        self.port.address()
    }

    /// Mails a second that `smtp-source` sends to it over so many connections, all with the bytes of `mail`.
    ///
    /// # Panics
    /// If it fails.
    pub fn source(&self, mail: &Path, connections: usize, mails: usize) -> f64 {
        let mut command = tool("usr/sbin/smtp-source");
        // -d: a connection is used for one mail after another.
        command.args(["-d", "-s", &connections.to_string(), "-m", &mails.to_string(), "-F"]).arg(mail);
        command.args(["-f", "rekey@example.com", "-t", "someone@example.com", &self.address().to_string()]);
        let began = std::time::Instant::now();
        let ran = process::run(&command, b"");
        assert!(ran.success, "smtp-source failed: {}{}", ran.stdout, ran.stderr);
        mails as f64 / began.elapsed().as_secs_f64()
    }
}

/// What a tool's package is called and its version, as far as the system can tell.
pub fn versions() -> Vec<String> {
    let first_line = |command: &mut Command| {
        let ran = process::run(command, b"");
        let text = if ran.stdout.trim().is_empty() { ran.stderr } else { ran.stdout };
        text.lines().next().unwrap_or_default().trim().to_owned()
    };
    let redis = first_line(Command::new(programs::foreign("redis-server")).arg("--version"));
    let redis = redis.split_whitespace().find_map(|word| word.strip_prefix("v=")).unwrap_or("?").to_owned();
    let postgres = first_line(Command::new(programs::foreign("postgres")).arg("--version"));
    let wrk = first_line(tool("usr/bin/wrk").arg("-v"));
    let wrk = wrk.split(" [").next().unwrap_or_default().to_owned();
    let postfix = fs::read_to_string(folder().join("versions")).unwrap_or_default();
    let rustc = first_line(Command::new("rustc").arg("--version"));
    [format!("Redis {redis}"), postgres, wrk, postfix.trim().to_owned(), rustc]
        .into_iter()
        .filter(|version| !version.is_empty())
        .collect()
}
