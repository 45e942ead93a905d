//! Where things are: the built programs, the servers' programs, the folder that concurrent tests share.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of the build's programs, such as `target/debug`.
fn build_folder() -> PathBuf {
    let test = env::current_exe().expect("a process knows its program");
    let folder = test.parent().expect("a program lies in a folder");
    // Tests lie in `deps`, beside the programs' folder.
    if folder.ends_with("deps") { folder.parent().unwrap_or(folder).to_owned() } else { folder.to_owned() }
}

/// A program of this workspace: in `REKEY_BIN_DIR`, else where this test was built.
///
/// # Panics
/// If it is not built.
#[must_use]
pub fn own(name: &str) -> PathBuf {
    let folder = env::var_os("REKEY_BIN_DIR").map_or_else(build_folder, PathBuf::from);
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "{} is not there: run `cargo build --workspace` first, as `make test` does",
        path.display()
    );
    path
}

/// What concurrent tests share: locks, and who runs which server. `target/e2e`.
#[must_use]
pub fn run_folder() -> PathBuf {
    let build = build_folder();
    let folder = build.parent().unwrap_or(&build).join("e2e");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// A program of the checks' Python environment, which `deploy/dev/python.sh` makes.
///
/// # Panics
/// If it is not there.
#[must_use]
pub fn python(name: &str) -> PathBuf {
    let build = build_folder();
    let path = build.parent().unwrap_or(&build).join("python/bin").join(name);
    assert!(path.is_file(), "{} is not there: run `deploy/dev/python.sh`, as `make test` does", path.display());
    path
}

/// `promtool`, from PATH or from where `deploy/dev/rules.sh` puts it.
///
/// # Panics
/// If it is not there.
#[must_use]
pub fn promtool() -> PathBuf {
    let build = build_folder();
    let path = env::var_os("PATH").unwrap_or_default();
    let ours = build.parent().unwrap_or(&build).join("promtool/usr/bin");
    let found = env::split_paths(&path).chain([ours]).map(|folder| folder.join("promtool")).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("promtool is not there: run `deploy/dev/rules.sh tools`, as `make test` does"))
}

/// A server's program, from PATH or from where Debian keeps those of PostgreSQL.
///
/// # Panics
/// If it is not installed.
#[must_use]
pub fn foreign(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from));
    folders.extend(postgresql_folders());
    folders
        .iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed: `make test` installs what the journeys need"))
}

fn postgresql_folders() -> Vec<PathBuf> {
    let Ok(versions) = fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut folders: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders
}

/// User and group of an account of this system, if it is there.
#[must_use]
pub fn user(name: &str) -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// Whether this process is root. PostgreSQL and MariaDB refuse to be.
#[must_use]
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives a folder to a user, when we are root.
pub(crate) fn give(path: &Path, owner: Option<(u32, u32)>) {
    if let Some((user, group)) = owner {
        std::os::unix::fs::chown(path, Some(user), Some(group)).expect("root may give folders away");
    }
}
