//! The memory in which hashes are made, kept from one to the next.
//!
//! Each takes 19 MiB and more. Allocators keep what was freed apart for each thread that asked for it, and hashes are made
//! on whichever thread is free: 200 confirms at once left many times as much as was ever in use (R47). It is also quicker,
//! for nobody has to map pages anew, nor to clear what the next hash overwrites anyway.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use argon2::Block;

/// How long a piece lies as its last hash left it. It holds what a password can be guessed by with less work than its
/// hash, so it is cleared; but clearing 19 MiB takes a tenth of the time that a hash takes, and under load the next
/// hash comes at once.
const REST: Duration = Duration::from_millis(100);

/// As many pieces as were ever in use at once: no more than there are hashing slots.
#[derive(Default)]
pub(super) struct Memory(Arc<Mutex<Pool>>);

#[derive(Default)]
struct Pool {
    /// Those that nobody uses now, the last used last.
    pieces: Vec<Piece>,
    /// Whether a thread will come and clear what rests.
    is_tended: bool,
}

#[derive(Default)]
struct Piece {
    blocks: Vec<Block>,
    /// When a hash left it so; none once it was cleared.
    left_at: Option<Instant>,
}

impl Memory {
    /// Works in a piece of so many blocks (of 1 KiB). What they hold is another hash's, or zero; it must not matter, as it
    /// does not to argon2, whose first pass writes every block before it reads it (RFC 9106, 3.2). None if there is no
    /// memory for it.
    pub fn within<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> Option<T> {
        let mut piece = lock(&self.0).pieces.pop().unwrap_or_default();
        if piece.blocks.len() != blocks {
            piece.blocks.clear();
            piece.blocks.try_reserve_exact(blocks).ok()?;
            piece.blocks.resize(blocks, Block::new());
        }
        // Should the work panic, the piece is not kept.
        let made = work(&mut piece.blocks);
        piece.left_at = Some(Instant::now());
        let mut pool = lock(&self.0);
        pool.pieces.push(piece);
        if !pool.is_tended {
            let tended = Arc::clone(&self.0);
            let name = "memory".to_owned();
            pool.is_tended = thread::Builder::new().name(name).spawn(move || tend(&tended)).is_ok();
            while !pool.is_tended && pool.clear_one(Duration::ZERO) {}
        }
        Some(made)
    }
}

/// Clears what rests, until nothing is left to be cleared. What is in use by then brings a new thread.
fn tend(pool: &Mutex<Pool>) {
    loop {
        thread::sleep(REST);
        // Every hash takes the lock as it begins and ends, so it is let go between two pieces.
        while lock(pool).clear_one(REST) {}
        let mut pool = lock(pool);
        if pool.pieces.iter().all(|piece| piece.left_at.is_none()) {
            pool.is_tended = false;
            return;
        }
    }
}

impl Pool {
    /// Clears a piece that nobody used for so long; false if there is none. It is not taken out of the pool meanwhile: who
    /// came for it would make another.
    fn clear_one(&mut self, rest: Duration) -> bool {
        let rests = |piece: &&mut Piece| piece.left_at.is_some_and(|left_at| left_at.elapsed() >= rest);
        let Some(piece) = self.pieces.iter_mut().find(rests) else { return false };
        piece.blocks.fill(Block::new());
        piece.left_at = None;
        true
    }
}

fn lock(pool: &Mutex<Pool>) -> MutexGuard<'_, Pool> {
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_clear(piece: &[Block]) -> bool {
        piece.iter().all(|block| AsRef::<[u64]>::as_ref(block).iter().all(|word| *word == 0))
    }

    fn soil(piece: &mut [Block]) -> usize {
        assert_eq!(piece.len(), 64);
        piece.iter_mut().for_each(|block| block.as_mut().fill(7));
        piece.as_ptr() as usize
    }

    #[test]
    fn r47_a_piece_is_used_again_and_cleared_once_it_rests() {
        let memory = Memory::default();
        let first = memory.within(64, soil).unwrap();
        assert_eq!(memory.within(64, soil).unwrap(), first);
        // Two at once take two, and both are kept.
        memory.within(64, |one| assert_ne!(memory.within(64, soil).unwrap(), soil(one))).unwrap();
        wait_until_clear(&memory, 2);
        // And again, with a new thread.
        memory.within(64, soil).unwrap();
        wait_until_clear(&memory, 2);
    }

    fn wait_until_clear(memory: &Memory, pieces: usize) {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let pool = lock(&memory.0);
            assert_eq!(pool.pieces.len(), pieces);
            if pool.pieces.iter().all(|piece| is_clear(&piece.blocks)) {
                assert!(!pool.is_tended, "nobody waits for what is clear");
                return;
            }
            drop(pool);
            assert!(Instant::now() < end, "what rests is cleared");
            thread::yield_now();
        }
    }

    #[test]
    fn what_cannot_be_had_is_told() {
        assert!(Memory::default().within(usize::MAX / 1024, |_| ()).is_none());
    }
}
