//! The worker: takes jobs off the list and does them.

mod queue;

fn main() {}
