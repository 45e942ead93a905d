//! The memory in which hashes are made, kept from one to the next.
//!
//! Each takes 19 MiB and more. Allocators keep what was freed apart for each thread that asked for it, and hashes are made
//! on whichever thread is free: 200 confirms at once left many times as much as was ever in use (R47). It is also quicker,
//! for nobody has to map and clear pages anew.

use std::sync::{Mutex, PoisonError};

use argon2::Block;

/// As many pieces as were ever in use at once: no more than there are hashing slots.
#[derive(Default)]
pub(super) struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    /// Works in a piece of so many blocks (of 1 KiB, all zero), which is cleared afterwards: it holds what a password can
    /// be guessed by. None if there is no memory for it.
    pub fn within<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> Option<T> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut piece = kept.unwrap_or_default();
        if piece.len() != blocks {
            piece.clear();
            piece.try_reserve_exact(blocks).ok()?;
            piece.resize(blocks, Block::new());
        }
        // Should the work panic, the piece is not kept.
        let made = work(&mut piece);
        piece.fill(Block::new());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(piece);
        Some(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_clear(piece: &[Block]) -> bool {
        piece.iter().all(|block| AsRef::<[u64]>::as_ref(block).iter().all(|word| *word == 0))
    }

    #[test]
    fn r47_a_piece_is_used_again_and_cleared_in_between() {
        let memory = Memory::default();
        let place = |piece: &mut [Block]| {
            assert!(piece.len() == 64 && is_clear(piece));
            piece.iter_mut().for_each(|block| block.as_mut().fill(7));
            piece.as_ptr() as usize
        };
        let first = memory.within(64, place).unwrap();
        assert_eq!(memory.within(64, place).unwrap(), first);
        // Two at once take two, and both are kept.
        memory.within(64, |one| assert_ne!(memory.within(64, place).unwrap(), one.as_ptr() as usize)).unwrap();
        let kept = memory.0.lock().unwrap();
        assert!(kept.len() == 2 && kept.iter().all(|piece| is_clear(piece)));
    }

    #[test]
    fn what_cannot_be_had_is_told() {
        assert!(Memory::default().within(usize::MAX / 1024, |_| ()).is_none());
    }
}
