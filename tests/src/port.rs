//! Free ports on loopback.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use rand::RngExt;

use crate::programs;

/// Below the ports that the system gives to outgoing connections (32768 and up on Linux), so that none of these takes
/// a port between our choosing it and a server's listening on it.
const RANGE: std::ops::Range<u16> = 14_000..32_000;

/// A port of 127.0.0.1 that belongs to this test until it is dropped, also while nobody listens on it: a server can
/// go and come back. A lock on a file named after it keeps other tests, in other processes too, from choosing it.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _lock: File,
}

impl Port {
    /// Chooses one.
    ///
    /// # Panics
    /// If a thousand tries find none.
    #[must_use]
    pub fn free() -> Self {
        let folder = programs::run_folder().join("ports");
        fs::create_dir_all(&folder).expect("the run folder can be written");
        for _ in 0..1_000 {
            let number = rand::rng().random_range(RANGE);
            let lock = File::create(folder.join(number.to_string())).expect("the run folder can be written");
            if lock.try_lock().is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, number)).is_ok() {
                return Self { number, _lock: lock };
            }
        }
        panic!("no free port was found");
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u16 {
        self.number
    }

    /// `127.0.0.1:…`
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ports_differ() {
        let (one, two) = (Port::free(), Port::free());
        assert_ne!(one.number(), two.number());
    }
}
