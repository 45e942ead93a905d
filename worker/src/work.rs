//! The running of jobs: from the claim to what is said of them afterwards.

mod acks;
mod backoff;
mod breaker;
mod class;
mod hold;
mod link;
mod outcome;
mod places;
mod reaper;
mod run;
mod running;
mod solo;
#[cfg(test)]
mod tests;
mod wake;

pub use class::Class;
pub use hold::Hold;
#[cfg(test)]
pub use hold::{Held, Holds};
pub use link::Link;
pub use outcome::{Done, Failure, Handler};
pub use run::{Settings, Worker};
pub use wake::BLOCK;
