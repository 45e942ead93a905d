//! One database server of a kind for all tests that run at the same time, in other processes too.
//!
//! Starting one takes seconds, and each test runs in a process of its own. So the first that needs it starts it, and
//! every user holds a shared lock on a file. The server's parent is a small shell script that waits until nobody holds
//! that lock any more, then ends the server and removes its folder; the kernel drops the locks of a test that dies, so
//! nothing has to be cleaned up by tests. Should the script itself have been killed, the next user sees that, and
//! ends the orphan by the pid and start time that were written down.

use std::fs::{self, File};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::eventually;
use crate::port::Port;
use crate::process::change_user;
use crate::programs;

/// `$1` the users' lock, `$2` the server's folder, `$3` where to write the server's pid, `$4` the signal that ends it,
/// then the server's command. The lock is taken exclusively when nobody uses the server; it is given up and taken again
/// after some seconds, so that a server survives the gap between two tests. Output goes to the folder of the run.
const KEEPER: &str = r#"
users=$1 folder=$2 pid_file=$3 signal=$4
shift 4
"$@" &
echo $! > "$pid_file"
while :; do
    flock --exclusive "$users" true
    sleep 3
    exec 9< "$users"
    flock --exclusive --nonblock 9 && break
    exec 9<&-
done
kill -s "$signal" $!
wait $!
rm -rf "$folder" "$pid_file"
"#;

/// How long a server may take to answer.
const START: Duration = Duration::from_secs(60);

/// How to start a kind of server.
pub(super) struct Recipe {
    /// The name of the files in the run folder.
    pub name: &'static str,
    /// The user that runs it when we are root.
    pub user: Option<(u32, u32)>,
    /// The signal that ends it at once but in good order, as `kill` names it.
    pub signal: &'static str,
    /// Fills the folder with an empty server, and returns the command that runs it at the port.
    pub prepare: fn(&Path, u16) -> Command,
}

/// Somebody's use of a shared server; it lives at least until this is dropped.
#[derive(Debug)]
pub(super) struct Use {
    pub port: u16,
    pub log: PathBuf,
    _users: File,
}

/// Joins the users of the server, and starts it if there is none.
pub(super) async fn join(recipe: &Recipe) -> Use {
    let folder = programs::run_folder();
    let file = |what: &str| folder.join(format!("{}.{what}", recipe.name));
    let starting = File::create(file("starting")).expect("the run folder can be written");
    starting.lock().expect("files can be locked");
    let users = File::options().create(true).append(true).open(file("users")).expect("the run folder can be written");
    users.lock_shared().expect("files can be locked");
    let log = file("log");
    if let Some(port) = living(&file("state")) {
        return Use { port, log, _users: users };
    }
    end_orphan(&file("state"), &file("pid"));
    let port = start(recipe, &file("users"), &file("pid"), &file("state"), &log).await;
    Use { port, log, _users: users }
}

/// The port of the server that runs, if one does and its keeper too.
fn living(state: &Path) -> Option<u16> {
    let text = fs::read_to_string(state).ok()?;
    let mut words = text.split(' ');
    let port: u16 = words.next()?.parse().ok()?;
    let keeper: i32 = words.next()?.parse().ok()?;
    (started_at(keeper)? == words.next()?).then_some(())?;
    TcpStream::connect(("127.0.0.1", port)).ok()?;
    Some(port)
}

/// Ends a server whose keeper is gone. The folder is left to the system's cleaning of temporary files.
fn end_orphan(state: &Path, pid_file: &Path) {
    let orphan = || {
        let pid: i32 = fs::read_to_string(pid_file).ok()?.trim().parse().ok()?;
        let state = fs::read_to_string(state).ok()?;
        (started_at(pid)? == state.split(' ').nth(3)?).then_some(())?;
        Pid::from_raw(pid)
    };
    if let Some(pid) = orphan() {
        let _ = kill_process(pid, Signal::KILL);
    }
    let _ = fs::remove_file(state);
    let _ = fs::remove_file(pid_file);
}

/// When a process started, in the kernel's ticks: with the pid it names a process for good.
fn started_at(pid: i32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may hold spaces; the state is the first field behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    (fields.next()? != "Z").then_some(())?;
    fields.nth(18).map(str::to_owned)
}

#[expect(clippy::zombie_processes, reason = "the keeper outlives this test, and the system reaps it")]
async fn start(recipe: &Recipe, users: &Path, pid_file: &Path, state: &Path, log: &Path) -> u16 {
    let prefix = format!("rekey-e2e-{}-", recipe.name);
    let home = tempfile::Builder::new().prefix(&prefix).tempdir().expect("temporary folders can be made").keep();
    programs::give(&home, recipe.user);
    let port = Port::free();
    let server = (recipe.prepare)(&home, port.number());
    let output = File::create(log).expect("the run folder can be written");
    let keeper = Command::new("sh")
        .args(["-c", KEEPER, "keeper"])
        .args([users, &home, pid_file])
        .arg(recipe.signal)
        .arg("setpriv")
        .args(change_user(recipe.user))
        .arg("--inh-caps=-all")
        .arg("--")
        .arg(server.get_program())
        .args(server.get_args())
        .process_group(0)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a file can be shared"))
        .stderr(output)
        .spawn()
        .expect("a shell can be started");
    let keeper = i32::try_from(keeper.id()).expect("process ids are small");
    eventually(recipe.name, START, async || TcpStream::connect(("127.0.0.1", port.number())).ok().map(drop)).await;
    let pid = fs::read_to_string(pid_file).expect("the keeper wrote it").trim().parse().expect("a pid");
    let [keeper_started, server_started] = [keeper, pid].map(|pid| started_at(pid).expect("it runs"));
    fs::write(state, format!("{} {keeper} {keeper_started} {server_started}", port.number())).expect("can be written");
    port.number()
}
