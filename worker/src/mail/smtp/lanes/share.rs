//! Who has a connection, who waits for one, and who gets the next.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::oneshot, time::Instant};

use super::memory::{Memory, SLOW};

#[derive(Debug)]
pub(super) struct Share {
    connections: usize,
    per_domain: usize,
    memory: Memory,
    flights: Vec<Flight>,
    /// In the order in which they came.
    waiting: VecDeque<Waiting>,
    last_id: u64,
    closed: bool,
}

/// A mail with a connection.
#[derive(Debug)]
struct Flight {
    id: u64,
    domain: Arc<str>,
    /// When the server took MAIL; before that, when the place was taken.
    since: Instant,
    begun: bool,
}

#[derive(Debug)]
struct Waiting {
    id: u64,
    domain: Arc<str>,
    since: Instant,
    grant: oneshot::Sender<()>,
}

/// What is thought of a domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Quick,
    Unknown,
    Slow,
}

/// What a mail waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// Its domain has all the connections that it may have.
    Lane,
    /// So have all domains that are slow or not known.
    Doubt,
    /// All are taken.
    Connections,
}

/// A domain's mails that have a connection.
#[derive(Clone, Copy)]
struct Lane {
    standing: Standing,
    inside: usize,
    /// Those of them that have been with the server for too long.
    stuck: usize,
    /// How long the oldest one has been with it.
    running: Duration,
    /// Whether one of them came or began of late.
    moves: bool,
}

/// All of that at one time.
struct View<'a> {
    lanes: HashMap<&'a str, Lane>,
    /// Connections that slow domains have, or mails that are stuck.
    slow: usize,
    /// Domains that have connections and are not known to be quick.
    doubtful: usize,
}

impl Share {
    pub fn new(connections: usize, per_domain: usize) -> Self {
        let connections = connections.max(1);
        Self {
            connections,
            per_domain: per_domain.clamp(1, connections),
            memory: Memory::new(),
            flights: Vec::new(),
            waiting: VecDeque::new(),
            last_id: 0,
            closed: false,
        }
    }

    /// How long to put off a mail that has nothing to wait for.
    pub fn look(&mut self, domain: &str, now: Instant) -> Result<(), Duration> {
        let view = self.view(now);
        let lane = self.lane(&view, domain);
        let hopeless = match self.obstacle(&view, domain) {
            None => false,
            Some(_) if lane.standing == Standing::Slow => true,
            Some(obstacle) => obstacle == Obstacle::Lane && !lane.moves,
        };
        if hopeless { Err(self.memory.put_off(domain, lane.running, now)) } else { Ok(()) }
    }

    /// Enters a mail; `grant` is used when it has its place.
    pub fn queue(&mut self, domain: &str, grant: oneshot::Sender<()>, now: Instant) -> u64 {
        self.last_id += 1;
        self.waiting.push_back(Waiting { id: self.last_id, domain: domain.into(), since: now, grant });
        self.hand_out(now);
        self.last_id
    }

    /// How long to put off a mail that has waited for some time; none if it may wait on, because all connections are
    /// taken, or for its quick domain a second. After that, and for a domain in doubt, as many may wait as there are
    /// connections, and while the lane moves: whoever waits holds one of the worker's places.
    pub fn ask(&mut self, id: u64, now: Instant) -> Result<(), Duration> {
        let Some(position) = self.waiting.iter().position(|waiting| waiting.id == id) else { return Ok(()) };
        let Waiting { domain, since, .. } = &self.waiting[position];
        let (domain, waited) = (Arc::clone(domain), now.saturating_duration_since(*since));
        self.look(&domain, now)?;
        let view = self.view(now);
        let Lane { standing, running, .. } = self.lane(&view, &domain);
        match self.obstacle(&view, &domain) {
            None | Some(Obstacle::Connections) => Ok(()),
            Some(_) if standing == Standing::Quick && waited < SLOW => Ok(()),
            Some(Obstacle::Lane) if position < self.connections => Ok(()),
            Some(Obstacle::Lane | Obstacle::Doubt) => Err(self.memory.put_off(&domain, running, now)),
        }
    }

    pub fn begin(&mut self, id: u64, now: Instant) {
        if let Some(flight) = self.flight(id) {
            (flight.since, flight.begun) = (now, true);
        }
    }

    pub fn excuse(&mut self, id: u64, time: Duration) {
        if let Some(flight) = self.flight(id) {
            flight.since += time;
        }
    }

    /// A mail is no more, wherever it was.
    pub fn leave(&mut self, id: u64, now: Instant) {
        self.waiting.retain(|waiting| waiting.id != id);
        if let Some(index) = self.flights.iter().position(|flight| flight.id == id) {
            let flight = self.flights.swap_remove(index);
            if flight.begun {
                self.memory.note(&flight.domain, now.saturating_duration_since(flight.since), now);
            }
        }
        self.hand_out(now);
    }

    pub fn close(&mut self, now: Instant) {
        self.closed = true;
        self.hand_out(now);
    }

    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Gives places to those who may have one, the first first.
    fn hand_out(&mut self, now: Instant) {
        let mut index = 0;
        while let Some(waiting) = self.waiting.get(index) {
            if self.obstacle(&self.view(now), &waiting.domain).is_some() {
                index += 1;
            } else if let Some(Waiting { id, domain, grant, .. }) = self.waiting.remove(index)
                && grant.send(()).is_ok()
            {
                self.flights.push(Flight { id, domain, since: now, begun: false });
            }
        }
    }

    fn obstacle(&self, view: &View<'_>, domain: &str) -> Option<Obstacle> {
        if self.closed {
            return None;
        }
        let half = self.connections.div_ceil(2);
        let lane = self.lane(view, domain);
        let room = match lane.standing {
            Standing::Quick if lane.stuck == 0 => self.per_domain,
            // Some of its mailboxes may hang: the others go on beside them.
            Standing::Quick => (lane.stuck + 1).min(half).min(self.per_domain),
            Standing::Unknown | Standing::Slow => 1,
        };
        // One connection is left to those who are known to be quick, if there is one to spare.
        let doubtful = (self.connections - 1).max(half + 1);
        if lane.inside >= room {
            Some(Obstacle::Lane)
        } else if (lane.standing == Standing::Slow && view.slow >= half)
            || (lane.standing == Standing::Unknown && view.doubtful >= doubtful)
        {
            Some(Obstacle::Doubt)
        } else {
            (self.flights.len() >= self.connections).then_some(Obstacle::Connections)
        }
    }

    fn view(&self, now: Instant) -> View<'_> {
        let slow = self.memory.slow();
        let mut lanes = HashMap::new();
        for flight in &self.flights {
            let lane = lanes.entry(&*flight.domain).or_insert_with(|| self.empty(&flight.domain));
            let age = now.saturating_duration_since(flight.since);
            lane.inside += 1;
            lane.moves |= age < slow;
            if flight.begun {
                lane.stuck += usize::from(age >= slow);
                lane.running = lane.running.max(age);
            }
            if lane.standing == Standing::Unknown && lane.stuck > 0 {
                lane.standing = Standing::Slow;
            }
        }
        let count = |lane: &Lane| if lane.standing == Standing::Slow { lane.inside } else { lane.stuck };
        let (slow, doubtful) =
            (lanes.values().map(count).sum(), lanes.values().filter(|lane| lane.standing != Standing::Quick).count());
        View { lanes, slow, doubtful }
    }

    fn lane(&self, view: &View<'_>, domain: &str) -> Lane {
        view.lanes.get(domain).copied().unwrap_or_else(|| self.empty(domain))
    }

    fn empty(&self, domain: &str) -> Lane {
        let standing = match self.memory.pace(domain) {
            None => Standing::Unknown,
            Some(pace) if pace < self.memory.slow() => Standing::Quick,
            Some(_) => Standing::Slow,
        };
        Lane { standing, inside: 0, stuck: 0, running: Duration::ZERO, moves: false }
    }

    fn flight(&mut self, id: u64) -> Option<&mut Flight> {
        self.flights.iter_mut().find(|flight| flight.id == id)
    }

    #[cfg(test)]
    pub fn remembered(&self) -> usize {
        self.memory.len()
    }

    #[cfg(test)]
    pub fn is_idle(&self) -> bool {
        self.flights.is_empty() && self.waiting.is_empty()
    }
}
