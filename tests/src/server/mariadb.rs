//! MariaDB: one server for all tests.

use std::path::Path;
use std::process::Command;

use super::shared::Recipe;
use crate::process::{self, change_user};
use crate::programs;

pub(super) fn recipe() -> Recipe {
    Recipe { name: "mariadb", user: user(), signal: "TERM", prepare }
}

/// Root may not run it unasked, so root runs it as the user that its package made.
fn user() -> Option<(u32, u32)> {
    programs::is_root().then(|| programs::user("mysql").expect("the package of MariaDB adds its user"))
}

fn prepare(folder: &Path, port: u16) -> Command {
    let data = folder.join("data");
    let mut install = Command::new("setpriv");
    install
        .args(change_user(user()))
        .arg("--inh-caps=-all")
        .arg("--")
        .arg(programs::foreign("mariadb-install-db"))
        .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"])
        .arg(format!("--datadir={}", data.display()))
        // A server that starts removes the temporary tables of all others that share its folder for them.
        .env("TMPDIR", folder)
        .current_dir("/");
    let ran = process::run(&install, b"");
    assert!(ran.success, "mariadb-install-db failed: {} {}", ran.stdout, ran.stderr);
    let mut server = Command::new(programs::foreign("mariadbd"));
    server.arg("--no-defaults").arg(format!("--datadir={}", data.display())).arg(format!("--port={port}"));
    server.arg(format!("--socket={}", folder.join("socket").display()));
    server.arg(format!("--tmpdir={}", folder.display()));
    server.args(["--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin", "--max-connections=300"]);
    server.args(["--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"]);
    server.args(["--innodb-log-file-size=16M", "--innodb-flush-method=nosync", "--performance-schema=OFF"]);
    server
}

/// Where the databases of a server are.
pub(super) fn url(port: u16, database: &str) -> String {
    format!("mysql://root@127.0.0.1:{port}/{database}")
}
