//! argon2id on all cores, as fast as it goes.

use std::thread;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Rekey's defaults.
const MEMORY_KIB: u32 = 19_456;
const ITERATIONS: u32 = 2;
const LANES: u32 = 1;

/// Tells how many passwords a second are hashed. Each thread keeps its memory from one to the next, which is the fastest way.
///
/// # Panics
/// If the library refuses its parameters.
pub(super) fn run(seconds: f64) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let each = || {
        let params = Params::new(MEMORY_KIB, ITERATIONS, LANES, None).expect("these are allowed");
        let mut memory = vec![Block::default(); params.block_count()];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (mut out, mut hashed, began) = ([0; 32], 0_u32, Instant::now());
        while Instant::now() < end {
            let salt = u128::from(hashed).to_be_bytes();
            let password = b"a password as long as people's are";
            argon2.hash_password_into_with_memory(password, &salt, &mut out, &mut memory).expect("it hashes");
            hashed += 1;
        }
        f64::from(hashed) / began.elapsed().as_secs_f64()
    };
    let rates: f64 = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(each)).collect();
        running.into_iter().map(|one| one.join().expect("no thread panics")).sum()
    });
    super::tell(rates);
}
