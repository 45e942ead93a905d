//! Each generated client performs a whole reset against the running service, a receiver verifies its webhook, and an
//! application its hashes.

mod dialogue;
mod pepper;
mod python;
mod rust;
mod typescript;
mod webhook;
