//! A primary, two replicas, and three Sentinels that choose another primary when it is gone.

use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::{Recipe, Redis};
use crate::eventually;
use crate::port::Port;
use crate::process::Process;
use crate::programs;
use crate::resp::{Connection, Value};

/// How they call what they watch.
const SERVICE: &str = "main";

/// How long everybody may take to know each other.
const MEET: Duration = Duration::from_secs(60);

#[derive(Debug)]
struct Sentinel {
    port: Port,
    /// Where the programs come, if they speak TLS.
    tls: Option<Port>,
    process: Process,
}

/// Three servers and their Sentinels.
#[derive(Debug)]
pub struct Sentinels {
    /// The servers; the first is the primary at the start.
    pub servers: Vec<Redis>,
    sentinels: Vec<Sentinel>,
    _folder: TempDir,
}

impl Sentinels {
    /// Starts them and waits until all know each other. The Sentinels themselves ask for no password.
    pub async fn start(recipe: Recipe) -> Self {
        let mut servers = vec![Redis::by(recipe.clone()).await];
        let primary = servers[0].programs_address();
        for _ in 0..2 {
            let follows = format!("127.0.0.1 {}", primary.port());
            servers.push(Redis::by(recipe.clone().set("replicaof", &follows)).await);
        }
        let folder = tempfile::Builder::new().prefix("rekey-e2e-sentinel-").tempdir();
        let folder = folder.expect("temporary folders can be made");
        let sentinels = (0..3).map(|n| sentinel(&folder, n, primary.port(), &recipe)).collect::<Vec<_>>();
        let group = Self { servers, sentinels, _folder: folder };
        eventually("the Sentinels know each other and the replicas", MEET, async || {
            for sentinel in &group.sentinels {
                let about = ask(&sentinel.port, &[b"SENTINEL", b"MASTER", SERVICE.as_bytes()]).await?.list();
                let field = |name: &str| {
                    let at = about.iter().position(|word| word.text() == name)?;
                    Some(about.get(at + 1)?.text())
                };
                let all = field("num-other-sentinels")? == "2" && field("num-slaves")? == "2";
                if !all {
                    return None;
                }
            }
            for server in &group.servers[1..] {
                if server.info("master_link_status").await != "up" {
                    return None;
                }
            }
            Some(())
        })
        .await;
        group
    }

    /// `redis-sentinel://…` or `rediss-sentinel://…`
    #[must_use]
    pub fn url(&self) -> String {
        let address = |n: usize| self.sentinels[n].tls.as_ref().unwrap_or(&self.sentinels[n].port).address();
        let scheme = if self.sentinels[0].tls.is_some() { "rediss" } else { "redis" };
        let (first, second, third) = (address(0), address(1), address(2));
        let credentials = self.servers[0].credentials();
        format!("{scheme}-sentinel://{credentials}{first}/0?sentinelServiceName={SERVICE}&node={second}&node={third}")
    }

    /// Ends one of the Sentinels, 0 to 2.
    pub fn kill_sentinel(&mut self, n: usize) {
        self.sentinels[n].process.kill();
    }

    /// Has another primary chosen though this one is well.
    ///
    /// # Panics
    /// If the first Sentinel does not answer.
    pub async fn fail_over(&self) {
        let port = &self.sentinels[0].port;
        let mut connection = Connection::open(port.address()).await.expect("it listens");
        let answer = connection.call(&[b"SENTINEL", b"FAILOVER", SERVICE.as_bytes()]).await.expect("it answers");
        assert!(matches!(answer, Value::Bytes(_)), "the Sentinel begins a failover");
    }

    /// Which of the servers the Sentinels say is the primary, if most agree.
    pub async fn primary(&self) -> Option<usize> {
        let mut said = Vec::new();
        for sentinel in &self.sentinels {
            let address =
                ask(&sentinel.port, &[b"SENTINEL", b"GET-MASTER-ADDR-BY-NAME", SERVICE.as_bytes()]).await?.list();
            said.push(address.get(1)?.text());
        }
        let at = |server: &Redis| server.programs_address().port().to_string();
        self.servers.iter().position(|server| said.iter().filter(|said| **said == at(server)).count() >= 2)
    }
}

async fn ask(port: &Port, command: &[&[u8]]) -> Option<Value> {
    let answer = Connection::open(port.address()).await.ok()?.call(command).await.ok()?;
    matches!(answer, Value::List(_)).then_some(answer)
}

/// It notices a dead primary after half a second.
fn sentinel(folder: &TempDir, n: usize, primary: u16, recipe: &Recipe) -> Sentinel {
    let port = Port::free();
    let file = folder.path().join(format!("sentinel-{n}.conf"));
    let mut text = format!(
        "port {}\nbind 127.0.0.1\ndir {}\nsentinel monitor {SERVICE} 127.0.0.1 {primary} 2\n\
         sentinel down-after-milliseconds {SERVICE} 500\nsentinel failover-timeout {SERVICE} 3000\n",
        port.number(),
        folder.path().display()
    );
    if let Some(password) = &recipe.password {
        text += &format!("sentinel auth-pass {SERVICE} {}\n", password.expose());
    }
    let tls = recipe.certificate().map(|certificate| {
        let port = Port::free();
        text += &format!(
            "tls-port {}\ntls-auth-clients no\ntls-replication yes\ntls-cert-file {}\ntls-key-file {}\n\
             tls-ca-cert-file {}\n",
            port.number(),
            certificate.certificate.display(),
            certificate.key.display(),
            certificate.authority.display()
        );
        port
    });
    std::fs::write(&file, text).expect("the folder can be written");
    let mut command = Command::new(programs::foreign("redis-server"));
    command.arg(&file).arg("--sentinel");
    let process = Process::start("sentinel", &command, &folder.path().join(format!("sentinel-{n}.log")));
    Sentinel { port, tls, process }
}
