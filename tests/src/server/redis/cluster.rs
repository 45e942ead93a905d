//! A Redis Cluster: three primaries, each with a replica.

use std::time::Duration;

use super::{Recipe, Redis};
use crate::eventually;
use crate::port::Port;
use crate::resp::Value;

/// All slots of a Cluster.
const SLOTS: u32 = 16_384;
/// Primaries; as many replicas follow them.
const PRIMARIES: usize = 3;
/// How long everybody may take to know each other.
const MEET: Duration = Duration::from_secs(60);

/// Six servers: the first three are primaries at the start, each followed by the one three places behind it.
#[derive(Debug)]
pub struct Cluster {
    /// The servers.
    pub nodes: Vec<Redis>,
    _buses: Vec<Port>,
}

impl Cluster {
    /// Starts it and waits until every slot is served and every replica follows. A dead node is noticed after a second.
    pub async fn start(recipe: Recipe) -> Self {
        let (mut nodes, mut buses) = (Vec::new(), Vec::new());
        for _ in 0..2 * PRIMARIES {
            let bus = Port::free();
            let recipe = recipe.clone().set("cluster-enabled", "yes").set("cluster-node-timeout", "1000");
            // A replica stands in for its primary however long it has not heard of it.
            let recipe = recipe.set("cluster-replica-validity-factor", "0");
            nodes.push(Redis::by(recipe.set("cluster-port", &bus.number().to_string())).await);
            buses.push(bus);
        }
        let cluster = Self { nodes, _buses: buses };
        cluster.join().await;
        cluster
    }

    async fn join(&self) {
        let mut ids = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            ids.push(node.call(&["CLUSTER", "MYID"]).await.text());
            node.call(&["CLUSTER", "SET-CONFIG-EPOCH", &(index + 1).to_string()]).await;
        }
        let slot = |n: usize| u32::try_from(n).unwrap_or(u32::MAX) * SLOTS / 3;
        for (n, primary) in self.nodes[..PRIMARIES].iter().enumerate() {
            let (first, last) = (slot(n).to_string(), (slot(n + 1) - 1).to_string());
            primary.call(&["CLUSTER", "ADDSLOTSRANGE", &first, &last]).await;
        }
        let hub = self.nodes[0].programs_address().port().to_string();
        let hub_bus = self._buses[0].number().to_string();
        for node in &self.nodes[1..] {
            node.call(&["CLUSTER", "MEET", "127.0.0.1", &hub, &hub_bus]).await;
        }
        for (n, replica) in self.nodes[PRIMARIES..].iter().enumerate() {
            let replicate = ["CLUSTER", "REPLICATE", &ids[n]];
            eventually("the replica has heard of its primary", MEET, async || {
                let answer = replica.try_call(&replicate).await.ok()?;
                (!matches!(answer, Value::Error(_))).then_some(())
            })
            .await;
        }
        self.is_whole().await;
    }

    /// Waits until each of the nodes says that all slots are served, and each replica follows its primary.
    pub async fn is_whole(&self) {
        eventually("the Cluster is whole", MEET, async || {
            for node in &self.nodes {
                let info = node.try_call(&["CLUSTER", "INFO"]).await.ok()?.text();
                let has = |line: &str| info.lines().any(|found| found == line);
                let all = format!("cluster_known_nodes:{}", self.nodes.len());
                if !(has("cluster_state:ok") && has(&all) && has("cluster_size:3")) {
                    return None;
                }
                let is_primary = node.info("role").await == "master";
                if !is_primary && node.info("master_link_status").await != "up" {
                    return None;
                }
            }
            Some(())
        })
        .await;
    }

    /// `redis-cluster://…` or `rediss-cluster://…`
    #[must_use]
    pub fn url(&self) -> String {
        let address = |n: usize| self.nodes[n].programs_address();
        let (first, second, credentials) = (address(0), address(1), self.nodes[0].credentials());
        let scheme = if self.nodes[0].tls.is_some() { "rediss" } else { "redis" };
        format!("{scheme}-cluster://{credentials}{first}?node={second}&node={}", address(2))
    }

    /// One command on the node that has the key, which is the second word unless it says otherwise.
    ///
    /// # Panics
    /// If no node has it in half a minute.
    pub async fn call(&self, command: &[&str]) -> Value {
        eventually("a node takes the command", Duration::from_secs(30), async || {
            for node in &self.nodes {
                if let Ok(answer) = node.try_call(command).await
                    && !matches!(answer, Value::Error(_))
                {
                    return Some(answer);
                }
            }
            None
        })
        .await
    }

    /// The primary that serves the slot of a key now, by the word of those that live.
    pub async fn primary_of(&self, key: &str) -> usize {
        eventually("some primary serves the key", Duration::from_secs(30), async || {
            for (index, node) in self.nodes.iter().enumerate() {
                let answer = node.try_call(&["EXISTS", key]).await;
                let is_its = matches!(answer, Ok(Value::Int(_)));
                if is_its && node.info("role").await == "master" {
                    return Some(index);
                }
            }
            None
        })
        .await
    }

    /// Begins to move the slot of a key to another primary: until [`Self::finish_moving`] its keys are moved one by one.
    pub async fn begin_moving(&self, key: &str, to: usize) -> Move {
        let from = self.primary_of(key).await;
        let slot = self.nodes[from].call(&["CLUSTER", "KEYSLOT", key]).await.int().to_string();
        let from_id = self.nodes[from].call(&["CLUSTER", "MYID"]).await.text();
        let to_id = self.nodes[to].call(&["CLUSTER", "MYID"]).await.text();
        self.nodes[to].call(&["CLUSTER", "SETSLOT", &slot, "IMPORTING", &from_id]).await;
        self.nodes[from].call(&["CLUSTER", "SETSLOT", &slot, "MIGRATING", &to_id]).await;
        Move { slot, from, to, to_id }
    }

    /// Moves some keys of a slot; tells how many.
    pub async fn move_keys(&self, of: &Move, most: usize) -> usize {
        let count = most.to_string();
        let keys = self.nodes[of.from].call(&["CLUSTER", "GETKEYSINSLOT", &of.slot, &count]).await.list();
        let keys: Vec<String> = keys.iter().map(Value::text).collect();
        if !keys.is_empty() {
            let port = self.nodes[of.to].address().port().to_string();
            let mut command = vec!["MIGRATE", "127.0.0.1", &port, "", "0", "5000", "KEYS"];
            command.extend(keys.iter().map(String::as_str));
            self.nodes[of.from].call(&command).await;
        }
        keys.len()
    }

    /// Moves what is left, and says to all who has the slot now.
    pub async fn finish_moving(&self, of: Move) {
        while self.move_keys(&of, 100).await > 0 {}
        // The new owner first: then there is no moment in which nobody has it.
        self.nodes[of.to].call(&["CLUSTER", "SETSLOT", &of.slot, "NODE", &of.to_id]).await;
        for node in &self.nodes[..PRIMARIES] {
            node.call(&["CLUSTER", "SETSLOT", &of.slot, "NODE", &of.to_id]).await;
        }
    }
}

/// A slot on its way to another primary.
#[derive(Debug)]
pub struct Move {
    slot: String,
    from: usize,
    to: usize,
    to_id: String,
}
